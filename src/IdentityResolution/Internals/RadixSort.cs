using System.Buffers;

namespace IdentityResolution.Internals;

/// <summary>Sorts pairs of a 64-bit key and an index by key; stable.</summary>
internal static class RadixSort
{
    private const int SmallLength = 256;

    /// <summary>Sorts <paramref name="keys"/> ascending and carries <paramref name="items"/> along; equal keys keep their order.</summary>
    /// <remarks>Least-significant-digit radix sort with 8-bit digits; digits that are the same in all keys are skipped. O(n) time, O(n) scratch from the pool.</remarks>
    public static void Sort(Span<ulong> keys, Span<int> items)
    {
        int length = keys.Length;
        if (length < SmallLength)
        {
            InsertionSort(keys, items);
            return;
        }
        ulong or = 0;
        ulong and = ulong.MaxValue;
        foreach (ulong key in keys)
        {
            or |= key;
            and &= key;
        }
        ulong varying = or ^ and;
        ulong[] keyScratch = ArrayPool<ulong>.Shared.Rent(length);
        int[] itemScratch = ArrayPool<int>.Shared.Rent(length);
        Span<ulong> fromKeys = keys;
        Span<int> fromItems = items;
        Span<ulong> toKeys = keyScratch.AsSpan(0, length);
        Span<int> toItems = itemScratch.AsSpan(0, length);
        Span<int> offsets = stackalloc int[256];
        bool inScratch = false;
        for (int shift = 0; shift < 64; shift += 8)
        {
            if (((varying >> shift) & 0xFF) == 0)
            {
                continue;
            }
            offsets.Clear();
            foreach (ulong key in fromKeys)
            {
                offsets[(int)(key >> shift) & 0xFF]++;
            }
            int sum = 0;
            for (int digit = 0; digit < 256; digit++)
            {
                int count = offsets[digit];
                offsets[digit] = sum;
                sum += count;
            }
            for (int i = 0; i < length; i++)
            {
                ulong key = fromKeys[i];
                int to = offsets[(int)(key >> shift) & 0xFF]++;
                toKeys[to] = key;
                toItems[to] = fromItems[i];
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
        ArrayPool<ulong>.Shared.Return(keyScratch);
        ArrayPool<int>.Shared.Return(itemScratch);
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
