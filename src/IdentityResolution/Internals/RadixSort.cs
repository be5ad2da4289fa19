namespace IdentityResolution.Internals;

/// <summary>Sorts 64-bit keys, with or without an index each; stable.</summary>
internal static class RadixSort
{
    private const int SmallLength = 256;
    private const int Buckets = 256;

    /// <summary>Sorts <paramref name="keys"/> ascending and carries <paramref name="items"/> along, if there are any; equal keys keep their order.</summary>
    /// <remarks>O(n) time, O(n) scratch.</remarks>
    public static void Sort(Span<ulong> keys, Span<int> items)
    {
        int length = keys.Length;
        if (length < SmallLength)
        {
            if (items.IsEmpty)
            {
                keys.Sort();
            }
            else
            {
                InsertionSort(keys, items);
            }
            return;
        }
        ulong[] keyScratch = Scratch.Rent<ulong>(length);
        int[] itemScratch = Scratch.Rent<int>(items.Length);
        Sort(keys, items, keyScratch.AsSpan(0, length), itemScratch.AsSpan(0, items.Length));
        Scratch.Return(keyScratch);
        Scratch.Return(itemScratch);
    }

    /// <summary>Sorts with scratch of the caller's.</summary>
    /// <remarks>Least-significant-digit radix sort with 8-bit digits, counted in one pass; digits that are the same in all keys are skipped.</remarks>
    /// <param name="keys">The keys; at least one.</param>
    /// <param name="items">What is carried along. Length: that of the keys, or 0.</param>
    /// <param name="keyScratch">Any contents. Length: that of the keys.</param>
    /// <param name="itemScratch">Any contents. Length: that of the items.</param>
    public static void Sort(Span<ulong> keys, Span<int> items, Span<ulong> keyScratch, Span<int> itemScratch)
    {
        Span<int> counts = stackalloc int[Buckets * sizeof(ulong)];
        counts.Clear();
        foreach (ulong key in keys)
        {
            for (int digit = 0; digit < sizeof(ulong); digit++)
            {
                counts[(digit * Buckets) + (int)((key >> (digit * 8)) & 0xFF)]++;
            }
        }
        Span<ulong> fromKeys = keys, toKeys = keyScratch;
        Span<int> fromItems = items, toItems = itemScratch;
        bool inScratch = false;
        for (int digit = 0; digit < sizeof(ulong); digit++)
        {
            Span<int> next = counts.Slice(digit * Buckets, Buckets);
            if (next[(int)((keys[0] >> (digit * 8)) & 0xFF)] == keys.Length)
            {
                continue;
            }
            int total = 0;
            foreach (ref int count in next)
            {
                (count, total) = (total, total + count);
            }
            if (items.IsEmpty)
            {
                foreach (ulong key in fromKeys)
                {
                    toKeys[next[(int)((key >> (digit * 8)) & 0xFF)]++] = key;
                }
            }
            else
            {
                Move(fromKeys, fromItems, toKeys, toItems, digit * 8, next);
            }
            Span<ulong> swapKeys = fromKeys;
            fromKeys = toKeys;
            toKeys = swapKeys;
            Span<int> swapItems = fromItems;
            fromItems = toItems;
            toItems = swapItems;
            inScratch = !inScratch;
        }
        if (inScratch)
        {
            fromKeys.CopyTo(keys);
            fromItems.CopyTo(items);
        }
    }

    private static void Move(ReadOnlySpan<ulong> keys, ReadOnlySpan<int> items, Span<ulong> toKeys, Span<int> toItems, int shift, Span<int> next)
    {
        for (int i = 0; i < keys.Length; i++)
        {
            ref int place = ref next[(int)((keys[i] >> shift) & 0xFF)];
            toKeys[place] = keys[i];
            toItems[place++] = items[i];
        }
    }

    private static void InsertionSort(Span<ulong> keys, Span<int> items)
    {
        for (int i = 1; i < keys.Length; i++)
        {
            ulong key = keys[i];
            int item = items[i];
            int j = i - 1;
            while (j >= 0 && keys[j] > key)
            {
                keys[j + 1] = keys[j];
                items[j + 1] = items[j];
                j--;
            }
            keys[j + 1] = key;
            items[j + 1] = item;
        }
    }
}
