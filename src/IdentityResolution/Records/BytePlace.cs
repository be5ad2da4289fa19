using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace IdentityResolution.Records;

/// <summary>Where a value stands in a block of bytes.</summary>
/// <param name="start">The first byte.</param>
/// <param name="length">How many bytes there are.</param>
internal readonly struct BytePlace(int start, int length)
{
    public readonly int Start = start;
    public readonly int Length = length;

    /// <summary>The value in its block; the place is not checked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> In(ref byte origin) => MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref origin, Start), Length);
}
