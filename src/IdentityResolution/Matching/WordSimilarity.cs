using IdentityResolution.Similarity;

namespace IdentityResolution.Matching;

/// <summary>Compares values word by word; words are separated by single blanks, as standardization leaves them.</summary>
internal static class WordSimilarity
{
    private const int MaxWords = 64;
    private const double CloseWord = 0.88;

    /// <summary>Soft Jaccard similarity of the words: close words (Jaro-Winkler of at least 0.88) count by their similarity.</summary>
    /// <returns>In [0, 1]; 1 when the words are the same in any order. Words past the 64th are left out.</returns>
    public static double SoftJaccard(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<Range> leftWords = stackalloc Range[MaxWords];
        Span<Range> rightWords = stackalloc Range[MaxWords];
        int leftCount = Split(left, leftWords);
        int rightCount = Split(right, rightWords);
        if (leftCount == 0 || rightCount == 0)
        {
            return leftCount == rightCount ? 1 : 0;
        }
        Span<bool> taken = stackalloc bool[MaxWords];
        Span<bool> matched = stackalloc bool[MaxWords];
        taken.Clear();
        matched.Clear();
        double common = 0;
        for (int i = 0; i < leftCount; i++)
        {
            for (int j = 0; j < rightCount; j++)
            {
                if (!taken[j] && left[leftWords[i]].SequenceEqual(right[rightWords[j]]))
                {
                    taken[j] = matched[i] = true;
                    common++;
                    break;
                }
            }
        }
        for (int i = 0; i < leftCount; i++)
        {
            if (matched[i])
            {
                continue;
            }
            int best = -1;
            double similarity = CloseWord;
            for (int j = 0; j < rightCount; j++)
            {
                if (!taken[j] && JaroWinkler.Similarity(left[leftWords[i]], right[rightWords[j]]) is var candidate && candidate >= similarity)
                {
                    (best, similarity) = (j, candidate);
                }
            }
            if (best >= 0)
            {
                taken[best] = true;
                common += similarity;
            }
        }
        return common / (leftCount + rightCount - common);
    }

    /// <summary>Do all words of <paramref name="few"/> stand in <paramref name="many"/>?</summary>
    public static bool Contains(ReadOnlySpan<byte> many, ReadOnlySpan<byte> few)
    {
        Span<Range> manyWords = stackalloc Range[MaxWords];
        Span<Range> fewWords = stackalloc Range[MaxWords];
        int manyCount = Split(many, manyWords);
        int fewCount = Split(few, fewWords);
        if (fewCount > manyCount)
        {
            return false;
        }
        for (int i = 0; i < fewCount; i++)
        {
            bool found = false;
            for (int j = 0; j < manyCount && !found; j++)
            {
                found = few[fewWords[i]].SequenceEqual(many[manyWords[j]]);
            }
            if (!found)
            {
                return false;
            }
        }
        return fewCount > 0;
    }

    /// <summary>Jaccard similarity of the sets of neighbouring character pairs, in [0, 1].</summary>
    public static double BigramSimilarity(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
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

    private static int Split(ReadOnlySpan<byte> value, Span<Range> words)
    {
        int count = 0;
        foreach (Range word in value.Split((byte)' '))
        {
            if (word.End.Value > word.Start.Value)
            {
                words[count++] = word;
                if (count == words.Length)
                {
                    break;
                }
            }
        }
        return count;
    }
}
