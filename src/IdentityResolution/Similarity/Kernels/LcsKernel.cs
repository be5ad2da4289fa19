using System.Numerics;
using System.Runtime.CompilerServices;

namespace IdentityResolution.Similarity.Kernels;

/// <summary>Bit-parallel length of the longest common subsequence, and the indel distance that follows from it.</summary>
/// <remarks>Source: Hyyro (2004), "Bit-parallel LCS-length computation revisited", AWOCA 2004.</remarks>
[SkipLocalsInit]
internal static class LcsKernel
{
    private const int StackWords = 8;

    /// <summary>How many units of the text go by between two looks at the cut-off.</summary>
    private const int CheckEvery = 16;

    /// <summary>Both lengths less twice the common subsequence, or the cut-off + 1.</summary>
    public static int Distance<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, int maxDistance)
        where T : unmanaged, IEquatable<T>
    {
        int both = left.Length + right.Length;
        int wanted = maxDistance >= both ? 0 : (both - maxDistance + 1) / 2;
        int distance = both - (2 * Length(left, right, wanted));
        return distance <= maxDistance ? distance : maxDistance + 1;
    }

    /// <summary>The length, or 0 when it is less than <paramref name="minLength"/>.</summary>
    public static int Length<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, int minLength)
        where T : unmanaged, IEquatable<T>
    {
        ReadOnlySpan<T> longer = left.Length >= right.Length ? left : right;
        ReadOnlySpan<T> shorter = left.Length >= right.Length ? right : left;
        if (shorter.Length < minLength)
        {
            return 0;
        }
        int common = longer.Length > 64 ? Affixes.Strip(ref longer, ref shorter) : 0;
        if (shorter.Length == 0)
        {
            return common;
        }
        int needed = minLength - common;
        int length = longer.Length <= 64
            ? Patterns.Run<T, Short<T>, int>(longer, new Short<T>(longer.Length, shorter, needed))
            : shorter.Length <= 64
                ? Patterns.Run<T, Short<T>, int>(shorter, new Short<T>(shorter.Length, longer, needed))
                : Long(longer, shorter, needed);
        length += common;
        return length >= minLength ? length : 0;
    }

    /// <summary>Bits that are 0 are units of the pattern at which the common subsequence grows.</summary>
    private readonly ref struct Short<T>(int patternLength, ReadOnlySpan<T> text, int needed) : IPatternAction<T, int>
        where T : unmanaged
    {
        private readonly ReadOnlySpan<T> _text = text;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public int Run<TPattern>(TPattern pattern)
            where TPattern : struct, IPattern<T>
        {
            ulong state = ulong.MaxValue;
            ulong mask = Units.LowBits(patternLength);
            int i = 0;
            while (true)
            {
                int stop = Math.Min(_text.Length, i + CheckEvery);
                for (; i < stop; i++)
                {
                    ulong found = state & pattern.Match(_text[i]);
                    state = (state + found) | (state - found);
                }
                int length = BitOperations.PopCount(~state & mask);
                if (i == _text.Length || length + _text.Length - i < needed)
                {
                    return i == _text.Length ? length : int.MinValue / 2;
                }
            }
        }
    }

    private static int Long<T>(ReadOnlySpan<T> longer, ReadOnlySpan<T> shorter, int needed)
        where T : unmanaged
    {
        int words = Units.WordCount(longer.Length);
        using var scratch = new Scratch<ulong>(stackalloc ulong[StackWords], words);
        Span<ulong> state = scratch.Span;
        state.Fill(ulong.MaxValue);
        var pattern = new LongPattern<T>(longer);
        for (int i = 0; i < shorter.Length; i++)
        {
            ulong carry = 0;
            for (int word = 0; word < words; word++)
            {
                ulong before = state[word];
                ulong found = before & pattern.Match(word, shorter[i]);
                ulong partial = before + carry;
                ulong sum = partial + found;
                carry = (partial < carry ? 1UL : 0UL) | (sum < found ? 1UL : 0UL);
                state[word] = sum | (before - found);
            }
            if (i % CheckEvery == CheckEvery - 1 && Count(state, longer.Length) + shorter.Length - 1 - i < needed)
            {
                return int.MinValue / 2;
            }
        }
        return Count(state, longer.Length);
    }

    private static int Count(ReadOnlySpan<ulong> state, int patternLength)
    {
        int length = 0;
        for (int word = 0; word < state.Length; word++)
        {
            length += BitOperations.PopCount(~state[word] & Units.LowBits(patternLength - (word * 64)));
        }
        return length;
    }
}
