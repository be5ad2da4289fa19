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
    /// <summary>Counts.</summary>
    /// <param name="table">The fields of all records.</param>
    /// <param name="keys">Features that must be present and equal.</param>
    /// <param name="maxBlockSize">Records in the largest block that is kept.</param>
    /// <param name="filter">Which pairs may match.</param>
    public static BlockTally Count(FieldTable table, IReadOnlyList<string> keys, int maxBlockSize, PairFilter filter)
    {
        if (filter.Restricts)
        {
            return Build(table, keys, maxBlockSize, filter, []);
        }
        KeyPartitions partitions = KeyPartitions.Split(BlockKeys.Open(table, keys, out _), withRecords: false, table.Workers);
        var tallies = new BlockTally[partitions.Count];
        table.Workers.Run(tallies.Length, static () => new KeyGroups(), (partition, groups) =>
        {
            groups.Group(partitions.KeysOf(partition));
            tallies[partition] = Of(groups.Sizes, maxBlockSize);
            groups.Free();
        });
        partitions.Free();
        return tallies.Aggregate((all, one) => new BlockTally(
            all.Pairs + one.Pairs,
            new OversizedBlocks(
                all.Oversized.Blocks + one.Oversized.Blocks, all.Oversized.Records + one.Oversized.Records, Math.Max(all.Oversized.Largest, one.Oversized.Largest)),
            all.Blocks + one.Blocks));
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
        var counted = new BlockTally(index.CountPairs(filter), index.Oversized, index.Count, index.Divided);
        index.Free();
        return counted;
    }

    private static BlockTally Of(ReadOnlySpan<int> sizes, int maxBlockSize)
    {
        long pairs = 0;
        int blocks = 0;
        OversizedBlocks oversized = OversizedBlocks.None;
        foreach (int size in sizes)
        {
            if (size > maxBlockSize)
            {
                oversized = oversized.Add(size);
            }
            else if (size > 1)
            {
                pairs += (long)size * (size - 1) / 2;
                blocks++;
            }
        }
        return new BlockTally(pairs, oversized, blocks);
    }
}
