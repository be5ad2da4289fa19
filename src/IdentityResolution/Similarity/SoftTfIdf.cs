using System.Runtime.CompilerServices;
using IdentityResolution.Similarity.Kernels;

namespace IdentityResolution.Similarity;

/// <summary>Soft TF-IDF: the cosine of two texts' words, rare words weighing more, where words that are nearly the same count as the same.</summary>
/// <remarks>
/// A word's weight is ln(1 + times in the text) * (1 + ln((1 + texts) / (1 + texts that hold it))), counted over the texts given at the start.
/// Words are what stands between white space. The published measure goes one way; this is the mean of both ways, and so symmetric.
/// Immutable; safe to use from several threads.
/// Source: Cohen, Ravikumar and Fienberg (2003), "A comparison of string distance metrics for name-matching tasks", IIWeb-03.
/// </remarks>
[SkipLocalsInit]
public sealed class SoftTfIdf
{
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _textCounts;
    private readonly TextSimilarity _inner;
    private readonly double _minWordSimilarity;
    private readonly int _texts;

    /// <summary>Counts in how many texts each word occurs.</summary>
    /// <param name="texts">The texts that say which words are common, for example all values of a field.</param>
    /// <param name="inner">The similarity of two words. Default: <see cref="JaroWinkler"/>.</param>
    /// <param name="minWordSimilarity">The similarity from which two words count as the same, in (0, 1]. Default 0.9.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="minWordSimilarity"/> is out of range.</exception>
    public SoftTfIdf(IEnumerable<string> texts, TextSimilarity? inner = null, double minWordSimilarity = 0.9)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (minWordSimilarity is not (> 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(minWordSimilarity), minWordSimilarity, "must be in (0, 1].");
        }
        _inner = inner ?? JaroWinkler.Similarity;
        _minWordSimilarity = minWordSimilarity;
        _textCounts = new Dictionary<string, int>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        Span<Range> stack = stackalloc Range[Tokens.StackTokens];
        foreach (string text in texts)
        {
            _texts++;
            using var tokens = new Tokens(text, stack, TokenOrder.Distinct);
            for (int i = 0; i < tokens.Count; i++)
            {
                _textCounts[tokens[i]] = (_textCounts.TryGetValue(tokens[i], out int count) ? count : 0) + 1;
            }
        }
    }

    /// <summary>The similarity of two texts.</summary>
    /// <param name="left">One text.</param>
    /// <param name="right">The other text.</param>
    /// <param name="minSimilarity">The cut-off in [0, 1]. Default 0: none.</param>
    /// <returns>A similarity in [0, 1]; 1 when both hold no word, 0 when one holds none or it is less than <paramref name="minSimilarity"/>.</returns>
    public double Similarity(ReadOnlySpan<char> left, ReadOnlySpan<char> right, double minSimilarity = 0)
    {
        using var leftTokens = new Tokens(left, stackalloc Range[Tokens.StackTokens], TokenOrder.Distinct);
        using var rightTokens = new Tokens(right, stackalloc Range[Tokens.StackTokens], TokenOrder.Distinct);
        if (leftTokens.Count == 0 || rightTokens.Count == 0)
        {
            return CutOff.AtLeast(leftTokens.Count == rightTokens.Count ? 1 : 0, minSimilarity);
        }
        using var leftScratch = new Scratch<double>(stackalloc double[Tokens.StackTokens], leftTokens.Count);
        using var rightScratch = new Scratch<double>(stackalloc double[Tokens.StackTokens], rightTokens.Count);
        Weigh(left, leftTokens, leftScratch.Span);
        Weigh(right, rightTokens, rightScratch.Span);
        double mean = (Directed(leftTokens, leftScratch.Span, rightTokens, rightScratch.Span)
            + Directed(rightTokens, rightScratch.Span, leftTokens, leftScratch.Span)) / 2;
        return CutOff.AtLeast(Math.Min(1, mean), minSimilarity);
    }

    /// <summary>The weights of a text's distinct words, as a vector of length 1.</summary>
    private void Weigh(ReadOnlySpan<char> text, Tokens distinct, Span<double> weights)
    {
        using var all = new Tokens(text, stackalloc Range[Tokens.StackTokens], TokenOrder.Sorted);
        double squares = 0;
        int next = 0;
        for (int i = 0; i < distinct.Count; i++)
        {
            int times = 0;
            for (; next < all.Count && all[next].SequenceEqual(distinct[i]); next++)
            {
                times++;
            }
            int texts = _textCounts.TryGetValue(distinct[i], out int count) ? count : 0;
            weights[i] = Math.Log(1 + times) * (1 + Math.Log((1.0 + _texts) / (1.0 + texts)));
            squares += weights[i] * weights[i];
        }
        double length = Math.Sqrt(squares);
        for (int i = 0; i < distinct.Count; i++)
        {
            weights[i] /= length;
        }
    }

    private double Directed(Tokens left, ReadOnlySpan<double> leftWeights, Tokens right, ReadOnlySpan<double> rightWeights)
    {
        double sum = 0;
        for (int i = 0; i < left.Count; i++)
        {
            double best = 0;
            double weight = 0;
            for (int j = 0; j < right.Count && best < 1; j++)
            {
                double similarity = _inner(left[i], right[j], Math.Max(best, _minWordSimilarity));
                if (similarity > best && similarity >= _minWordSimilarity)
                {
                    (best, weight) = (similarity, rightWeights[j]);
                }
            }
            sum += leftWeights[i] * weight * best;
        }
        return sum;
    }
}
