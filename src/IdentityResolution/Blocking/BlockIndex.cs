using System.Globalization;
using IdentityResolution.Fields;
using IdentityResolution.Internals;

namespace IdentityResolution.Blocking;

/// <summary>The blocks of one rule: records that share a value of all its keys.</summary>
/// <remarks>Blocks of one record are left out; blocks over the limit are divided by further features, and what stays over it is counted and left out.</remarks>
internal sealed class BlockIndex
{
    private readonly LargeArray<int> _records;
    private readonly LargeArray<int> _starts;
    private readonly Lazy<BlockMembership> _membership;

    private BlockIndex(LargeArray<int> records, LargeArray<int> starts, int recordCount, bool split, BlockDivider divider)
    {
        _records = records;
        _starts = starts;
        IsSplit = split;
        _membership = new Lazy<BlockMembership>(() => BlockMembership.Create(records.Span, starts.Span, recordCount, split));
        Oversized = divider.Oversized;
        Divided = divider.Divided;
    }

    /// <summary>How many blocks there are.</summary>
    public int Count => _starts.Length - 1;

    /// <summary>What the limit kept out.</summary>
    public OversizedBlocks Oversized { get; }

    /// <summary>Blocks over the limit that were divided by further features; what of them stayed over it is <see cref="Oversized"/>.</summary>
    public OversizedBlocks Divided { get; }

    /// <summary>Can a record stand in several blocks?</summary>
    public bool IsSplit { get; }

    /// <summary>The records of all blocks, block after block.</summary>
    public ReadOnlySpan<int> Records => _records.Span;

    /// <summary>Where a block starts in <see cref="Records"/>.</summary>
    public int StartOf(int block) => _starts[block];

    /// <summary>The records of a block, in order of record index.</summary>
    public ReadOnlySpan<int> this[int block] => _records.AsSpan(_starts[block], _starts[block + 1] - _starts[block]);

    /// <summary>The blocks of a record, ascending.</summary>
    public ReadOnlySpan<int> BlocksOf(int record) => _membership.Value.BlocksOf(record);

    /// <inheritdoc cref="BlockMembership.Number"/>
    public void Number(Span<int> blockOf) => BlockMembership.Number(_records.Span, _starts.Span, blockOf);

    /// <summary>Are two records in one block?</summary>
    public bool Share(int left, int right) => _membership.Value.FirstShared(left, right) >= 0;

    /// <summary>Is a block the first that two of its records share? Then it makes their pair.</summary>
    public bool IsFirstShared(int block, int left, int right) => !IsSplit || _membership.Value.FirstShared(left, right) == block;

    /// <summary>Gives the memory back; there are no blocks then.</summary>
    public void Free()
    {
        _records.Free();
        _starts.Free();
    }

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

    /// <summary>The blocks of a rule, built once for a table.</summary>
    /// <inheritdoc cref="Build"/>
    public static BlockIndex Of(FieldTable table, BlockingRule rule) => table.Derive(
        NameOf(rule), () => rule.Window > 0 ? Slide(table, rule.Keys, rule.Window) : Build(table, rule.Keys, rule.MaxBlockSize, rule.DivideBy));

    /// <summary>What tells the blocks of a rule from those of another.</summary>
    public static string NameOf(BlockingRule rule) =>
        string.Create(CultureInfo.InvariantCulture, $"{string.Join('\0', rule.Keys)}\0{rule.MaxBlockSize}\0{rule.Window}\0{string.Join('\0', rule.DivideBy)}");

    /// <summary>Groups the records by the values of the keys.</summary>
    /// <param name="table">The fields of all records.</param>
    /// <param name="keys">Features that must be present and equal; of a split one any part.</param>
    /// <param name="maxBlockSize">Records in the largest block that is kept.</param>
    /// <param name="divideBy">Features that larger blocks are divided by, in order; none of them split.</param>
    public static BlockIndex Build(FieldTable table, IReadOnlyList<string> keys, int maxBlockSize, params IReadOnlyList<string> divideBy)
    {
        var divider = new BlockDivider(table, divideBy, maxBlockSize);
        IKeySource source = BlockKeys.Open(table, keys, out bool split);
        KeyPartitions partitions = KeyPartitions.Split(source, withRecords: true, table.Workers);
        var blocks = new BlockBuilder(partitions, table.Count, maxBlockSize, table.Workers);
        blocks.Divide(divider);
        LargeArray<int> records = table.Memory.Allocate<int>(blocks.Records + divider.Records.Length);
        LargeArray<int> starts = table.Memory.Allocate<int>(blocks.Blocks + divider.Ends.Length + 1);
        blocks.Write(records, starts, table.Workers);
        partitions.Free();
        divider.Records.CopyTo(records.Span[blocks.Records..]);
        starts[blocks.Blocks] = blocks.Records;
        for (int part = 0; part < divider.Ends.Length; part++)
        {
            starts[blocks.Blocks + part + 1] = blocks.Records + divider.Ends[part];
        }
        return new BlockIndex(records, starts, table.Count, split || divider.MayRepeat, divider);
    }

    // Records that are near each other in the order of their keys.
    private static BlockIndex Slide(FieldTable table, IReadOnlyList<string> keys, int window)
    {
        int[] sorted = SortedNeighbourhood.Sort(table, keys);
        var records = new List<int>(sorted.Length * 2);
        var starts = new List<int> { 0 };
        foreach (Range range in SortedNeighbourhood.Windows(sorted.Length, window))
        {
            int[] block = sorted[range];
            Array.Sort(block);
            records.AddRange(block);
            starts.Add(records.Count);
        }
        return new BlockIndex(records.ToArray(), starts.ToArray(), table.Count, split: true, new BlockDivider(table, [], window));
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

/// <summary>What the limit of a rule did.</summary>
/// <param name="Oversized">Blocks that it kept out.</param>
/// <param name="Divided">Blocks over it that were divided.</param>
internal readonly record struct BlockLimits(OversizedBlocks Oversized, OversizedBlocks Divided);
