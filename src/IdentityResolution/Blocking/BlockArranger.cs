using IdentityResolution.Internals;

namespace IdentityResolution.Blocking;

/// <summary>Puts the records of one partition after the other in order of blocks. One per thread.</summary>
internal sealed class BlockArranger
{
    private readonly KeyGroups _groups = new();
    private int[] _next = [];

    /// <summary>Puts blocks first, then blocks over the limit; records that share their key with no other are left out.</summary>
    /// <param name="keys">The keys of the partition.</param>
    /// <param name="records">The record of each key; those left out leave no gaps, and what stands behind the others means nothing.</param>
    /// <param name="maxBlockSize">Records in the largest block that is within the limit.</param>
    /// <returns>The sizes of the blocks, and of those over the limit.</returns>
    public (int[] Sizes, int[] Oversized) Arrange(ReadOnlySpan<ulong> keys, Span<int> records, int maxBlockSize)
    {
        _groups.Group(keys);
        ReadOnlySpan<int> sizes = _groups.Sizes;
        _next = Scratch.Rent<int>(keys.Length);
        int[] arranged = Scratch.Rent<int>(keys.Length);
        int kept = 0;
        int[] within = Place(sizes, maxBlockSize, oversized: false, ref kept);
        int[] oversized = Place(sizes, maxBlockSize, oversized: true, ref kept);
        ReadOnlySpan<int> groupOf = _groups.GroupOf[..keys.Length];
        for (int i = 0; i < groupOf.Length; i++)
        {
            if (sizes[groupOf[i]] > 1)
            {
                arranged[_next[groupOf[i]]++] = records[i];
            }
        }
        arranged.AsSpan(0, kept).CopyTo(records);
        Scratch.Return(arranged);
        Scratch.Return(_next);
        _groups.Free();
        return (within, oversized);
    }

    // Gives the groups within the limit, or those over it, their places.
    private int[] Place(ReadOnlySpan<int> sizes, int maxBlockSize, bool oversized, ref int kept)
    {
        int count = 0;
        foreach (int size in sizes)
        {
            count += size > 1 && (size > maxBlockSize) == oversized ? 1 : 0;
        }
        var placed = new int[count];
        count = 0;
        for (int group = 0; group < sizes.Length; group++)
        {
            if (sizes[group] > 1 && (sizes[group] > maxBlockSize) == oversized)
            {
                placed[count++] = sizes[group];
                _next[group] = kept;
                kept += sizes[group];
            }
        }
        return placed;
    }
}
