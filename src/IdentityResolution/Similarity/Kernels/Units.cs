using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IdentityResolution.Similarity.Kernels;

/// <summary>Views text as 8-bit or 16-bit units, and loads up to 32 bytes of it into a register without reading past its end.</summary>
internal static class Units
{
    private static readonly Vector128<byte> Positions = Vector128.Create((byte)0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);

    /// <summary>UTF-16 text as 16-bit units: vectors hold no <see cref="char"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ReadOnlySpan<ushort> Of(ReadOnlySpan<char> text) => MemoryMarshal.Cast<char, ushort>(text);

    /// <summary>A word whose lowest <paramref name="count"/> bits are set; all of them from 64 on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong LowBits(int count) => count >= 64 ? ulong.MaxValue : (1UL << count) - 1;

    /// <summary>How many 64-bit words hold one bit per unit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int WordCount(int units) => (int)(((uint)units + 63) >> 6);

    /// <summary>The units from <paramref name="start"/> on, as many as fit 32 bytes; what lies past <paramref name="count"/> is arbitrary.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Vector256<T> Load<T>(ref T start, int count)
        where T : unmanaged
    {
        ref byte bytes = ref Unsafe.As<T, byte>(ref start);
        int length = count * sizeof(T);
        if (length >= 32)
        {
            return Vector256.LoadUnsafe(ref bytes).As<byte, T>();
        }
        if (length <= 16)
        {
            return Load16(ref bytes, length).ToVector256Unsafe().As<byte, T>();
        }
        var low = Vector128.LoadUnsafe(ref bytes);
        var high = Vector128.LoadUnsafe(ref bytes, (nuint)length - 16);
        high = Vector128.Shuffle(high, Positions + Vector128.Create((byte)(32 - length)));
        return Vector256.Create(low, high).As<byte, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Load16(ref byte bytes, int length)
    {
        if (length >= 8)
        {
            ulong low = Unsafe.ReadUnaligned<ulong>(ref bytes);
            ulong high = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref bytes, length - 8)) >> ((16 - length) * 8);
            return Vector128.Create(low, high).AsByte();
        }
        if (length >= 4)
        {
            ulong low = Unsafe.ReadUnaligned<uint>(ref bytes);
            ulong high = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref bytes, length - 4));
            return Vector128.CreateScalar(low | (high << ((length - 4) * 8))).AsByte();
        }
        if (length == 0)
        {
            return default;
        }
        int middle = length >> 1;
        ulong word = bytes | ((ulong)Unsafe.Add(ref bytes, middle) << (middle * 8))
            | ((ulong)Unsafe.Add(ref bytes, length - 1) << ((length - 1) * 8));
        return Vector128.CreateScalar(word).AsByte();
    }
}
