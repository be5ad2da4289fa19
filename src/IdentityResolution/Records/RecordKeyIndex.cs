using System.Buffers;
using System.Text;
using IdentityResolution.Internals;

namespace IdentityResolution.Records;

/// <summary>The keys of all records, numbered from 0 in order of arrival; finds a record by its key and refuses a second one.</summary>
/// <remarks>
/// Ids stand as UTF-8 in one arena. As long as the ids of each source ascend (by bytes, as those of our stores do, or shorter ones first, as
/// those of most exports), a new one differs from all before it and nothing is looked up: the index is built when an id first does not
/// ascend, or when a record is first looked for. Not thread-safe while keys are added; safe for concurrent readers afterwards.
/// </remarks>
internal sealed class RecordKeyIndex
{
    private const int Empty = -1;
    private readonly Lock _indexing = new();
    private readonly List<string> _sources = [];
    private readonly List<ulong> _sourceHashes = [];
    private readonly List<int> _lastOfSource = [];
    private readonly Dictionary<string, int> _sourceIndex = new(StringComparer.Ordinal);
    private readonly MemoryBudget _memory;
    private LargeArray<byte> _arena;
    private LargeArray<int> _ends;
    private LargeArray<int> _sourceOf;

    // In which orders all ids have ascended so far.
    private bool _byBytes = true;
    private bool _byLength = true;

    // How many of them were looked at for that.
    private int _ascending;
    private bool _hasDisguised;

    // 32 bits of the hash, and the record + 1; 0 = free.
    private LargeArray<ulong>? _slots;

    /// <summary>No keys yet.</summary>
    /// <param name="memory">Where room is taken from; null = the collector's memory.</param>
    public RecordKeyIndex(MemoryBudget? memory = null)
    {
        _memory = memory ?? MemoryBudget.Unlimited;
        _arena = _memory.Allocate<byte>(1024);
        _ends = _memory.Allocate<int>(64);
        _sourceOf = _memory.Allocate<int>(64);
    }

    /// <summary>How many records there are.</summary>
    public int Count { get; private set; }

    /// <summary>Do the ids of each source ascend, shorter ones first? False also when that is not known.</summary>
    public bool AscendsByLength => _byLength && _ascending == Count && !_hasDisguised;

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
            _lastOfSource.Add(Empty);
            _sourceIndex.Add(source, index);
        }
        return index;
    }

    /// <summary>Makes room for more keys.</summary>
    /// <param name="count">How many come now.</param>
    /// <param name="start">The first record of their input.</param>
    /// <param name="share">The part of all keys of the input that these are the last of, in (0, 1]; 0 = not known.</param>
    public void Reserve(int count, int start, double share)
    {
        int needed = checked(Count + count);
        if (needed > _ends.Length)
        {
            int length = (int)Math.Min(start + Room.Wanted(needed - start, share), Array.MaxLength);
            _memory.Resize(ref _ends, length, Count);
            _memory.Resize(ref _sourceOf, length, Count);
        }
    }

    /// <summary>Adds a key as the next record. False, with the record that has it, when the key is there already.</summary>
    public bool TryAdd(int source, ReadOnlySpan<byte> id, out int record)
    {
        if (_slots is null)
        {
            if (Ascends(source, id))
            {
                record = Append(source, id);
                _ascending = Count;
                return true;
            }
            BuildIndex();
        }
        uint hash = ShortHash(KeyHash(source, id));
        int slot = Probe(_slots!.Span, source, id, hash);
        if (_slots[slot] != 0)
        {
            record = RecordOf(_slots[slot]);
            return false;
        }
        record = Append(source, id);
        _slots[slot] = Slot(record, hash);
        if (Count + (Count / 2) > _slots.Length)
        {
            Grow();
        }
        return true;
    }

    /// <summary>The record of a key, or -1.</summary>
    public int Find(string source, ReadOnlySpan<byte> id) =>
        _sourceIndex.TryGetValue(source, out int index) ? Find(index, id) : Empty;

    /// <summary>The record of a key whose source has this number, or -1.</summary>
    public int Find(int source, ReadOnlySpan<byte> id)
    {
        ReadOnlySpan<ulong> slots = (Volatile.Read(ref _slots) ?? BuildIndex()).Span;
        return RecordOf(slots[Probe(slots, source, id, ShortHash(KeyHash(source, id)))]);
    }

    /// <summary>Is this the record of a key?</summary>
    public bool Is(int record, int source, ReadOnlySpan<byte> id) => _sourceOf[record] == source && Id(record).SequenceEqual(id);

    /// <summary>The number of a source, or -1 when no record has it.</summary>
    public int FindSource(string source) => _sourceIndex.GetValueOrDefault(source, Empty);

    /// <summary>The record's id within its source, as UTF-8.</summary>
    public ReadOnlySpan<byte> Id(int record)
    {
        int start = record == 0 ? 0 : _ends[record - 1];
        return _arena.AsSpan(start, _ends[record] - start);
    }

    /// <summary>Has any id one of these bytes?</summary>
    public bool AnyIdContains(SearchValues<byte> bytes) => Count > 0 && _arena.AsSpan(0, _ends[Count - 1]).ContainsAny(bytes);

    /// <summary>Asks the memory for where a record's id stands.</summary>
    public void FetchEnd(int record) => Ahead.Fetch(_ends, record);

    /// <summary>Asks the memory for a record's id; a while after <see cref="FetchEnd"/>.</summary>
    public void FetchId(int record) => Ahead.Fetch(_arena, record == 0 ? 0 : _ends[record - 1]);

    /// <summary>The number of the record's source in <see cref="Sources"/>.</summary>
    public int SourceOf(int record) => _sourceOf[record];

    /// <summary>A 64-bit hash of the record's key: the same in every run, whatever the order of records. Computed, not stored.</summary>
    public ulong Hash(int record) => KeyHash(_sourceOf[record], Id(record));

    /// <summary>The hash of every record's key, for many look-ups in any order.</summary>
    public ulong[] Hashes(Workers workers)
    {
        const int RecordsPerPiece = 1 << 16;
        ulong[] hashes = GC.AllocateUninitializedArray<ulong>(Count);
        workers.Run((Count + RecordsPerPiece - 1) / RecordsPerPiece, piece =>
        {
            for (int record = piece * RecordsPerPiece; record < Math.Min(Count, (piece + 1) * RecordsPerPiece); record++)
            {
                hashes[record] = Hash(record);
            }
        });
        return hashes;
    }

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
        return ShortBytes.Compare(Id(left), Id(right));
    }

    /// <summary>Gives a record another source, under which it can't be found: for a record that stands for others in turn.</summary>
    public void Disguise(int record, int source)
    {
        _sourceOf[record] = source;
        _hasDisguised = true;
    }

    private static uint ShortHash(ulong hash) => (uint)(hash ^ (hash >> 32));

    private static int RecordOf(ulong slot) => (int)(uint)slot - 1;

    private static ulong Slot(int record, uint hash) => ((ulong)hash << 32) | (uint)(record + 1);

    private static void Place(Span<ulong> slots, ulong slot)
    {
        int mask = slots.Length - 1;
        int index = (int)(uint)(slot >> 32) & mask;
        while (slots[index] != 0)
        {
            index = (index + 1) & mask;
        }
        slots[index] = slot;
    }

    private bool Ascends(int source, ReadOnlySpan<byte> id)
    {
        int last = _lastOfSource[source];
        if (last == Empty)
        {
            return true;
        }
        ReadOnlySpan<byte> before = Id(last);
        bool isGreater = ShortBytes.Compare(id, before) > 0;
        _byBytes &= isGreater;
        _byLength &= id.Length != before.Length ? id.Length > before.Length : isGreater;
        return _byBytes || _byLength;
    }

    private ulong KeyHash(int source, ReadOnlySpan<byte> id) => StableHash.Combine(_sourceHashes[source], StableHash.Of(id));

    private int Probe(ReadOnlySpan<ulong> slots, int source, ReadOnlySpan<byte> id, uint hash)
    {
        int mask = slots.Length - 1;
        for (int index = (int)hash & mask; ; index = (index + 1) & mask)
        {
            ulong slot = slots[index];
            if (slot == 0
                || ((uint)(slot >> 32) == hash && _sourceOf[RecordOf(slot)] == source && Id(RecordOf(slot)).SequenceEqual(id)))
            {
                return index;
            }
        }
    }

    private int Append(int source, ReadOnlySpan<byte> id)
    {
        Reserve(1, 0, 0);
        int start = Count == 0 ? 0 : _ends[Count - 1];
        if (_arena.Length - start < id.Length)
        {
            long needed = (long)start + id.Length;
            if (needed > Array.MaxLength)
            {
                throw new InvalidOperationException("The record ids pass 2 GiB.");
            }
            // Records that have room already show how long the arena is likely to get.
            long wanted = Count == 0 ? 0 : (long)(_arena.Length * ((double)_ends.Length / Count));
            _memory.Resize(ref _arena, (int)Math.Min(Array.MaxLength, Math.Max(needed, Math.Max(wanted, _arena.Bytes * 5 / 4))), start);
        }
        id.CopyTo(_arena.Span[start..]);
        _ends[Count] = start + id.Length;
        _sourceOf[Count] = source;
        _lastOfSource[source] = Count;
        return Count++;
    }

    private LargeArray<ulong> BuildIndex()
    {
        lock (_indexing)
        {
            if (_slots is null)
            {
                LargeArray<ulong> slots = _memory.AllocateZeros<ulong>((int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(128, Count + (Count / 2) + 1)));
                for (int record = 0; record < Count; record++)
                {
                    Place(slots.Span, Slot(record, ShortHash(Hash(record))));
                }
                Volatile.Write(ref _slots, slots);
            }
            return _slots;
        }
    }

    private void Grow()
    {
        LargeArray<ulong> grown = _memory.AllocateZeros<ulong>(_slots!.Length * 2);
        Span<ulong> to = grown.Span;
        foreach (ulong slot in _slots)
        {
            if (slot != 0)
            {
                Place(to, slot);
            }
        }
        _slots.Free();
        _slots = grown;
    }
}
