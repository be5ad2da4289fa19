using System.Runtime.InteropServices;
using IdentityResolution.Internals;
using IdentityResolution.Records;

namespace IdentityResolution.Matching;

/// <summary>
/// The chance of each link where sources hold no customer twice: of a record's links to one such source at most one is true, so links compete.
/// </summary>
/// <remarks>
/// Marginal probabilities of a matching whose edges weigh their odds (relative to both records staying alone), by belief propagation:
/// exact on trees, and convergent on every graph. A rival that has a better partner elsewhere counts for little.
/// Source: Zdeborova and Mezard (2006), "The number of matchings in random graphs", J. Stat. Mech. P05003; the one-to-one view of
/// linkage: Sadinle (2017), "Bayesian Estimation of Bipartite Matchings for Record Linkage", JASA 112(518).
/// </remarks>
internal static class LinkCompetition
{
    private const int MaxIterations = 60;
    private const double Convergence = 1e-4;

    // A link with lower odds competes with nobody: thousands of them would not weigh as much as staying alone.
    private const double LeastOdds = 1e-4;

    /// <summary>The chance of each link, in [0, 1], in the order of the links.</summary>
    /// <param name="keys">The records.</param>
    /// <param name="links">Scored links, in any order; what is not among them counts as impossible.</param>
    /// <param name="uniqueSources">Sources that hold no customer twice.</param>
    /// <param name="aloneWeight">Log odds of staying alone in millibits: the weight at which a link without rivals has an even chance.</param>
    /// <remarks>Independent of the order of the links.</remarks>
    public static double[] Chances(RecordKeyIndex keys, IReadOnlyList<RecordLink> links, IReadOnlyCollection<string> uniqueSources, int aloneWeight)
    {
        // Sums of fractions need one order, whatever the order of the links.
        ulong[] hashes = [.. links.Select(link => PairHash.Of(keys, link.Left, link.Right))];
        int[] order = [.. Enumerable.Range(0, links.Count)];
        Array.Sort(hashes, order);
        RecordLink[] ordered = [.. order.Select(i => links[i])];
        double[] odds = [.. ordered.Select(link => Math.Pow(2, (link.Weight - aloneWeight) / 1000.0))];
        double[] free = Propagate(odds, RivalEnds(keys, ordered, odds, uniqueSources));
        var chances = new double[odds.Length];
        for (int i = 0; i < odds.Length; i++)
        {
            double weighed = odds[i] * free[2 * i] * free[(2 * i) + 1];
            chances[order[i]] = weighed / (1 + weighed);
        }
        return chances;
    }

    // Link i has the ends 2i (its left record) and 2i + 1 (its right one). Ends of one record towards one unique source are rivals.
    private static int[][] RivalEnds(RecordKeyIndex keys, RecordLink[] links, double[] odds, IReadOnlyCollection<string> uniqueSources)
    {
        bool[] unique = [.. keys.Sources.Select(source => uniqueSources.Contains(source, StringComparer.Ordinal))];
        var groups = new Dictionary<(int Record, int Source), List<int>>();
        for (int i = 0; i < links.Length; i++)
        {
            if (odds[i] < LeastOdds)
            {
                continue;
            }
            Join(links[i].Left, keys.SourceOf(links[i].Right), 2 * i);
            Join(links[i].Right, keys.SourceOf(links[i].Left), (2 * i) + 1);
        }
        return [.. groups.Values.Where(ends => ends.Count > 1).Select(ends => ends.ToArray())];

        void Join(int record, int source, int end)
        {
            if (unique[source])
            {
                ref List<int>? ends = ref CollectionsMarshal.GetValueRefOrAddDefault(groups, (record, source), out _);
                (ends ??= []).Add(end);
            }
        }
    }

    // Per end: how free its record would be for the link, in (0, 1], if only its rivals were there.
    private static double[] Propagate(double[] odds, int[][] rivals)
    {
        var free = new double[2 * odds.Length];
        free.AsSpan().Fill(1);
        double[] next = [.. free];
        double[] pull = new double[rivals.Length == 0 ? 0 : rivals.Max(ends => ends.Length)];
        for (int iteration = 0; iteration < MaxIterations; iteration++)
        {
            double change = 0;
            foreach (int[] ends in rivals)
            {
                for (int i = 0; i < ends.Length; i++)
                {
                    pull[i] = odds[ends[i] / 2] * free[ends[i] ^ 1];
                }
                // Sums of all others from both sides: a difference to the sum of all would lose the small ones.
                double before = 0;
                for (int i = 0; i < ends.Length; i++)
                {
                    next[ends[i]] = before;
                    before += pull[i];
                }
                double after = 0;
                for (int i = ends.Length - 1; i >= 0; i--)
                {
                    // Half way to the new value: what competes in circles would swing for ever.
                    double value = (free[ends[i]] + (1 / (1 + next[ends[i]] + after))) / 2;
                    after += pull[i];
                    change = Math.Max(change, Math.Abs(value - free[ends[i]]));
                    next[ends[i]] = value;
                }
            }
            (free, next) = (next, free);
            if (change < Convergence)
            {
                break;
            }
        }
        return free;
    }
}
