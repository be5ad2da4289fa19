namespace IdentityResolution.Similarity.Letters;

/// <summary>Sorts letters by their code points, without a comparer object: heap sort.</summary>
internal static class LetterSort
{
    /// <summary>Compares two letters by their keys.</summary>
    public static int Compare(NumberedLetter left, NumberedLetter right, ReadOnlySpan<int> keys) =>
        keys.Slice(left.KeyStart, left.KeyLength).SequenceCompareTo(keys.Slice(right.KeyStart, right.KeyLength));

    /// <summary>Sorts; letters with the same key come in any order.</summary>
    public static void Sort(Span<NumberedLetter> letters, ReadOnlySpan<int> keys)
    {
        for (int root = (letters.Length / 2) - 1; root >= 0; root--)
        {
            Sink(letters, root, keys);
        }
        for (int end = letters.Length - 1; end > 0; end--)
        {
            (letters[0], letters[end]) = (letters[end], letters[0]);
            Sink(letters[..end], 0, keys);
        }
    }

    private static void Sink(Span<NumberedLetter> heap, int at, ReadOnlySpan<int> keys)
    {
        while ((2 * at) + 1 < heap.Length)
        {
            int child = (2 * at) + 1;
            if (child + 1 < heap.Length && Compare(heap[child], heap[child + 1], keys) < 0)
            {
                child++;
            }
            if (Compare(heap[at], heap[child], keys) >= 0)
            {
                return;
            }
            (heap[at], heap[child]) = (heap[child], heap[at]);
            at = child;
        }
    }
}
