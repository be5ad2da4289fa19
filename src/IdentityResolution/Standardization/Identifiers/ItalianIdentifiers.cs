namespace IdentityResolution.Standardization.Identifiers;

/// <summary>The Italian codice fiscale. Source: Decreto ministeriale 23 dicembre 1976.</summary>
internal static class ItalianIdentifiers
{
    // A letter may stand for a digit where two persons would have the same code.
    private const string DigitLetters = "lmnpqrstuv";
    private const string Shape = "aaaaaa00a00a000a";

    // Values of 0 to 9 and of a to z at odd places; digits count as the letters a to j.
    private static readonly byte[] OddValues = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

    /// <summary>Sixteen letters and digits, the last by values at odd and even places modulo 26.</summary>
    public static bool IsCodiceFiscale(ReadOnlySpan<char> form)
    {
        if (form.Length != Shape.Length)
        {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < form.Length; i++)
        {
            char c = form[i];
            bool fits = Shape[i] == '0' ? char.IsAsciiDigit(c) || DigitLetters.Contains(c, StringComparison.Ordinal) : char.IsAsciiLetter(c);
            if (!fits)
            {
                return false;
            }
            int value = char.IsAsciiDigit(c) ? c - '0' : c - 'a';
            if (i < 15)
            {
                sum += (i & 1) == 0 ? OddValues[value] : value;
            }
        }
        return form[15] - 'a' == sum % 26;
    }
}
