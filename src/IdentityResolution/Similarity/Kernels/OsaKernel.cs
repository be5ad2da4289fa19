using System.Numerics;
using System.Runtime.CompilerServices;

namespace IdentityResolution.Similarity.Kernels;

/// <summary>Bit-parallel optimal string alignment distance: Levenshtein and swaps of neighbours that nothing edits again.</summary>
/// <remarks>Source: Hyyro (2003), "A bit-vector algorithm for computing Levenshtein and Damerau edit distances".</remarks>
[SkipLocalsInit]
internal static class OsaKernel
{
    private const int StackWords = 8;

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
        int distance = longer.Length <= 64
            ? Patterns.Run<T, Short<T>, int>(longer, new Short<T>(longer.Length, shorter, maxDistance))
            : shorter.Length <= 64
                ? Patterns.Run<T, Short<T>, int>(shorter, new Short<T>(shorter.Length, longer, maxDistance))
                : Long(longer, shorter, maxDistance);
        return distance <= maxDistance ? distance : maxDistance + 1;
    }

    private readonly ref struct Short<T>(int patternLength, ReadOnlySpan<T> text, int maxDistance) : IPatternAction<T, int>
        where T : unmanaged
    {
        private readonly ReadOnlySpan<T> _text = text;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public int Run<TPattern>(TPattern pattern)
            where TPattern : struct, IPattern<T>
        {
            ulong vp = ulong.MaxValue;
            ulong vn = 0;
            ulong d0 = 0;
            ulong before = 0;
            int lastRow = patternLength - 1;
            long slack = (long)maxDistance - patternLength + _text.Length;
            foreach (T unit in _text)
            {
                ulong match = pattern.Match(unit);
                ulong swap = ((~d0 & match) << 1) & before;
                d0 = (((match & vp) + vp) ^ vp) | match | vn | swap;
                ulong hp = vn | ~(d0 | vp);
                ulong hn = d0 & vp;
                slack -= 1 + (int)((hp >> lastRow) & 1) - (int)((hn >> lastRow) & 1);
                if (slack < 0)
                {
                    return int.MaxValue;
                }
                ulong down = (hp << 1) | 1;
                vp = (hn << 1) | ~(d0 | down);
                vn = down & d0;
                before = match;
            }
            ulong mask = Units.LowBits(patternLength);
            return _text.Length + BitOperations.PopCount(vp & mask) - BitOperations.PopCount(vn & mask);
        }
    }

    private static int Long<T>(ReadOnlySpan<T> longer, ReadOnlySpan<T> shorter, int maxDistance)
        where T : unmanaged
    {
        int words = Units.WordCount(longer.Length);
        using var scratch = new Scratch<Word>(stackalloc Word[StackWords], words);
        Span<Word> state = scratch.Span;
        state.Fill(new Word { Rises = ulong.MaxValue });
        var pattern = new LongPattern<T>(longer);
        int lastRow = (longer.Length - 1) & 63;
        long slack = (long)maxDistance - longer.Length + shorter.Length;
        foreach (T unit in shorter)
        {
            ulong carryUp = 1;
            ulong carryDown = 0;
            ulong carrySwap = 0;
            ulong hp = 0;
            ulong hn = 0;
            for (int word = 0; word < words; word++)
            {
                ref Word column = ref state[word];
                ulong match = pattern.Match(word, unit);
                ulong open = ~column.Diagonal & match;
                ulong swap = ((open << 1) | carrySwap) & column.Match;
                carrySwap = open >> 63;
                ulong x = match | carryDown;
                ulong d0 = (((x & column.Rises) + column.Rises) ^ column.Rises) | x | column.Falls | swap;
                hp = column.Falls | ~(d0 | column.Rises);
                hn = d0 & column.Rises;
                ulong down = (hp << 1) | carryUp;
                column.Rises = (hn << 1) | carryDown | ~(d0 | down);
                column.Falls = down & d0;
                column.Diagonal = d0;
                column.Match = match;
                carryUp = hp >> 63;
                carryDown = hn >> 63;
            }
            slack -= 1 + (int)((hp >> lastRow) & 1) - (int)((hn >> lastRow) & 1);
            if (slack < 0)
            {
                return int.MaxValue;
            }
        }
        int distance = shorter.Length;
        for (int word = 0; word < words; word++)
        {
            ulong mask = Units.LowBits(longer.Length - (word * 64));
            distance += BitOperations.PopCount(state[word].Rises & mask) - BitOperations.PopCount(state[word].Falls & mask);
        }
        return distance;
    }

    private struct Word
    {
        public ulong Rises;
        public ulong Falls;
        public ulong Diagonal;
        public ulong Match;
    }
}
