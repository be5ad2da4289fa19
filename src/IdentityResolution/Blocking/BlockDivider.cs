using System.Runtime.InteropServices;
using IdentityResolution.Fields;
using IdentityResolution.Internals;

namespace IdentityResolution.Blocking;

/// <summary>Divides blocks that are over the limit by further features, one after the other, and collects the parts that are within it.</summary>
/// <remarks>The same pairs as further rules with the block's keys and one feature more each would make: blocks within the limit need none of them.</remarks>
internal sealed class BlockDivider
{
    private readonly BlockKeyReader[] _readers;
    private readonly int _maxBlockSize;
    private readonly List<int> _records = [];
    private readonly List<int> _ends = [];

    /// <summary>Prepares the features.</summary>
    /// <param name="table">The fields of all records.</param>
    /// <param name="features">What blocks are divided by, in order; none of them split.</param>
    /// <param name="maxBlockSize">Records in the largest part that is kept.</param>
    public BlockDivider(FieldTable table, IReadOnlyList<string> features, int maxBlockSize)
    {
        _readers = [.. features.Select(feature => new BlockKeyReader(table, [feature]))];
        _maxBlockSize = maxBlockSize;
    }

    /// <summary>May a record stand in several parts of one block?</summary>
    public bool MayRepeat => Array.Exists(_readers, reader => reader.MayReadSeveral);

    /// <summary>The records of the parts, part after part.</summary>
    public ReadOnlySpan<int> Records => CollectionsMarshal.AsSpan(_records);

    /// <summary>Where each part ends in <see cref="Records"/>.</summary>
    public ReadOnlySpan<int> Ends => CollectionsMarshal.AsSpan(_ends);

    /// <summary>The blocks that were divided.</summary>
    public OversizedBlocks Divided { get; private set; }

    /// <summary>The parts that no feature could make small enough; records without such a feature are in none.</summary>
    public OversizedBlocks Oversized { get; private set; }

    /// <summary>Divides a block that is over the limit.</summary>
    public void Divide(ReadOnlySpan<int> records)
    {
        if (_readers.Length == 0)
        {
            Oversized = Oversized.Add(records.Length);
            return;
        }
        Divided = Divided.Add(records.Length);
        Divide(records, 0);
    }

    private void Divide(ReadOnlySpan<int> records, int level)
    {
        var keys = new List<ulong>(records.Length);
        var of = new List<int>(records.Length);
        var read = new List<ulong>();
        foreach (int record in records)
        {
            _readers[level].Read(record, read);
            foreach (ulong key in read)
            {
                keys.Add(key);
                of.Add(record);
            }
        }
        ReadOnlySpan<ulong> sorted = CollectionsMarshal.AsSpan(keys);
        RadixSort.Sort(CollectionsMarshal.AsSpan(keys), CollectionsMarshal.AsSpan(of));
        for (int start = 0; start < sorted.Length;)
        {
            ulong key = sorted[start];
            int end = sorted[start..].IndexOfAnyExcept(key) is var length and >= 0 ? start + length : sorted.Length;
            Take(CollectionsMarshal.AsSpan(of)[start..end], level);
            start = end;
        }
    }

    private void Take(ReadOnlySpan<int> part, int level)
    {
        if (part.Length > _maxBlockSize && level + 1 < _readers.Length)
        {
            Divide(part, level + 1);
        }
        else if (part.Length > _maxBlockSize)
        {
            Oversized = Oversized.Add(part.Length);
        }
        else if (part.Length > 1)
        {
            _records.AddRange(part);
            _ends.Add(_records.Count);
        }
    }
}
