using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IdentityResolution.Similarity.Kernels;

/// <summary>Counts places at which two texts differ, a register at a time.</summary>
internal static class HammingKernel
{
    public static int Distance<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, int maxDistance)
        where T : unmanaged, IEquatable<T>
    {
        int common = Math.Min(left.Length, right.Length);
        int distance = Math.Max(left.Length, right.Length) - common;
        ref T a = ref MemoryMarshal.GetReference(left);
        ref T b = ref MemoryMarshal.GetReference(right);
        int i = 0;
        int step = Vector256<T>.Count;
        for (; i <= common - step && distance <= maxDistance; i += step)
        {
            uint equal = Vector256.Equals(Vector256.LoadUnsafe(ref a, (nuint)i), Vector256.LoadUnsafe(ref b, (nuint)i))
                .ExtractMostSignificantBits();
            distance += step - BitOperations.PopCount(equal);
        }
        for (; i < common && distance <= maxDistance; i++)
        {
            distance += left[i].Equals(right[i]) ? 0 : 1;
        }
        return distance <= maxDistance ? distance : maxDistance + 1;
    }
}
