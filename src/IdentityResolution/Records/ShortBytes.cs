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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Read<T>(ref byte start, int offset) => Unsafe.ReadUnaligned<T>(ref Unsafe.Add(ref start, offset));
}
