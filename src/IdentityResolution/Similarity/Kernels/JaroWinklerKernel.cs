using System.Runtime.CompilerServices;

namespace IdentityResolution.Similarity.Kernels;

/// <summary>Jaro and Jaro-Winkler from the counts, with cut-offs that need lengths alone.</summary>
internal static class JaroWinklerKernel
{
    /// <summary>Jaro similarities above this are raised.</summary>
    public const double BoostThreshold = 0.7;

    /// <summary>How much of the rest a common unit at the beginning adds.</summary>
    public const double PrefixWeight = 0.1;

    /// <summary>The longest common beginning that counts.</summary>
    public const int MaxPrefix = 4;

    private const double MaxBoost = MaxPrefix * PrefixWeight;

    public static double Jaro<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, double minSimilarity)
        where T : unmanaged, IEquatable<T>
    {
        if (left.IsEmpty || right.IsEmpty)
        {
            return CutOff.AtLeast(left.Length == right.Length ? 1 : 0, minSimilarity);
        }
        if (minSimilarity > 0 && MostPossible(left.Length, right.Length) < minSimilarity)
        {
            return 0;
        }
        int minMatches = MinMatches(minSimilarity, left.Length, right.Length);
        return CutOff.AtLeast(JaroKernel.Count(left, right, minMatches).Similarity(left.Length, right.Length), minSimilarity);
    }

    public static double JaroWinkler<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, double minSimilarity)
        where T : unmanaged, IEquatable<T>
    {
        if (left.IsEmpty || right.IsEmpty)
        {
            return CutOff.AtLeast(left.Length == right.Length ? 1 : 0, minSimilarity);
        }
        if (minSimilarity > 0 && Boost(MostPossible(left.Length, right.Length), MaxPrefix) < minSimilarity)
        {
            return 0;
        }
        int minMatches = MinMatches((minSimilarity - MaxBoost) / (1 - MaxBoost), left.Length, right.Length);
        double jaro = JaroKernel.Count(left, right, minMatches).Similarity(left.Length, right.Length);
        return CutOff.AtLeast(jaro > BoostThreshold ? Boost(jaro, CommonPrefix(left, right)) : jaro, minSimilarity);
    }

    /// <summary>Raises a Jaro similarity by the common prefix when it is above the threshold.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Boost(double jaro, int prefix) =>
        jaro > BoostThreshold ? jaro + (prefix * PrefixWeight * (1.0 - jaro)) : jaro;

    /// <summary>The length of the common beginning, at most 4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int CommonPrefix<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right)
        where T : unmanaged, IEquatable<T>
    {
        int most = Math.Min(MaxPrefix, Math.Min(left.Length, right.Length));
        int prefix = 0;
        while (prefix < most && left[prefix].Equals(right[prefix]))
        {
            prefix++;
        }
        return prefix;
    }

    /// <summary>The fewest matches that can give a Jaro similarity; may be 1 too few where it lies on the edge.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int MinMatches(double minJaro, int leftLength, int rightLength)
    {
        double shared = (double)leftLength * rightLength / ((double)leftLength + rightLength);
        return (int)Math.Ceiling((((3 * minJaro) - 1) * shared) - 1e-6);
    }

    /// <summary>Jaro's similarity if every unit of the shorter text matched in order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double MostPossible(int leftLength, int rightLength) =>
        new JaroCounts(Math.Min(leftLength, rightLength), 0).Similarity(leftLength, rightLength);
}
