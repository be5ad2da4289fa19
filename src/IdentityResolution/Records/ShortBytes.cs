using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace IdentityResolution.Records;

/// <summary>Comparing of texts that are mostly short.</summary>
internal static class ShortBytes
{
    /// <summary>Are the bytes the same? Up to 16 of them cost no call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Equal(ref byte left, ref byte right, int length)
    {
        if (length > 16)
        {
            return MemoryMarshal.CreateReadOnlySpan(ref left, length).SequenceEqual(MemoryMarshal.CreateReadOnlySpan(ref right, length));
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Read<T>(ref byte start, int offset) => Unsafe.ReadUnaligned<T>(ref Unsafe.Add(ref start, offset));
}
