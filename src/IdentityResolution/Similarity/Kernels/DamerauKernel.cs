namespace IdentityResolution.Similarity.Kernels;

/// <summary>Unrestricted Damerau-Levenshtein distance in linear space, with the alignment distance as a fast way out.</summary>
/// <remarks>
/// The alignment distance is never smaller, and the two differ from 3 on only: a distance of 1 is one edit or one swap in both, so
/// what the alignment calls 2 can't be less. Source of the recurrence in linear space: Zhao and Sahni (2019), "String correction
/// using the Damerau-Levenshtein distance", BMC Bioinformatics 20. Their table of the last row of each letter is kept per column here.
/// </remarks>
internal static class DamerauKernel
{
    private const int StackColumns = 258;

    public static int Distance<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, int maxDistance)
        where T : unmanaged, IEquatable<T>
    {
        // No swap saves more than half of what Levenshtein pays, and the alignment distance is at most Levenshtein's.
        int alignmentCutOff = maxDistance >= int.MaxValue / 2 ? int.MaxValue : Math.Max(2, 2 * maxDistance);
        int alignment = OsaKernel.Distance(left, right, alignmentCutOff);
        if (alignment <= 2 || alignment > alignmentCutOff)
        {
            return alignment <= maxDistance ? alignment : maxDistance + 1;
        }
        if (maxDistance < 2)
        {
            return maxDistance + 1;
        }
        Affixes.Strip(ref left, ref right);
        int distance = left.Length >= right.Length ? Fill(left, right, maxDistance) : Fill(right, left, maxDistance);
        return distance <= maxDistance ? distance : maxDistance + 1;
    }

    /// <summary>Fills the matrix row by row; rows are units of the longer text.</summary>
    private static int Fill<T>(ReadOnlySpan<T> longer, ReadOnlySpan<T> shorter, int maxDistance)
        where T : unmanaged, IEquatable<T>
    {
        int columns = shorter.Length + 1;
        int unreachable = longer.Length + 1;
        using var rowScratch = new Scratch<int>(stackalloc int[StackColumns], columns);
        using var aboveScratch = new Scratch<int>(stackalloc int[StackColumns], columns);
        using var beforeMatchScratch = new Scratch<int>(stackalloc int[StackColumns], columns);
        using var lastRowScratch = new Scratch<int>(stackalloc int[StackColumns], columns);
        Span<int> row = rowScratch.Span;
        Span<int> above = aboveScratch.Span;
        Span<int> beforeMatch = beforeMatchScratch.Span; // at a column: the cell two up-left of its last match
        Span<int> lastRow = lastRowScratch.Span; // at a column: the last row whose unit equals the column's
        for (int j = 0; j < columns; j++)
        {
            row[j] = j;
        }
        above.Fill(unreachable);
        beforeMatch.Fill(unreachable);
        lastRow.Fill(-1);

        for (int i = 1; i <= longer.Length; i++)
        {
            Span<int> swap = above;
            above = row;
            row = swap;
            T unit = longer[i - 1];
            int lastColumn = -1; // the last column of this row whose unit equals the row's
            int twoUp = row[0]; // row still holds the row before `above`
            int leftOfMatch = unreachable; // the cell of two rows up, left of that last column
            row[0] = i;
            int least = i;
            for (int j = 1; j < columns; j++)
            {
                int cost;
                if (unit.Equals(shorter[j - 1]))
                {
                    cost = above[j - 1];
                    lastColumn = j;
                    beforeMatch[j] = j > 1 ? above[j - 2] : unreachable;
                    lastRow[j] = i;
                    leftOfMatch = twoUp;
                }
                else
                {
                    cost = Math.Min(above[j - 1], Math.Min(above[j], row[j - 1])) + 1;
                    if (j - lastColumn == 1)
                    {
                        cost = Math.Min(cost, beforeMatch[j] + (i - lastRow[j]));
                    }
                    else if (i - lastRow[j] == 1)
                    {
                        cost = Math.Min(cost, leftOfMatch + (j - lastColumn));
                    }
                }
                twoUp = row[j];
                row[j] = cost;
                least = Math.Min(least, cost);
            }
            if (least > maxDistance)
            {
                return int.MaxValue;
            }
        }
        return row[^1];
    }
}
