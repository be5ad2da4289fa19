using IdentityResolution.Similarity.Kernels;

namespace IdentityResolution.Similarity;

/// <summary>Jaro's similarity, raised for texts that begin alike: made for names.</summary>
/// <remarks>
/// Where <see cref="Jaro"/> gives more than 0.7: jaro + 0.1 * p * (1 - jaro), p being the length of the common prefix, at most 4. Else jaro.
/// The same values as rapidfuzz, jellyfish and DuckDB; other libraries leave the prefix or the transpositions unbounded or unrounded.
/// No allocation up to 256 units, pooled memory above; safe to call from several threads. A unit is a UTF-16 unit (or a byte): a
/// character outside the basic plane counts as two, and so does a letter written with a combining mark; <see cref="TextUnits"/> compares letters.
/// Source: Jaro (1989), "Advances in record-linkage methodology as applied to matching the 1985 census of Tampa, Florida", JASA 84(406);
/// Winkler (1990), "String comparator metrics and enhanced decision rules in the Fellegi-Sunter model of record linkage".
/// </remarks>
public static class JaroWinkler
{
    /// <summary>The similarity of two texts, over UTF-16 units.</summary>
    /// <param name="left">One text.</param>
    /// <param name="right">The other text.</param>
    /// <param name="minSimilarity">The cut-off in [0, 1]. Default 0: none.</param>
    /// <returns>A similarity in [0, 1]; 0 when it is less than <paramref name="minSimilarity"/>.</returns>
    public static double Similarity(ReadOnlySpan<char> left, ReadOnlySpan<char> right, double minSimilarity = 0) =>
        JaroWinklerKernel.JaroWinkler(Units.Of(left), Units.Of(right), minSimilarity);

    /// <summary>The similarity of two texts of which every byte is one character: ASCII or Latin-1.</summary>
    /// <inheritdoc cref="Similarity(ReadOnlySpan{char}, ReadOnlySpan{char}, double)"/>
    public static double Similarity(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, double minSimilarity = 0) =>
        JaroWinklerKernel.JaroWinkler(left, right, minSimilarity);

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
