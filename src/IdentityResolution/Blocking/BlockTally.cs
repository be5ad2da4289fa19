using IdentityResolution.Fields;
using IdentityResolution.Internals;

namespace IdentityResolution.Blocking;

/// <summary>How many pairs the blocks of a rule make, counted without building the blocks.</summary>
/// <param name="Pairs">Allowed pairs of records in blocks up to the limit.</param>
/// <param name="Oversized">What the limit kept out.</param>
/// <param name="Blocks">How many blocks make pairs.</param>
/// <param name="Divided">Blocks over the limit that were divided.</param>
internal readonly record struct BlockTally(long Pairs, OversizedBlocks Oversized, int Blocks, OversizedBlocks Divided = default)
{
    // A count for every possible key takes less time than to sort the keys, and up to so many not much memory.
    private const int MostCounts = 1 << 22;
    private const int MostCountsPerRecord = 2;

    /// <summary>Counts.</summary>
    /// <param name="table">The fields of all records.</param>
    /// <param name="keys">Features that must be present and equal.</param>
    /// <param name="maxBlockSize">Records in the largest block that is kept.</param>
    /// <param name="filter">Which pairs may match.</param>
    public static BlockTally Count(FieldTable table, IReadOnlyList<string> keys, int maxBlockSize, PairFilter filter)
    {
        if (filter.Restricts || ShortBlockKeys.TryCreate(table, keys) is not { } shortKeys)
        {
            return Build(table, keys, maxBlockSize, filter, []);
        }
        return 1L << shortKeys.Bits <= Math.Max(MostCounts, (long)MostCountsPerRecord * table.Count)
            ? CountEach(shortKeys, maxBlockSize)
            : CountSorted(table, shortKeys, maxBlockSize);
    }

    /// <summary>Counts for several limits, where blocks over the limit are divided.</summary>
    /// <param name="table">The fields of all records.</param>
    /// <param name="keys">Features that must be present and equal.</param>
    /// <param name="limits">Records in the largest block that is kept.</param>
    /// <param name="filter">Which pairs may match.</param>
    /// <param name="divideBy">Features that larger blocks are divided by, in order; none of them split.</param>
    /// <returns>A tally for each limit.</returns>
    public static BlockTally[] CountDivided(
        FieldTable table, IReadOnlyList<string> keys, IReadOnlyList<int> limits, PairFilter filter, IReadOnlyList<string> divideBy) =>
        (filter.Restricts ? null : DividedTally.TryCount(table, keys, limits, divideBy))
            ?? [.. limits.Select(limit => Build(table, keys, limit, filter, divideBy))];

    private static BlockTally Build(FieldTable table, IReadOnlyList<string> keys, int maxBlockSize, PairFilter filter, IReadOnlyList<string> divideBy)
    {
        BlockIndex index = BlockIndex.Build(table, keys, maxBlockSize, divideBy);
        var tally = new BlockTally(index.CountPairs(filter), index.Oversized, index.Count, index.Divided);
        index.Free();
        return tally;
    }

    private static BlockTally CountEach(ShortBlockKeys keys, int maxBlockSize)
    {
        int[] counts = Scratch.Rent<int>(1 << keys.Bits);
        counts.AsSpan(0, 1 << keys.Bits).Clear();
        keys.Count(counts);
        BlockTally tally = default;
        foreach (int size in counts.AsSpan(0, 1 << keys.Bits))
        {
            tally = size > 1 ? tally.Add(size, maxBlockSize) : tally;
        }
        Scratch.Return(counts);
        return tally;
    }

    private static BlockTally CountSorted(FieldTable table, ShortBlockKeys keys, int maxBlockSize)
    {
        uint[] keyOf = Scratch.Rent<uint>(table.Count);
        Span<uint> sorted = keyOf.AsSpan(0, keys.Collect(keyOf));
        ShortRadixSort.Sort(sorted, keys.Bits);
        BlockTally tally = default;
        for (int start = 0; start < sorted.Length;)
        {
            int end = start + 1;
            while (end < sorted.Length && sorted[end] == sorted[start])
            {
                end++;
            }
            tally = end - start > 1 ? tally.Add(end - start, maxBlockSize) : tally;
            start = end;
        }
        Scratch.Return(keyOf);
        return tally;
    }

    private BlockTally Add(int size, int maxBlockSize) => size > maxBlockSize
        ? this with { Oversized = Oversized.Add(size) }
        : this with { Pairs = Pairs + ((long)size * (size - 1) / 2), Blocks = Blocks + 1 };
}
