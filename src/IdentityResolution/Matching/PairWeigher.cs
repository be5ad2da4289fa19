using System.Runtime.InteropServices;

namespace IdentityResolution.Matching;

/// <summary>Weighs many pairs together, step by step: each step asks the memory for what the next one looks at. One per thread.</summary>
/// <remarks>Records, glances and texts stand anywhere in memory; a pair by itself would wait for each of them in turn.</remarks>
internal sealed class PairWeigher(PairComparer comparer)
{
    // Where records stand in more pairs than this, all that there is of them is asked for at once.
    private const int PairsPerRecord = 1;
    private readonly List<OpenPair> _open = [];

    /// <summary>Weighs pairs.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="records">Records that come for the first time; a hint what to ask the memory for.</param>
    /// <param name="least">The lowest weight that counts, in millibits.</param>
    /// <returns>The pairs that weigh that much, in their order, with nothing open; valid until the next call.</returns>
    public ReadOnlySpan<OpenPair> Weigh(ReadOnlySpan<(int Left, int Right)> pairs, ReadOnlySpan<int> records, int least)
    {
        foreach (int record in records)
        {
            comparer.Fetch(record);
        }
        CollectionsMarshal.SetCount(_open, pairs.Length);
        Span<OpenPair> open = CollectionsMarshal.AsSpan(_open);
        open = open[..comparer.Begin(pairs, least, open)];
        if (open.Length <= PairsPerRecord * records.Length)
        {
            comparer.FetchGlances(open);
        }
        else
        {
            foreach (int record in records)
            {
                comparer.FetchValues(record);
            }
        }
        open = open[..comparer.Screen(open, least)];
        comparer.FetchTexts(open);
        return open[..comparer.Measure(open, least)];
    }
}
