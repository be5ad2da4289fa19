using IdentityResolution.Similarity.Kernels;

namespace IdentityResolution.Similarity;

/// <summary>Indel distance: the fewest insertions and deletions of one unit that turn one text into the other.</summary>
/// <remarks>
/// The sum of both lengths less twice the <see cref="LongestCommonSubsequence"/>. The normalized similarity times 100 is the "ratio" of
/// fuzzy-matching libraries. Time O(n * ceil(m / 64)), less with a cut-off.
/// No allocation up to 256 units, pooled memory above; safe to call from several threads. A unit is a UTF-16 unit (or a byte): a
/// character outside the basic plane counts as two, and so does a letter written with a combining mark; <see cref="TextUnits"/> compares letters.
/// Source: Hyyro (2004), "Bit-parallel LCS-length computation revisited", AWOCA 2004.
/// </remarks>
public static class Indel
{
    /// <summary>The distance of two texts, over UTF-16 units.</summary>
    /// <param name="left">One text.</param>
    /// <param name="right">The other text.</param>
    /// <param name="maxDistance">The cut-off, at least 0: a greater distance is not worked out. Default: none.</param>
    /// <returns>The distance, or <paramref name="maxDistance"/> + 1 when it is greater than <paramref name="maxDistance"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxDistance"/> is negative.</exception>
    public static int Distance(ReadOnlySpan<char> left, ReadOnlySpan<char> right, int maxDistance = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxDistance);
        return LcsKernel.Distance(Units.Of(left), Units.Of(right), maxDistance);
    }

    /// <summary>The distance of two texts of which every byte is one character: ASCII or Latin-1. In UTF-8 a letter past ASCII counts as two or more.</summary>
    /// <inheritdoc cref="Distance(ReadOnlySpan{char}, ReadOnlySpan{char}, int)"/>
    public static int Distance(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, int maxDistance = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxDistance);
        return LcsKernel.Distance(left, right, maxDistance);
    }

    /// <summary>The distance divided by the sum of both lengths, over UTF-16 units: 0 for equal texts, two empty ones included.</summary>
    /// <param name="left">One text.</param>
    /// <param name="right">The other text.</param>
    /// <param name="maxDistance">The cut-off in [0, 1]. Default 1: none.</param>
    /// <returns>A distance in [0, 1]; 1 when it is greater than <paramref name="maxDistance"/>.</returns>
    public static double NormalizedDistance(ReadOnlySpan<char> left, ReadOnlySpan<char> right, double maxDistance = 1)
    {
        int longest = left.Length + right.Length;
        return CutOff.Distance(
            LcsKernel.Distance(Units.Of(left), Units.Of(right), CutOff.MaxDistance(1 - maxDistance, longest)), longest, maxDistance);
    }

    /// <summary>The distance divided by the sum of both lengths; every byte is one character, as in ASCII or Latin-1.</summary>
    /// <inheritdoc cref="NormalizedDistance(ReadOnlySpan{char}, ReadOnlySpan{char}, double)"/>
    public static double NormalizedDistance(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, double maxDistance = 1)
    {
        int longest = left.Length + right.Length;
        return CutOff.Distance(LcsKernel.Distance(left, right, CutOff.MaxDistance(1 - maxDistance, longest)), longest, maxDistance);
    }

    /// <summary>1 less the normalized distance, over UTF-16 units: 1 for equal texts, two empty ones included.</summary>
    /// <param name="left">One text.</param>
    /// <param name="right">The other text.</param>
    /// <param name="minSimilarity">The cut-off in [0, 1]. Default 0: none.</param>
    /// <returns>A similarity in [0, 1]; 0 when it is less than <paramref name="minSimilarity"/>.</returns>
    public static double NormalizedSimilarity(ReadOnlySpan<char> left, ReadOnlySpan<char> right, double minSimilarity = 0)
    {
        int longest = left.Length + right.Length;
        return CutOff.Similarity(
            LcsKernel.Distance(Units.Of(left), Units.Of(right), CutOff.MaxDistance(minSimilarity, longest)), longest, minSimilarity);
    }

    /// <summary>1 less the normalized distance; every byte is one character, as in ASCII or Latin-1.</summary>
    /// <inheritdoc cref="NormalizedSimilarity(ReadOnlySpan{char}, ReadOnlySpan{char}, double)"/>
    public static double NormalizedSimilarity(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, double minSimilarity = 0)
    {
        int longest = left.Length + right.Length;
        return CutOff.Similarity(LcsKernel.Distance(left, right, CutOff.MaxDistance(minSimilarity, longest)), longest, minSimilarity);
    }
}
