using System.Runtime.CompilerServices;

namespace IdentityResolution.Similarity.Kernels;

/// <summary>Common beginnings and ends, which no edit distance needs to look at.</summary>
internal static class Affixes
{
    /// <summary>Removes the common prefix and then the common suffix of two texts; returns how many units were removed from each.</summary>
    public static int Strip<T>(ref ReadOnlySpan<T> left, ref ReadOnlySpan<T> right)
        where T : unmanaged, IEquatable<T>
    {
        int prefix = left.CommonPrefixLength(right);
        left = left[prefix..];
        right = right[prefix..];
        int suffix = CommonSuffixLength(left, right);
        left = left[..^suffix];
        right = right[..^suffix];
        return prefix + suffix;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int CommonSuffixLength<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right)
        where T : unmanaged, IEquatable<T>
    {
        int most = Math.Min(left.Length, right.Length);
        int suffix = 0;
        while (suffix < most && left[^(suffix + 1)].Equals(right[^(suffix + 1)]))
        {
            suffix++;
        }
        return suffix;
    }
}
