using System.Text;
using IdentityResolution.Internals;

namespace IdentityResolution.Evaluation;

/// <summary>Draws pairs for a person to judge: strata by match weight, as many from each, so that the rare doubtful ones are seen too.</summary>
/// <remarks>
/// Every pair of a stratum has the same known chance. Strata that have fewer pairs than their share are taken whole, and the others share what is
/// left. Which pairs are drawn depends on the seed and the pairs alone.
/// Source: Cochran (1977), "Sampling Techniques", 3rd edition, chapter 5.
/// </remarks>
public static class ClericalSampler
{
    /// <summary>Draws a sample.</summary>
    /// <param name="pairs">The scored pairs; one that is given more than once counts with its highest weight.</param>
    /// <param name="size">How many pairs to draw, at least one per stratum that has pairs; all are taken when there are not so many.</param>
    /// <param name="options">How to draw; null = <see cref="SampleOptions.Default"/>.</param>
    /// <returns>The pairs in an order that tells nothing of their weights.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is less than 1.</exception>
    /// <exception cref="ArgumentException">
    /// There are more strata with pairs than <paramref name="size"/>, or the boundaries are not rising probabilities in (0, 1).
    /// </exception>
    public static IReadOnlyList<SampledPair> Draw(IEnumerable<ScoredPair> pairs, int size, SampleOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        options ??= SampleOptions.Default;
        int[] boundaries = Weights(options.Boundaries);
        List<Drawn>[] strata = [.. Distinct(pairs, options.Seed)
            .GroupBy(drawn => StratumOf(drawn.Pair.Weight, boundaries))
            .OrderBy(stratum => stratum.Key)
            .Select(stratum => stratum.ToList())];
        if (strata.Length > size)
        {
            throw new ArgumentException($"the pairs fall into {strata.Length} strata, so at least as many must be drawn.", nameof(size));
        }
        int[] sizes = Share(size, [.. strata.Select(stratum => stratum.Count)]);
        var sample = new List<(Drawn Drawn, SampledPair Pair)>();
        for (int i = 0; i < strata.Length; i++)
        {
            strata[i].Sort(Drawn.Compare);
            sample.AddRange(strata[i].Take(sizes[i]).Select(drawn => (drawn, new SampledPair(drawn.Pair, i + 1, strata[i].Count, sizes[i]))));
        }
        sample.Sort((x, y) => Drawn.Compare(x.Drawn, y.Drawn));
        return [.. sample.Select(entry => entry.Pair)];
    }

    /// <summary>Shares a sample among strata: equally, but none more than it has.</summary>
    internal static int[] Share(int size, int[] counts)
    {
        int[] shares = new int[counts.Length];
        int strataLeft = counts.Length;
        foreach (int stratum in Enumerable.Range(0, counts.Length).OrderBy(i => counts[i]))
        {
            shares[stratum] = Math.Min(counts[stratum], size / strataLeft);
            size -= shares[stratum];
            strataLeft--;
        }
        return shares;
    }

    private static int[] Weights(IReadOnlyList<double> boundaries)
    {
        bool isValid = boundaries.All(p => p is > 0 and < 1) && boundaries.Zip(boundaries.Skip(1)).All(pair => pair.First < pair.Second);
        return isValid
            ? [.. boundaries.Select(MatchWeights.FromProbability)]
            : throw new ArgumentException("the boundaries must be rising probabilities in (0, 1).", nameof(boundaries));
    }

    private static int StratumOf(int weight, int[] boundaries) =>
        weight == ScoredPair.RuleWeight ? boundaries.Length + 1 : boundaries.Count(boundary => weight >= boundary);

    private static IEnumerable<Drawn> Distinct(IEnumerable<ScoredPair> pairs, ulong seed)
    {
        var weights = new Dictionary<(RecordKey, RecordKey), int>();
        foreach (ScoredPair pair in pairs)
        {
            (RecordKey, RecordKey) key = pair.Left.CompareTo(pair.Right) <= 0 ? (pair.Left, pair.Right) : (pair.Right, pair.Left);
            weights[key] = Math.Max(pair.Weight, weights.GetValueOrDefault(key, int.MinValue));
        }
        return weights.Select(entry => new Drawn(
            new ScoredPair(entry.Key.Item1, entry.Key.Item2, entry.Value),
            StableHash.Combine(StableHash.Combine(Hash(entry.Key.Item1), Hash(entry.Key.Item2)), StableHash.Of(seed))));
    }

    private static ulong Hash(RecordKey key) =>
        StableHash.Combine(StableHash.Of(Encoding.UTF8.GetBytes(key.Source)), StableHash.Of(Encoding.UTF8.GetBytes(key.Id)));

    private readonly record struct Drawn(ScoredPair Pair, ulong Order)
    {
        public static int Compare(Drawn x, Drawn y)
        {
            int byOrder = x.Order.CompareTo(y.Order);
            int byLeft = byOrder != 0 ? byOrder : x.Pair.Left.CompareTo(y.Pair.Left);
            return byLeft != 0 ? byLeft : x.Pair.Right.CompareTo(y.Pair.Right);
        }
    }
}
