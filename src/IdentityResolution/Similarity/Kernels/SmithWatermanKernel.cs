using System.Runtime.CompilerServices;

namespace IdentityResolution.Similarity.Kernels;

/// <summary>Local alignment with affine gaps by Gotoh's recurrence, one row at a time.</summary>
[SkipLocalsInit]
internal static class SmithWatermanKernel
{
    private const int StackColumns = 257;

    public static double Similarity<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, double minSimilarity, AlignmentWeights weights)
        where T : unmanaged, IEquatable<T>
    {
        int shortest = Math.Min(left.Length, right.Length);
        if (shortest == 0)
        {
            return CutOff.AtLeast(left.Length == right.Length ? 1 : 0, minSimilarity);
        }
        int most = checked(shortest * weights.Match);
        int minWeight = most - CutOff.MaxDistance(minSimilarity, most);
        return CutOff.AtLeast((double)Weight(left, right, minWeight, weights) / most, minSimilarity);
    }

    public static int Weight<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, int minWeight, AlignmentWeights weights)
        where T : unmanaged, IEquatable<T>
    {
        ArgumentOutOfRangeException.ThrowIfNegative(minWeight);
        ReadOnlySpan<T> longer = left.Length >= right.Length ? left : right;
        ReadOnlySpan<T> shorter = left.Length >= right.Length ? right : left;
        (int match, int mismatch, int open, int extend) = (weights.Match, weights.Mismatch, weights.GapOpen, weights.GapExtend);
        if (checked(shorter.Length * match) < minWeight)
        {
            return 0;
        }
        // best[j]: the best alignment that ends here; gap[j]: the best that ends in a gap in the shorter text.
        using var bestScratch = new Scratch<int>(stackalloc int[StackColumns], shorter.Length + 1);
        using var gapScratch = new Scratch<int>(stackalloc int[StackColumns], shorter.Length + 1);
        Span<int> best = bestScratch.Span;
        Span<int> gap = gapScratch.Span;
        best.Clear();
        gap.Clear();
        int greatest = 0;
        for (int i = 0; i < longer.Length; i++)
        {
            T unit = longer[i];
            int diagonal = 0;
            int rowGap = 0;
            int rowGreatest = 0;
            for (int j = 1; j < best.Length; j++)
            {
                int above = best[j];
                int down = Math.Max(above - open, gap[j] - extend);
                rowGap = Math.Max(best[j - 1] - open, rowGap - extend);
                int cell = diagonal + (unit.Equals(shorter[j - 1]) ? match : -mismatch);
                cell = Math.Max(Math.Max(cell, 0), Math.Max(down, rowGap));
                gap[j] = down;
                best[j] = cell;
                diagonal = above;
                rowGreatest = Math.Max(rowGreatest, cell);
            }
            greatest = Math.Max(greatest, rowGreatest);
            if (greatest < minWeight && rowGreatest + ((long)match * (longer.Length - 1 - i)) < minWeight)
            {
                return 0;
            }
        }
        return greatest >= minWeight ? greatest : 0;
    }
}
