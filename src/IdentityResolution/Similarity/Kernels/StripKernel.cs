using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace IdentityResolution.Similarity.Kernels;

/// <summary>One text against prepared values, a lane for each: the bit-parallel kernels with the values as patterns.</summary>
/// <remarks>
/// A strip holds the match masks of its values for every unit that occurs, so a step is a load and a handful of operations, and every lane
/// takes as many steps as the text has units. Only whole numbers leave the lanes.
/// Sources as in <see cref="LevenshteinKernel"/>, <see cref="OsaKernel"/> and <see cref="LcsKernel"/>.
/// </remarks>
internal static unsafe class StripKernel
{
    /// <summary>The Levenshtein distances of a text and values.</summary>
    /// <param name="part">The values and the text.</param>
    /// <param name="most">A greater distance is given as this.</param>
    /// <param name="distances">Receives a distance for every lane.</param>
    public static void Levenshtein<TLanes, TRegister>(ref readonly StripPart part, int most, int* distances)
        where TLanes : ILanes<TRegister>
        where TRegister : struct
    {
        byte* start = part.Start;
        nint* rows = part.Rows;
        int length = part.TextLength - part.Shared;
        TRegister one = TLanes.Broadcast(1);
        TRegister rises = TLanes.Broadcast(ulong.MaxValue);
        TRegister falls = TLanes.Broadcast(0);
        for (int j = 0; j < length; j++)
        {
            TRegister match = TLanes.Load(start + rows[j]);
            TRegister diagonal = Diagonal<TLanes, TRegister>(match, rises, falls);
            TRegister up = TLanes.OrNeither(falls, diagonal, rises);
            TRegister down = TLanes.And(diagonal, rises);
            up = TLanes.Or(TLanes.Add(up, up), one);
            rises = TLanes.OrNeither(TLanes.Add(down, down), diagonal, up);
            falls = TLanes.And(up, diagonal);
        }
        StoreDistances<TLanes, TRegister>(in part, most, rises, falls, distances);
    }

    /// <summary>The distances of optimal string alignment.</summary>
    /// <inheritdoc cref="Levenshtein{TLanes, TRegister}(ref readonly StripPart, int, int*)"/>
    public static void Alignment<TLanes, TRegister>(ref readonly StripPart part, int most, int* distances)
        where TLanes : ILanes<TRegister>
        where TRegister : struct
    {
        byte* start = part.Start;
        nint* rows = part.Rows;
        int length = part.TextLength - part.Shared;
        TRegister one = TLanes.Broadcast(1);
        TRegister rises = TLanes.Broadcast(ulong.MaxValue);
        TRegister falls = TLanes.Broadcast(0);
        TRegister diagonal = falls;
        TRegister before = falls;
        for (int j = 0; j < length; j++)
        {
            TRegister match = TLanes.Load(start + rows[j]);
            TRegister open = TLanes.AndNot(match, diagonal);
            diagonal = TLanes.OrBoth(Diagonal<TLanes, TRegister>(match, rises, falls), TLanes.Add(open, open), before);
            TRegister up = TLanes.OrNeither(falls, diagonal, rises);
            TRegister down = TLanes.And(diagonal, rises);
            up = TLanes.Or(TLanes.Add(up, up), one);
            rises = TLanes.OrNeither(TLanes.Add(down, down), diagonal, up);
            falls = TLanes.And(up, diagonal);
            before = match;
        }
        StoreDistances<TLanes, TRegister>(in part, most, rises, falls, distances);
    }

    /// <summary>The indel distances.</summary>
    /// <inheritdoc cref="Levenshtein{TLanes, TRegister}(ref readonly StripPart, int, int*)"/>
    public static void Indel<TLanes, TRegister>(ref readonly StripPart part, int most, int* distances)
        where TLanes : ILanes<TRegister>
        where TRegister : struct
    {
        if (part.Shared > 0)
        {
            IndelBeforeEnding<TLanes, TRegister>(in part, most, distances);
            return;
        }
        byte* start = part.Start;
        nint* rows = part.Rows;
        int length = part.TextLength;
        byte* next = start + part.ToNext;
        TRegister open = TLanes.Broadcast(ulong.MaxValue);
        for (int j = 0; j < length; j++)
        {
            Prefetch<TLanes, TRegister>(next + rows[j]);
            open = TLanes.CloseMatched(open, TLanes.Load(start + rows[j]));
        }
        // Both lengths less twice what is in common: the bits that are closed, so those of a lane less the open ones.
        // Bits above a value match nothing and stay open.
        int bits = TLanes.Size * 8 / TLanes.Count;
        TRegister left = TLanes.PopCount(open);
        TRegister both = TLanes.Add(TLanes.Broadcast((ulong)(length - (2 * bits))), TLanes.Load(start + Strips.LengthRow));
        TRegister distance = TLanes.Add(both, TLanes.Add(left, left));
        TLanes.StoreAsInts(TLanes.Min(distance, TLanes.Broadcast((ulong)most)), distances);
    }

    /// <summary>The indel distances where all values end as the text does.</summary>
    /// <inheritdoc cref="Levenshtein{TLanes, TRegister}(ref readonly StripPart, int, int*)"/>
    private static void IndelBeforeEnding<TLanes, TRegister>(ref readonly StripPart part, int most, int* distances)
        where TLanes : ILanes<TRegister>
        where TRegister : struct
    {
        byte* start = part.Start;
        nint* rows = part.Rows;
        int length = part.TextLength - part.Shared;
        byte* next = start + part.ToNext;
        TRegister open = TLanes.Broadcast(ulong.MaxValue);
        for (int j = 0; j < length; j++)
        {
            Prefetch<TLanes, TRegister>(next + rows[j]);
            open = TLanes.CloseMatched(open, TLanes.Load(start + rows[j]));
        }
        // Both lengths less twice what is in common: the shared ending, and the bits closed before it.
        TRegister common = TLanes.PopCount(TLanes.AndNot(TLanes.Load(part.Mask), open));
        TRegister both = TLanes.Add(TLanes.Broadcast((ulong)(length - part.Shared)), TLanes.Load(start + Strips.LengthRow));
        TRegister distance = TLanes.Subtract(both, TLanes.Add(common, common));
        TLanes.StoreAsInts(TLanes.Min(distance, TLanes.Broadcast((ulong)most)), distances);
    }

    /// <summary>Asks for a row of the next strip where a strip is one part, so that it waits in the first-level cache.</summary>
    /// <remarks>Reads nothing, so behind the last strip any address will do. With registers of 256 bits it costs more than it brings.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch<TLanes, TRegister>(byte* row)
        where TLanes : ILanes<TRegister>
        where TRegister : struct
    {
        for (int line = 0; TLanes.Size == Strips.RowBytes && line < Strips.RowBytes; line += Strips.CacheLine)
        {
            Sse.Prefetch0(row + line);
        }
    }

    /// <summary>The cells of a column whose value is that of the cell up-left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TRegister Diagonal<TLanes, TRegister>(TRegister match, TRegister rises, TRegister falls)
        where TLanes : ILanes<TRegister>
        where TRegister : struct =>
        TLanes.OrEither(TLanes.Or(match, falls), TLanes.Add(TLanes.And(match, rises), rises), rises);

    /// <summary>The last cell of the last column before the shared ending: its top is the text's length up to there, and it rises and falls by the bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreDistances<TLanes, TRegister>(
        ref readonly StripPart part, int most, TRegister rises, TRegister falls, int* distances)
        where TLanes : ILanes<TRegister>
        where TRegister : struct
    {
        TRegister mask = TLanes.Load(part.Mask);
        TRegister up = TLanes.PopCount(TLanes.And(rises, mask));
        TRegister down = TLanes.PopCount(TLanes.And(falls, mask));
        TRegister distance = TLanes.Subtract(TLanes.Add(TLanes.Broadcast((ulong)(part.TextLength - part.Shared)), up), down);
        TLanes.StoreAsInts(TLanes.Min(distance, TLanes.Broadcast((ulong)most)), distances);
    }
}
