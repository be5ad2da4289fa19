using IdentityResolution.Internals;

namespace IdentityResolution.Records;

/// <summary>The distinct values of a column: UTF-8 bytes in one contiguous arena, numbered from 0 in order of first appearance.</summary>
/// <remarks>
/// Open addressing with linear probing; a slot holds the code and 32 bits of the hash, so a probe rarely touches the arena.
/// Not thread-safe while values are added; safe for concurrent readers afterwards.
/// </remarks>
internal sealed class ValueDictionary
{
    private const int NoCode = -1;
    private byte[] _arena;
    private int[] _ends;
    private Slot[] _slots;
    private int _count;

    public ValueDictionary(int expectedCount = 16)
    {
        int slots = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, expectedCount * 2));
        _arena = new byte[Math.Max(64, expectedCount * 8)];
        _ends = new int[Math.Max(8, expectedCount)];
        _slots = NewSlots(slots);
    }

    /// <summary>How many distinct values there are.</summary>
    public int Count => _count;

    /// <summary>The value of a code, as UTF-8.</summary>
    public ReadOnlySpan<byte> this[int code]
    {
        get
        {
            int start = code == 0 ? 0 : _ends[code - 1];
            return _arena.AsSpan(start, _ends[code] - start);
        }
    }

    /// <summary>The code of a value; a new code when the value is new.</summary>
    /// <exception cref="InvalidOperationException">The arena would pass 2 GiB.</exception>
    public int GetOrAdd(ReadOnlySpan<byte> value)
    {
        uint hash = Hash(value);
        int mask = _slots.Length - 1;
        int index = (int)hash & mask;
        while (true)
        {
            Slot slot = _slots[index];
            if (slot.Code == NoCode)
            {
                break;
            }
            if (slot.Hash == hash && this[slot.Code].SequenceEqual(value))
            {
                return slot.Code;
            }
            index = (index + 1) & mask;
        }
        int code = Append(value);
        _slots[index] = new Slot(code, hash);
        if (_count * 2 > _slots.Length)
        {
            Grow();
        }
        return code;
    }

    /// <summary>The code of a value, or -1 when it is not in the dictionary.</summary>
    public int Find(ReadOnlySpan<byte> value)
    {
        uint hash = Hash(value);
        int mask = _slots.Length - 1;
        for (int index = (int)hash & mask; ; index = (index + 1) & mask)
        {
            Slot slot = _slots[index];
            if (slot.Code == NoCode)
            {
                return NoCode;
            }
            if (slot.Hash == hash && this[slot.Code].SequenceEqual(value))
            {
                return slot.Code;
            }
        }
    }

    /// <summary>Forgets the values that were added last, down to a count; their codes are given anew.</summary>
    public void Truncate(int count)
    {
        int mask = _slots.Length - 1;
        while (_count > count)
        {
            // Whoever was added later has probed past whoever was added before, and never the other way round.
            int code = _count - 1;
            int index = (int)Hash(this[code]) & mask;
            while (_slots[index].Code != code)
            {
                index = (index + 1) & mask;
            }
            _slots[index] = new Slot(NoCode, 0);
            _arena.AsSpan(code == 0 ? 0 : _ends[code - 1], this[code].Length).Clear();
            _count--;
        }
    }

    /// <summary>The value of a code as a string.</summary>
    public string GetString(int code) => System.Text.Encoding.UTF8.GetString(this[code]);

    private static uint Hash(ReadOnlySpan<byte> value)
    {
        ulong hash = StableHash.Of(value);
        return (uint)(hash ^ (hash >> 32));
    }

    private static Slot[] NewSlots(int length)
    {
        var slots = new Slot[length];
        Array.Fill(slots, new Slot(NoCode, 0));
        return slots;
    }

    private int Append(ReadOnlySpan<byte> value)
    {
        int start = _count == 0 ? 0 : _ends[_count - 1];
        if (_arena.Length - start < value.Length)
        {
            long wanted = Math.Max((long)start + value.Length, Math.Min(_arena.LongLength * 2, Array.MaxLength));
            if (wanted > Array.MaxLength)
            {
                throw new InvalidOperationException("A column's distinct values pass 2 GiB.");
            }
            Array.Resize(ref _arena, (int)wanted);
        }
        if (_count == _ends.Length)
        {
            Array.Resize(ref _ends, _count * 2);
        }
        value.CopyTo(_arena.AsSpan(start));
        _ends[_count] = start + value.Length;
        return _count++;
    }

    private void Grow()
    {
        // In order of codes, as if the values had been added to it from the start.
        var hashes = new uint[_count];
        foreach (Slot slot in _slots)
        {
            if (slot.Code != NoCode)
            {
                hashes[slot.Code] = slot.Hash;
            }
        }
        Slot[] grown = NewSlots(_slots.Length * 2);
        int mask = grown.Length - 1;
        for (int code = 0; code < hashes.Length; code++)
        {
            int index = (int)hashes[code] & mask;
            while (grown[index].Code != NoCode)
            {
                index = (index + 1) & mask;
            }
            grown[index] = new Slot(code, hashes[code]);
        }
        _slots = grown;
    }

    private readonly struct Slot(int code, uint hash)
    {
        public readonly int Code = code;
        public readonly uint Hash = hash;
    }
}
