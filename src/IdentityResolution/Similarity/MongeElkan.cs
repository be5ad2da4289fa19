using System.Runtime.CompilerServices;
using IdentityResolution.Similarity.Kernels;

namespace IdentityResolution.Similarity;

/// <summary>Monge-Elkan: how well, on average, each word of a text is found among the words of the other.</summary>
/// <remarks>
/// Words are what stands between white space. The published measure goes one way; <see cref="Similarity"/> is the mean of both ways, and so
/// symmetric. Time O(words * words) comparisons. No allocation up to 32 words beyond what the inner similarity allocates.
/// Source: Monge and Elkan (1996), "The field matching problem: algorithms and applications", KDD-96.
/// </remarks>
[SkipLocalsInit]
public static class MongeElkan
{
    /// <summary>The mean of both ways.</summary>
    /// <param name="left">One text.</param>
    /// <param name="right">The other text.</param>
    /// <param name="inner">The similarity of two words. Default: <see cref="JaroWinkler"/>.</param>
    /// <param name="minSimilarity">The cut-off in [0, 1]. Default 0: none.</param>
    /// <returns>A similarity in [0, 1]; 1 when both hold no word, 0 when one holds none or it is less than <paramref name="minSimilarity"/>.</returns>
    public static double Similarity(
        ReadOnlySpan<char> left, ReadOnlySpan<char> right, TextSimilarity? inner = null, double minSimilarity = 0) =>
        CutOff.AtLeast((Directed(left, right, inner) + Directed(right, left, inner)) / 2, minSimilarity);

    /// <summary>The published measure: the mean over the left words of the best similarity to a right word.</summary>
    /// <param name="left">The text whose words are looked for.</param>
    /// <param name="right">The text in which they are looked for.</param>
    /// <param name="inner">The similarity of two words. Default: <see cref="JaroWinkler"/>.</param>
    /// <returns>A similarity in [0, 1]; 1 when both hold no word, 0 when one holds none.</returns>
    public static double Directed(ReadOnlySpan<char> left, ReadOnlySpan<char> right, TextSimilarity? inner = null)
    {
        inner ??= JaroWinkler.Similarity;
        using var leftTokens = new Tokens(left, stackalloc Range[Tokens.StackTokens], TokenOrder.AsWritten);
        using var rightTokens = new Tokens(right, stackalloc Range[Tokens.StackTokens], TokenOrder.AsWritten);
        if (leftTokens.Count == 0 || rightTokens.Count == 0)
        {
            return leftTokens.Count == rightTokens.Count ? 1 : 0;
        }
        double sum = 0;
        for (int i = 0; i < leftTokens.Count; i++)
        {
            double best = 0;
            for (int j = 0; j < rightTokens.Count && best < 1; j++)
            {
                best = Math.Max(best, inner(leftTokens[i], rightTokens[j], best));
            }
            sum += best;
        }
        return sum / leftTokens.Count;
    }
}
