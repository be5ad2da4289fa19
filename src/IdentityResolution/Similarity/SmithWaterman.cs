using IdentityResolution.Similarity.Kernels;

namespace IdentityResolution.Similarity;

/// <summary>Smith-Waterman local alignment with affine gaps: how well the best-agreeing parts of two texts agree.</summary>
/// <remarks>
/// Made for texts of which one holds the other with words added, left out or cut short; a long gap costs little more than a short one.
/// Time O(m * n), memory O(n), less with a cut-off. No allocation up to 256 units, pooled memory above; safe to call from several threads.
/// Sources: Smith and Waterman (1981), "Identification of common molecular subsequences", J. Mol. Biol. 147;
/// Gotoh (1982), "An improved algorithm for matching biological sequences", J. Mol. Biol. 162 (affine gaps);
/// Monge and Elkan (1996), "The field matching problem: algorithms and applications", KDD-96 (on names and addresses).
/// </remarks>
public static class SmithWaterman
{
    /// <summary>The weight of the best local alignment of two texts, over UTF-16 units.</summary>
    /// <param name="left">One text.</param>
    /// <param name="right">The other text.</param>
    /// <param name="minWeight">The cut-off, at least 0: a smaller weight is not worked out. Default 0: none.</param>
    /// <param name="weights">What agreement gives and what differences cost. Default: <see cref="AlignmentWeights.Default"/>.</param>
    /// <returns>The weight, at least 0; 0 when it is less than <paramref name="minWeight"/>.</returns>
    /// <exception cref="ArgumentException">A weight is out of its range.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="minWeight"/> is negative.</exception>
    /// <exception cref="OverflowException">The texts are so long that the weight may pass the range of an int.</exception>
    public static int Weight(ReadOnlySpan<char> left, ReadOnlySpan<char> right, int minWeight = 0, AlignmentWeights? weights = null) =>
        SmithWatermanKernel.Weight(Units.Of(left), Units.Of(right), minWeight, Checked(weights));

    /// <summary>The weight of the best local alignment; every byte is one character, as in ASCII or Latin-1.</summary>
    /// <inheritdoc cref="Weight(ReadOnlySpan{char}, ReadOnlySpan{char}, int, AlignmentWeights?)"/>
    public static int Weight(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, int minWeight = 0, AlignmentWeights? weights = null) =>
        SmithWatermanKernel.Weight(left, right, minWeight, Checked(weights));

    /// <summary>The weight divided by the most that the shorter text can have, over UTF-16 units: 1 when the longer text holds it whole.</summary>
    /// <param name="left">One text.</param>
    /// <param name="right">The other text.</param>
    /// <param name="minSimilarity">The cut-off in [0, 1]. Default 0: none.</param>
    /// <param name="weights">What agreement gives and what differences cost. Default: <see cref="AlignmentWeights.Default"/>.</param>
    /// <returns>A similarity in [0, 1]; 1 for two empty texts, 0 when one is empty or the similarity is less than the cut-off.</returns>
    /// <exception cref="ArgumentException">A weight is out of its range.</exception>
    /// <exception cref="OverflowException">The texts are so long that the weight may pass the range of an int.</exception>
    public static double NormalizedSimilarity(
        ReadOnlySpan<char> left, ReadOnlySpan<char> right, double minSimilarity = 0, AlignmentWeights? weights = null) =>
        SmithWatermanKernel.Similarity(Units.Of(left), Units.Of(right), minSimilarity, Checked(weights));

    /// <summary>The weight divided by the most that the shorter text can have; every byte is one character, as in ASCII or Latin-1.</summary>
    /// <inheritdoc cref="NormalizedSimilarity(ReadOnlySpan{char}, ReadOnlySpan{char}, double, AlignmentWeights?)"/>
    public static double NormalizedSimilarity(
        ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, double minSimilarity = 0, AlignmentWeights? weights = null) =>
        SmithWatermanKernel.Similarity(left, right, minSimilarity, Checked(weights));

    private static AlignmentWeights Checked(AlignmentWeights? weights)
    {
        weights ??= AlignmentWeights.Default;
        AlignmentWeights.ThrowIfInvalid(weights);
        return weights;
    }
}
