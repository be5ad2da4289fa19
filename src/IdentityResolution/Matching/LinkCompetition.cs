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
internal sealed class LinkCompetition
{
    private const int MaxIterations = 200;

    // Largest change of a chance, as a share of it.
    private const double Convergence = 1e-4;

    // A link with lower odds competes with nobody: thousands of them would not weigh as much as staying alone.
    private const double LeastOdds = 1e-4;

    // Sums of fractions need one order, whatever the order of the links: positions are in the order of a hash of the two keys.
    private readonly int[] _positionOf;
    // Per connected component, so that what has nothing to do with a link decides nothing about it: groups of rival ends.
    private readonly int[][][] _rivals;

    // Per end: how free its record would be for the link, in (0, 1], if only its rivals were there. Kept as the start of the next call.
    private readonly double[] _free;

    /// <summary>Finds who competes with whom.</summary>
    /// <param name="keys">The records.</param>
    /// <param name="links">Scored links, in any order; what is not among them counts as impossible.</param>
    /// <param name="uniqueSources">Sources that hold no customer twice.</param>
    public LinkCompetition(RecordKeyIndex keys, IReadOnlyList<RecordLink> links, IReadOnlyCollection<string> uniqueSources)
    {
        ulong[] hashes = [.. links.Select(link => PairHash.Of(keys, link.Left, link.Right))];
        int[] order = [.. Enumerable.Range(0, links.Count)];
        Array.Sort(hashes, order);
        _positionOf = new int[order.Length];
        for (int position = 0; position < order.Length; position++)
        {
            _positionOf[order[position]] = position;
        }
        _rivals = Components(RivalEnds(keys, [.. order.Select(i => links[i])], uniqueSources), order.Length);
        _free = new double[2 * order.Length];
        _free.AsSpan().Fill(1);
    }

    /// <summary>The chance of each link, in [0, 1], in the order of the links. Independent of that order.</summary>
    /// <param name="links">The links given before, perhaps with other weights.</param>
    /// <param name="aloneWeight">Log odds of staying alone in millibits: the weight at which a link without rivals has an even chance.</param>
    public double[] Chances(IReadOnlyList<RecordLink> links, int aloneWeight)
    {
        var odds = new double[_positionOf.Length];
        for (int i = 0; i < odds.Length; i++)
        {
            odds[_positionOf[i]] = Math.Pow(2, (links[i].Weight - aloneWeight) / 1000.0);
        }
        Propagate(odds);
        var chances = new double[odds.Length];
        for (int i = 0; i < chances.Length; i++)
        {
            int position = _positionOf[i];
            double weighed = odds[position] * (_free[2 * position] * _free[(2 * position) + 1]);
            chances[i] = weighed / (1 + weighed);
        }
        return chances;
    }

    // The link at position p has the ends 2p (its left record) and 2p + 1 (its right one). Ends of one record towards one unique source are rivals.
    private static int[][] RivalEnds(RecordKeyIndex keys, RecordLink[] links, IReadOnlyCollection<string> uniqueSources)
    {
        bool[] unique = [.. keys.Sources.Select(source => uniqueSources.Contains(source, StringComparer.Ordinal))];
        var groups = new Dictionary<(int Record, int Source), List<int>>();
        for (int i = 0; i < links.Length; i++)
        {
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

    // Two ends of one link belong together, and so do rivals.
    private static int[][][] Components(int[][] groups, int links)
    {
        int[] parent = [.. Enumerable.Range(0, links)];
        foreach (int[] ends in groups)
        {
            foreach (int end in ends)
            {
                parent[Root(end / 2)] = Root(ends[0] / 2);
            }
        }
        return [.. groups.GroupBy(ends => Root(ends[0] / 2)).Select(component => component.ToArray())];

        int Root(int link)
        {
            while (parent[link] != link)
            {
                parent[link] = parent[parent[link]];
                link = parent[link];
            }
            return link;
        }
    }

    private void Propagate(double[] odds)
    {
        double[] next = [.. _free];
        double[] pull = new double[_rivals.Length == 0 ? 0 : _rivals.Max(groups => groups.Max(ends => ends.Length))];
        foreach (int[][] groups in _rivals)
        {
            for (int iteration = 0; iteration < MaxIterations; iteration++)
            {
                double change = 0;
                foreach (int[] ends in groups)
                {
                    change = Math.Max(change, Update(ends, odds, pull, next));
                }
                foreach (int end in groups.SelectMany(ends => ends))
                {
                    _free[end] = next[end];
                }
                if (change < Convergence)
                {
                    break;
                }
            }
        }
    }

    private double Update(int[] ends, double[] odds, double[] pull, double[] next)
    {
        // Sums of all others from both sides: a difference to the sum of all would lose the small ones.
        double before = 0;
        for (int i = 0; i < ends.Length; i++)
        {
            double own = odds[ends[i] / 2];
            pull[i] = own < LeastOdds ? 0 : own * _free[ends[i] ^ 1];
            next[ends[i]] = before;
            before += pull[i];
        }
        double after = 0;
        double change = 0;
        for (int i = ends.Length - 1; i >= 0; i--)
        {
            // Half way to the new value: what competes in circles would swing for ever.
            double value = (_free[ends[i]] + (1 / (1 + next[ends[i]] + after))) / 2;
            after += pull[i];
            change = Math.Max(change, Math.Abs(value - _free[ends[i]]) / value);
            next[ends[i]] = value;
        }
        return change;
    }
}
