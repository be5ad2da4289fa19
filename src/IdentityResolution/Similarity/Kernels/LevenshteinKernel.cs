using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace IdentityResolution.Similarity.Kernels;

/// <summary>Bit-parallel Levenshtein distance over units of 8 or 16 bits.</summary>
/// <remarks>
/// Sources: Myers (1999), "A fast bit-vector algorithm for approximate string matching based on dynamic programming", JACM 46(3);
/// Hyyro (2003), "A bit-vector algorithm for computing Levenshtein and Damerau edit distances", Nordic Journal of Computing 10(1).
/// The distance is read off the last column, so the loop keeps no running value unless there is a cut-off.
/// </remarks>
internal static class LevenshteinKernel
{
    public static int Distance<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, int maxDistance)
        where T : unmanaged, IEquatable<T>
    {
        ReadOnlySpan<T> longer = left.Length >= right.Length ? left : right;
        ReadOnlySpan<T> shorter = left.Length >= right.Length ? right : left;
        if (longer.Length - shorter.Length > maxDistance)
        {
            return maxDistance + 1;
        }
        if (maxDistance == 0)
        {
            return longer.SequenceEqual(shorter) ? 0 : 1;
        }
        if (longer.Length > 64)
        {
            Affixes.Strip(ref longer, ref shorter);
        }
        if (shorter.Length == 0)
        {
            return longer.Length;
        }
        int distance;
        if (longer.Length <= 64)
        {
            distance = maxDistance < longer.Length
                ? Patterns.Run<T, Bounded<T>, int>(longer, new Bounded<T>(longer.Length, shorter, maxDistance))
                : Patterns.Run<T, Whole<T>, int>(longer, new Whole<T>(longer.Length, shorter));
        }
        else if (shorter.Length <= 64)
        {
            distance = maxDistance < longer.Length
                ? Patterns.Run<T, Bounded<T>, int>(shorter, new Bounded<T>(shorter.Length, longer, maxDistance))
                : Patterns.Run<T, Whole<T>, int>(shorter, new Whole<T>(shorter.Length, longer));
        }
        else
        {
            distance = BlockLevenshtein.Distance(longer, shorter, Math.Min(maxDistance, longer.Length));
        }
        return distance <= maxDistance ? distance : maxDistance + 1;
    }

    /// <summary>One column of the matrix. D0: the diagonal stays; HP, HN: the row rises, falls; VP, VN: the column rises, falls.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Advance(ulong match, ref ulong vp, ref ulong vn, out ulong hp, out ulong hn)
    {
        ulong d0 = (((match & vp) + vp) ^ vp) | match | vn;
        hp = vn | ~(d0 | vp);
        hn = d0 & vp;
        ulong down = (hp << 1) | 1;
        vp = (hn << 1) | ~(d0 | down);
        vn = down & d0;
    }

    /// <summary>The distance from the last column: its top is the text's length, and it rises and falls by the bits of VP and VN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int LastColumn(int textLength, int patternLength, ulong vp, ulong vn)
    {
        ulong mask = Units.LowBits(patternLength);
        return textLength + BitOperations.PopCount(vp & mask) - BitOperations.PopCount(vn & mask);
    }

    private readonly ref struct Whole<T>(int patternLength, ReadOnlySpan<T> text) : IPatternAction<T, int>
        where T : unmanaged
    {
        private readonly ReadOnlySpan<T> _text = text;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public int Run<TPattern>(TPattern pattern)
            where TPattern : struct, IPattern<T>
        {
            ulong vp = ulong.MaxValue;
            ulong vn = 0;
            foreach (T unit in _text)
            {
                Advance(pattern.Match(unit), ref vp, ref vn, out _, out _);
            }
            return LastColumn(_text.Length, patternLength, vp, vn);
        }
    }

    /// <summary>Stops as soon as the last row, which falls by 1 a column at best, can't come down to the cut-off.</summary>
    private readonly ref struct Bounded<T>(int patternLength, ReadOnlySpan<T> text, int maxDistance) : IPatternAction<T, int>
        where T : unmanaged
    {
        private readonly ReadOnlySpan<T> _text = text;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public int Run<TPattern>(TPattern pattern)
            where TPattern : struct, IPattern<T>
        {
            ulong vp = ulong.MaxValue;
            ulong vn = 0;
            int lastRow = patternLength - 1;
            int slack = maxDistance - patternLength + _text.Length;
            foreach (T unit in _text)
            {
                Advance(pattern.Match(unit), ref vp, ref vn, out ulong hp, out ulong hn);
                slack -= 1 + (int)((hp >> lastRow) & 1) - (int)((hn >> lastRow) & 1);
                if (slack < 0)
                {
                    return int.MaxValue;
                }
            }
            return LastColumn(_text.Length, patternLength, vp, vn);
        }
    }
}
