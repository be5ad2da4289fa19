using System.Numerics;
using IdentityResolution.Internals;

namespace IdentityResolution.Blocking;

/// <summary>Groups equal keys of one partition after the other by a small hash table. One per thread; to be freed after each partition.</summary>
internal sealed class KeyGroups
{
    private int[] _slots = [];
    private int[] _groupOf = [];
    private int[] _firsts = [];
    private int[] _sizes = [];

    /// <summary>How many different keys the partition has.</summary>
    public int Count { get; private set; }

    /// <summary>How often each key occurs, in order of first occurrence.</summary>
    public ReadOnlySpan<int> Sizes => _sizes.AsSpan(0, Count);

    /// <summary>The group of each key.</summary>
    public ReadOnlySpan<int> GroupOf => _groupOf;

    /// <summary>Groups the keys of a partition.</summary>
    public void Group(ReadOnlySpan<ulong> keys)
    {
        Count = 0;
        if (keys.IsEmpty)
        {
            return;
        }
        int room = 2 * (int)BitOperations.RoundUpToPowerOf2((uint)keys.Length);
        _groupOf = Scratch.Rent<int>(keys.Length);
        _firsts = Scratch.Rent<int>(keys.Length);
        _sizes = Scratch.Rent<int>(keys.Length);
        _slots = Scratch.Rent<int>(room);
        Span<int> slots = _slots.AsSpan(0, room);
        slots.Clear();
        int mask = slots.Length - 1;
        for (int i = 0; i < keys.Length; i++)
        {
            // The upper half of the hash chose the partition.
            int slot = (int)StableHash.Of(keys[i]) & mask;
            while (slots[slot] != 0 && keys[_firsts[slots[slot] - 1]] != keys[i])
            {
                slot = (slot + 1) & mask;
            }
            if (slots[slot] == 0)
            {
                (_firsts[Count], _sizes[Count]) = (i, 0);
                slots[slot] = ++Count;
            }
            int group = slots[slot] - 1;
            _groupOf[i] = group;
            _sizes[group]++;
        }
    }

    /// <summary>Gives the memory back; there are no groups then.</summary>
    public void Free()
    {
        if (Count == 0)
        {
            return;
        }
        Scratch.Return(_groupOf);
        Scratch.Return(_firsts);
        Scratch.Return(_sizes);
        Scratch.Return(_slots);
        (_groupOf, _firsts, _sizes, _slots, Count) = ([], [], [], [], 0);
    }
}
