using System.Numerics;
using IdentityResolution.Internals;

namespace IdentityResolution.Blocking;

/// <summary>Groups equal keys of one partition after the other by a small hash table. One per thread; to be freed after each partition.</summary>
internal sealed class KeyGroups
{
    private ulong[] _slotKeys = [];
    private int[] _slotGroups = [];
    private int[] _groupOf = [];
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
        int room = (int)BitOperations.RoundUpToPowerOf2((uint)keys.Length + ((uint)keys.Length / 2));
        _groupOf = Scratch.Rent<int>(keys.Length);
        _sizes = Scratch.Rent<int>(keys.Length);
        _slotKeys = Scratch.Rent<ulong>(room);
        _slotGroups = Scratch.Rent<int>(room);
        Span<ulong> slotKeys = _slotKeys.AsSpan(0, room);
        Span<int> slotGroups = _slotGroups.AsSpan(0, room);
        slotGroups.Clear();
        int[] groupOf = _groupOf;
        int[] sizes = _sizes;
        int count = 0;
        for (int i = 0; i < keys.Length; i++)
        {
            ulong key = keys[i];
            // The upper half of the hash chose the partition.
            int slot = (int)StableHash.Of(key) & (room - 1);
            while (slotGroups[slot] != 0 && slotKeys[slot] != key)
            {
                slot = (slot + 1) & (room - 1);
            }
            if (slotGroups[slot] == 0)
            {
                sizes[count] = 0;
                slotKeys[slot] = key;
                slotGroups[slot] = ++count;
            }
            int group = slotGroups[slot] - 1;
            groupOf[i] = group;
            sizes[group]++;
        }
        Count = count;
    }

    /// <summary>Gives the memory back; there are no groups then.</summary>
    public void Free()
    {
        if (Count == 0)
        {
            return;
        }
        Scratch.Return(_groupOf);
        Scratch.Return(_sizes);
        Scratch.Return(_slotKeys);
        Scratch.Return(_slotGroups);
        (_groupOf, _sizes, _slotKeys, _slotGroups, Count) = ([], [], [], [], 0);
    }
}
