using System.Runtime.CompilerServices;
using IdentityResolution.Similarity.Kernels;

namespace IdentityResolution.Similarity;

/// <summary>Token set ratio: like <see cref="TokenSort"/>, but words that both texts hold weigh nothing against words that one of them adds.</summary>
/// <remarks>
/// With the distinct words in common (c), of the left alone (l) and of the right alone (r), sorted and joined: the greatest <see cref="Indel"/>
/// similarity among "c" and "c l", "c" and "c r", "c l" and "c r". It is 1 as soon as one text's words are among the other's, and there are any.
/// Words are what stands between white space. No allocation up to 256 units and 32 words.
/// Source: the FuzzyWuzzy library (SeatGeek, 2011), "FuzzyWuzzy: Fuzzy String Matching in Python".
/// </remarks>
[SkipLocalsInit]
public static class TokenSet
{
    /// <summary>The similarity of two texts, over UTF-16 units.</summary>
    /// <param name="left">One text.</param>
    /// <param name="right">The other text.</param>
    /// <param name="minSimilarity">The cut-off in [0, 1]. Default 0: none.</param>
    /// <returns>A similarity in [0, 1]; 1 when both hold no word, 0 when one holds none or it is less than <paramref name="minSimilarity"/>.</returns>
    public static double Similarity(ReadOnlySpan<char> left, ReadOnlySpan<char> right, double minSimilarity = 0)
    {
        using var leftTokens = new Tokens(left, stackalloc Range[Tokens.StackTokens], TokenOrder.Distinct);
        using var rightTokens = new Tokens(right, stackalloc Range[Tokens.StackTokens], TokenOrder.Distinct);
        if (leftTokens.Count == 0 || rightTokens.Count == 0)
        {
            return CutOff.AtLeast(leftTokens.Count == rightTokens.Count ? 1 : 0, minSimilarity);
        }
        // Both begin with the words in common; the rest follows.
        using var leftScratch = new Scratch<char>(stackalloc char[256], left.Length + right.Length + 1);
        using var rightScratch = new Scratch<char>(stackalloc char[256], left.Length + right.Length + 1);
        int common = Split(leftTokens, rightTokens, leftScratch.Span, out int leftLength);
        int commonAgain = Split(rightTokens, leftTokens, rightScratch.Span, out int rightLength);
        if (common > 0 && (leftLength == common || rightLength == commonAgain))
        {
            return CutOff.AtLeast(1, minSimilarity);
        }
        double whole = Indel.NormalizedSimilarity(leftScratch.Span[..leftLength], rightScratch.Span[..rightLength]);
        if (common > 0)
        {
            whole = Math.Max(whole, Math.Max(PrefixSimilarity(common, leftLength), PrefixSimilarity(common, rightLength)));
        }
        return CutOff.AtLeast(whole, minSimilarity);
    }

    /// <summary>The indel similarity of a text and its beginning.</summary>
    private static double PrefixSimilarity(int prefix, int whole) => 1 - ((double)(whole - prefix) / (whole + prefix));

    /// <summary>Writes the words that the other text holds too, then those that it does not.</summary>
    /// <returns>The length of the first part.</returns>
    private static int Split(Tokens tokens, Tokens others, Span<char> destination, out int length)
    {
        length = 0;
        for (int i = 0; i < tokens.Count; i++)
        {
            length = Contains(others, tokens[i]) ? Tokens.Append(tokens[i], destination, length) : length;
        }
        int common = length;
        for (int i = 0; i < tokens.Count; i++)
        {
            length = Contains(others, tokens[i]) ? length : Tokens.Append(tokens[i], destination, length);
        }
        return common;
    }

    private static bool Contains(Tokens tokens, ReadOnlySpan<char> word)
    {
        int low = 0;
        int high = tokens.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) >> 1;
            int order = tokens[middle].SequenceCompareTo(word);
            if (order == 0)
            {
                return true;
            }
            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }
        return false;
    }
}
