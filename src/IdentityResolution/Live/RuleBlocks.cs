using System.Runtime.InteropServices;
using IdentityResolution.Blocking;
using IdentityResolution.Fields;

namespace IdentityResolution.Live;

/// <summary>The blocks of one rule, kept while records come and go. A block that passes its cap makes no pairs, as in a batch.</summary>
/// <remarks>Most keys have one record: it stands in the dictionary itself; of the others the number of their block, less than 0. Not thread-safe while records are added.</remarks>
internal sealed class RuleBlocks(FieldTable table, IReadOnlyList<string> keys, int cap)
{
    private readonly Dictionary<ulong, int> _places = [];
    private readonly List<List<int>> _blocks = [];
    private readonly Stack<int> _free = [];
    private readonly BlockKeyReader _reader = new(table, keys);
    private readonly List<ulong> _keys = [];

    /// <summary>Makes a reader of keys for another thread.</summary>
    public BlockKeyReader CreateReader() => new(table, keys);

    /// <summary>Makes room for records that are loaded.</summary>
    public void Reserve(int records) => _places.EnsureCapacity(records);

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
            ref int place = ref CollectionsMarshal.GetValueRefOrAddDefault(_places, key, out bool exists);
            if (!exists)
            {
                place = record;
            }
            else if (place >= 0)
            {
                List<int> block = _free.TryPop(out int free) ? _blocks[free] : [];
                if (block.Capacity == 0)
                {
                    free = _blocks.Count;
                    _blocks.Add(block);
                }
                block.Add(place);
                block.Add(record);
                place = ~free;
            }
            else
            {
                _blocks[~place].Add(record);
            }
        }
    }

    /// <summary>Removes a record from the blocks of its values, which must be those it was added with.</summary>
    public void Remove(int record)
    {
        _reader.Read(record, _keys);
        foreach (ulong key in _keys)
        {
            int place = _places[key];
            if (place >= 0)
            {
                _places.Remove(key);
                continue;
            }
            List<int> block = _blocks[~place];
            int index = block.IndexOf(record);
            block[index] = block[^1];
            block.RemoveAt(block.Count - 1);
            if (block.Count == 1)
            {
                _places[key] = block[0];
                block.Clear();
                _free.Push(~place);
            }
        }
    }

    /// <summary>How many records have a key.</summary>
    public int Count(ulong key) => !_places.TryGetValue(key, out int place) ? 0 : place >= 0 ? 1 : _blocks[~place].Count;

    /// <summary>The records of a key; none when there is only one of them.</summary>
    public ReadOnlySpan<int> Block(ulong key) => _places.TryGetValue(key, out int place) && place < 0 ? CollectionsMarshal.AsSpan(_blocks[~place]) : [];

    /// <summary>The records of a key, if they may make pairs.</summary>
    public ReadOnlySpan<int> ActiveBlock(ulong key) => Block(key) is var block && block.Length <= cap ? block : [];

    /// <summary>The keys of blocks of at least so many records.</summary>
    public IEnumerable<ulong> KeysOfBlocks(int least) => _places.Where(place => place.Value < 0 && _blocks[~place.Value].Count >= least).Select(place => place.Key);
}
