using System.Text.RegularExpressions;

namespace IdentityResolution.Reference.Similarity;

/// <summary>NYSIIS by its steps, without the cut at six. Words of A to Z in capitals, not empty.</summary>
public static class PlainNysiis
{
    public static string Encode(string word)
    {
        string name = FirstMatch(word, ("^MAC", "MCC"), ("^KN", "NN"), ("^K", "C"), ("^P[HF]", "FF"), ("^SCH", "SSS"));
        name = FirstMatch(name, ("[EI]E$", "Y"), ("(DT|RT|RD|NT|ND)$", "D"));
        string key = name[..1];
        for (int i = 1; i < name.Length; i++)
        {
            string rest = FirstMatch(
                name[i..], ("^EV", "AF"), ("^[AEIOU]", "A"), ("^Q", "G"), ("^Z", "S"), ("^M", "N"), ("^KN", "NN"), ("^K", "C"), ("^SCH", "SSS"), ("^PH", "FF"));
            char before = name[i - 1];
            bool isAfterVowel = "AEIOU".Contains(before, StringComparison.Ordinal);
            bool isBeforeVowel = Regex.IsMatch(rest, "^.[AEIOU]");
            if ((rest[0] == 'H' && !(isAfterVowel && isBeforeVowel)) || (rest[0] == 'W' && isAfterVowel))
            {
                rest = before + rest[1..];
            }
            name = name[..i] + rest;
            key += key[^1] == rest[0] ? "" : rest[..1];
        }
        key = Regex.Replace(key, "(?<=.)S$", "");
        key = Regex.Replace(key, "(?<=.)AY$", "Y");
        return Regex.Replace(key, "(?<=.)A$", "");
    }

    private static string FirstMatch(string text, params (string Pattern, string Replacement)[] rules)
    {
        foreach ((string pattern, string replacement) in rules)
        {
            if (Regex.IsMatch(text, pattern))
            {
                return Regex.Replace(text, pattern, replacement);
            }
        }
        return text;
    }
}
