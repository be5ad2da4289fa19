using IdentityResolution.Similarity.Kernels;

namespace IdentityResolution.Similarity;

/// <summary>Jaro's similarity: the share of units that the two texts have in common near the same place, less half the transpositions.</summary>
/// <remarks>
/// With m units matched inside a window of max(|left|, |right|) / 2 - 1, and t half transpositions: (m / |left| + m / |right| + (m - t / 2) / m) / 3,
/// t / 2 rounded down. Two empty texts are equal: 1. Worked out in double precision from the whole numbers m and t.
/// No allocation up to 256 units, pooled memory above; safe to call from several threads. A unit is a UTF-16 unit (or a byte): a
/// character outside the basic plane counts as two, and so does a letter written with a combining mark; <see cref="TextUnits"/> compares letters.
/// Source: Jaro (1989), "Advances in record-linkage methodology as applied to matching the 1985 census of Tampa, Florida", JASA 84(406).
/// </remarks>
public static class Jaro
{
    /// <summary>The similarity of two texts, over UTF-16 units.</summary>
    /// <param name="left">One text.</param>
    /// <param name="right">The other text.</param>
    /// <param name="minSimilarity">The cut-off in [0, 1]. Default 0: none.</param>
    /// <returns>A similarity in [0, 1]; 0 when it is less than <paramref name="minSimilarity"/>.</returns>
    public static double Similarity(ReadOnlySpan<char> left, ReadOnlySpan<char> right, double minSimilarity = 0) =>
        JaroWinklerKernel.Jaro(Units.Of(left), Units.Of(right), minSimilarity);

    /// <summary>The similarity of two texts of which every byte is one character: ASCII or Latin-1.</summary>
    /// <inheritdoc cref="Similarity(ReadOnlySpan{char}, ReadOnlySpan{char}, double)"/>
    public static double Similarity(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, double minSimilarity = 0) =>
        JaroWinklerKernel.Jaro(left, right, minSimilarity);

    /// <summary>1 less the similarity, over UTF-16 units.</summary>
    /// <param name="left">One text.</param>
    /// <param name="right">The other text.</param>
    /// <param name="maxDistance">The cut-off in [0, 1]. Default 1: none.</param>
    /// <returns>A distance in [0, 1]; 1 when it is greater than <paramref name="maxDistance"/>.</returns>
    public static double Distance(ReadOnlySpan<char> left, ReadOnlySpan<char> right, double maxDistance = 1) =>
        CutOff.AtMost(1 - Similarity(left, right), maxDistance);

    /// <summary>1 less the similarity; every byte is one character, as in ASCII or Latin-1.</summary>
    /// <inheritdoc cref="Distance(ReadOnlySpan{char}, ReadOnlySpan{char}, double)"/>
    public static double Distance(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, double maxDistance = 1) =>
        CutOff.AtMost(1 - Similarity(left, right), maxDistance);
}
