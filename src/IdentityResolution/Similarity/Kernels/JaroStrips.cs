using System.Runtime.CompilerServices;

namespace IdentityResolution.Similarity.Kernels;

/// <summary>Jaro's whole numbers for one text against prepared values, a lane for each.</summary>
/// <remarks>
/// Here the values are the patterns, in <see cref="JaroKernel"/> the left text is. Both give the same numbers: within a window each letter's
/// places are matched in order from either side, so what is matched does not depend on who asks.
/// </remarks>
internal static unsafe class JaroStrips
{
    /// <summary>How many bytes the two passes keep between them, at most.</summary>
    public const int KeptBytes = Strips.MaxLength * Strips.RowBytes;

    /// <summary>Each unit of the text takes the first free equal unit of every value within the value's window.</summary>
    /// <param name="part">The values and the text.</param>
    /// <param name="kept">Receives for each unit of the text the lanes in which it found a partner; <see cref="KeptBytes"/> long.</param>
    /// <param name="matched">Receives the units of each value that found a partner; a register long.</param>
    /// <param name="agreeing">Receives the units among the first four of each value that the text has in the same place; a register long.</param>
    public static void FindMatches<TLanes, TRegister>(ref readonly StripPart part, byte* kept, byte* matched, byte* agreeing)
        where TLanes : ILanes<TRegister>
        where TRegister : struct
    {
        byte* start = part.Start;
        nint* rows = part.Rows;
        int length = part.TextLength;
        int textWindow = JaroKernel.Window(length);
        TRegister zero = TLanes.Broadcast(0);
        TRegister one = TLanes.Broadcast(1);
        // The window is that of the longer one of text and value.
        TRegister window = TLanes.Max(TLanes.Load(start + Strips.WindowRow), TLanes.Broadcast((ulong)textWindow));
        TRegister reach = TLanes.Or(TLanes.Load(start + Strips.ReachRow), TLanes.Broadcast(Units.LowBits(textWindow + 1)));
        TRegister free = TLanes.Load(start + Strips.MaskRow);
        TRegister column = zero;
        for (int j = 0; j < length; j++)
        {
            TRegister near = TLanes.All(TLanes.Load(start + rows[j]), reach, free);
            free = TLanes.XorBoth(free, near, TLanes.Subtract(zero, near));
            TLanes.Store(TLanes.NonZero(near), kept);
            kept += TLanes.Size;
            reach = TLanes.Subtract(TLanes.Add(reach, reach), TLanes.GreaterThan(window, column));
            column = TLanes.Add(column, one);
        }
        TLanes.Store(TLanes.Xor(TLanes.Load(start + Strips.MaskRow), free), matched);
        TRegister same = zero;
        for (int j = 0; j < Math.Min(length, JaroWinklerKernel.MaxPrefix); j++)
        {
            same = TLanes.OrBoth(same, TLanes.Load(start + rows[j]), TLanes.Broadcast(1UL << j));
        }
        TLanes.Store(same, agreeing);
    }

    /// <summary>Every matched unit of the text takes the next matched unit of the value; those that are equal are in order.</summary>
    /// <param name="part">The values and the text.</param>
    /// <param name="kept">What <see cref="FindMatches"/> kept.</param>
    /// <param name="matched">The units of each value that found a partner.</param>
    /// <param name="halfTranspositions">Receives for every lane how many are not in order.</param>
    public static void CompareOrder<TLanes, TRegister>(ref readonly StripPart part, byte* kept, byte* matched, int* halfTranspositions)
        where TLanes : ILanes<TRegister>
        where TRegister : struct
    {
        byte* start = part.Start;
        nint* rows = part.Rows;
        int length = part.TextLength;
        TRegister left = TLanes.Load(matched);
        TRegister inOrder = TLanes.Broadcast(0);
        for (int j = 0; j < length; j++)
        {
            // A lane of all ones is -1: left & (left - 1) drops the lowest bit; a lane of 0 drops none.
            TRegister rest = TLanes.Add(left, TLanes.Load(kept));
            kept += TLanes.Size;
            inOrder = TLanes.Or(inOrder, TLanes.BothExcept(TLanes.Load(start + rows[j]), left, rest));
            left = TLanes.And(left, rest);
        }
        TRegister matches = TLanes.PopCount(TLanes.Load(matched));
        TLanes.StoreAsInts(TLanes.Subtract(matches, TLanes.PopCount(inOrder)), halfTranspositions);
    }

    /// <summary>Counts matches and common beginnings.</summary>
    /// <param name="matched">The units of each value that found a partner.</param>
    /// <param name="agreeing">The units among the first four of each value that the text has in the same place.</param>
    /// <param name="matches">Receives the matches of every lane.</param>
    /// <param name="prefixes">Receives the length of the common beginning of every lane, at most 4.</param>
    public static void Count<TLanes, TRegister>(byte* matched, byte* agreeing, int* matches, int* prefixes)
        where TLanes : ILanes<TRegister>
        where TRegister : struct
    {
        TLanes.StoreAsInts(TLanes.PopCount(TLanes.Load(matched)), matches);
        // The bits below the lowest zero are the units that agree from the first on.
        TRegister same = TLanes.Load(agreeing);
        TLanes.StoreAsInts(TLanes.PopCount(TLanes.AndNot(same, TLanes.Add(same, TLanes.Broadcast(1)))), prefixes);
    }
}
