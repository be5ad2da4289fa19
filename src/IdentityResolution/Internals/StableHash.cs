using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace IdentityResolution.Internals;

/// <summary>64-bit hashing that is the same in every run, process and machine.</summary>
/// <remarks>
/// Folded 64x64-bit multiplication over 16-byte steps. Not cryptographic and not collision-resistant against an attacker.
/// Every choice the engine makes "at random" (samples, ties) is made on these hashes, so it does not depend on the order of records.
/// Source of the mixing step: Wang Yi (2019), wyhash, https://github.com/wangyi-fudan/wyhash (public domain).
/// </remarks>
internal static class StableHash
{
    private const ulong K0 = 0xA0761D6478BD642FUL;
    private const ulong K1 = 0xE7037ED1A0B428DBUL;
    private const ulong K2 = 0x8EBC6AF09C88C6E3UL;

    /// <summary>Hashes bytes.</summary>
    public static ulong Of(ReadOnlySpan<byte> bytes, ulong seed = 0)
    {
        seed ^= K0;
        int length = bytes.Length;
        ref byte start = ref MemoryMarshal.GetReference(bytes);
        ulong a, b;
        if (length <= 16)
        {
            if (length >= 4)
            {
                nuint middle = (nuint)((length >> 3) << 2);
                a = ((ulong)Read32(ref start, 0) << 32) | Read32(ref start, middle);
                b = ((ulong)Read32(ref start, (nuint)length - 4) << 32) | Read32(ref start, (nuint)length - 4 - middle);
            }
            else if (length > 0)
            {
                a = ((ulong)start << 16) | ((ulong)Unsafe.Add(ref start, length >> 1) << 8) | Unsafe.Add(ref start, length - 1);
                b = 0;
            }
            else
            {
                a = 0;
                b = 0;
            }
        }
        else
        {
            nuint offset = 0;
            int left = length;
            while (left > 16)
            {
                seed = Fold(Read64(ref start, offset) ^ K1, Read64(ref start, offset + 8) ^ seed);
                offset += 16;
                left -= 16;
            }
            a = Read64(ref start, (nuint)length - 16);
            b = Read64(ref start, (nuint)length - 8);
        }
        return Fold(K1 ^ (ulong)length, Fold(a ^ K1, b ^ seed));
    }

    /// <summary>Hashes one 64-bit number; a bijection is not promised.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(ulong value, ulong seed = 0) => Fold(value ^ K0 ^ seed, K2 ^ (seed << 1) ^ (value >> 32));

    /// <summary>Hashes an ordered pair of numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Combine(ulong first, ulong second) => Fold(first ^ K1, System.Numerics.BitOperations.RotateLeft(second, 23) ^ K2);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong a, ulong b)
    {
        ulong high = Math.BigMul(a, b, out ulong low);
        return high ^ low;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Read64(ref byte start, nuint offset)
    {
        ulong value = Unsafe.ReadUnaligned<ulong>(ref Unsafe.AddByteOffset(ref start, offset));
        return BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Read32(ref byte start, nuint offset)
    {
        uint value = Unsafe.ReadUnaligned<uint>(ref Unsafe.AddByteOffset(ref start, offset));
        return BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value);
    }
}
