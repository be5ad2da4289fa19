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
    /// <param name="divideBy">Features that larger blocks are divided by.</param>
    public static BlockTally Count(FieldTable table, IReadOnlyList<string> keys, int maxBlockSize, PairFilter filter, params IReadOnlyList<string> divideBy)
    {
        uint[] shortKeys = [];
        int[] records = [];
        int bits = 0;
        int count = filter.Restricts || divideBy.Count > 0 ? -1 : BlockKeys.TryCollectShort(table, keys, out shortKeys, out records, out bits);
        if (count < 0)
        {
            BlockIndex index = BlockIndex.Build(table, keys, maxBlockSize, divideBy);
            var tally = new BlockTally(index.CountPairs(filter), index.Oversized, index.Count, index.Divided);
            index.Free();
            return tally;
        }
        Span<uint> sorted = shortKeys.AsSpan(0, count);
        ShortRadixSort.Sort(sorted, bits);
        long pairs = 0;
        int blocks = 0;
        var oversized = OversizedBlocks.None;
        for (int start = 0; start < sorted.Length;)
        {
            int end = start + 1;
            while (end < sorted.Length && sorted[end] == sorted[start])
            {
                end++;
            }
            long size = end - start;
            oversized = size > maxBlockSize ? oversized.Add((int)size) : oversized;
            pairs += size > maxBlockSize ? 0 : size * (size - 1) / 2;
            blocks += size > 1 && size <= maxBlockSize ? 1 : 0;
            start = end;
        }
        Scratch.Return(shortKeys);
        Scratch.Return(records);
        return new BlockTally(pairs, oversized, blocks);
    }
}
