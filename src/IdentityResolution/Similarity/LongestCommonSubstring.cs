using IdentityResolution.Similarity.Kernels;

namespace IdentityResolution.Similarity;

/// <summary>Longest common substring: the longest run of units that both texts hold without a gap.</summary>
/// <remarks>
/// Time O(m * n), 16 cells at a time.
/// No allocation up to 256 units, pooled memory above; safe to call from several threads. A unit is a UTF-16 unit (or a byte): a
/// character outside the basic plane counts as two, and so does a letter written with a combining mark; <see cref="TextUnits"/> compares letters.
/// Source: Gusfield (1997), "Algorithms on Strings, Trees and Sequences", section 7.4 (the problem; worked out by plain recurrence here).
/// </remarks>
public static class LongestCommonSubstring
{
    /// <summary>The length of the longest common substring, over UTF-16 units.</summary>
    /// <param name="left">One text.</param>
    /// <param name="right">The other text.</param>
    /// <param name="minLength">The cut-off, at least 0: a shorter one is not worked out. Default 0: none.</param>
    /// <returns>The length, or 0 when it is less than <paramref name="minLength"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="minLength"/> is negative.</exception>
    public static int Length(ReadOnlySpan<char> left, ReadOnlySpan<char> right, int minLength = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(minLength);
        return LcSubstringKernel.Length(Units.Of(left), Units.Of(right), minLength);
    }

    /// <summary>The length of the longest common substring; every byte is one character, as in ASCII or Latin-1.</summary>
    /// <inheritdoc cref="Length(ReadOnlySpan{char}, ReadOnlySpan{char}, int)"/>
    public static int Length(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, int minLength = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(minLength);
        return LcSubstringKernel.Length(left, right, minLength);
    }

    /// <summary>The length of the longest common substring divided by that of the longer text, over UTF-16 units: 1 for equal texts, two empty ones included.</summary>
    /// <param name="left">One text.</param>
    /// <param name="right">The other text.</param>
    /// <param name="minSimilarity">The cut-off in [0, 1]. Default 0: none.</param>
    /// <returns>A similarity in [0, 1]; 0 when it is less than <paramref name="minSimilarity"/>.</returns>
    public static double NormalizedSimilarity(ReadOnlySpan<char> left, ReadOnlySpan<char> right, double minSimilarity = 0)
    {
        int longest = Math.Max(left.Length, right.Length);
        int length = LcSubstringKernel.Length(Units.Of(left), Units.Of(right), CutOff.MinLength(minSimilarity, longest));
        return CutOff.Similarity(longest - length, longest, minSimilarity);
    }

    /// <summary>The length of the longest common substring divided by that of the longer text; every byte is one character, as in ASCII or Latin-1.</summary>
    /// <inheritdoc cref="NormalizedSimilarity(ReadOnlySpan{char}, ReadOnlySpan{char}, double)"/>
    public static double NormalizedSimilarity(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, double minSimilarity = 0)
    {
        int longest = Math.Max(left.Length, right.Length);
        int length = LcSubstringKernel.Length(left, right, CutOff.MinLength(minSimilarity, longest));
        return CutOff.Similarity(longest - length, longest, minSimilarity);
    }

    /// <summary>1 less the normalized similarity, over UTF-16 units.</summary>
    /// <param name="left">One text.</param>
    /// <param name="right">The other text.</param>
    /// <param name="maxDistance">The cut-off in [0, 1]. Default 1: none.</param>
    /// <returns>A distance in [0, 1]; 1 when it is greater than <paramref name="maxDistance"/>.</returns>
    public static double NormalizedDistance(ReadOnlySpan<char> left, ReadOnlySpan<char> right, double maxDistance = 1)
    {
        int longest = Math.Max(left.Length, right.Length);
        int length = LcSubstringKernel.Length(Units.Of(left), Units.Of(right), CutOff.MinLength(1 - maxDistance, longest));
        return CutOff.Distance(longest - length, longest, maxDistance);
    }

    /// <summary>1 less the normalized similarity; every byte is one character, as in ASCII or Latin-1.</summary>
    /// <inheritdoc cref="NormalizedDistance(ReadOnlySpan{char}, ReadOnlySpan{char}, double)"/>
    public static double NormalizedDistance(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, double maxDistance = 1)
    {
        int longest = Math.Max(left.Length, right.Length);
        int length = LcSubstringKernel.Length(left, right, CutOff.MinLength(1 - maxDistance, longest));
        return CutOff.Distance(longest - length, longest, maxDistance);
    }
}
