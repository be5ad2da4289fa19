namespace IdentityResolution.Cli;

/// <summary>Sets rows in columns: the first one to the left, numbers to the right.</summary>
internal static class TextTable
{
    /// <summary>Writes rows; a row may have fewer cells than the others.</summary>
    public static void Write(TextWriter output, params IReadOnlyList<string[]> rows)
    {
        int columns = rows.Max(row => row.Length);
        int[] widths = [.. Enumerable.Range(0, columns).Select(column => rows.Max(row => column < row.Length ? row[column].Length : 0))];
        foreach (string[] row in rows)
        {
            IEnumerable<string> cells = row.Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]));
            output.Write(string.Join("  ", cells).TrimEnd() + "\n");
        }
    }
}
