namespace IdentityResolution.Internals;

/// <summary>A set of 64-bit numbers that are spread evenly already, as hashes are; made for a number of members that is known.</summary>
/// <remarks>Open addressing with linear probing by the low bits. Grows when more come than were expected.</remarks>
internal sealed class NumberSet
{
    // 0 = free; the number 0 itself is kept apart.
    private ulong[] _slots;
    private int _count;
    private bool _hasZero;

    /// <summary>An empty set.</summary>
    /// <param name="expectedCount">How many members it is likely to get.</param>
    public NumberSet(int expectedCount) =>
        _slots = new ulong[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, expectedCount + (expectedCount / 2)))];

    /// <summary>Adds a number; false when it is there already.</summary>
    public bool Add(ulong number)
    {
        if (number == 0)
        {
            bool isNew = !_hasZero;
            _hasZero = true;
            return isNew;
        }
        int slot = Find(_slots, number);
        if (_slots[slot] == number)
        {
            return false;
        }
        _slots[slot] = number;
        if (++_count + (_count / 4) > _slots.Length)
        {
            Grow();
        }
        return true;
    }

    /// <summary>Asks the memory for the place of a number.</summary>
    public void Fetch(ulong number) => Ahead.Fetch(_slots, (int)number & (_slots.Length - 1));

    private static int Find(ulong[] slots, ulong number)
    {
        int mask = slots.Length - 1;
        int slot = (int)number & mask;
        while (slots[slot] != 0 && slots[slot] != number)
        {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void Grow()
    {
        var grown = new ulong[_slots.Length * 2];
        foreach (ulong number in _slots)
        {
            if (number != 0)
            {
                grown[Find(grown, number)] = number;
            }
        }
        _slots = grown;
    }
}
