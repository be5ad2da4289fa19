using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace IdentityResolution.Similarity.Kernels;

/// <summary>Unrestricted Damerau-Levenshtein distance in linear space, with the alignment distance as a fast way out of cut-offs and long texts.</summary>
/// <remarks>
/// The alignment distance is never smaller, and the two differ from 3 on only: a distance of 1 is one edit or one swap in both, so
/// what the alignment calls 2 can't be less. Source of the recurrence in linear space: Zhao and Sahni (2019), "String correction
/// using the Damerau-Levenshtein distance", BMC Bioinformatics 20. Their table of the last row of each letter is kept per column here.
/// </remarks>
[SkipLocalsInit]
internal static class DamerauKernel
{
    private const int StackColumns = 258;

    public static int Distance<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, int maxDistance)
        where T : unmanaged, IEquatable<T>
    {
        ReadOnlySpan<T> longer = left.Length >= right.Length ? left : right;
        ReadOnlySpan<T> shorter = left.Length >= right.Length ? right : left;
        if (longer.Length - shorter.Length > maxDistance)
        {
            return maxDistance + 1;
        }
        bool hasRows = DamerauRows.Supports(longer.Length, shorter.Length);
        if (!hasRows || maxDistance < longer.Length)
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
        }
        Affixes.Strip(ref longer, ref shorter);
        if (shorter.IsEmpty)
        {
            return longer.Length;
        }
        int distance = hasRows ? DamerauRows.Distance(longer, shorter) : FillByCells(longer, shorter, maxDistance);
        return distance <= maxDistance ? distance : maxDistance + 1;
    }

    /// <summary>Fills the matrix row by row; rows are units of the longer text.</summary>
    internal static int FillByCells<T>(ReadOnlySpan<T> longer, ReadOnlySpan<T> shorter, int maxDistance)
        where T : unmanaged, IEquatable<T>
    {
        int columns = shorter.Length + 1;
        int unreachable = longer.Length + 1;
        using var rowScratch = new Scratch<int>(stackalloc int[StackColumns], columns);
        using var aboveScratch = new Scratch<int>(stackalloc int[StackColumns], columns);
        using var beforeMatchScratch = new Scratch<int>(stackalloc int[StackColumns], columns);
        using var lastRowScratch = new Scratch<int>(stackalloc int[StackColumns], columns);
        // References rather than spans in the loop: four arrays of one length, whose bounds the compiler can't see to be the same.
        ref T column = ref MemoryMarshal.GetReference(shorter);
        ref int row = ref MemoryMarshal.GetReference(rowScratch.Span);
        ref int above = ref MemoryMarshal.GetReference(aboveScratch.Span);
        ref int beforeMatch = ref MemoryMarshal.GetReference(beforeMatchScratch.Span); // the cell two up-left of the column's last match
        ref int lastRow = ref MemoryMarshal.GetReference(lastRowScratch.Span); // the last row whose unit equals the column's
        for (int j = 0; j < columns; j++)
        {
            Unsafe.Add(ref row, j) = j;
        }
        aboveScratch.Span.Fill(unreachable);
        beforeMatchScratch.Span.Fill(unreachable);
        lastRowScratch.Span.Fill(-1);

        for (int i = 1; i <= longer.Length; i++)
        {
            ref int swap = ref above;
            above = ref row;
            row = ref swap;
            T unit = longer[i - 1];
            int lastColumn = -1; // the last column of this row whose unit equals the row's
            int twoUp = row; // row still holds the row before `above`
            int leftOfMatch = unreachable; // the cell of two rows up, left of that last column
            row = i;
            int left = i;
            int diagonal = above;
            int least = i;
            for (int j = 1; j < columns; j++)
            {
                int up = Unsafe.Add(ref above, j);
                int cost;
                if (unit.Equals(Unsafe.Add(ref column, j - 1)))
                {
                    cost = diagonal;
                    lastColumn = j;
                    Unsafe.Add(ref beforeMatch, j) = j > 1 ? Unsafe.Add(ref above, j - 2) : unreachable;
                    Unsafe.Add(ref lastRow, j) = i;
                    leftOfMatch = twoUp;
                }
                else
                {
                    // Branches here are taken at random: conditional moves.
                    int rows = i - Unsafe.Add(ref lastRow, j);
                    int columnsBack = j - lastColumn;
                    int swapped = rows == 1 ? leftOfMatch + columnsBack : unreachable;
                    int swappedInColumn = Unsafe.Add(ref beforeMatch, j) + rows;
                    swapped = columnsBack == 1 ? swappedInColumn : swapped;
                    cost = Math.Min(Math.Min(diagonal, Math.Min(up, left)) + 1, swapped);
                }
                diagonal = up;
                left = cost;
                twoUp = Unsafe.Add(ref row, j);
                Unsafe.Add(ref row, j) = cost;
                least = Math.Min(least, cost);
            }
            if (least > maxDistance)
            {
                return int.MaxValue;
            }
        }
        return Unsafe.Add(ref row, columns - 1);
    }
}
