using System.Runtime.CompilerServices;

namespace IdentityResolution.Similarity.Kernels;

/// <summary>One text against prepared values, a lane for each: the bit-parallel kernels with the values as patterns.</summary>
/// <remarks>
/// A strip holds the match masks of its values for every unit that occurs, so a step is a load and a handful of operations, and every lane
/// takes as many steps as the text has units. Two registers go side by side, since each step of one waits for the one before.
/// Only whole numbers leave the lanes. Sources as in <see cref="LevenshteinKernel"/>, <see cref="OsaKernel"/> and <see cref="LcsKernel"/>.
/// </remarks>
internal static unsafe class StripKernel
{
    /// <summary>The Levenshtein distances of both registers' values.</summary>
    /// <param name="pair">The strips and the text.</param>
    /// <param name="most">A greater distance is given as this.</param>
    /// <param name="distances">Receives the first register's distances, then the second's.</param>
    public static void Levenshtein<TLanes, TRegister>(in StripPair pair, int most, int* distances)
        where TLanes : ILanes<TRegister>
        where TRegister : struct
    {
        byte* first = pair.First;
        byte* second = pair.Second;
        int* rows = pair.Rows;
        TRegister one = TLanes.Broadcast(1);
        TRegister rises = TLanes.Broadcast(ulong.MaxValue);
        TRegister rises2 = rises;
        TRegister falls = default;
        TRegister falls2 = default;
        for (int j = 0; j < pair.TextLength; j++)
        {
            TRegister match = TLanes.Load(first + rows[j]);
            TRegister match2 = TLanes.Load(second + rows[j]);
            TRegister diagonal = Diagonal<TLanes, TRegister>(match, rises, falls);
            TRegister diagonal2 = Diagonal<TLanes, TRegister>(match2, rises2, falls2);
            Advance<TLanes, TRegister>(diagonal, one, ref rises, ref falls);
            Advance<TLanes, TRegister>(diagonal2, one, ref rises2, ref falls2);
        }
        StoreDistances<TLanes, TRegister>(first, pair.TextLength, most, rises, falls, distances);
        StoreDistances<TLanes, TRegister>(second, pair.TextLength, most, rises2, falls2, distances + TLanes.Count);
    }

    /// <summary>The distances of optimal string alignment.</summary>
    /// <inheritdoc cref="Levenshtein{TLanes, TRegister}(in StripPair, int, int*)"/>
    public static void Alignment<TLanes, TRegister>(in StripPair pair, int most, int* distances)
        where TLanes : ILanes<TRegister>
        where TRegister : struct
    {
        byte* first = pair.First;
        byte* second = pair.Second;
        int* rows = pair.Rows;
        TRegister one = TLanes.Broadcast(1);
        TRegister rises = TLanes.Broadcast(ulong.MaxValue);
        TRegister rises2 = rises;
        TRegister falls = default;
        TRegister falls2 = default;
        TRegister diagonal = default;
        TRegister diagonal2 = default;
        TRegister before = default;
        TRegister before2 = default;
        for (int j = 0; j < pair.TextLength; j++)
        {
            TRegister match = TLanes.Load(first + rows[j]);
            TRegister match2 = TLanes.Load(second + rows[j]);
            TRegister swap = Swap<TLanes, TRegister>(match, before, diagonal);
            TRegister swap2 = Swap<TLanes, TRegister>(match2, before2, diagonal2);
            diagonal = TLanes.Or(Diagonal<TLanes, TRegister>(match, rises, falls), swap);
            diagonal2 = TLanes.Or(Diagonal<TLanes, TRegister>(match2, rises2, falls2), swap2);
            Advance<TLanes, TRegister>(diagonal, one, ref rises, ref falls);
            Advance<TLanes, TRegister>(diagonal2, one, ref rises2, ref falls2);
            before = match;
            before2 = match2;
        }
        StoreDistances<TLanes, TRegister>(first, pair.TextLength, most, rises, falls, distances);
        StoreDistances<TLanes, TRegister>(second, pair.TextLength, most, rises2, falls2, distances + TLanes.Count);
    }

    /// <summary>The indel distances.</summary>
    /// <inheritdoc cref="Levenshtein{TLanes, TRegister}(in StripPair, int, int*)"/>
    public static void Indel<TLanes, TRegister>(in StripPair pair, int most, int* distances)
        where TLanes : ILanes<TRegister>
        where TRegister : struct
    {
        byte* first = pair.First;
        byte* second = pair.Second;
        int* rows = pair.Rows;
        TRegister open = TLanes.Broadcast(ulong.MaxValue);
        TRegister open2 = open;
        for (int j = 0; j < pair.TextLength; j++)
        {
            TRegister match = TLanes.Load(first + rows[j]);
            TRegister match2 = TLanes.Load(second + rows[j]);
            open = TLanes.Or(TLanes.Add(open, TLanes.And(open, match)), TLanes.And(open, TLanes.Not(match)));
            open2 = TLanes.Or(TLanes.Add(open2, TLanes.And(open2, match2)), TLanes.And(open2, TLanes.Not(match2)));
        }
        StoreIndels<TLanes, TRegister>(first, pair.TextLength, most, open, distances);
        StoreIndels<TLanes, TRegister>(second, pair.TextLength, most, open2, distances + TLanes.Count);
    }

    /// <summary>The cells of a column whose value is that of the cell up-left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TRegister Diagonal<TLanes, TRegister>(TRegister match, TRegister rises, TRegister falls)
        where TLanes : ILanes<TRegister>
        where TRegister : struct =>
        TLanes.Or(TLanes.Xor(TLanes.Add(TLanes.And(match, rises), rises), rises), TLanes.Or(match, falls));

    /// <summary>The cells that a swap of the last two units reaches.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TRegister Swap<TLanes, TRegister>(TRegister match, TRegister before, TRegister diagonal)
        where TLanes : ILanes<TRegister>
        where TRegister : struct
    {
        TRegister open = TLanes.And(match, TLanes.Not(diagonal));
        return TLanes.And(TLanes.Add(open, open), before);
    }

    /// <summary>Where the next column rises and falls.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Advance<TLanes, TRegister>(TRegister diagonal, TRegister one, ref TRegister rises, ref TRegister falls)
        where TLanes : ILanes<TRegister>
        where TRegister : struct
    {
        TRegister up = TLanes.Or(falls, TLanes.Not(TLanes.Or(diagonal, rises)));
        TRegister down = TLanes.And(diagonal, rises);
        up = TLanes.Or(TLanes.Add(up, up), one);
        rises = TLanes.Or(TLanes.Add(down, down), TLanes.Not(TLanes.Or(diagonal, up)));
        falls = TLanes.And(up, diagonal);
    }

    /// <summary>The last cell of the last column: its top is the text's length, and it rises and falls by the bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreDistances<TLanes, TRegister>(
        byte* strip, int textLength, int most, TRegister rises, TRegister falls, int* distances)
        where TLanes : ILanes<TRegister>
        where TRegister : struct
    {
        TRegister mask = TLanes.Load(strip + Strips.MaskRow);
        TRegister up = TLanes.PopCount(TLanes.And(rises, mask));
        TRegister down = TLanes.PopCount(TLanes.And(falls, mask));
        TRegister distance = TLanes.Subtract(TLanes.Add(TLanes.Broadcast((ulong)textLength), up), down);
        TLanes.StoreAsInts(TLanes.Min(distance, TLanes.Broadcast((ulong)most)), distances);
    }

    /// <summary>Both lengths less twice what is in common: the mask's bits that are closed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreIndels<TLanes, TRegister>(byte* strip, int textLength, int most, TRegister open, int* distances)
        where TLanes : ILanes<TRegister>
        where TRegister : struct
    {
        TRegister common = TLanes.PopCount(TLanes.And(TLanes.Load(strip + Strips.MaskRow), TLanes.Not(open)));
        TRegister both = TLanes.Add(TLanes.Broadcast((ulong)textLength), TLanes.Load(strip + Strips.LengthRow));
        TRegister distance = TLanes.Subtract(both, TLanes.Add(common, common));
        TLanes.StoreAsInts(TLanes.Min(distance, TLanes.Broadcast((ulong)most)), distances);
    }
}
