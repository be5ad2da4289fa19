using IdentityResolution.Blocking;
using IdentityResolution.Fields;
using IdentityResolution.Internals;

namespace IdentityResolution.Live;

/// <summary>The blocks of one rule, kept while records come and go. A block that passes its cap makes no pairs, as in a batch.</summary>
/// <remarks>Not thread-safe while records are added.</remarks>
internal sealed class RuleBlocks(FieldTable table, IReadOnlyList<string> keys, int cap)
{
    private readonly RecordGroups _groups = new();
    private readonly BlockKeyReader _reader = new(table, keys);
    private readonly List<ulong> _keys = [];

    /// <summary>Makes a reader of keys for another thread.</summary>
    public BlockKeyReader CreateReader() => new(table, keys);

    /// <summary>Takes all records of the table, while there are none.</summary>
    public void Fill()
    {
        BlockKeys entries = BlockKeys.Collect(table, keys);
        RadixSort.Sort(entries.Keys.AsSpan(0, entries.Count), entries.Records.AsSpan(0, entries.Count));
        _groups.Fill(entries.Keys.AsSpan(0, entries.Count), entries.Records.AsSpan(0, entries.Count));
    }

    /// <summary>May blocks of this size make pairs?</summary>
    public bool IsActive(int size) => size <= cap;

    /// <summary>The keys of a record, as its values are now.</summary>
    public void ReadKeys(int record, List<ulong> result) => _reader.Read(record, result);

    /// <summary>Adds a record under the keys of its values.</summary>
    public void Add(int record)
    {
        _reader.Read(record, _keys);
        foreach (ulong key in _keys)
        {
            _groups.Add(key, record);
        }
    }

    /// <summary>Removes a record from the blocks of its values, which must be those it was added with.</summary>
    public void Remove(int record)
    {
        _reader.Read(record, _keys);
        foreach (ulong key in _keys)
        {
            _groups.Remove(key, record);
        }
    }

    /// <summary>How many records have a key.</summary>
    public int Count(ulong key) => _groups.Count(key);

    /// <summary>The records of a key; none when there is only one of them.</summary>
    public ReadOnlySpan<int> Block(ulong key) => _groups[key];

    /// <summary>The records of a key, if they may make pairs.</summary>
    public ReadOnlySpan<int> ActiveBlock(ulong key) => _groups[key] is var block && block.Length <= cap ? block : [];

    /// <summary>The keys of blocks of at least so many records, at least 2.</summary>
    public IEnumerable<ulong> KeysOfBlocks(int least) => _groups.KeysOf(least);
}
