using IdentityResolution.Fields;
using IdentityResolution.Internals;

namespace IdentityResolution.Blocking;

/// <summary>The blocks of one rule: records that share a value of all its keys.</summary>
/// <remarks>Blocks of one record are left out; blocks over the limit are counted and left out.</remarks>
internal sealed class BlockIndex
{
    private readonly int[] _records;
    private readonly int[] _starts;
    private readonly BlockMembership _membership;

    private BlockIndex(int[] records, int[] starts, BlockMembership membership, OversizedBlocks oversized)
    {
        _records = records;
        _starts = starts;
        _membership = membership;
        Oversized = oversized;
    }

    /// <summary>How many blocks there are.</summary>
    public int Count => _starts.Length - 1;

    /// <summary>What the limit kept out.</summary>
    public OversizedBlocks Oversized { get; }

    /// <summary>Can a record stand in several blocks?</summary>
    public bool IsSplit => _membership.IsSplit;

    /// <summary>The records of all blocks, block after block.</summary>
    public ReadOnlySpan<int> Records => _records;

    /// <summary>Where a block starts in <see cref="Records"/>.</summary>
    public int StartOf(int block) => _starts[block];

    /// <summary>The records of a block, in order of record index.</summary>
    public ReadOnlySpan<int> this[int block] => _records.AsSpan(_starts[block], _starts[block + 1] - _starts[block]);

    /// <summary>The blocks of a record, ascending.</summary>
    public ReadOnlySpan<int> BlocksOf(int record) => _membership.BlocksOf(record);

    /// <inheritdoc cref="BlockMembership.CopyBlocks"/>
    public void CopyBlocks(int first, int end, Span<int> blocks, int step) => _membership.CopyBlocks(first, end, blocks, step);

    /// <summary>Are two records in one block?</summary>
    public bool Share(int left, int right) => _membership.FirstShared(left, right) >= 0;

    /// <summary>Is a block the first that two of its records share? Then it makes their pair.</summary>
    public bool IsFirstShared(int block, int left, int right) => !_membership.IsSplit || _membership.FirstShared(left, right) == block;

    /// <summary>Allowed pairs of records in blocks; pairs that other rules find too are counted as well, pairs that share several blocks several times.</summary>
    public long CountPairs(PairFilter filter)
    {
        long pairs = 0;
        for (int block = 0; block < Count; block++)
        {
            pairs += filter.CountPairs(this[block]);
        }
        return pairs;
    }

    /// <summary>The largest block size that keeps the pairs of all blocks up to it within a budget.</summary>
    /// <returns>A size of at least 1; 1 = even the smallest blocks make too many pairs.</returns>
    public int LargestSizeWithin(long budget, PairFilter filter)
    {
        var pairsOfSize = new SortedDictionary<int, long>();
        for (int block = 0; block < Count; block++)
        {
            int size = this[block].Length;
            pairsOfSize[size] = pairsOfSize.GetValueOrDefault(size) + filter.CountPairs(this[block]);
        }
        int largest = 1;
        foreach ((int size, long pairs) in pairsOfSize)
        {
            budget -= pairs;
            if (budget < 0)
            {
                break;
            }
            largest = size;
        }
        return largest;
    }

    /// <summary>Groups the records by the values of the keys.</summary>
    /// <param name="table">The fields of all records.</param>
    /// <param name="keys">Features that must be present and equal; of a split one any part.</param>
    /// <param name="maxBlockSize">Records in the largest block that is kept.</param>
    public static BlockIndex Build(FieldTable table, IReadOnlyList<string> keys, int maxBlockSize)
    {
        BlockKeys entries = BlockKeys.Collect(table, keys);
        RadixSort.Sort(entries.Keys.AsSpan(0, entries.Count), entries.Records.AsSpan(0, entries.Count));
        int[] records = entries.Records;
        var starts = new List<int> { 0 };
        int kept = 0;
        var oversized = OversizedBlocks.None;
        ReadOnlySpan<ulong> sorted = entries.Keys.AsSpan(0, entries.Count);
        for (int start = 0; start < sorted.Length;)
        {
            int end = start + 1;
            while (end < sorted.Length && sorted[end] == sorted[start])
            {
                end++;
            }
            int size = end - start;
            if (size > maxBlockSize)
            {
                oversized = oversized.Add(size);
            }
            else if (size > 1)
            {
                Array.Copy(records, start, records, kept, size);
                kept += size;
                starts.Add(kept);
            }
            start = end;
        }
        Array.Resize(ref records, kept);
        int[] ends = [.. starts];
        return new BlockIndex(records, ends, BlockMembership.Create(records, ends, table.Count, entries.IsSplit), oversized);
    }
}

/// <summary>Blocks that were too large to make pairs.</summary>
/// <param name="Blocks">How many blocks.</param>
/// <param name="Records">How many records stand in them.</param>
/// <param name="Largest">Records in the largest.</param>
internal readonly record struct OversizedBlocks(int Blocks, long Records, int Largest)
{
    public static OversizedBlocks None => default;

    public OversizedBlocks Add(int size) => new(Blocks + 1, Records + size, Math.Max(Largest, size));
}
