using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IdentityResolution.Similarity.Kernels;

/// <summary>A pattern of any length in words of 64 units, matched by comparing a word's units at once.</summary>
internal readonly ref struct LongPattern<T>(ReadOnlySpan<T> units)
    where T : unmanaged
{
    private readonly ReadOnlySpan<T> _units = units;

    /// <summary>How many words of 64 units there are.</summary>
    public int WordCount => Units.WordCount(_units.Length);

    /// <summary>The match mask of a unit in one word; bits past the end of the pattern are 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Match(int word, T unit)
    {
        int from = word * 64;
        int left = _units.Length - from;
        ref T start = ref Unsafe.Add(ref MemoryMarshal.GetReference(_units), from);
        var wanted = Vector256.Create(unit);
        int step = Vector256<T>.Count;
        if (left >= 64)
        {
            ulong mask = 0;
            for (int i = 0; i < 64; i += step)
            {
                mask |= (ulong)Vector256.Equals(Vector256.LoadUnsafe(ref start, (nuint)i), wanted).ExtractMostSignificantBits() << i;
            }
            return mask;
        }
        return MatchLast(ref start, left, wanted);
    }

    private static ulong MatchLast(ref T start, int left, Vector256<T> wanted)
    {
        ulong mask = 0;
        int step = Vector256<T>.Count;
        for (int i = 0; i < left; i += step)
        {
            Vector256<T> loaded = Units.Load(ref Unsafe.Add(ref start, i), Math.Min(step, left - i));
            mask |= (ulong)Vector256.Equals(loaded, wanted).ExtractMostSignificantBits() << i;
        }
        return mask & Units.LowBits(left);
    }
}
