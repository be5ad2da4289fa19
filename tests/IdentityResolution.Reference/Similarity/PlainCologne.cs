using System.Text.RegularExpressions;

namespace IdentityResolution.Reference.Similarity;

/// <summary>The Cologne code from Postel's table, one regular expression per row. Words of A to Z in capitals.</summary>
/// <remarks>Zeros go before repeats are squeezed, as in commons-codec 1.22; a leading H is not there at all.</remarks>
public static class PlainCologne
{
    private static readonly (string Letters, string Digits)[] Rows =
    [
        ("[AEIJOUY]", "0"), ("B|P(?!H)", "1"), ("[DT](?![CSZ])", "2"), ("[FVW]|P(?=H)", "3"), ("[GKQ]", "4"), ("^C(?=[AHKLOQRUX])", "4"),
        ("(?<=[^SZ])C(?=[AHKOQUX])", "4"), ("(?<![CKQ])X", "48"), ("L", "5"), ("[MN]", "6"), ("R", "7"), ("[SZCX]|[DT](?=[CSZ])", "8"), ("H", ""),
    ];

    public static string Encode(string word)
    {
        string heard = word.TrimStart('H');
        string digits = string.Concat(Enumerable.Range(0, heard.Length).Select(i => Rows.First(row => Stands(heard, i, row.Letters)).Digits));
        string sounds = digits.Length == 0 ? "" : digits[0] + digits[1..].Replace("0", "", StringComparison.Ordinal);
        return Regex.Replace(sounds, @"(\d)\1+", "$1");
    }

    private static bool Stands(string word, int index, string letters) =>
        Regex.Matches(word, letters).Any(match => match.Index == index);
}
