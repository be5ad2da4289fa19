using System.Runtime.InteropServices;
using System.Text;
using IdentityResolution.Blocking;
using IdentityResolution.Fields;
using IdentityResolution.Internals;
using IdentityResolution.Matching;
using IdentityResolution.Records;

namespace IdentityResolution.Training;

/// <summary>How often two records agree by coincidence: exact agreement counted in closed form, closeness from random pairs.</summary>
/// <param name="PresentPairs">Per comparison: allowed pairs in which both records have the value.</param>
/// <param name="EqualPairs">Per comparison: allowed pairs with equal values.</param>
/// <param name="LevelShares">Per comparison and level: share of the present pairs at the level, matches still among them.</param>
internal sealed record Coincidence(double[] PresentPairs, double[] EqualPairs, double[][] LevelShares)
{
    /// <summary>Counts coincidences.</summary>
    /// <param name="compiled">The comparisons.</param>
    /// <param name="counts">Per comparison: how many records have each value.</param>
    /// <param name="keys">The records.</param>
    /// <param name="filter">Which pairs may match.</param>
    /// <param name="sampled">Levels of random pairs, from <see cref="RandomPairs"/>.</param>
    /// <param name="workers">Threads.</param>
    public static Coincidence Count(CompiledModel compiled, int[][] counts, RecordKeyIndex keys, PairFilter filter, long[][] sampled, Workers workers)
    {
        int comparisons = compiled.Comparisons.Length;
        var present = new double[comparisons];
        var equal = new double[comparisons];
        var shares = new double[comparisons][];
        workers.Run(comparisons, i =>
        {
            CompiledComparison comparison = compiled.Comparisons[i];
            (present[i], equal[i]) = CountPairs(comparison.Column, counts[i], keys, filter);
            shares[i] = Shares(comparison, sampled[i], present[i], equal[i]);
        });
        return new Coincidence(present, equal, shares);
    }

    /// <summary>Per comparison: the share of all allowed pairs in which both records have the value, in [0, 1].</summary>
    /// <param name="possiblePairs">All allowed pairs.</param>
    public double[] PresentShares(double possiblePairs) => [.. PresentPairs.Select(pairs => pairs / Math.Max(1, possiblePairs))];

    /// <summary>u of every level: the shares with the expected matches taken out.</summary>
    /// <param name="m">P(level | match); per comparison and level.</param>
    /// <param name="matches">Expected matching pairs among all allowed pairs.</param>
    /// <param name="possiblePairs">All allowed pairs.</param>
    /// <param name="present">Per comparison: the share of matches in which both records have the value; null = as often as other pairs do.</param>
    /// <param name="standardErrors">How many standard errors of a level's expected matches stay coincidence; at least 0.</param>
    public double[][] WithoutMatches(double[][] m, double matches, double possiblePairs, double[]? present = null, double standardErrors = 0)
    {
        var u = new double[LevelShares.Length][];
        for (int i = 0; i < u.Length; i++)
        {
            double share = present?[i] ?? PresentPairs[i] / Math.Max(1, possiblePairs);
            double presentMatches = Math.Min(matches * share, 0.99 * PresentPairs[i]);
            double presentOthers = Math.Max(1, PresentPairs[i] - presentMatches);
            u[i] = new double[LevelShares[i].Length];
            double total = 0;
            for (int level = 0; level < u[i].Length; level++)
            {
                double pairs = LevelShares[i][level] * PresentPairs[i];
                // A difference of two estimates can't be trusted to the last pair: at least a tenth stays coincidence.
                // And a count of n is off by the root of n, which weighs where pairs are few.
                double matching = Math.Min(pairs, presentMatches * m[i][level]);
                double others = Math.Max(pairs - matching, pairs * 0.1) + (standardErrors * Math.Sqrt(matching));
                u[i][level] = Math.Max(others, 0.5) / presentOthers;
                total += u[i][level];
            }
            for (int level = 0; level < u[i].Length; level++)
            {
                u[i][level] /= total;
            }
        }
        return u;
    }

    private static double[] Shares(CompiledComparison comparison, long[] sampled, double present, double equal)
    {
        double total = sampled.Sum();
        var shares = new double[sampled.Length];
        // Behind another level, not all equal values are at the exact one.
        int exact = comparison.ExactLevel == 0 ? 0 : -1;
        double exactShare = exact < 0 ? 0 : equal / Math.Max(1, present);
        double others = total - (exact < 0 ? 0 : sampled[exact]);
        for (int level = 0; level < shares.Length; level++)
        {
            // Half an observation stands for a level that the sample never met.
            shares[level] = level == exact
                ? exactShare
                : (1 - exactShare) * (sampled[level] + 0.5) / (others + (0.5 * (shares.Length - (exact < 0 ? 0 : 1))));
        }
        return shares;
    }

    private static double PairsOf(long records) => (double)records * (records - 1) / 2;

    private static (double Present, double Equal) CountPairs(FieldColumn column, int[] counts, RecordKeyIndex keys, PairFilter filter)
    {
        (double present, double equal) = column.Sets is null && !column.IsLabelled
            ? (PairsOf(counts.Sum(count => (long)count)), PairsOfEqual(counts))
            : CountPairs(column, _ => true, keys);
        if (filter.Restricts)
        {
            for (int source = 0; source < keys.Sources.Count; source++)
            {
                if (filter.IsClosed(source))
                {
                    int closed = source;
                    (double presentWithin, double equalWithin) = CountPairs(column, record => keys.SourceOf(record) == closed, keys);
                    present -= presentWithin;
                    equal -= equalWithin;
                }
            }
        }
        return (present, equal);
    }

    private static (double Present, double Equal) CountPairs(FieldColumn column, Func<int, bool> include, RecordKeyIndex keys)
    {
        var counts = new int[column.Values.Count];
        var present = new Dictionary<string, long>(StringComparer.Ordinal);
        long unlabelled = 0;
        for (int record = 0; record < keys.Count; record++)
        {
            int code = column.Codes[record];
            if (code < 0 || !include(record))
            {
                continue;
            }
            unlabelled++;
            if (column.Sets is null && !column.IsLabelled)
            {
                counts[code]++;
                continue;
            }
            var labels = new HashSet<string>(StringComparer.Ordinal);
            foreach (int member in column.MembersOf(code))
            {
                counts[member]++;
                if (labels.Add(Encoding.UTF8.GetString(column.LabelOf(member))))
                {
                    CollectionsMarshal.GetValueRefOrAddDefault(present, Encoding.UTF8.GetString(column.LabelOf(member)), out _)++;
                }
            }
        }
        // Records are compared on what bears the same label; those with several labels in common are counted for each, which is rare.
        return (column.IsLabelled ? present.Values.Sum(PairsOf) : PairsOf(unlabelled), PairsOfEqual(counts));
    }

    private static double PairsOfEqual(int[] counts)
    {
        double equal = 0;
        foreach (int count in counts)
        {
            equal += PairsOf(count);
        }
        return equal;
    }
}
