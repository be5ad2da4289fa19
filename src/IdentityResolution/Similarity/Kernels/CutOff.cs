using System.Runtime.CompilerServices;

namespace IdentityResolution.Similarity.Kernels;

/// <summary>The rules of cut-offs, the same for every measure.</summary>
internal static class CutOff
{
    /// <summary>The greatest distance that can still give a normalized similarity of at least <paramref name="minSimilarity"/>; may be 1 too many.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int MaxDistance(double minSimilarity, int longest) =>
        minSimilarity <= 0 ? longest : minSimilarity > 1 ? 0 : (int)Math.Ceiling((1 - minSimilarity) * longest);

    /// <summary>The least length of what is in common that can still give <paramref name="minSimilarity"/>; may be 1 too few.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int MinLength(double minSimilarity, int longest) => longest - MaxDistance(minSimilarity, longest);

    /// <summary>1 - distance / longest, or 0 when that is below the cut-off.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Similarity(int distance, int longest, double minSimilarity) =>
        AtLeast(longest == 0 ? 1 : 1 - ((double)Math.Min(distance, longest) / longest), minSimilarity);

    /// <summary>distance / longest, or 1 when that is above the cut-off.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Distance(int distance, int longest, double maxDistance) =>
        AtMost(longest == 0 ? 0 : (double)Math.Min(distance, longest) / longest, maxDistance);

    /// <summary>The similarity, or 0 when it is below the cut-off.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double AtLeast(double similarity, double minSimilarity) => similarity >= minSimilarity ? similarity : 0;

    /// <summary>The distance in [0, 1], or 1 when it is above the cut-off.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double AtMost(double distance, double maxDistance) => distance <= maxDistance ? distance : 1;
}
