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
    private const int NoRivals = -1;

    /// <summary>Most steps until chances hold still.</summary>
    public const int MaxSteps = 200;

    // Largest change of how free a record is, as a share of it; a record whose rivals changed by less is not looked at again.
    private const double Convergence = 5e-5;

    // A link with lower odds competes with nobody: thousands of them would not weigh as much as staying alone.
    private const double LeastOdds = 1e-4;

    // Sums of fractions need one order, whatever the order of the links: positions are in the order of a hash of the two keys.
    private readonly int[] _positionOf;

    // The links of a record to one unique source are rivals. Their ends towards the record stand side by side, group after group.
    private readonly int[] _starts;
    private readonly int[] _positions;
    private readonly int[] _groupOf;

    // Where the other end of the link stands; -1 = it has no rivals there.
    private readonly int[] _other;

    // How free the end's record would be for the link, in (0, 1], if only its rivals were there. Kept as the start of the next call.
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
        List<int>[] rivals = RivalEnds(keys, [.. order.Select(i => links[i])], uniqueSources);
        int[] ends = [.. rivals.SelectMany(group => group)];
        var placeOf = new int[2 * order.Length];
        placeOf.AsSpan().Fill(NoRivals);
        for (int place = 0; place < ends.Length; place++)
        {
            placeOf[ends[place]] = place;
        }
        _starts = [0, .. rivals.Select(group => group.Count)];
        for (int group = 1; group < _starts.Length; group++)
        {
            _starts[group] += _starts[group - 1];
        }
        _positions = Array.ConvertAll(ends, end => end / 2);
        _other = Array.ConvertAll(ends, end => placeOf[end ^ 1]);
        _groupOf = [.. rivals.SelectMany((group, number) => Enumerable.Repeat(number, group.Count))];
        _free = new double[ends.Length];
        _free.AsSpan().Fill(1);
    }

    /// <summary>The chance of each link, in [0, 1], in the order of the links. Independent of that order.</summary>
    /// <param name="links">The links given before, perhaps with other weights.</param>
    /// <param name="aloneWeight">Log odds of staying alone in millibits: the weight at which a link without rivals has an even chance.</param>
    /// <param name="steps">Most steps; the next call goes on where this one ends.</param>
    public double[] Chances(IReadOnlyList<RecordLink> links, int aloneWeight, int steps = MaxSteps)
    {
        var odds = new double[_positionOf.Length];
        for (int i = 0; i < odds.Length; i++)
        {
            odds[_positionOf[i]] = Math.Pow(2, (links[i].Weight - aloneWeight) / 1000.0);
        }
        Propagate(Array.ConvertAll(_positions, position => odds[position]), steps);
        // Both ends first: their product is the same whichever comes first.
        var free = new double[odds.Length];
        free.AsSpan().Fill(1);
        for (int place = 0; place < _free.Length; place++)
        {
            free[_positions[place]] *= _free[place];
        }
        return Array.ConvertAll(_positionOf, position => Chance(odds[position] * free[position]));
    }

    private static double Chance(double odds) => odds / (1 + odds);

    // The link at position p has the ends 2p (its left record) and 2p + 1 (its right one).
    private static List<int>[] RivalEnds(RecordKeyIndex keys, RecordLink[] links, IReadOnlyCollection<string> uniqueSources)
    {
        bool[] unique = [.. keys.Sources.Select(source => uniqueSources.Contains(source, StringComparer.Ordinal))];
        var groups = new Dictionary<(int Record, int Source), List<int>>();
        for (int i = 0; i < links.Length; i++)
        {
            Join(links[i].Left, keys.SourceOf(links[i].Right), 2 * i);
            Join(links[i].Right, keys.SourceOf(links[i].Left), (2 * i) + 1);
        }
        return [.. groups.Values.Where(ends => ends.Count > 1)];

        void Join(int record, int source, int end)
        {
            if (unique[source])
            {
                ref List<int>? ends = ref CollectionsMarshal.GetValueRefOrAddDefault(groups, (record, source), out _);
                (ends ??= []).Add(end);
            }
        }
    }

    // All groups at once, then those alone where another candidate of a rival has changed: what has nothing to do with a link decides nothing about it.
    private void Propagate(double[] odds, int steps)
    {
        double[] next = [.. _free];
        int groups = _starts.Length - 1;
        int[] open = [.. Enumerable.Range(0, groups)];
        double[] pull = new double[groups == 0 ? 0 : open.Max(group => _starts[group + 1] - _starts[group])];
        var asked = new int[groups];
        for (int step = 1; step <= steps && open.Length > 0; step++)
        {
            var changed = new List<int>();
            foreach (int group in open)
            {
                if (Update(_starts[group], _starts[group + 1], odds, pull, next) >= Convergence)
                {
                    changed.Add(group);
                }
            }
            var ask = new List<int>();
            foreach (int group in open)
            {
                next.AsSpan(_starts[group].._starts[group + 1]).CopyTo(_free.AsSpan(_starts[group]));
            }
            foreach (int group in changed)
            {
                Ask(group);
                foreach (int other in _other.AsSpan(_starts[group].._starts[group + 1]))
                {
                    Ask(other == NoRivals ? group : _groupOf[other]);
                }
            }
            open = [.. ask];

            void Ask(int group)
            {
                if (asked[group] != step)
                {
                    asked[group] = step;
                    ask.Add(group);
                }
            }
        }
    }

    private double Update(int start, int end, double[] odds, double[] pull, double[] next)
    {
        // Sums of all others from both sides: a difference to the sum of all would lose the small ones.
        double before = 0;
        for (int place = start; place < end; place++)
        {
            int other = _other[place];
            double own = odds[place];
            pull[place - start] = own < LeastOdds ? 0 : other == NoRivals ? own : own * _free[other];
            next[place] = before;
            before += pull[place - start];
        }
        double after = 0;
        double change = 0;
        for (int place = end - 1; place >= start; place--)
        {
            // Half way to the new value: what competes in circles would swing for ever.
            double value = (_free[place] + (1 / (1 + next[place] + after))) / 2;
            after += pull[place - start];
            change = Math.Max(change, Math.Abs(value - _free[place]) / value);
            next[place] = value;
        }
        return change;
    }
}
