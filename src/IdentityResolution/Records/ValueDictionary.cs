using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using IdentityResolution.Internals;

namespace IdentityResolution.Records;

/// <summary>The distinct values of a column: UTF-8 bytes in one contiguous arena, numbered from 0 in order of first appearance.</summary>
/// <remarks>
/// Open addressing with linear probing; a slot holds the place in the arena and 32 bits of the hash, so a probe rarely touches the arena in vain.
/// A value's code and length stand before its bytes: a look-up reads a slot and one place of the arena. Many values at a time are looked up in
/// steps (hash, slot, bytes), each step asking the memory for what the next one needs.
/// Not thread-safe while values are added; safe for concurrent readers afterwards.
/// </remarks>
internal sealed class ValueDictionary
{
    private const int NoCode = -1;
    private const int GroupSize = 64;

    // Before a value: its code, and its length or this one when it is longer.
    private const int HeaderBytes = sizeof(int) + 1;
    private const byte LongLength = byte.MaxValue;

    // Tables under this many slots stay in the caches: asking for their lines ahead costs more than it brings.
    private const int PrefetchSlots = 1 << 14;
    private readonly Lock _indexing = new();
    private readonly MemoryBudget _memory;
    private LargeArray<byte> _arena;
    private LargeArray<int> _ends;
    private LargeArray<ulong>? _slots;
    private int _count;

    /// <summary>No values yet.</summary>
    /// <param name="expectedCount">How many to make room for.</param>
    /// <param name="memory">Where the room is taken from; null = the collector's memory.</param>
    public ValueDictionary(int expectedCount = 16, MemoryBudget? memory = null)
    {
        _memory = memory ?? MemoryBudget.Unlimited;
        _arena = _memory.AllocateZeros<byte>(Math.Max(64, expectedCount * (8 + HeaderBytes)));
        _ends = _memory.AllocateZeros<int>(Math.Max(8, expectedCount));
        _slots = _memory.AllocateZeros<ulong>(SlotsFor(expectedCount));
    }

    /// <summary>How many distinct values there are.</summary>
    public int Count => _count;

    /// <summary>Bytes that the values take, the index left out.</summary>
    public long Bytes => _arena.Bytes + _ends.Bytes;

    /// <summary>The value of a code, as UTF-8.</summary>
    public ReadOnlySpan<byte> this[int code]
    {
        get
        {
            ReadOnlySpan<int> ends = _ends.Span;
            int start = (code == 0 ? 0 : ends[code - 1]) + HeaderBytes;
            return _arena.AsSpan(start, ends[code] - start);
        }
    }

    /// <summary>Asks the memory where a value stands.</summary>
    public void Fetch(int code) => Ahead.Fetch(_ends, code);

    /// <summary>Asks the memory for a value; a while after <see cref="Fetch"/>.</summary>
    public void FetchText(int code) => Ahead.Fetch(_arena, code == 0 ? 0 : _ends[code - 1]);

    /// <summary>The code of a value; a new code when the value is new.</summary>
    /// <exception cref="InvalidOperationException">The arena would pass 2 GiB.</exception>
    public int GetOrAdd(ReadOnlySpan<byte> value) => GetOrAdd(value, Hash(value), 0);

    /// <summary>The codes of many values, in their order; new codes for new values, -1 for empty ones.</summary>
    /// <param name="bytes">Where the values stand.</param>
    /// <param name="places">The place of each value.</param>
    /// <param name="codes">Receives the codes; as long as <paramref name="places"/>.</param>
    /// <param name="share">Which part of all values to come these are the last of, in (0, 1], so that room is made once; 0 = not known.</param>
    public void GetOrAddAll(ReadOnlySpan<byte> bytes, ReadOnlySpan<BytePlace> places, Span<int> codes, double share = 0)
    {
        Span<uint> hashes = stackalloc uint[GroupSize];
        ref byte origin = ref MemoryMarshal.GetReference(bytes);
        for (int first = 0; first < places.Length; first += GroupSize)
        {
            ReadOnlySpan<BytePlace> group = places.Slice(first, Math.Min(GroupSize, places.Length - first));
            for (int i = 0; i < group.Length; i++)
            {
                hashes[i] = Hash(group[i].In(ref origin));
            }
            Prefetch(hashes[..group.Length], group);
            Span<int> codesOfGroup = codes.Slice(first, group.Length);
            for (int i = 0; i < group.Length; i++)
            {
                codesOfGroup[i] = group[i].Length == 0 ? NoCode : GetOrAdd(group[i].In(ref origin), hashes[i], share);
            }
        }
    }

    /// <summary>The code of a value, or -1 when it is not in the dictionary.</summary>
    public int Find(ReadOnlySpan<byte> value)
    {
        uint hash = Hash(value);
        ReadOnlySpan<ulong> slots = Slots().Span;
        int mask = slots.Length - 1;
        for (int index = (int)hash & mask; ; index = (index + 1) & mask)
        {
            ulong slot = slots[index];
            if (slot == 0)
            {
                return NoCode;
            }
            if (HashOf(slot) == hash && IsAt(PlaceOf(slot), value))
            {
                return CodeAt(PlaceOf(slot));
            }
        }
    }

    /// <summary>Forgets the values that were added last, down to a count; their codes are given anew.</summary>
    public void Truncate(int count)
    {
        while (_count > count)
        {
            int code = _count - 1;
            ReadOnlySpan<byte> value = this[code];
            int place = PlaceOf(code);
            if (_slots is { } slots)
            {
                Remove(slots.Span, Slot(place, Hash(value)));
            }
            _arena.AsSpan(place - HeaderBytes, HeaderBytes + value.Length).Clear();
            _count--;
        }
    }

    /// <summary>The value of a code as a string.</summary>
    public string GetString(int code) => System.Text.Encoding.UTF8.GetString(this[code]);

    /// <summary>Gives back the memory that only looking up takes; the next look-up builds it again.</summary>
    public void ReleaseIndex()
    {
        _slots?.Free();
        _slots = null;
    }

    /// <summary>Gives back all memory; there are no values then, and the dictionary is not to be used again.</summary>
    public void Free()
    {
        ReleaseIndex();
        _arena.Free();
        _ends.Free();
        _count = 0;
    }

    // What stands behind a free slot and would have stood in it moves up, so that no probe ends too early.
    private static void Remove(Span<ulong> slots, ulong slot)
    {
        int mask = slots.Length - 1;
        int free = (int)HashOf(slot) & mask;
        while (slots[free] != slot)
        {
            free = (free + 1) & mask;
        }
        slots[free] = 0;
        for (int index = (free + 1) & mask; slots[index] != 0; index = (index + 1) & mask)
        {
            int home = (int)HashOf(slots[index]) & mask;
            if (((index - home) & mask) >= ((index - free) & mask))
            {
                (slots[free], slots[index]) = (slots[index], 0);
                free = index;
            }
        }
    }

    private static uint Hash(ReadOnlySpan<byte> value)
    {
        ulong hash = StableHash.Of(value);
        return (uint)(hash ^ (hash >> 32));
    }

    private static int SlotsFor(int count) => (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, count + (count / 2)));

    // Never 0, since a header stands before it.
    private static int PlaceOf(ulong slot) => (int)(uint)slot;

    private static uint HashOf(ulong slot) => (uint)(slot >> 32);

    private static ulong Slot(int place, uint hash) => ((ulong)hash << 32) | (uint)place;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int GetOrAdd(ReadOnlySpan<byte> value, uint hash, double share)
    {
        ReadOnlySpan<ulong> slots = (_slots ?? Slots()).Span;
        int mask = slots.Length - 1;
        int index = (int)hash & mask;
        while (true)
        {
            ulong slot = slots[index];
            if (slot == 0)
            {
                return Add(value, hash, index, share);
            }
            if (HashOf(slot) == hash && IsAt(PlaceOf(slot), value))
            {
                return CodeAt(PlaceOf(slot));
            }
            index = (index + 1) & mask;
        }
    }

    private int Add(ReadOnlySpan<byte> value, uint hash, int index, double share)
    {
        int code = Append(value, share);
        _slots![index] = Slot(PlaceOf(code), hash);
        if (_count + (_count / 2) > _slots.Length)
        {
            Grow(share);
        }
        return code;
    }

    // Where the bytes of a value start.
    private int PlaceOf(int code) => (code == 0 ? 0 : _ends[code - 1]) + HeaderBytes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int CodeAt(int place) => Unsafe.ReadUnaligned<int>(ref Unsafe.Add(ref MemoryMarshal.GetReference(_arena.Span), place - HeaderBytes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsAt(int place, ReadOnlySpan<byte> value)
    {
        ref byte start = ref Unsafe.Add(ref MemoryMarshal.GetReference(_arena.Span), place);
        byte length = Unsafe.Add(ref start, -1);
        return (length == LongLength ? _ends[CodeAt(place)] - place : length) == value.Length
            && ShortBytes.Equal(ref start, ref MemoryMarshal.GetReference(value), value.Length);
    }

    // The lines that the look-ups of these hashes will read. What is asked for is only a hint, so a stale address does no harm.
    private unsafe void Prefetch(ReadOnlySpan<uint> hashes, ReadOnlySpan<BytePlace> values)
    {
        Span<ulong> slots = Slots().Span;
        if (!Sse.IsSupported || slots.Length < PrefetchSlots)
        {
            return;
        }
        int mask = slots.Length - 1;
        foreach (uint hash in hashes)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref slots[(int)hash & mask]));
        }
        ref byte arena = ref MemoryMarshal.GetReference(_arena.Span);
        for (int i = 0; i < hashes.Length; i++)
        {
            ulong slot = slots[(int)hashes[i] & mask];
            if (HashOf(slot) == hashes[i] && slot != 0)
            {
                // Both ends, as many a value stands across two lines.
                Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref arena, PlaceOf(slot) - HeaderBytes)));
                Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref arena, PlaceOf(slot) + values[i].Length - 1)));
            }
        }
    }

    private int Append(ReadOnlySpan<byte> value, double share)
    {
        int start = _count == 0 ? 0 : _ends[_count - 1];
        if (_arena.Length - start - HeaderBytes < value.Length)
        {
            long wanted = Math.Max((long)start + HeaderBytes + value.Length, Math.Min(Room.Wanted(_arena.Length, share), Array.MaxLength));
            if (wanted > Array.MaxLength)
            {
                throw new InvalidOperationException("A column's distinct values pass 2 GiB.");
            }
            _memory.Resize(ref _arena, (int)wanted, start);
        }
        if (_count == _ends.Length)
        {
            _memory.Resize(ref _ends, (int)Math.Min(Room.Wanted(_count, share), Array.MaxLength), _count);
        }
        Span<byte> room = _arena.Span[start..];
        Unsafe.WriteUnaligned(ref MemoryMarshal.GetReference(room), _count);
        room[sizeof(int)] = (byte)Math.Min(value.Length, LongLength);
        value.CopyTo(room[HeaderBytes..]);
        _ends[_count] = start + HeaderBytes + value.Length;
        return _count++;
    }

    private void Grow(double share)
    {
        // Four times at once while little of the input was seen and the table is large: half of the moves are saved.
        int factor = share is > 0 and < 0.2 && _slots!.Length > PrefetchSlots ? 4 : 2;
        LargeArray<ulong> grown = _memory.AllocateZeros<ulong>(_slots!.Length * factor);
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

    private static void Place(Span<ulong> slots, ulong slot)
    {
        int mask = slots.Length - 1;
        int index = (int)HashOf(slot) & mask;
        while (slots[index] != 0)
        {
            index = (index + 1) & mask;
        }
        slots[index] = slot;
    }

    private LargeArray<ulong> Slots()
    {
        if (Volatile.Read(ref _slots) is { } slots)
        {
            return slots;
        }
        lock (_indexing)
        {
            if (_slots is null)
            {
                LargeArray<ulong> built = _memory.AllocateZeros<ulong>(SlotsFor(_count + 1));
                for (int code = 0; code < _count; code++)
                {
                    Place(built.Span, Slot(PlaceOf(code), Hash(this[code])));
                }
                Volatile.Write(ref _slots, built);
            }
            return _slots;
        }
    }
}
