using System.Runtime.CompilerServices;

namespace IdentityResolution.Similarity.Kernels;

/// <summary>Jaro's whole numbers for one text against prepared values, a lane for each.</summary>
/// <remarks>
/// Here the values are the patterns, in <see cref="JaroKernel"/> the left text is. Both give the same numbers: within a window each letter's
/// places are matched in order from either side, so what is matched does not depend on who asks.
/// </remarks>
internal static unsafe class JaroStrips
{
    /// <summary>The most registers' bytes that one pair of strips keeps between its two passes.</summary>
    private const int KeptBytes = Strips.MaxLength * 2 * Strips.RowBytes;

    /// <summary>Counts matches and half transpositions, and the common beginning.</summary>
    /// <param name="pair">The strips and the text.</param>
    /// <param name="needed">For common beginnings of 0 to 4 units, the fewest matches that matter, falling.</param>
    /// <param name="counts">Receives the counts; half transpositions only where enough matches were found.</param>
    /// <param name="enough">The values of the first register that have enough matches, a bit for each.</param>
    /// <param name="enough2">Those of the second register.</param>
    [SkipLocalsInit]
    public static void Count<TLanes, TRegister>(in StripPair pair, int* needed, JaroLanes counts, out ulong enough, out ulong enough2)
        where TLanes : ILanes<TRegister>
        where TRegister : struct
    {
        byte* kept = stackalloc byte[KeptBytes];
        var first = new Half<TLanes, TRegister>(pair.First, in pair);
        var second = new Half<TLanes, TRegister>(pair.Second, in pair);
        FindMatches(in pair, kept, ref first, ref second);
        enough = first.Finish(needed, counts.Matches, counts.Prefixes);
        enough2 = second.Finish(needed, counts.Matches + TLanes.Count, counts.Prefixes + TLanes.Count);
        if ((enough | enough2) != 0)
        {
            CompareOrder<TLanes, TRegister>(in pair, kept, first.Matched, second.Matched, counts);
        }
    }

    /// <summary>Each unit of the text takes the first free equal unit of every value within the value's window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FindMatches<TLanes, TRegister>(
        in StripPair pair, byte* kept, ref Half<TLanes, TRegister> firstHalf, ref Half<TLanes, TRegister> secondHalf)
        where TLanes : ILanes<TRegister>
        where TRegister : struct
    {
        byte* first = pair.First;
        byte* second = pair.Second;
        int* rows = pair.Rows;
        int length = pair.TextLength;
        TRegister one = TLanes.Broadcast(1);
        TRegister column = default;
        TRegister free = firstHalf.Mask;
        TRegister free2 = secondHalf.Mask;
        TRegister reach = firstHalf.Reach;
        TRegister reach2 = secondHalf.Reach;
        TRegister window = firstHalf.Window;
        TRegister window2 = secondHalf.Window;
        TRegister prefix = default;
        TRegister prefix2 = default;
        for (int j = 0; j < length; j++)
        {
            TRegister match = TLanes.Load(first + rows[j]);
            TRegister match2 = TLanes.Load(second + rows[j]);
            if (j < JaroWinklerKernel.MaxPrefix)
            {
                TRegister place = TLanes.Broadcast(1UL << j);
                prefix = TLanes.Or(prefix, TLanes.And(match, place));
                prefix2 = TLanes.Or(prefix2, TLanes.And(match2, place));
            }
            TRegister near = TLanes.And(TLanes.And(match, reach), free);
            TRegister near2 = TLanes.And(TLanes.And(match2, reach2), free2);
            free = TLanes.Xor(free, TLanes.And(near, TLanes.Subtract(default, near)));
            free2 = TLanes.Xor(free2, TLanes.And(near2, TLanes.Subtract(default, near2)));
            TLanes.Store(TLanes.NonZero(near), kept);
            TLanes.Store(TLanes.NonZero(near2), kept + TLanes.Size);
            kept += 2 * TLanes.Size;
            reach = TLanes.Subtract(TLanes.Add(reach, reach), TLanes.GreaterThan(window, column));
            reach2 = TLanes.Subtract(TLanes.Add(reach2, reach2), TLanes.GreaterThan(window2, column));
            column = TLanes.Add(column, one);
        }
        firstHalf.Matched = TLanes.Xor(firstHalf.Mask, free);
        secondHalf.Matched = TLanes.Xor(secondHalf.Mask, free2);
        firstHalf.Prefix = prefix;
        secondHalf.Prefix = prefix2;
    }

    /// <summary>Every matched unit of the text takes the next matched unit of the value, and keeps it where they are equal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CompareOrder<TLanes, TRegister>(in StripPair pair, byte* kept, TRegister left, TRegister left2, JaroLanes counts)
        where TLanes : ILanes<TRegister>
        where TRegister : struct
    {
        byte* first = pair.First;
        byte* second = pair.Second;
        int* rows = pair.Rows;
        int length = pair.TextLength;
        TRegister matches = TLanes.PopCount(left);
        TRegister matches2 = TLanes.PopCount(left2);
        TRegister inOrder = default;
        TRegister inOrder2 = default;
        for (int j = 0; j < length; j++)
        {
            // A lane of all ones is -1: left & (left - 1) drops the lowest bit; a lane of 0 drops none.
            TRegister rest = TLanes.Add(left, TLanes.Load(kept));
            TRegister rest2 = TLanes.Add(left2, TLanes.Load(kept + TLanes.Size));
            kept += 2 * TLanes.Size;
            inOrder = TLanes.Or(inOrder, TLanes.And(TLanes.Load(first + rows[j]), TLanes.And(left, TLanes.Not(rest))));
            inOrder2 = TLanes.Or(inOrder2, TLanes.And(TLanes.Load(second + rows[j]), TLanes.And(left2, TLanes.Not(rest2))));
            left = TLanes.And(left, rest);
            left2 = TLanes.And(left2, rest2);
        }
        TLanes.StoreAsInts(TLanes.Subtract(matches, TLanes.PopCount(inOrder)), counts.HalfTranspositions);
        TLanes.StoreAsInts(TLanes.Subtract(matches2, TLanes.PopCount(inOrder2)), counts.HalfTranspositions + TLanes.Count);
    }

    /// <summary>What one register knows of its values.</summary>
    private struct Half<TLanes, TRegister>
        where TLanes : ILanes<TRegister>
        where TRegister : struct
    {
        public readonly TRegister Mask;
        public readonly TRegister Window;
        public readonly TRegister Reach;
        public TRegister Matched;
        public TRegister Prefix;

        /// <summary>The window is that of the longer one of text and value.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Half(byte* strip, in StripPair pair)
        {
            int window = JaroKernel.Window(pair.TextLength);
            Mask = TLanes.Load(strip + Strips.MaskRow);
            Window = TLanes.Max(TLanes.Load(strip + Strips.WindowRow), TLanes.Broadcast((ulong)window));
            Reach = TLanes.Or(TLanes.Load(strip + Strips.ReachRow), TLanes.Broadcast(Units.LowBits(window + 1)));
        }

        /// <summary>Writes matches and common beginnings, and says which values have enough matches.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly ulong Finish(int* needed, int* matches, int* prefixes)
        {
            TRegister count = TLanes.PopCount(Matched);
            // The bits below the lowest zero are the units that agree from the first on.
            TRegister agreeing = TLanes.And(Prefix, TLanes.Not(TLanes.Add(Prefix, TLanes.Broadcast(1))));
            TRegister prefix = TLanes.PopCount(agreeing);
            TLanes.StoreAsInts(count, matches);
            TLanes.StoreAsInts(prefix, prefixes);
            TRegister enough = TLanes.Broadcast((ulong)needed[0]);
            for (int k = 1; k <= JaroWinklerKernel.MaxPrefix; k++)
            {
                TRegister hasPrefix = TLanes.GreaterThan(prefix, TLanes.Broadcast((ulong)(k - 1)));
                enough = TLanes.Select(hasPrefix, TLanes.Broadcast((ulong)needed[k]), enough);
            }
            return ~TLanes.HighBits(TLanes.GreaterThan(enough, count)) & Units.LowBits(TLanes.Count);
        }
    }
}

/// <summary>Where the counts of a pair of strips go: an array for each, up to 128 long.</summary>
internal readonly unsafe struct JaroLanes(int* matches, int* halfTranspositions, int* prefixes)
{
    public readonly int* Matches = matches;
    public readonly int* HalfTranspositions = halfTranspositions;
    public readonly int* Prefixes = prefixes;
}
