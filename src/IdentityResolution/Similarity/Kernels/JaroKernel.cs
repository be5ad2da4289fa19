using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace IdentityResolution.Similarity.Kernels;

/// <summary>What Jaro's measure is made of: whole numbers, so that every executor can decide on the same ones.</summary>
/// <param name="Matches">Units of one text that found an equal unit of the other within the window.</param>
/// <param name="HalfTranspositions">Matched units whose partner in order differs; two of them are one transposition.</param>
[SkipLocalsInit]
internal readonly record struct JaroCounts(int Matches, int HalfTranspositions)
{
    /// <summary>Jaro's similarity, in [0, 1]. In double, and always in this order of operations.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Similarity(int leftLength, int rightLength)
    {
        double matches = Matches;
        return Matches == 0
            ? 0
            : ((matches / leftLength) + (matches / rightLength) + ((matches - (HalfTranspositions >> 1)) / matches)) / 3.0;
    }
}

/// <summary>Bit-parallel Jaro counts over units of 8 or 16 bits.</summary>
/// <remarks>
/// Source: Jaro (1989), "Advances in record-linkage methodology as applied to matching the 1985 census of Tampa, Florida",
/// JASA 84(406). Each unit of the right text takes the first free equal unit of the left one within the window; the free ones
/// are bits of a word.
/// </remarks>
internal static class JaroKernel
{
    private const int StackWords = 8;

    /// <summary>The counts of two texts, neither of them empty; none at all when there are fewer than <paramref name="minMatches"/> matches.</summary>
    public static JaroCounts Count<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, int minMatches)
        where T : unmanaged, IEquatable<T> =>
        JaroRegister.TryCount(left, right, Window(Math.Max(left.Length, right.Length)), minMatches, out JaroCounts counts)
            ? counts
            : CountByWords(left, right, minMatches);

    /// <summary>The same with a bit of a word for each unit: what every machine has.</summary>
    internal static JaroCounts CountByWords<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, int minMatches)
        where T : unmanaged, IEquatable<T>
    {
        int window = Window(Math.Max(left.Length, right.Length));
        return left.Length <= 64 && right.Length <= 64
            ? Patterns.Run<T, Short<T>, JaroCounts>(left, new Short<T>(left, right, window, minMatches))
            : Long(left, right, window, minMatches);
    }

    /// <summary>How far from its own place a unit may match, by the length of the longer text.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Window(int longest) => Math.Max(0, (longest >> 1) - 1);

    private readonly ref struct Short<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, int window, int minMatches)
        : IPatternAction<T, JaroCounts>
        where T : unmanaged, IEquatable<T>
    {
        private readonly ReadOnlySpan<T> _left = left;
        private readonly ReadOnlySpan<T> _right = right;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public JaroCounts Run<TPattern>(TPattern pattern)
            where TPattern : struct, IPattern<T>
        {
            ulong free = Units.LowBits(_left.Length);
            ulong all = free;
            ulong matchedRight = 0;
            ulong reach = Units.LowBits(window + 1);
            int last = Math.Min(_right.Length, _left.Length + window);
            for (int i = 0; i < last; i++)
            {
                ulong match = pattern.Match(_right[i]) & reach & free;
                free ^= match & (0 - match);
                matchedRight |= (match != 0 ? 1UL : 0UL) << i;
                reach = (reach << 1) | (i < window ? 1UL : 0UL);
            }
            ulong matchedLeft = all & ~free;
            int matches = BitOperations.PopCount(matchedLeft);
            if (matches < minMatches)
            {
                return default;
            }
            int halfTranspositions = 0;
            ref T a = ref MemoryMarshal.GetReference(_left);
            ref T b = ref MemoryMarshal.GetReference(_right);
            for (; matchedRight != 0; matchedRight &= matchedRight - 1, matchedLeft &= matchedLeft - 1)
            {
                T l = Unsafe.Add(ref a, BitOperations.TrailingZeroCount(matchedLeft));
                T r = Unsafe.Add(ref b, BitOperations.TrailingZeroCount(matchedRight));
                halfTranspositions += l.Equals(r) ? 0 : 1;
            }
            return new JaroCounts(matches, halfTranspositions);
        }
    }

    private static JaroCounts Long<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, int window, int minMatches)
        where T : unmanaged, IEquatable<T>
    {
        using var leftScratch = new Scratch<ulong>(stackalloc ulong[StackWords], Units.WordCount(left.Length));
        using var rightScratch = new Scratch<ulong>(stackalloc ulong[StackWords], Units.WordCount(right.Length));
        Span<ulong> leftMatched = leftScratch.Span;
        Span<ulong> rightMatched = rightScratch.Span;
        leftMatched.Clear();
        rightMatched.Clear();
        var pattern = new LongPattern<T>(left);
        int matches = 0;
        int last = Math.Min(right.Length, left.Length + window);
        for (int i = 0; i < last; i++)
        {
            int from = Math.Max(0, i - window);
            int to = Math.Min(left.Length - 1, i + window);
            for (int word = from >> 6; word <= to >> 6; word++)
            {
                ulong reach = Units.LowBits(to + 1 - (word * 64));
                if (word == from >> 6)
                {
                    reach &= ulong.MaxValue << (from & 63);
                }
                ulong match = pattern.Match(word, right[i]) & reach & ~leftMatched[word];
                if (match != 0)
                {
                    leftMatched[word] |= match & (0 - match);
                    rightMatched[i >> 6] |= 1UL << (i & 63);
                    matches++;
                    break;
                }
            }
        }
        return matches < minMatches ? default : new JaroCounts(matches, CountHalfTranspositions(left, right, leftMatched, rightMatched));
    }

    private static int CountHalfTranspositions<T>(
        ReadOnlySpan<T> left, ReadOnlySpan<T> right, ReadOnlySpan<ulong> leftMatched, ReadOnlySpan<ulong> rightMatched)
        where T : unmanaged, IEquatable<T>
    {
        int halfTranspositions = 0;
        int leftWord = 0;
        ulong leftBits = leftMatched[0];
        for (int word = 0; word < rightMatched.Length; word++)
        {
            for (ulong bits = rightMatched[word]; bits != 0; bits &= bits - 1)
            {
                while (leftBits == 0)
                {
                    leftBits = leftMatched[++leftWord];
                }
                T l = left[(leftWord * 64) + BitOperations.TrailingZeroCount(leftBits)];
                T r = right[(word * 64) + BitOperations.TrailingZeroCount(bits)];
                halfTranspositions += l.Equals(r) ? 0 : 1;
                leftBits &= leftBits - 1;
            }
        }
        return halfTranspositions;
    }
}
