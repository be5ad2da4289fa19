using System.Runtime.CompilerServices;
using IdentityResolution.Similarity.Kernels;

namespace IdentityResolution.Similarity;

/// <summary>Token sort ratio: the <see cref="Indel"/> similarity of two texts after their words were sorted, so that word order does not count.</summary>
/// <remarks>
/// Words are what stands between white space; they are sorted by their UTF-16 units and joined with one blank. Letters are compared as they
/// are: standardize case before. No allocation up to 256 units and 32 words.
/// Source: the FuzzyWuzzy library (SeatGeek, 2011), "FuzzyWuzzy: Fuzzy String Matching in Python".
/// </remarks>
[SkipLocalsInit]
public static class TokenSort
{
    /// <summary>The similarity of two texts, over UTF-16 units.</summary>
    /// <param name="left">One text.</param>
    /// <param name="right">The other text.</param>
    /// <param name="minSimilarity">The cut-off in [0, 1]. Default 0: none.</param>
    /// <returns>A similarity in [0, 1]; 1 when both hold no word, 0 when it is less than <paramref name="minSimilarity"/>.</returns>
    public static double Similarity(ReadOnlySpan<char> left, ReadOnlySpan<char> right, double minSimilarity = 0)
    {
        using var leftScratch = new Scratch<char>(stackalloc char[256], left.Length);
        using var rightScratch = new Scratch<char>(stackalloc char[256], right.Length);
        return Indel.NormalizedSimilarity(
            leftScratch.Span[..Sort(left, leftScratch.Span)], rightScratch.Span[..Sort(right, rightScratch.Span)], minSimilarity);
    }

    private static int Sort(ReadOnlySpan<char> text, Span<char> sorted)
    {
        using var tokens = new Tokens(text, stackalloc Range[Tokens.StackTokens], TokenOrder.Sorted);
        return tokens.Join(sorted);
    }
}
