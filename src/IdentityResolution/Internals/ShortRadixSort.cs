namespace IdentityResolution.Internals;

/// <summary>Sorts pairs of a 32-bit key and an index by key; stable.</summary>
internal static class ShortRadixSort
{
    private const int DigitBits = 11;
    private const int Digits = 1 << DigitBits;

    /// <summary>Sorts keys ascending and carries <paramref name="items"/> along; equal keys keep their order.</summary>
    /// <param name="keys">The keys, below 2^<paramref name="bits"/>.</param>
    /// <param name="items">As many items.</param>
    /// <param name="bits">Significant bits, in [1, 32].</param>
    /// <remarks>Least-significant-digit radix sort with digits of up to 11 bits. O(n) time, O(n) scratch.</remarks>
    public static void Sort(Span<uint> keys, Span<int> items, int bits)
    {
        int passes = (bits + DigitBits - 1) / DigitBits;
        int digitBits = (bits + passes - 1) / passes;
        uint mask = (1u << digitBits) - 1;
        int length = keys.Length;
        uint[] keyScratch = Scratch.Rent<uint>(length);
        int[] itemScratch = Scratch.Rent<int>(length);
        Span<uint> from = keys;
        Span<uint> to = keyScratch.AsSpan(0, length);
        Span<int> fromItems = items;
        Span<int> toItems = itemScratch.AsSpan(0, length);
        Span<int> offsets = stackalloc int[Digits];
        for (int pass = 0; pass < passes; pass++)
        {
            int shift = pass * digitBits;
            Count(from, shift, mask, offsets[..(int)(mask + 1)]);
            Move(from, fromItems, to, toItems, shift, mask, offsets);
            Span<uint> swap = from;
            from = to;
            to = swap;
            Span<int> swapItems = fromItems;
            fromItems = toItems;
            toItems = swapItems;
        }
        if ((passes & 1) == 1)
        {
            from.CopyTo(keys);
            fromItems.CopyTo(items);
        }
        Scratch.Return(keyScratch);
        Scratch.Return(itemScratch);
    }

    // Where the keys of each digit go.
    private static void Count(ReadOnlySpan<uint> keys, int shift, uint mask, Span<int> offsets)
    {
        offsets.Clear();
        foreach (uint key in keys)
        {
            offsets[(int)((key >> shift) & mask)]++;
        }
        int sum = 0;
        foreach (ref int offset in offsets)
        {
            (offset, sum) = (sum, sum + offset);
        }
    }

    private static void Move(
        ReadOnlySpan<uint> keys, ReadOnlySpan<int> items, Span<uint> toKeys, Span<int> toItems, int shift, uint mask, Span<int> offsets)
    {
        for (int i = 0; i < keys.Length; i++)
        {
            int place = offsets[(int)((keys[i] >> shift) & mask)]++;
            toKeys[place] = keys[i];
            toItems[place] = items[i];
        }
    }
}
