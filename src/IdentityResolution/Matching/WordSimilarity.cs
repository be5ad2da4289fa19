using IdentityResolution.Fields;
using IdentityResolution.Similarity;

namespace IdentityResolution.Matching;

/// <summary>Compares values word by word.</summary>
internal static class WordSimilarity
{
    // Jaro-Winkler similarity from which two words count as spellings of one.
    private const double CloseWord = 0.88;

    // Unequal words are compared letter by letter only when there are few: long texts differ in many words, and few of them are misspelt.
    private const int MaxUnequalWords = 12;

    /// <summary>Soft Jaccard similarity of two sets of words: close words count by their similarity.</summary>
    /// <param name="table">The words.</param>
    /// <param name="left">Numbers of one value's words, ascending.</param>
    /// <param name="right">Numbers of the other value's words, ascending.</param>
    /// <returns>In [0, 1]; 1 when the words are the same in any order, also when there are none.</returns>
    /// <remarks>When more than 12 words of either side have no equal on the other, only equal words count.</remarks>
    public static double SoftJaccard(WordTable table, ReadOnlySpan<int> left, ReadOnlySpan<int> right)
    {
        if (left.Length == 0 || right.Length == 0)
        {
            return left.Length == right.Length ? 1 : 0;
        }
        Span<int> leftOnly = stackalloc int[MaxUnequalWords];
        Span<int> rightOnly = stackalloc int[MaxUnequalWords];
        int equal = CountEqual(left, right, leftOnly, rightOnly, out int leftRest, out int rightRest);
        double common = equal;
        if (leftRest <= MaxUnequalWords && rightRest <= MaxUnequalWords)
        {
            common += MatchClose(table, leftOnly[..leftRest], rightOnly[..rightRest]);
        }
        return common / (left.Length + right.Length - common);
    }

    /// <summary>Do all words of one value stand in the other?</summary>
    public static bool Contained(ReadOnlySpan<int> left, ReadOnlySpan<int> right)
    {
        int equal = CountEqual(left, right, [], [], out _, out _);
        return equal > 0 && equal == Math.Min(left.Length, right.Length);
    }

    /// <summary>Jaccard similarity of the sets of neighbouring byte pairs, in [0, 1].</summary>
    public static double Bigrams(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.Length < 2 || right.Length < 2)
        {
            return left.SequenceEqual(right) ? 1 : 0;
        }
        Span<ushort> leftPairs = left.Length <= 512 ? stackalloc ushort[left.Length - 1] : new ushort[left.Length - 1];
        Span<ushort> rightPairs = right.Length <= 512 ? stackalloc ushort[right.Length - 1] : new ushort[right.Length - 1];
        int leftCount = DistinctPairs(left, leftPairs);
        int rightCount = DistinctPairs(right, rightPairs);
        int common = 0;
        for (int i = 0, j = 0; i < leftCount && j < rightCount;)
        {
            int order = leftPairs[i].CompareTo(rightPairs[j]);
            common += order == 0 ? 1 : 0;
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        return (double)common / (leftCount + rightCount - common);
    }

    // Merges the two ascending lists; what has no equal goes to the rests, as far as they have room.
    private static int CountEqual(
        ReadOnlySpan<int> left, ReadOnlySpan<int> right, Span<int> leftOnly, Span<int> rightOnly, out int leftRest, out int rightRest)
    {
        int equal = 0;
        leftRest = 0;
        rightRest = 0;
        for (int i = 0, j = 0; i < left.Length || j < right.Length;)
        {
            if (i < left.Length && j < right.Length && left[i] == right[j])
            {
                equal++;
                i++;
                j++;
            }
            else if (j == right.Length || (i < left.Length && left[i] < right[j]))
            {
                if (leftRest < leftOnly.Length)
                {
                    leftOnly[leftRest] = left[i];
                }
                leftRest++;
                i++;
            }
            else
            {
                if (rightRest < rightOnly.Length)
                {
                    rightOnly[rightRest] = right[j];
                }
                rightRest++;
                j++;
            }
        }
        return equal;
    }

    // Closest pairs first, so that the sum does not depend on which side is left.
    private static double MatchClose(WordTable table, Span<int> left, Span<int> right)
    {
        double common = 0;
        while (true)
        {
            (int bestLeft, int bestRight, double best) = (-1, -1, 0);
            for (int i = 0; i < left.Length; i++)
            {
                for (int j = 0; j < right.Length; j++)
                {
                    if (left[i] >= 0 && right[j] >= 0 && Closeness(table, left[i], right[j]) is var closeness && closeness > best)
                    {
                        (bestLeft, bestRight, best) = (i, j, closeness);
                    }
                }
            }
            if (best < CloseWord)
            {
                return common;
            }
            common += best;
            left[bestLeft] = right[bestRight] = -1;
        }
    }

    private static double Closeness(WordTable table, int left, int right)
    {
        ReadOnlySpan<byte> a = table.Word(left);
        ReadOnlySpan<byte> b = table.Word(right);
        // A word of up to three letters has too many neighbours, and words without a common start or end are hardly ever close.
        if (Math.Min(a.Length, b.Length) <= 3 || Math.Abs(a.Length - b.Length) > 3 || (a[0] != b[0] && a[^1] != b[^1]))
        {
            return 0;
        }
        return a.SequenceCompareTo(b) <= 0 ? JaroWinkler.Similarity(a, b) : JaroWinkler.Similarity(b, a);
    }

    private static int DistinctPairs(ReadOnlySpan<byte> value, Span<ushort> pairs)
    {
        for (int i = 0; i < pairs.Length; i++)
        {
            pairs[i] = (ushort)((value[i] << 8) | value[i + 1]);
        }
        pairs.Sort();
        int count = 0;
        for (int i = 0; i < pairs.Length; i++)
        {
            if (i == 0 || pairs[i] != pairs[i - 1])
            {
                pairs[count++] = pairs[i];
            }
        }
        return count;
    }
}
