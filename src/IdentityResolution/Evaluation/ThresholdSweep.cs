namespace IdentityResolution.Evaluation;

/// <summary>Every threshold at once: the curves of precision and recall, and the threshold that would have been best.</summary>
/// <remarks>
/// Clusters are the chains of links, without guards: what a run makes of the same links may be split further. A pair that is given more than
/// once counts with its highest weight. Records that the truth does not know take part in chains and count in no figure.
/// </remarks>
public sealed class ThresholdSweep
{
    private ThresholdSweep(IReadOnlyList<SweepPoint> points, BlockingQuality candidates)
    {
        Points = points;
        Candidates = candidates;
        Best = Highest(points, point => point.Clusters.Accuracy.F1);
        BestOfLinks = Highest(points, point => point.Links.Accuracy.F1);
        AveragePrecision = AreaUnderPrecision(points);
        RocArea = AreaUnderRoc(points);
    }

    /// <summary>One point per weight that occurs, from the highest down; empty without pairs.</summary>
    public IReadOnlyList<SweepPoint> Points { get; }

    /// <summary>What the scored pairs hold of the true ones: the highest recall that links can reach.</summary>
    public BlockingQuality Candidates { get; }

    /// <summary>The point with the highest F1 of the clusters, of equal ones the highest threshold; null without pairs.</summary>
    public SweepPoint? Best { get; }

    /// <summary>The point with the highest F1 of the links, of equal ones the highest threshold; null without pairs.</summary>
    public SweepPoint? BestOfLinks { get; }

    /// <summary>
    /// The area under the curve of precision over recall of the links, in [0, 1]: the sum of each step in recall times the precision there; what
    /// is not among the scored pairs is never recalled.
    /// </summary>
    /// <remarks>Source: Manning, Raghavan and Schuetze (2008), "Introduction to Information Retrieval", section 8.4.</remarks>
    public double AveragePrecision { get; }

    /// <summary>
    /// The area under the ROC curve, in [0, 1]: how often a scored pair of one person weighs more than a scored pair of two, equal weights counting
    /// half. Null when there are no pairs of one of the kinds.
    /// </summary>
    /// <remarks>
    /// Over scored pairs only: over all pairs of records it would be near 1 for any model.
    /// Source: Fawcett (2006), "An introduction to ROC analysis", Pattern Recognition Letters 27(8), https://doi.org/10.1016/j.patrec.2005.10.010.
    /// </remarks>
    public double? RocArea { get; }

    /// <summary>Works out every threshold.</summary>
    /// <param name="pairs">The scored pairs; either order of the records, any order of the pairs.</param>
    /// <param name="truth">The true person of each record; each record once.</param>
    /// <param name="options">What to count; null = <see cref="EvaluationOptions.Default"/>.</param>
    /// <returns>The curves.</returns>
    /// <exception cref="ArgumentException">A record occurs twice in the truth, or a pair holds one record twice.</exception>
    /// <remarks>O(n log n) in pairs and records: clusters grow as the threshold falls, and each counts its pairs as it grows.</remarks>
    public static ThresholdSweep Run(IEnumerable<ScoredPair> pairs, IEnumerable<ClusterMember> truth, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(truth);
        var clusters = new GrowingClusters(truth, (options ?? EvaluationOptions.Default).AcrossSources);
        List<(int Left, int Right, int Weight)> distinct = Distinct(pairs, clusters);
        distinct.Sort((x, y) => y.Weight.CompareTo(x.Weight));
        var points = new List<SweepPoint>();
        long truePositives = 0;
        long falsePositives = 0;
        for (int i = 0; i < distinct.Count; i++)
        {
            (int left, int right, int weight) = distinct[i];
            bool? isMatch = clusters.IsMatch(left, right);
            truePositives += isMatch is true ? 1 : 0;
            falsePositives += isMatch is false ? 1 : 0;
            clusters.Join(left, right);
            if (i + 1 == distinct.Count || distinct[i + 1].Weight != weight)
            {
                points.Add(new SweepPoint(
                    weight,
                    new PairCounts(truePositives, falsePositives, clusters.TruePairs - truePositives),
                    new PairCounts(clusters.BothPairs, clusters.TogetherPairs - clusters.BothPairs, clusters.TruePairs - clusters.BothPairs)));
            }
        }
        return new ThresholdSweep(
            points, new BlockingQuality(truePositives + falsePositives, truePositives, clusters.TruePairs, clusters.PossiblePairs));
    }

    /// <summary>What a threshold gives.</summary>
    /// <param name="weight">The threshold in millibits.</param>
    /// <returns>The point of the lowest weight that still links; null when no pair weighs as much.</returns>
    public SweepPoint? At(int weight)
    {
        (int low, int high) = (0, Points.Count);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = Points[middle].Weight >= weight ? (middle + 1, high) : (low, middle);
        }
        return low == 0 ? null : Points[low - 1];
    }

    private static List<(int Left, int Right, int Weight)> Distinct(IEnumerable<ScoredPair> pairs, GrowingClusters clusters)
    {
        var weights = new Dictionary<(int, int), int>();
        foreach (ScoredPair pair in pairs)
        {
            (int left, int right) = (clusters.Number(pair.Left), clusters.Number(pair.Right));
            if (left == right)
            {
                throw new ArgumentException("A scored pair holds one record twice.", nameof(pairs));
            }
            (int, int) key = left < right ? (left, right) : (right, left);
            weights[key] = Math.Max(pair.Weight, weights.GetValueOrDefault(key, int.MinValue));
        }
        return [.. weights.Select(entry => (entry.Key.Item1, entry.Key.Item2, entry.Value))];
    }

    private static SweepPoint? Highest(IReadOnlyList<SweepPoint> points, Func<SweepPoint, double> value) =>
        points.Count == 0 ? null : points.MaxBy(value);

    private static double AreaUnderPrecision(IReadOnlyList<SweepPoint> points)
    {
        double area = 0;
        double recall = 0;
        foreach (SweepPoint point in points)
        {
            long all = point.Links.TruePositives + point.Links.FalseNegatives;
            double reached = all == 0 ? 0 : (double)point.Links.TruePositives / all;
            area += (reached - recall) * point.Links.Accuracy.Precision;
            recall = reached;
        }
        return area;
    }

    private static double? AreaUnderRoc(IReadOnlyList<SweepPoint> points)
    {
        (long matches, long others) = points.Count == 0 ? (0, 0) : (points[^1].Links.TruePositives, points[^1].Links.FalsePositives);
        if (matches == 0 || others == 0)
        {
            return null;
        }
        double area = 0;
        PairCounts last = default;
        foreach (SweepPoint point in points)
        {
            area += (point.Links.FalsePositives - last.FalsePositives) * (double)(point.Links.TruePositives + last.TruePositives) / 2;
            last = point.Links;
        }
        return area / matches / others;
    }
}
