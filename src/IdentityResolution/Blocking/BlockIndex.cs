using IdentityResolution.Fields;
using IdentityResolution.Internals;

namespace IdentityResolution.Blocking;

/// <summary>The blocks of one rule: records that share a value of all its keys.</summary>
/// <remarks>Blocks of one record are left out; blocks over the limit are counted and left out.</remarks>
internal sealed class BlockIndex
{
    /// <summary>Marks a record that is in no block of the rule.</summary>
    public const int NoBlock = -1;

    private readonly int[] _records;
    private readonly int[] _starts;
    private readonly int[] _blockOf;

    private BlockIndex(int[] records, int[] starts, int[] blockOf, OversizedBlocks oversized)
    {
        _records = records;
        _starts = starts;
        _blockOf = blockOf;
        Oversized = oversized;
    }

    /// <summary>How many blocks there are.</summary>
    public int Count => _starts.Length - 1;

    /// <summary>What the limit kept out.</summary>
    public OversizedBlocks Oversized { get; }

    /// <summary>The records of a block, in order of record index.</summary>
    public ReadOnlySpan<int> this[int block] => _records.AsSpan(_starts[block], _starts[block + 1] - _starts[block]);

    /// <summary>The block of a record, or <see cref="NoBlock"/>.</summary>
    public int BlockOf(int record) => _blockOf[record];

    /// <summary>Are two records in one block?</summary>
    public bool Share(int left, int right) => _blockOf[left] >= 0 && _blockOf[left] == _blockOf[right];

    /// <summary>Allowed pairs of records in blocks; pairs that other rules find too are counted as well.</summary>
    public long CountPairs(PairFilter filter)
    {
        long pairs = 0;
        for (int block = 0; block < Count; block++)
        {
            pairs += filter.CountPairs(this[block]);
        }
        return pairs;
    }

    /// <summary>Groups the records by the values of the keys.</summary>
    /// <param name="table">The fields of all records.</param>
    /// <param name="keys">Features that must be present and equal.</param>
    /// <param name="maxBlockSize">Records in the largest block that is kept.</param>
    public static BlockIndex Build(FieldTable table, IReadOnlyList<string> keys, int maxBlockSize)
    {
        FeatureMap[] features = [.. keys.Select(table.Prepare)];
        var blockKeys = new ulong[table.Count];
        var records = new int[table.Count];
        int count = 0;
        for (int record = 0; record < table.Count; record++)
        {
            if (TryCombine(features, record, out ulong key))
            {
                blockKeys[count] = key;
                records[count++] = record;
            }
        }
        RadixSort.Sort(blockKeys.AsSpan(0, count), records.AsSpan(0, count));
        return Cut(blockKeys.AsSpan(0, count), records, table.Count, maxBlockSize);
    }

    private static bool TryCombine(FeatureMap[] features, int record, out ulong key)
    {
        int first = features[0].CodeOf(record);
        key = (ulong)first;
        if (first < 0)
        {
            return false;
        }
        for (int i = 1; i < features.Length; i++)
        {
            int code = features[i].CodeOf(record);
            if (code < 0)
            {
                return false;
            }
            // Two codes fit side by side; with more the key is a hash, whose collisions would only add a candidate pair.
            key = i == 1 ? (key << 32) | (uint)code : StableHash.Combine(key, (ulong)code);
        }
        return true;
    }

    private static BlockIndex Cut(ReadOnlySpan<ulong> keys, int[] records, int recordCount, int maxBlockSize)
    {
        var blockOf = new int[recordCount];
        blockOf.AsSpan().Fill(NoBlock);
        var starts = new List<int> { 0 };
        int kept = 0;
        var oversized = OversizedBlocks.None;
        for (int start = 0; start < keys.Length;)
        {
            int end = start + 1;
            while (end < keys.Length && keys[end] == keys[start])
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
                for (int i = start; i < end; i++)
                {
                    records[kept++] = records[i];
                    blockOf[records[kept - 1]] = starts.Count - 1;
                }
                starts.Add(kept);
            }
            start = end;
        }
        Array.Resize(ref records, kept);
        return new BlockIndex(records, [.. starts], blockOf, oversized);
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
