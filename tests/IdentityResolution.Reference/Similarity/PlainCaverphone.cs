using System.Text.RegularExpressions;

namespace IdentityResolution.Reference.Similarity;

/// <summary>Caverphone 2.0, rule by rule as the paper lists them. Words of A to Z.</summary>
public static class PlainCaverphone
{
    private static readonly string[] Rules =
    [
        "e$>", "^(c|r|t|en|tr)ough>$1ou2f", "^gn>2n", "mb$>m2", "cq>2q", "c(?=[iey])>s", "tch>2ch", "[cqx]>k", "v>f", "dg>2g", "t(?=i[oa])>s", "d>t", "ph>fh", "b>p",
        "sh>s2", "z>s", "^[aeiou]>A", "[aeiou]>3", "j>y", "^y3>Y3", "^y>A", "y>3", "3gh3>3kh3", "gh>22", "g>k", "s+>S", "t+>T", "p+>P", "k+>K", "f+>F", "m+>M",
        "n+>N", "w3>W3", "wh3>Wh3", "w$>3", "w>2", "^h>A", "h>2", "r3>R3", "r$>3", "r>2", "l3>L3", "l$>3", "l>2", "2>", "3$>A", "3>",
    ];

    public static string Encode(string word)
    {
        string code = word.ToLowerInvariant();
        foreach (string rule in Rules)
        {
            string[] sides = rule.Split('>');
            code = Regex.Replace(code, sides[0], sides[1]);
        }
        return (code + "1111111111")[..10];
    }
}
