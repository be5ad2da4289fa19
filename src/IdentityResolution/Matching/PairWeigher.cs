using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace IdentityResolution.Matching;

/// <summary>Weighs many pairs together, step by step: each step asks the memory for what the next one looks at. One per thread.</summary>
/// <remarks>Records, glances and texts stand anywhere in memory; a pair by itself would wait for each of them in turn.</remarks>
internal sealed class PairWeigher(PairComparer comparer)
{
    private readonly List<OpenPair> _open = [];

    /// <summary>Weighs pairs.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="records">Records that come for the first time; a hint what to ask the memory for.</param>
    /// <param name="least">The lowest weight that counts, in millibits.</param>
    /// <returns>The pairs that weigh that much, in their order, with nothing open; valid until the next call.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ReadOnlySpan<OpenPair> Weigh(ReadOnlySpan<(int Left, int Right)> pairs, ReadOnlySpan<int> records, int least)
    {
        foreach (int record in records)
        {
            comparer.Fetch(record);
        }
        CollectionsMarshal.SetCount(_open, pairs.Length);
        Span<OpenPair> open = CollectionsMarshal.AsSpan(_open);
        int count = 0;
        foreach ((int left, int right) in pairs)
        {
            if (comparer.Begin(left, right, least, out open[count]))
            {
                comparer.FetchGlances(in open[count++]);
            }
        }
        open = open[..count];
        count = 0;
        for (int i = 0; i < open.Length; i++)
        {
            if (comparer.Screen(ref open[i], least))
            {
                comparer.FetchPlaces(in open[i]);
                open[count++] = open[i];
            }
        }
        open = open[..count];
        foreach (ref OpenPair pair in open)
        {
            comparer.FetchTexts(in pair);
        }
        count = 0;
        for (int i = 0; i < open.Length; i++)
        {
            if (comparer.Measure(ref open[i], least))
            {
                open[count++] = open[i];
            }
        }
        return open[..count];
    }
}
