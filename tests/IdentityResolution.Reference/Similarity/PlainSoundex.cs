using System.Text.RegularExpressions;

namespace IdentityResolution.Reference.Similarity;

/// <summary>Soundex and refined Soundex with regular expressions. Words of A to Z in capitals, not empty.</summary>
public static class PlainSoundex
{
    /// <summary>The census rule: drop H and W, number the letters, squeeze repeats, drop vowels, cut or pad.</summary>
    public static string Soundex(string word)
    {
        string heard = word[0] + Regex.Replace(word[1..], "[HW]", "");
        string digits = heard;
        foreach ((string letters, string digit) in new[]
            { ("[AEIOUYHW]", "0"), ("[BFPV]", "1"), ("[CGJKQSXZ]", "2"), ("[DT]", "3"), ("L", "4"), ("[MN]", "5"), ("R", "6") })
        {
            digits = Regex.Replace(digits, letters, digit);
        }
        string sounds = Squeeze(digits)[1..].Replace("0", "", StringComparison.Ordinal);
        return word[0] + (sounds + "000")[..3];
    }

    /// <summary>Ten classes, vowels and silent letters among them; repeats count once.</summary>
    public static string Refined(string word)
    {
        string digits = word;
        foreach ((string letters, string digit) in new[]
        {
            ("[AEIOUYHW]", "0"), ("[BP]", "1"), ("[FV]", "2"), ("[CKS]", "3"), ("[GJ]", "4"), ("[QXZ]", "5"), ("[DT]", "6"), ("L", "7"), ("[MN]", "8"),
            ("R", "9"),
        })
        {
            digits = Regex.Replace(digits, letters, digit);
        }
        return word[0] + Squeeze(digits);
    }

    private static string Squeeze(string digits) => Regex.Replace(digits, @"(\d)\1+", "$1");
}
