using System.Runtime.CompilerServices;

namespace IdentityResolution.Similarity.Kernels;

/// <summary>Takes one text through all strips, two registers at a time.</summary>
internal readonly unsafe ref struct StripRun<TMeasure, TResult>(
    Strips strips, TMeasure measure, int* rows, int textLength, ulong signature, Span<TResult> results)
    where TMeasure : struct, IManyMeasure<TResult>
    where TResult : unmanaged
{
    /// <summary>The most values that two registers hold.</summary>
    private const int MaxLanes = 2 * Strips.RowBytes;

    private readonly Span<TResult> _results = results;

    /// <summary>Compares with all values.</summary>
    /// <param name="path">In registers of which size.</param>
    public void Run(LanePath path)
    {
        if (path == LanePath.Registers512)
        {
            Run<Lanes512<byte>, System.Runtime.Intrinsics.Vector512<byte>>(0);
            Run<Lanes512<ushort>, System.Runtime.Intrinsics.Vector512<ushort>>(1);
            Run<Lanes512<uint>, System.Runtime.Intrinsics.Vector512<uint>>(2);
            Run<Lanes512<ulong>, System.Runtime.Intrinsics.Vector512<ulong>>(3);
        }
        else
        {
            Run<Lanes256<byte>, System.Runtime.Intrinsics.Vector256<byte>>(0);
            Run<Lanes256<ushort>, System.Runtime.Intrinsics.Vector256<ushort>>(1);
            Run<Lanes256<uint>, System.Runtime.Intrinsics.Vector256<uint>>(2);
            Run<Lanes256<ulong>, System.Runtime.Intrinsics.Vector256<ulong>>(3);
        }
    }

    [SkipLocalsInit]
    private void Run<TLanes, TRegister>(int widthIndex)
        where TLanes : ILanes<TRegister>
        where TRegister : struct
    {
        TResult* spare = stackalloc TResult[MaxLanes];
        Strips.Width width = strips.Widths[widthIndex];
        int step = 2 * TLanes.Count;
        byte* strip = strips.At(width.Offset);
        fixed (TResult* results = _results)
        {
            for (int slot = width.FirstSlot; slot < width.EndSlot; slot += step)
            {
                int count = Math.Min(step, width.EndSlot - slot);
                if (!measure.TryRejectAll(strips, slot, slot + count, signature, textLength, out TResult rejected))
                {
                    // With half registers the second half of the strip; with whole ones the next strip, or once more this one at the end.
                    byte* second = TLanes.Size < Strips.RowBytes ? strip + TLanes.Size : count > TLanes.Count ? strip + strips.StripBytes : strip;
                    var pair = new StripPair(
                        strip, second, rows, textLength, strips.Lengths[slot], strips.Lengths[slot + count - 1], slot, strips);
                    TResult* destination = count == step ? results + slot : spare;
                    measure.CompareStrips<TLanes, TRegister>(in pair, destination, count);
                    if (count < step)
                    {
                        new ReadOnlySpan<TResult>(spare, count).CopyTo(_results[slot..]);
                    }
                }
                else
                {
                    _results.Slice(slot, count).Fill(rejected);
                }
                strip += TLanes.Size < Strips.RowBytes ? strips.StripBytes : 2 * (nint)strips.StripBytes;
            }
        }
    }
}
