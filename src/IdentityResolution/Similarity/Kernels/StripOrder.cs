using System.Runtime.CompilerServices;

namespace IdentityResolution.Similarity.Kernels;

/// <summary>Puts values that share an ending side by side, so that whole strips share it, and leaves all else in order.</summary>
/// <remarks>
/// An ending counts where a quarter of the values have it and they fill two strips; within those the next longer one may count again.
/// Fewer would bring little, since few texts end so, and lengths that differ more within a strip make cut-offs reject less.
/// </remarks>
/// <param name="endings">The values' endings.</param>
internal readonly ref struct StripOrder(ReadOnlySpan<Ending> endings)
{
    private const int MostGroups = 4;
    private const int LeastStrips = 2;

    private readonly ReadOnlySpan<Ending> _endings = endings;

    /// <summary>Arranges the values of one width of lanes.</summary>
    /// <param name="order">The values in order: the number to sort by in the upper half, the place of the ending in the lower.</param>
    /// <param name="lanes">How many values a strip holds. Within each strip the order stays ascending.</param>
    public void Arrange(Span<long> order, int lanes)
    {
        int least = Math.Max((order.Length + MostGroups - 1) / MostGroups, LeastStrips * lanes);
        if (order.Length < least)
        {
            return;
        }
        Gather(order, new long[order.Length], 0, least);
        for (int start = 0; start < order.Length; start += lanes)
        {
            order.Slice(start, Math.Min(lanes, order.Length - start)).Sort();
        }
    }

    /// <summary>Gathers the values that go on alike before an ending that all share.</summary>
    [SkipLocalsInit]
    private void Gather(Span<long> order, Span<long> spare, int shared, int least)
    {
        Span<int> counts = stackalloc int[Symbols.MaxCount + 1];
        while (shared < Ending.MaxLength && order.Length >= least)
        {
            counts.Clear();
            foreach (long value in order)
            {
                counts[SymbolOf(value, shared)]++;
            }
            // Values that end here have nothing more to share.
            counts[0] = 0;
            int symbol = MostFrequent(counts);
            int count = counts[symbol];
            if (count < least)
            {
                return;
            }
            if (count == order.Length)
            {
                shared++;
                continue;
            }
            int first = 0;
            int other = count;
            foreach (long value in order)
            {
                spare[SymbolOf(value, shared) == symbol ? first++ : other++] = value;
            }
            spare[..order.Length].CopyTo(order);
            Gather(order[..count], spare, shared + 1, least);
            order = order[count..];
        }
    }

    private byte SymbolOf(long value, int place) => _endings[(int)value][place];

    private static int MostFrequent(ReadOnlySpan<int> counts)
    {
        int most = 0;
        for (int i = 1; i < counts.Length; i++)
        {
            most = counts[i] > counts[most] ? i : most;
        }
        return most;
    }
}
