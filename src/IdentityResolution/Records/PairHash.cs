using System.Runtime.CompilerServices;
using IdentityResolution.Internals;

namespace IdentityResolution.Records;

/// <summary>A hash of two records' keys: the same whichever stands first and wherever they stand.</summary>
internal static class PairHash
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(RecordKeyIndex keys, int left, int right) => Of(keys.Hash(left), keys.Hash(right));

    /// <summary>The same of the hashes of two keys.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(ulong left, ulong right) => left < right ? StableHash.Combine(left, right) : StableHash.Combine(right, left);
}
