using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace IdentityResolution.Similarity.Kernels;

/// <summary>Takes one text through all strips for the indel distance without a cut-off, in registers of 512 bits.</summary>
/// <remarks>
/// Its steps are so short that two strips go side by side, and that what is done once for a strip counts. Source as in <see cref="LcsKernel"/>.
/// The text's last units that a strip's values all end in are left out: they add their number to every common subsequence.
/// </remarks>
/// <param name="strips">The values.</param>
/// <param name="rows">For each unit of the text, where its row stands in a strip. Bytes.</param>
/// <param name="textLength">How many units the text has, 1 to 64.</param>
/// <param name="ending">The text's ending.</param>
/// <param name="distances">Receives a distance for each value.</param>
internal readonly unsafe ref struct SubsequenceRun(Strips strips, nint* rows, int textLength, in Ending ending, Span<int> distances)
{
    private const int HalfRow = Strips.RowBytes / 2;

    private readonly Span<int> _distances = distances;
    private readonly Ending _ending = ending;

    /// <summary>Compares with all values.</summary>
    public void Run()
    {
        Run<byte>(0);
        Run<ushort>(1);
        Run<uint>(2);
        Run<ulong>(3);
    }

    [SkipLocalsInit]
    private void Run<T>(int widthIndex)
        where T : unmanaged
    {
        Strips.Width width = strips.Widths[widthIndex];
        if (width.FirstSlot == width.EndSlot)
        {
            return;
        }
        int lanes = Strips.RowBytes / sizeof(T);
        int* spare = stackalloc int[Strips.MaxLanes];
        nint stripBytes = strips.StripBytes;
        byte* start = strips.At(width.Offset);
        int strip = width.FirstStrip;
        int slot = width.FirstSlot;
        fixed (int* results = _distances)
        {
            for (; slot + (2 * lanes) <= width.EndSlot; slot += 2 * lanes)
            {
                int shared = Math.Min(strips.Endings[strip].SharedWith(in _ending), strips.Endings[strip + 1].SharedWith(in _ending));
                int longest = Math.Max(strips.Lengths[slot + lanes - 1], strips.Lengths[slot + (2 * lanes) - 1]);
                CompareTwo<T>(start, stripBytes, shared, longest, results + slot);
                start += 2 * stripBytes;
                strip += 2;
            }
            for (; slot < width.EndSlot; slot += lanes)
            {
                int count = Math.Min(lanes, width.EndSlot - slot);
                int shared = strips.Endings[strip++].SharedWith(in _ending);
                CompareOne<T>(start, shared, strips.Lengths[slot + count - 1], count == lanes ? results + slot : spare);
                start += stripBytes;
                if (count < lanes)
                {
                    new ReadOnlySpan<int>(spare, count).CopyTo(_distances[slot..]);
                }
            }
        }
    }

    [SkipLocalsInit]
    private void CompareTwo<T>(byte* start, nint stripBytes, int shared, int longest, int* results)
        where T : unmanaged
    {
        byte* other = start + stripBytes;
        var first = TwoLanes<Lanes512<T>, Vector512<T>>.Broadcast(ulong.MaxValue);
        Two<Vector512<T>> second = first;
        Two<Vector512<T>> third = first;
        Two<Vector512<T>> fourth = first;
        nint* end = rows + (textLength - shared);
        for (nint* row = rows; row < end; row++)
        {
            byte* match = start + *row;
            byte* otherMatch = other + *row;
            first = Close(first, match);
            second = Close(second, match + HalfRow);
            third = Close(third, otherMatch);
            fourth = Close(fourth, otherMatch + HalfRow);
        }
        // Twice the shared ending is in common besides the closed bits.
        int length = textLength - (2 * shared);
        int half = Strips.MaxLanes / sizeof(T) / 2;
        if (longest - shared <= Lanes512<T>.LowBits)
        {
            StoreLow(start, length, shared, first, results);
            StoreLow(start + HalfRow, length, shared, second, results + half);
            StoreLow(other, length, shared, third, results + (2 * half));
            StoreLow(other + HalfRow, length, shared, fourth, results + (3 * half));
            return;
        }
        StoreAll(start, length, shared, first, results);
        StoreAll(start + HalfRow, length, shared, second, results + half);
        StoreAll(other, length, shared, third, results + (2 * half));
        StoreAll(other + HalfRow, length, shared, fourth, results + (3 * half));
    }

    [SkipLocalsInit]
    private void CompareOne<T>(byte* start, int shared, int longest, int* results)
        where T : unmanaged
    {
        var first = TwoLanes<Lanes512<T>, Vector512<T>>.Broadcast(ulong.MaxValue);
        Two<Vector512<T>> second = first;
        nint* end = rows + (textLength - shared);
        for (nint* row = rows; row < end; row++)
        {
            first = Close(first, start + *row);
            second = Close(second, start + *row + HalfRow);
        }
        // Twice the shared ending is in common besides the closed bits.
        int length = textLength - (2 * shared);
        int half = Strips.MaxLanes / sizeof(T) / 2;
        if (longest - shared <= Lanes512<T>.LowBits)
        {
            StoreLow(start, length, shared, first, results);
            StoreLow(start + HalfRow, length, shared, second, results + half);
            return;
        }
        StoreAll(start, length, shared, first, results);
        StoreAll(start + HalfRow, length, shared, second, results + half);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Two<Vector512<T>> Close<T>(Two<Vector512<T>> open, byte* match)
        where T : unmanaged =>
        TwoLanes<Lanes512<T>, Vector512<T>>.CloseMatched(open, TwoLanes<Lanes512<T>, Vector512<T>>.Load(match));

    /// <summary>Counts where no value passes the bits that are counted fastest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreLow<T>(byte* column, int length, int shared, Two<Vector512<T>> open, int* results)
        where T : unmanaged
    {
        Store(column, length, Lanes512<T>.PopCountLow(Closed(column, shared, open.First)), results);
        column += Lanes512<T>.Size;
        Store(column, length, Lanes512<T>.PopCountLow(Closed(column, shared, open.Second)), results + Lanes512<T>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreAll<T>(byte* column, int length, int shared, Two<Vector512<T>> open, int* results)
        where T : unmanaged
    {
        Store(column, length, Lanes512<T>.PopCount(Closed(column, shared, open.First)), results);
        column += Lanes512<T>.Size;
        Store(column, length, Lanes512<T>.PopCount(Closed(column, shared, open.Second)), results + Lanes512<T>.Count);
    }

    /// <summary>The closed bits of the values before the shared ending.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Closed<T>(byte* column, int shared, Vector512<T> open)
        where T : unmanaged =>
        Lanes512<T>.AndNot(Lanes512<T>.ShiftRight(Lanes512<T>.Load(column + Strips.MaskRow), shared), open);

    /// <summary>Both lengths less twice what is in common.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(byte* column, int length, Vector512<T> common, int* results)
        where T : unmanaged
    {
        Vector512<T> both = Lanes512<T>.Broadcast((ulong)length) + Lanes512<T>.Load(column + Strips.LengthRow);
        Lanes512<T>.StoreAsInts(both - common - common, results);
    }
}
