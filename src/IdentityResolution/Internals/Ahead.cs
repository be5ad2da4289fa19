using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace IdentityResolution.Internals;

/// <summary>Asks the memory for what will be read soon.</summary>
/// <remarks>Only a hint: it never fails and changes nothing, not even where the place is outside the array or the array is moved meanwhile.</remarks>
internal static class Ahead
{
    /// <summary>How many items before its turn a place is best asked for.</summary>
    public const int Distance = 24;

    /// <summary>Asks for the line of an element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Fetch<T>(T[] array, int index)
        where T : unmanaged
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0((T*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array)) + index);
        }
    }

    /// <inheritdoc cref="Fetch{T}(T[], int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Fetch<T>(LargeArray<T> array, int index)
        where T : unmanaged
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0((T*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(array.Span)) + index);
        }
    }
}
