namespace IdentityResolution.Records;

/// <summary>Finds out which character stands between the fields of a CSV text.</summary>
internal static class CsvDelimiter
{
    private const int MaxLines = 20;

    private static ReadOnlySpan<byte> Candidates => ",;\t|"u8;

    /// <summary>The candidate that cuts the first lines most evenly; a comma when none occurs in the first line.</summary>
    /// <param name="text">The start of the text; a last line without an end counts only when it is the only one.</param>
    /// <remarks>
    /// Delimiters inside quotes are not counted. A candidate is the better, the more of the first 20 rows have as many of it as the first
    /// row; then, the more of it the first row has; then, by the order comma, semicolon, tab, vertical bar.
    /// </remarks>
    public static byte Detect(ReadOnlySpan<byte> text)
    {
        byte best = Candidates[0];
        (int Even, int PerRow) bestFit = (0, 0);
        foreach (byte candidate in Candidates)
        {
            (int Even, int PerRow) fit = Fit(text, candidate);
            if (fit.PerRow > 0 && fit.CompareTo(bestFit) > 0)
            {
                (best, bestFit) = (candidate, fit);
            }
        }
        return best;
    }

    private static (int Even, int PerRow) Fit(ReadOnlySpan<byte> text, byte delimiter)
    {
        int even = 0;
        int perRow = -1;
        int count = 0;
        int rows = 0;
        bool isQuoted = false;
        bool isBlank = true;
        foreach (byte b in text)
        {
            if (b == (byte)'"')
            {
                isQuoted = !isQuoted;
            }
            else if (!isQuoted && b is (byte)'\n' or (byte)'\r')
            {
                if (!isBlank)
                {
                    perRow = perRow < 0 ? count : perRow;
                    even += count == perRow ? 1 : 0;
                    rows++;
                }
                (count, isBlank) = (0, true);
                if (rows == MaxLines)
                {
                    break;
                }
                continue;
            }
            else if (!isQuoted && b == delimiter)
            {
                count++;
            }
            isBlank = false;
        }
        return perRow < 0 ? (1, count) : (even, perRow);
    }
}
