using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace IdentityResolution.Similarity.Kernels;

/// <summary>Loads a text into registers of 512 bits, with zeros behind it and without reading past its end.</summary>
internal static unsafe class WholeRegister
{
    /// <summary>Loads a text of up to 64 units below 256 as bytes.</summary>
    /// <returns>Whether it is such a text and the machine has the registers (AVX-512 BW).</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryLoad<T>(ReadOnlySpan<T> text, out Vector512<byte> units)
        where T : unmanaged
    {
        if (!Avx512BW.IsSupported || !Vector512.IsHardwareAccelerated)
        {
            units = default;
            return false;
        }
        fixed (T* start = &MemoryMarshal.GetReference(text))
        {
            if (sizeof(T) == sizeof(byte))
            {
                units = LoadBytes((byte*)start, text.Length);
                return true;
            }
            Vector512<ushort> low = LoadWide((ushort*)start, text.Length);
            Vector512<ushort> high = LoadWide((ushort*)start + Vector512<ushort>.Count, text.Length - Vector512<ushort>.Count);
            units = Vector512.Narrow(low, high);
            return Vector512.LessThanAll(low | high, Vector512.Create((ushort)0x100));
        }
    }

    /// <summary>Up to 64 bytes, and zeros behind them; nothing is read where no unit is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> LoadBytes(byte* start, int count) =>
        Avx512BW.MaskLoad(start, Vector512.LessThan(Vector512<byte>.Indices, Vector512.Create((byte)count)), Vector512<byte>.Zero);

    /// <summary>Up to 32 units of 16 bits, and zeros behind them; a count below 0 stands for none, one above 32 for 32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> LoadWide(ushort* start, int count) =>
        Avx512BW.MaskLoad(
            start, Vector512.LessThan(Vector512<ushort>.Indices, Vector512.Create((ushort)Math.Max(0, count))), Vector512<ushort>.Zero);
}
