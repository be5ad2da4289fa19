using System.Text;
using IdentityResolution.Internals;

namespace IdentityResolution.Records;

/// <summary>The keys of all records, numbered from 0 in order of arrival; finds a record by its key and refuses a second one.</summary>
/// <remarks>Ids stand as UTF-8 in one arena. Not thread-safe while keys are added.</remarks>
internal sealed class RecordKeyIndex
{
    private const int Empty = -1;
    private readonly List<string> _sources = [];
    private readonly List<ulong> _sourceHashes = [];
    private readonly Dictionary<string, int> _sourceIndex = new(StringComparer.Ordinal);
    private byte[] _arena = new byte[1024];
    private long _arenaEnd;
    private long[] _ends = new long[64];
    private int[] _sourceOf = new int[64];
    private ulong[] _hashes = new ulong[64];
    private int[] _slots = NewSlots(128);

    /// <summary>How many records there are.</summary>
    public int Count { get; private set; }

    /// <summary>The source names, in order of first appearance.</summary>
    public IReadOnlyList<string> Sources => _sources;

    /// <summary>The number of a source; a new number when the source is new.</summary>
    public int AddSource(string source)
    {
        if (!_sourceIndex.TryGetValue(source, out int index))
        {
            index = _sources.Count;
            _sources.Add(source);
            _sourceHashes.Add(StableHash.Of(Encoding.UTF8.GetBytes(source)));
            _sourceIndex.Add(source, index);
        }
        return index;
    }

    /// <summary>Adds a key as the next record. False, with the record that has it, when the key is there already.</summary>
    public bool TryAdd(int source, ReadOnlySpan<byte> id, out int record)
    {
        ulong hash = KeyHash(source, id);
        int slot = Probe(source, id, hash);
        if (_slots[slot] != Empty)
        {
            record = _slots[slot];
            return false;
        }
        record = Append(source, id, hash);
        _slots[slot] = record;
        if (Count * 2 > _slots.Length)
        {
            Grow();
        }
        return true;
    }

    /// <summary>The record of a key, or -1.</summary>
    public int Find(string source, ReadOnlySpan<byte> id) =>
        _sourceIndex.TryGetValue(source, out int index) ? Find(index, id) : Empty;

    /// <summary>The record of a key whose source has this number, or -1.</summary>
    public int Find(int source, ReadOnlySpan<byte> id) => _slots[Probe(source, id, KeyHash(source, id))];

    /// <summary>The number of a source, or -1 when no record has it.</summary>
    public int FindSource(string source) => _sourceIndex.GetValueOrDefault(source, Empty);

    /// <summary>The record's id within its source, as UTF-8.</summary>
    public ReadOnlySpan<byte> Id(int record)
    {
        long start = record == 0 ? 0 : _ends[record - 1];
        return _arena.AsSpan((int)start, (int)(_ends[record] - start));
    }

    /// <summary>The number of the record's source in <see cref="Sources"/>.</summary>
    public int SourceOf(int record) => _sourceOf[record];

    /// <summary>A 64-bit hash of the record's key: the same in every run, whatever the order of records.</summary>
    public ulong Hash(int record) => _hashes[record];

    /// <summary>The record's key.</summary>
    public RecordKey Key(int record) => new(_sources[_sourceOf[record]], Encoding.UTF8.GetString(Id(record)));

    /// <summary>Orders two records by source name, then by id, both by UTF-8 bytes; independent of the order of arrival.</summary>
    public int Compare(int left, int right)
    {
        int leftSource = _sourceOf[left];
        int rightSource = _sourceOf[right];
        if (leftSource != rightSource)
        {
            return CodePointOrder.Compare(_sources[leftSource], _sources[rightSource]);
        }
        return Id(left).SequenceCompareTo(Id(right));
    }

    /// <summary>Gives a record another source without changing what finds it: for a record that stands for others in turn.</summary>
    public void Disguise(int record, int source) => _sourceOf[record] = source;

    private static int[] NewSlots(int length)
    {
        var slots = new int[length];
        Array.Fill(slots, Empty);
        return slots;
    }

    private ulong KeyHash(int source, ReadOnlySpan<byte> id) => StableHash.Combine(_sourceHashes[source], StableHash.Of(id));

    private int Probe(int source, ReadOnlySpan<byte> id, ulong hash)
    {
        int mask = _slots.Length - 1;
        int slot = (int)hash & mask;
        while (true)
        {
            int record = _slots[slot];
            if (record == Empty || (_hashes[record] == hash && _sourceOf[record] == source && Id(record).SequenceEqual(id)))
            {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
    }

    private int Append(int source, ReadOnlySpan<byte> id, ulong hash)
    {
        if (Count == _ends.Length)
        {
            int length = Count * 2;
            Array.Resize(ref _ends, length);
            Array.Resize(ref _sourceOf, length);
            Array.Resize(ref _hashes, length);
        }
        long needed = _arenaEnd + id.Length;
        if (needed > _arena.Length)
        {
            if (needed > Array.MaxLength)
            {
                throw new InvalidOperationException("The record ids pass 2 GiB.");
            }
            Array.Resize(ref _arena, (int)Math.Min(Array.MaxLength, Math.Max(needed, _arena.LongLength * 2)));
        }
        id.CopyTo(_arena.AsSpan((int)_arenaEnd));
        _arenaEnd = needed;
        _ends[Count] = needed;
        _sourceOf[Count] = source;
        _hashes[Count] = hash;
        return Count++;
    }

    private void Grow()
    {
        int[] grown = NewSlots(_slots.Length * 2);
        int mask = grown.Length - 1;
        for (int record = 0; record < Count; record++)
        {
            int slot = (int)_hashes[record] & mask;
            while (grown[slot] != Empty)
            {
                slot = (slot + 1) & mask;
            }
            grown[slot] = record;
        }
        _slots = grown;
    }
}
