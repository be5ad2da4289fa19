using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace IdentityResolution.Similarity.Kernels;

/// <summary>Takes one text through all strips, or what slices leave of them, some registers at a time.</summary>
internal readonly unsafe ref struct StripRun<TMeasure, TResult>(
    Strips strips, Slices? slices, TMeasure measure, nint* rows, int textLength, Ending ending, ulong signature, Span<TResult> results)
    where TMeasure : struct, IManyMeasure<TResult>
    where TResult : unmanaged
{
    private readonly Span<TResult> _results = results;

    /// <summary>Compares with all values.</summary>
    /// <param name="path">In registers of which size: four of 512 bits side by side, or two of 256 bits.</param>
    public void Run(LanePath path)
    {
        if (path == LanePath.Registers512)
        {
            Run<FourLanes<Lanes512<byte>, Vector512<byte>>, Four<Vector512<byte>>>(0);
            Run<FourLanes<Lanes512<ushort>, Vector512<ushort>>, Four<Vector512<ushort>>>(1);
            Run<FourLanes<Lanes512<uint>, Vector512<uint>>, Four<Vector512<uint>>>(2);
            Run<FourLanes<Lanes512<ulong>, Vector512<ulong>>, Four<Vector512<ulong>>>(3);
        }
        else
        {
            Run<TwoLanes<Lanes256<byte>, Vector256<byte>>, Two<Vector256<byte>>>(0);
            Run<TwoLanes<Lanes256<ushort>, Vector256<ushort>>, Two<Vector256<ushort>>>(1);
            Run<TwoLanes<Lanes256<uint>, Vector256<uint>>, Two<Vector256<uint>>>(2);
            Run<TwoLanes<Lanes256<ulong>, Vector256<ulong>>, Two<Vector256<ulong>>>(3);
        }
    }

    [SkipLocalsInit]
    private void Run<TLanes, TRegister>(int widthIndex)
        where TLanes : ILanes<TRegister>
        where TRegister : struct
    {
        Strips.Width width = strips.Widths[widthIndex];
        int endSlot = slices is null ? width.EndSlot : slices.FirstSlot(widthIndex);
        if (width.FirstSlot == endSlot)
        {
            return;
        }
        TResult* spare = stackalloc TResult[Strips.MaxLanes];
        byte* shifted = stackalloc byte[Strips.RowBytes];
        byte* start = strips.At(width.Offset);
        int column = 0;
        int shared = 0;
        int strip = width.FirstStrip;
        fixed (TResult* firstResult = _results)
        {
            for (int slot = width.FirstSlot; slot < endSlot; slot += TLanes.Count)
            {
                shared = column == 0 ? strips.Endings[strip].SharedWith(in ending) : shared;
                int count = Math.Min(TLanes.Count, endSlot - slot);
                if (measure.TryRejectAll(strips, slot, slot + count, signature, textLength, out TResult rejected))
                {
                    new Span<TResult>(firstResult + slot, count).Fill(rejected);
                }
                else
                {
                    byte* mask = start + column + Strips.MaskRow;
                    if (shared > 0)
                    {
                        TLanes.Store(TLanes.ShiftRight(TLanes.Load(mask), shared), shifted);
                        mask = shifted;
                    }
                    var part = new StripPart(start + column, rows, textLength, shared, mask, strips.Lengths.Slice(slot, count), strips.StripBytes);
                    measure.CompareStrip<TLanes, TRegister>(in part, count == TLanes.Count ? firstResult + slot : spare);
                    if (count < TLanes.Count)
                    {
                        new ReadOnlySpan<TResult>(spare, count).CopyTo(_results[slot..]);
                    }
                }
                column += TLanes.Size;
                if (column == Strips.RowBytes)
                {
                    column = 0;
                    strip++;
                    start += strips.StripBytes;
                }
            }
        }
    }
}
