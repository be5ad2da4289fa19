using System.Runtime.CompilerServices;
using IdentityResolution.Blocking;
using IdentityResolution.Internals;
using IdentityResolution.Matching;

namespace IdentityResolution.Training;

/// <summary>Counts comparison levels over random pairs of records: what coincidence looks like.</summary>
internal static class RandomPairs
{
    private const int MaxPairs = 1_000_000;
    private const int PairsPerPiece = 1 << 16;
    private const int FetchAhead = 16;
    private const int FetchValuesAhead = 8;

    /// <summary>Counts the levels of every comparison.</summary>
    /// <param name="model">The comparisons.</param>
    /// <param name="hashOf">The hash of each record's key.</param>
    /// <param name="filter">Which pairs may match.</param>
    /// <param name="seed">Chooses the pairs.</param>
    /// <param name="workers">Threads.</param>
    /// <returns>Counts per comparison and level; the missing level is left out. Independent of the order of records and of threads.</returns>
    /// <remarks>
    /// Records stand in the order of a hash of their keys and the seed, and each is paired with the next ones: as good as drawing at random, and repeatable.
    /// With few records all pairs are taken.
    /// </remarks>
    public static long[][] CountLevels(CompiledModel model, ulong[] hashOf, PairFilter filter, ulong seed, Workers workers)
    {
        long distinct = (long)hashOf.Length * (hashOf.Length - 1) / 2;
        long pairs = Math.Min(MaxPairs, distinct);
        // Of more records than pairs, only the first ones come to their turn.
        int[] order = KeySample.First(hashOf, seed, MaxPairs + 1 + FetchAhead, workers);
        int pieces = (int)((pairs + PairsPerPiece - 1) / PairsPerPiece);
        var counts = new long[pieces][][];
        workers.Run(
            pieces,
            () => new PairComparer(model),
            (piece, comparer) => counts[piece] = Count(model, comparer, order, filter, (long)piece * PairsPerPiece, Math.Min(pairs, (piece + 1L) * PairsPerPiece)));
        long[][] total = Empty(model);
        foreach (long[][] part in counts)
        {
            for (int comparison = 0; comparison < total.Length; comparison++)
            {
                for (int level = 0; level < total[comparison].Length; level++)
                {
                    total[comparison][level] += part[comparison][level];
                }
            }
        }
        return total;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long[][] Count(CompiledModel model, PairComparer comparer, int[] order, PairFilter filter, long first, long end)
    {
        long[][] counts = Empty(model);
        Span<byte> levels = stackalloc byte[counts.Length];
        int n = order.Length;
        if (n == 0)
        {
            return counts;
        }
        // Pair number p joins position p mod n with the one p / n + 1 further on, around the circle.
        int left = (int)(first % n) - 1;
        int right = (int)((first + (first / n)) % n);
        for (long pair = first; pair < end; pair++)
        {
            left++;
            right = Next(right, 1, n);
            if (left == n)
            {
                left = 0;
                right = Next(right, 1, n);
            }
            // Neighbours in this order stand anywhere in memory: what they need is asked for ahead.
            comparer.Fetch(order[Next(right, FetchAhead, n)]);
            comparer.FetchValues(order[Next(right, FetchValuesAhead, n)]);
            if (!filter.Allows(order[left], order[right]))
            {
                continue;
            }
            comparer.Compare(order[left], order[right], levels);
            for (int comparison = 0; comparison < levels.Length; comparison++)
            {
                if (levels[comparison] != PairComparer.Missing)
                {
                    counts[comparison][levels[comparison]]++;
                }
            }
        }
        return counts;
    }

    private static int Next(int position, int steps, int n)
    {
        position += steps;
        return position < n ? position : position % n;
    }

    private static long[][] Empty(CompiledModel model) => [.. model.Comparisons.Select(comparison => new long[comparison.LevelCount])];
}
