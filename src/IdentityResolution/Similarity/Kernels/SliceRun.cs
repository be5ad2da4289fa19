using System.Runtime.CompilerServices;

namespace IdentityResolution.Similarity.Kernels;

/// <summary>Takes one text through the groups of slices for the indel distance without a cut-off.</summary>
/// <remarks>
/// The step of <see cref="LcsKernel"/> bit by bit: a place is open until it is matched, an open place that matches is closed and carries, and a
/// carry opens the next closed place, or passes an open one that does not match. So a unit of the text and a place take two operations of three
/// bits each, for all values of a group at once, and no addition. What is carried past the last place is how much the common subsequence grows.
/// Texts are taken from their end on, where the values stand flush, so that an ending that all share is left out of both.
/// Source as in <see cref="LcsKernel"/>, its addition written out as a chain of full adders.
/// </remarks>
/// <param name="slices">The values.</param>
/// <param name="rows">For each unit of the text, where its row stands in a strip. Bytes.</param>
/// <param name="textLength">How many units the text has, 1 to 64.</param>
/// <param name="ending">The text's ending.</param>
/// <param name="distances">Receives a distance for each value that is in slices.</param>
internal readonly unsafe ref struct SliceRun<TLanes, TRegister>(
    Slices slices, nint* rows, int textLength, in Ending ending, Span<int> distances)
    where TLanes : ILanes<TRegister>
    where TRegister : struct
{
    private readonly Span<int> _distances = distances;
    private readonly Ending _ending = ending;

    /// <summary>Compares with all values.</summary>
    [SkipLocalsInit]
    public void Run()
    {
        // A row of a strip is as long as one of a band, or twice as long. One more row, which matches nothing, makes the number of units even.
        nint* bandRows = stackalloc nint[Strips.MaxLength + 1];
        for (int i = 0; i < textLength; i++)
        {
            bandRows[i] = (rows[textLength - 1 - i] - Strips.AbsentRow) / (Strips.RowBytes / (Slices.BandPlaces * TLanes.Size));
        }
        bandRows[textLength] = 0;
        byte* memory = stackalloc byte[((Strips.MaxLength + SliceCounts.Planes) * TLanes.Size) + Strips.CacheLine];
        byte* carries = Strips.Align(memory);
        byte* counts = carries + (Strips.MaxLength * TLanes.Size);
        for (int i = 0; i < slices.Groups.Length; i++)
        {
            ref readonly Slices.Group group = ref slices.Groups[i];
            int skipped = slices.Endings[i].SharedWith(in _ending) / Slices.BandPlaces;
            int shared = skipped * Slices.BandPlaces;
            int length = textLength - shared;
            Clear(carries, (length + SliceCounts.Planes - 1) / SliceCounts.Planes * SliceCounts.Planes);
            byte* band = slices.BandsOf(in group) + (skipped * slices.BandBytes);
            for (int bands = group.Bands - skipped; bands > 0; bands--)
            {
                CloseBand(band, bandRows + shared, bandRows + textLength, carries);
                band += slices.BandBytes;
            }
            SliceCounts.Count<TLanes, TRegister>(carries, length, counts);
            // Both lengths less twice what is in common: the shared ending, and what was carried.
            Store(slices.LengthsOf(in group), textLength - (2 * shared), counts, _distances[group.FirstSlot..group.EndSlot]);
        }
    }

    private static void Clear(byte* carries, int count)
    {
        TRegister none = TLanes.Broadcast(0);
        for (int i = 0; i < count; i++)
        {
            TLanes.Store(none, carries + (i * TLanes.Size));
        }
    }

    /// <summary>Takes the text through four places, two units side by side.</summary>
    /// <param name="band">The band.</param>
    /// <param name="row">Where the rows of the units stand in a band. Bytes.</param>
    /// <param name="end">Their end.</param>
    /// <param name="carries">For each unit, what is carried from the band before; receives what is carried on.</param>
    [SkipLocalsInit]
    private static void CloseBand(byte* band, nint* row, nint* end, byte* carries)
    {
        TRegister first = TLanes.Broadcast(ulong.MaxValue);
        TRegister second = first;
        TRegister third = first;
        TRegister fourth = first;
        for (; row < end; row += 2)
        {
            byte* match = band + row[0];
            byte* nextMatch = band + row[1];
            TRegister carry = TLanes.Load(carries);
            TRegister nextCarry = TLanes.Load(carries + TLanes.Size);
            Close(ref first, ref carry, match);
            Close(ref first, ref nextCarry, nextMatch);
            Close(ref second, ref carry, match + TLanes.Size);
            Close(ref second, ref nextCarry, nextMatch + TLanes.Size);
            Close(ref third, ref carry, match + (2 * TLanes.Size));
            Close(ref third, ref nextCarry, nextMatch + (2 * TLanes.Size));
            Close(ref fourth, ref carry, match + (3 * TLanes.Size));
            Close(ref fourth, ref nextCarry, nextMatch + (3 * TLanes.Size));
            TLanes.Store(carry, carries);
            TLanes.Store(nextCarry, carries + TLanes.Size);
            carries += 2 * TLanes.Size;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Close(ref TRegister open, ref TRegister carry, byte* match)
    {
        TRegister matched = TLanes.Load(match);
        TRegister before = open;
        open = TLanes.OrExcept(carry, before, matched);
        carry = TLanes.AndEither(before, matched, carry);
    }

    [SkipLocalsInit]
    private static void Store(byte* lengths, int textLength, byte* counts, Span<int> distances)
    {
        int* spare = stackalloc int[TLanes.Count];
        TRegister text = TLanes.Broadcast((ulong)textLength);
        fixed (int* start = distances)
        {
            for (int slot = 0; slot < distances.Length; slot += TLanes.Count)
            {
                TRegister common = TLanes.Load(counts + slot);
                TRegister both = TLanes.Add(text, TLanes.Load(lengths + slot));
                int count = Math.Min(TLanes.Count, distances.Length - slot);
                TLanes.StoreAsInts(TLanes.Subtract(both, TLanes.Add(common, common)), count == TLanes.Count ? start + slot : spare);
                if (count < TLanes.Count)
                {
                    new ReadOnlySpan<int>(spare, count).CopyTo(distances[slot..]);
                }
            }
        }
    }
}
