using System.Text.RegularExpressions;

namespace IdentityResolution.Reference.Similarity;

/// <summary>Metaphone as a list of rules, the first that fits a place wins. Words of A to Z in capitals; the code is not cut.</summary>
public static class PlainMetaphone
{
    // What stands at the place, and what it sounds like. Letters that no rule names are silent.
    private static readonly (string Letters, string Sound)[] Rules =
    [
        (@"([ABD-Z])(?<=\1\1)", ""), ("^[AEIOU]", "$0"), ("(?<=M)B$", ""), ("[BFJLMNR]", "$0"), ("(?<=S)C(?=[EIY])", ""), ("C(?=IA)", "X"), ("C(?=[EIY])", "S"),
        ("(?<!S)C(?=H)", "X"), ("C", "K"), ("DG[EIY]", "J"), ("D", "T"), ("G(?=H(?![AEIOU]))", ""), ("(?<=.)G(?=N)", ""), ("G(?=[EIY])", "J"), ("G", "K"),
        ("(?<![CSPTG])H(?=[AEIOU])", "H"), ("(?<!C)K", "K"), ("P(?=H)", "F"), ("P", "P"), ("Q", "K"), ("S(?=H|IO|IA)", "X"), ("S", "S"), ("T(?=CH)", ""),
        ("T(?=IA|IO)", "X"), ("T(?=H)", "0"), ("T", "T"), ("V", "F"), ("[WY](?=[AEIOU])", "$0"), ("X", "KS"), ("Z", "S"), (".", ""),
    ];

    public static string Encode(string word)
    {
        if (word.Length < 2)
        {
            return word;
        }
        string heard = Regex.Replace(Regex.Replace(word, "^[KGP](?=N)|^A(?=E)|^W(?=R)|(?<=^W)H", ""), "^X", "S");
        string code = "";
        for (int at = 0; at < heard.Length;)
        {
            (string letters, string sound) = Rules.First(rule => Find(heard, rule.Letters, at) is not null);
            Match match = Find(heard, letters, at)!;
            code += match.Result(sound);
            at += match.Length;
        }
        return code;
    }

    private static Match? Find(string word, string letters, int at) => Regex.Matches(word, letters).FirstOrDefault(match => match.Index == at);
}
