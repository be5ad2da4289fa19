using System.Numerics;
using IdentityResolution.Internals;

namespace IdentityResolution.Live;

/// <summary>Records by a 64-bit key, of which each may have several; for many keys of few records that come and go.</summary>
/// <remarks>
/// Open addressing with linear probing. Most keys have one record: it stands in its slot. The others have a stretch of one large array, so that no key
/// has an object of its own. Safe for concurrent readers, not while records are added or removed.
/// </remarks>
internal sealed class RecordGroups
{
    private const int LeastSlots = 16;
    private readonly Stack<int> _freeGroups = [];

    // By the logarithm of their length: stretches that no group needs any more.
    private readonly Stack<int>[] _freeStretches = [.. Enumerable.Range(0, 32).Select(_ => new Stack<int>())];
    private ulong[] _keys = new ulong[LeastSlots];

    // 0 = free, above it the record + 1, below it the complement of the group.
    private int[] _places = new int[LeastSlots];
    private Group[] _groups = [];
    private int[] _members = [];
    private int _keyCount;
    private int _groupCount;
    private int _memberCount;

    /// <summary>The records of a key that has several; none when it has fewer than two. Valid until the next change.</summary>
    public ReadOnlySpan<int> this[ulong key] => _places[Probe(key)] is var place and < 0 ? Members(~place) : [];

    /// <summary>How many records have a key.</summary>
    public int Count(ulong key) => _places[Probe(key)] is var place and <= 0 ? place == 0 ? 0 : _groups[~place].Count : 1;

    /// <summary>The keys that at least so many records have; at least 2.</summary>
    public IEnumerable<ulong> KeysOf(int least)
    {
        for (int slot = 0; slot < _keys.Length; slot++)
        {
            if (_places[slot] < 0 && _groups[~_places[slot]].Count >= least)
            {
                yield return _keys[slot];
            }
        }
    }

    /// <summary>Takes many records at once, while there are none.</summary>
    /// <param name="keys">Keys in ascending order, repeated where several records have them.</param>
    /// <param name="records">The record of each key.</param>
    public void Fill(ReadOnlySpan<ulong> keys, ReadOnlySpan<int> records)
    {
        (int distinct, int groups, int members) = (0, 0, 0);
        for (int start = 0, size; start < keys.Length; start += size)
        {
            size = SizeAt(keys, start);
            distinct++;
            (groups, members) = size > 1 ? (groups + 1, members + size) : (groups, members);
        }
        int slots = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(LeastSlots, distinct + (distinct / 2) + 1));
        (_keys, _places) = (new ulong[slots], new int[slots]);
        (_groups, _members) = (new Group[groups], GC.AllocateUninitializedArray<int>(members));
        for (int start = 0, size; start < keys.Length; start += size)
        {
            size = SizeAt(keys, start);
            int slot = Probe(keys[start]);
            _keys[slot] = keys[start];
            if (size == 1)
            {
                _places[slot] = records[start] + 1;
                continue;
            }
            records.Slice(start, size).CopyTo(_members.AsSpan(_memberCount));
            _groups[_groupCount] = new Group { Start = _memberCount, Count = size, Capacity = size };
            _memberCount += size;
            _places[slot] = ~_groupCount++;
        }
        _keyCount = distinct;
    }

    /// <summary>Adds a record that does not have the key yet.</summary>
    public void Add(ulong key, int record)
    {
        if ((_keyCount + 1L) * 4 > _keys.Length * 3L)
        {
            Grow();
        }
        int slot = Probe(key);
        int place = _places[slot];
        if (place == 0)
        {
            _keys[slot] = key;
            _places[slot] = record + 1;
            _keyCount++;
            return;
        }
        if (place > 0)
        {
            int group = NewGroup();
            Append(group, place - 1);
            _places[slot] = place = ~group;
        }
        Append(~place, record);
    }

    /// <summary>Removes a record that has the key.</summary>
    public void Remove(ulong key, int record)
    {
        int slot = Probe(key);
        int place = _places[slot];
        if (place >= 0)
        {
            RemoveAt(slot);
            return;
        }
        ref Group group = ref _groups[~place];
        Span<int> members = _members.AsSpan(group.Start, group.Count);
        members[members.IndexOf(record)] = members[^1];
        if (--group.Count == 1)
        {
            _places[slot] = members[0] + 1;
            Release(group);
            group = default;
            _freeGroups.Push(~place);
        }
    }

    private static int SizeAt(ReadOnlySpan<ulong> keys, int start)
    {
        int end = start + 1;
        while (end < keys.Length && keys[end] == keys[start])
        {
            end++;
        }
        return end - start;
    }

    private ReadOnlySpan<int> Members(int group) => _members.AsSpan(_groups[group].Start, _groups[group].Count);

    private int Probe(ulong key)
    {
        int mask = _keys.Length - 1;
        int slot = (int)StableHash.Of(key) & mask;
        while (_places[slot] != 0 && _keys[slot] != key)
        {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    // What stands behind the slot and would have stood in it moves up, so that no probe ends too early.
    private void RemoveAt(int free)
    {
        int mask = _keys.Length - 1;
        _places[free] = 0;
        _keyCount--;
        for (int slot = (free + 1) & mask; _places[slot] != 0; slot = (slot + 1) & mask)
        {
            int home = (int)StableHash.Of(_keys[slot]) & mask;
            if (((slot - home) & mask) >= ((slot - free) & mask))
            {
                (_keys[free], _places[free]) = (_keys[slot], _places[slot]);
                _places[slot] = 0;
                free = slot;
            }
        }
    }

    private void Grow()
    {
        (ulong[] keys, int[] places) = (_keys, _places);
        (_keys, _places) = (new ulong[keys.Length * 2], new int[keys.Length * 2]);
        for (int slot = 0; slot < keys.Length; slot++)
        {
            if (places[slot] != 0)
            {
                int to = Probe(keys[slot]);
                (_keys[to], _places[to]) = (keys[slot], places[slot]);
            }
        }
    }

    private int NewGroup()
    {
        if (_freeGroups.TryPop(out int group))
        {
            return group;
        }
        if (_groupCount == _groups.Length)
        {
            Array.Resize(ref _groups, Math.Max(LeastSlots, _groupCount + (_groupCount / 2)));
        }
        return _groupCount++;
    }

    private void Append(int number, int record)
    {
        ref Group group = ref _groups[number];
        if (group.Count == group.Capacity)
        {
            Group before = group;
            group.Capacity = (int)BitOperations.RoundUpToPowerOf2((uint)before.Capacity + 1);
            group.Start = Take(group.Capacity);
            _members.AsSpan(before.Start, before.Count).CopyTo(_members.AsSpan(group.Start));
            Release(before);
        }
        _members[group.Start + group.Count++] = record;
    }

    private int Take(int length)
    {
        if (_freeStretches[BitOperations.Log2((uint)length)].TryPop(out int start))
        {
            return start;
        }
        if (_members.Length - _memberCount < length)
        {
            Array.Resize(ref _members, Math.Max(_memberCount + length, _members.Length + (_members.Length / 2) + LeastSlots));
        }
        start = _memberCount;
        _memberCount += length;
        return start;
    }

    private void Release(Group group)
    {
        if (group.Capacity > 0)
        {
            _freeStretches[BitOperations.Log2((uint)group.Capacity)].Push(group.Start);
        }
    }

    private struct Group
    {
        public int Start;
        public int Count;
        public int Capacity;
    }
}
