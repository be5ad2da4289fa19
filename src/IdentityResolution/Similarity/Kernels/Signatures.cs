using System.Numerics;
using System.Runtime.CompilerServices;

namespace IdentityResolution.Similarity.Kernels;

/// <summary>A text's characters as a set of 64 classes: two texts whose sets differ much can't be alike. Never rejects a pair wrongly.</summary>
internal static class Signatures
{
    /// <summary>The set of a text's characters, each by its low six bits.</summary>
    public static ulong Of(ReadOnlySpan<byte> text)
    {
        ulong signature = 0;
        foreach (byte unit in text)
        {
            signature |= 1UL << (unit & 63);
        }
        return signature;
    }

    /// <summary>The least distance that edits and swaps can have: every class that one side lacks is a unit to be edited.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int LeastDistance(ulong left, ulong right, int leftLength, int rightLength) => Math.Max(
        Math.Abs(leftLength - rightLength), Math.Max(BitOperations.PopCount(left & ~right), BitOperations.PopCount(right & ~left)));

    /// <summary>The most units that can match: none of a class that the other side lacks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int MostMatches(ulong left, ulong right, int leftLength, int rightLength) => Math.Min(
        leftLength - BitOperations.PopCount(left & ~right), rightLength - BitOperations.PopCount(right & ~left));
}
