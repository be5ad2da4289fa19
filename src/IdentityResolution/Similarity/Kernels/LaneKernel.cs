using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace IdentityResolution.Similarity.Kernels;

/// <summary>One pattern against sixteen texts at a time: the bit-parallel kernels with a lane for each text.</summary>
/// <remarks>
/// Lanes of 16, 32 and 64 bits hold patterns of as many units. Only whole numbers leave the lanes (bit columns, matches, transpositions):
/// distances and similarities are worked out from them as for a single pair, so both give the same value to the last bit.
/// </remarks>
internal static unsafe class LaneKernel
{
    /// <summary>Whether this machine has what the lanes need; else every pair is worked out by itself.</summary>
    public static bool IsSupported => Avx2.IsSupported;

    /// <summary>The last columns of Levenshtein's matrix.</summary>
    /// <param name="lookup">The pattern.</param>
    /// <param name="rows">The texts, turned on their side.</param>
    /// <param name="lengths">The length of each text.</param>
    /// <param name="longest">The greatest of them.</param>
    /// <param name="rises">Receives, for each text, the bits at which the last column rises.</param>
    /// <param name="falls">Receives the bits at which it falls.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Levenshtein<T, TLookup>(TLookup lookup, byte* rows, T* lengths, int longest, T* rises, T* falls)
        where T : unmanaged
        where TLookup : struct, ILaneLookup<T>
    {
        for (int lane = 0; lane < LaneRows.Lanes; lane += Vector256<T>.Count)
        {
            var length = Vector256.Load(lengths + lane);
            var vp = Vector256<T>.AllBitsSet;
            var vn = Vector256<T>.Zero;
            var one = Vector256<T>.One;
            var column = Vector256<T>.Zero;
            for (int j = 0; j < longest; j++)
            {
                Vector256<T> match = lookup.Match(LaneRows.Widen<T>(rows + (j * LaneRows.Lanes) + lane));
                Vector256<T> d0 = (((match & vp) + vp) ^ vp) | match | vn;
                Vector256<T> hp = vn | ~(d0 | vp);
                Vector256<T> hn = d0 & vp;
                Vector256<T> down = (hp + hp) | one;
                var active = Vector256.GreaterThan(length, column);
                vp = Vector256.ConditionalSelect(active, (hn + hn) | ~(d0 | down), vp);
                vn = Vector256.ConditionalSelect(active, down & d0, vn);
                column += one;
            }
            vp.Store(rises + lane);
            vn.Store(falls + lane);
        }
    }

    /// <summary>The last columns of the matrix of optimal string alignment.</summary>
    /// <inheritdoc cref="Levenshtein{T, TLookup}(TLookup, byte*, T*, int, T*, T*)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Alignment<T, TLookup>(TLookup lookup, byte* rows, T* lengths, int longest, T* rises, T* falls)
        where T : unmanaged
        where TLookup : struct, ILaneLookup<T>
    {
        for (int lane = 0; lane < LaneRows.Lanes; lane += Vector256<T>.Count)
        {
            var length = Vector256.Load(lengths + lane);
            var vp = Vector256<T>.AllBitsSet;
            var vn = Vector256<T>.Zero;
            var d0 = Vector256<T>.Zero;
            var before = Vector256<T>.Zero;
            var one = Vector256<T>.One;
            var column = Vector256<T>.Zero;
            for (int j = 0; j < longest; j++)
            {
                Vector256<T> match = lookup.Match(LaneRows.Widen<T>(rows + (j * LaneRows.Lanes) + lane));
                Vector256<T> open = Vector256.AndNot(match, d0);
                d0 = (((match & vp) + vp) ^ vp) | match | vn | ((open + open) & before);
                Vector256<T> hp = vn | ~(d0 | vp);
                Vector256<T> hn = d0 & vp;
                Vector256<T> down = (hp + hp) | one;
                var active = Vector256.GreaterThan(length, column);
                vp = Vector256.ConditionalSelect(active, (hn + hn) | ~(d0 | down), vp);
                vn = Vector256.ConditionalSelect(active, down & d0, vn);
                before = match;
                column += one;
            }
            vp.Store(rises + lane);
            vn.Store(falls + lane);
        }
    }

    /// <summary>The longest common subsequences.</summary>
    /// <param name="lookup">The pattern.</param>
    /// <param name="rows">The texts, turned on their side.</param>
    /// <param name="lengths">The length of each text.</param>
    /// <param name="longest">The greatest of them.</param>
    /// <param name="open">Receives, for each text, the bits of the pattern at which the subsequence does not grow.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Subsequence<T, TLookup>(TLookup lookup, byte* rows, T* lengths, int longest, T* open)
        where T : unmanaged
        where TLookup : struct, ILaneLookup<T>
    {
        for (int lane = 0; lane < LaneRows.Lanes; lane += Vector256<T>.Count)
        {
            var length = Vector256.Load(lengths + lane);
            var state = Vector256<T>.AllBitsSet;
            var one = Vector256<T>.One;
            var column = Vector256<T>.Zero;
            for (int j = 0; j < longest; j++)
            {
                Vector256<T> match = lookup.Match(LaneRows.Widen<T>(rows + (j * LaneRows.Lanes) + lane))
                    & Vector256.GreaterThan(length, column);
                state = (state + (state & match)) | (state & ~match);
                column += one;
            }
            state.Store(open + lane);
        }
    }

    /// <summary>The matches and half transpositions of Jaro's measure.</summary>
    /// <param name="lookup">The pattern.</param>
    /// <param name="all">As many low bits as the pattern has units.</param>
    /// <param name="rows">The texts, turned on their side.</param>
    /// <param name="lengths">The length of each text.</param>
    /// <param name="windows">How far from its own place a unit may match, for each text.</param>
    /// <param name="reaches">The low bits that the first unit of each text may match.</param>
    /// <param name="longest">The greatest length.</param>
    /// <param name="matched">Receives, for each text, the bits of the pattern that found a partner.</param>
    /// <param name="halfTranspositions">Receives how many partners in order differ.</param>
    [SkipLocalsInit]
    public static void Jaro<T, TLookup>(
        TLookup lookup, T all, byte* rows, T* lengths, T* windows, T* reaches, int longest, T* matched, T* halfTranspositions)
        where T : unmanaged
        where TLookup : struct, ILaneLookup<T>
    {
        Vector256<T>* matches = stackalloc Vector256<T>[64];
        Vector256<T>* missing = stackalloc Vector256<T>[64];
        var zero = Vector256<T>.Zero;
        var one = Vector256<T>.One;
        for (int lane = 0; lane < LaneRows.Lanes; lane += Vector256<T>.Count)
        {
            var length = Vector256.Load(lengths + lane);
            var window = Vector256.Load(windows + lane);
            var reach = Vector256.Load(reaches + lane);
            var free = Vector256.Create(all);
            Vector256<T> column = zero;
            for (int j = 0; j < longest; j++)
            {
                Vector256<T> match = lookup.Match(LaneRows.Widen<T>(rows + (j * LaneRows.Lanes) + lane));
                Vector256<T> candidates = match & reach & free & Vector256.GreaterThan(length, column);
                free ^= candidates & (zero - candidates);
                matches[j] = match;
                missing[j] = Vector256.Equals(candidates, zero);
                reach = reach + reach - Vector256.GreaterThan(window, column); // a true comparison is -1
                column += one;
            }
            Vector256<T> left = Vector256.Create(all) ^ free;
            left.Store(matched + lane);
            Vector256<T> count = zero;
            for (int j = 0; j < longest; j++)
            {
                Vector256<T> partner = Vector256.AndNot(left & (zero - left), missing[j]);
                count -= Vector256.AndNot(Vector256.Equals(matches[j] & partner, zero), missing[j]);
                left ^= partner;
            }
            count.Store(halfTranspositions + lane);
        }
    }
}
