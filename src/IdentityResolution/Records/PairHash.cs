using System.Runtime.CompilerServices;
using IdentityResolution.Internals;

namespace IdentityResolution.Records;

/// <summary>A hash of two records' keys: the same whichever stands first and wherever they stand.</summary>
internal static class PairHash
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(RecordKeyIndex keys, int left, int right)
    {
        (ulong a, ulong b) = (keys.Hash(left), keys.Hash(right));
        return a < b ? StableHash.Combine(a, b) : StableHash.Combine(b, a);
    }
}
