using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace IdentityResolution.Records;

/// <summary>Comparing and copying of texts that are mostly short.</summary>
internal static class ShortBytes
{
    /// <summary>Are the bytes the same? Up to 32 of them cost no call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Equal(ref byte left, ref byte right, int length)
    {
        if (length > 32)
        {
            return MemoryMarshal.CreateReadOnlySpan(ref left, length).SequenceEqual(MemoryMarshal.CreateReadOnlySpan(ref right, length));
        }
        if (length > 16)
        {
            return ((Read<ulong>(ref left, 0) ^ Read<ulong>(ref right, 0)) | (Read<ulong>(ref left, 8) ^ Read<ulong>(ref right, 8))
                | (Read<ulong>(ref left, length - 16) ^ Read<ulong>(ref right, length - 16)) | (Read<ulong>(ref left, length - 8) ^ Read<ulong>(ref right, length - 8))) == 0;
        }
        if (length >= 8)
        {
            return ((Read<ulong>(ref left, 0) ^ Read<ulong>(ref right, 0)) | (Read<ulong>(ref left, length - 8) ^ Read<ulong>(ref right, length - 8))) == 0;
        }
        if (length >= 4)
        {
            return ((Read<uint>(ref left, 0) ^ Read<uint>(ref right, 0)) | (Read<uint>(ref left, length - 4) ^ Read<uint>(ref right, length - 4))) == 0;
        }
        for (int i = 0; i < length; i++)
        {
            if (Unsafe.Add(ref left, i) != Unsafe.Add(ref right, i))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Which of two texts comes first, byte by byte, a shorter one before those that it begins? Below, at or above 0; up to 16 bytes that both have cost no call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        int length = Math.Min(left.Length, right.Length);
        if (length is < 4 or > 16)
        {
            return left.SequenceCompareTo(right);
        }
        ref byte first = ref MemoryMarshal.GetReference(left);
        ref byte second = ref MemoryMarshal.GetReference(right);
        (ulong one, ulong other) = length >= 8 ? (Number<ulong>(ref first, 0), Number<ulong>(ref second, 0)) : (Number<uint>(ref first, 0), Number<uint>(ref second, 0));
        if (one == other)
        {
            // The last bytes, some of which may be those that were just found equal.
            (one, other) = length >= 8
                ? (Number<ulong>(ref first, length - 8), Number<ulong>(ref second, length - 8))
                : (Number<uint>(ref first, length - 4), Number<uint>(ref second, length - 4));
        }
        return one != other ? (one < other ? -1 : 1) : left.Length - right.Length;
    }

    /// <summary>Copies bytes to another place; from 4 to 32 of them cost no call. The places don't overlap, and are not checked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(ref byte from, ref byte to, int length)
    {
        if (length is < 4 or > 32)
        {
            MemoryMarshal.CreateReadOnlySpan(ref from, length).CopyTo(MemoryMarshal.CreateSpan(ref to, length));
        }
        else if (length >= 16)
        {
            (ulong first, ulong second) = (Read<ulong>(ref from, 0), Read<ulong>(ref from, 8));
            CopyEnds<ulong>(ref Unsafe.Add(ref from, length - 16), ref Unsafe.Add(ref to, length - 16), 16);
            Unsafe.WriteUnaligned(ref to, first);
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, 8), second);
        }
        else if (length >= 8)
        {
            CopyEnds<ulong>(ref from, ref to, length);
        }
        else
        {
            CopyEnds<uint>(ref from, ref to, length);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyEnds<T>(ref byte from, ref byte to, int length)
    {
        int second = length - Unsafe.SizeOf<T>();
        T end = Read<T>(ref from, second);
        Unsafe.WriteUnaligned(ref to, Read<T>(ref from, 0));
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, second), end);
    }

    // Of two numbers the one whose bytes come first is smaller.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Number<T>(ref byte start, int offset)
        where T : unmanaged
    {
        if (typeof(T) == typeof(ulong))
        {
            ulong value = Read<ulong>(ref start, offset);
            return BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
        }
        uint half = Read<uint>(ref start, offset);
        return BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(half) : half;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Read<T>(ref byte start, int offset) => Unsafe.ReadUnaligned<T>(ref Unsafe.Add(ref start, offset));
}
