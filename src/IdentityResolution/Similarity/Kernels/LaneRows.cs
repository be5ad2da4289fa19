using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace IdentityResolution.Similarity.Kernels;

/// <summary>Sixteen texts of bytes turned on their side: row j holds byte j of each text.</summary>
internal static unsafe class LaneRows
{
    /// <summary>How many texts a group has.</summary>
    public const int Lanes = 16;

    /// <summary>Turns sixteen texts; past the end of a text a row holds whatever follows it.</summary>
    /// <param name="arena">The bytes of all texts, with <see cref="TextColumn.Slack"/> bytes behind the last.</param>
    /// <param name="starts">Where each text begins.</param>
    /// <param name="longest">The length of the longest text, at most 64.</param>
    /// <param name="rows">Receives the rows, 16 bytes each, in whole blocks of 16 rows.</param>
    public static void Fill(ref byte arena, int* starts, int longest, byte* rows)
    {
        Debug.Assert(Sse2.IsSupported, "lanes are used on x86 alone");
        for (int from = 0; from < longest; from += 16)
        {
            FillBlock(ref Unsafe.Add(ref arena, from), starts, rows + (from * Lanes));
        }
    }

    /// <summary>The bytes of some lanes in one row, each widened to a lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Widen<T>(byte* row)
        where T : unmanaged
    {
        if (sizeof(T) == sizeof(short))
        {
            return Avx2.ConvertToVector256Int16(row).As<short, T>();
        }
        return sizeof(T) == sizeof(int)
            ? Avx2.ConvertToVector256Int32(row).As<int, T>()
            : Avx2.ConvertToVector256Int64(row).As<long, T>();
    }

    /// <summary>A 16 x 16 transpose: four rounds of interleaving register i with register i + 8.</summary>
    [SkipLocalsInit]
    private static void FillBlock(ref byte arena, int* starts, byte* rows)
    {
        Vector128<byte>* first = stackalloc Vector128<byte>[16];
        Vector128<byte>* second = stackalloc Vector128<byte>[16];
        for (int i = 0; i < 16; i++)
        {
            first[i] = Vector128.LoadUnsafe(ref arena, (nuint)starts[i]);
        }
        Interleave(first, second);
        Interleave(second, first);
        Interleave(first, second);
        Interleave(second, (Vector128<byte>*)rows);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Interleave(Vector128<byte>* from, Vector128<byte>* to)
    {
        for (int i = 0; i < 8; i++)
        {
            Vector128<byte> low = from[i];
            Vector128<byte> high = from[i + 8];
            to[2 * i] = Sse2.UnpackLow(low, high);
            to[(2 * i) + 1] = Sse2.UnpackHigh(low, high);
        }
    }
}
