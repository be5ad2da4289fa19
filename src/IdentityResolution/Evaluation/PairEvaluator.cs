namespace IdentityResolution.Evaluation;

/// <summary>Measures predicted clusters against labelled pairs, exactly and in time linear in records and labels.</summary>
public static class PairEvaluator
{
    /// <summary>Compares predicted clusters with labelled pairs.</summary>
    /// <param name="predicted">The predicted cluster of each record; each record once. A labelled record that is missing here stands alone.</param>
    /// <param name="labels">The labelled pairs; a pair may be repeated and turned round as long as its labels agree.</param>
    /// <param name="scope">Which pairs count.</param>
    /// <param name="options">What to count; null = <see cref="EvaluationOptions.Default"/>.</param>
    /// <returns>The figures; the same for any order of members and labels.</returns>
    /// <exception cref="ArgumentException">A record occurs twice in the prediction, a pair has two labels, or a record is paired with itself.</exception>
    /// <remarks>
    /// With <see cref="EvaluationOptions.AcrossSources"/>, pairs within a source count nowhere. With <see cref="PairScope.LeftRecords"/>, a
    /// pair counts when at least one of its records is the left record of a label; a pair of two such records counts once.
    /// </remarks>
    public static PairEvaluationResult Evaluate(
        IEnumerable<ClusterMember> predicted, IEnumerable<LabelledPair> labels, PairScope scope, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(predicted);
        ArgumentNullException.ThrowIfNull(labels);
        bool across = (options ?? EvaluationOptions.Default).AcrossSources;
        Dictionary<RecordKey, int> clusterOf = AlignedRecords.NumberClusters(predicted, new AlignedRecords.Numbers());
        Dictionary<(RecordKey, RecordKey), bool> distinct = Distinct(labels, out HashSet<RecordKey> lefts);

        long truePositives = 0;
        long falsePositives = 0;
        long falseNegatives = 0;
        long trueNegatives = 0;
        foreach (((RecordKey left, RecordKey right), bool isMatch) in distinct)
        {
            if (across && string.Equals(left.Source, right.Source, StringComparison.Ordinal))
            {
                continue;
            }
            bool together = clusterOf.TryGetValue(left, out int leftCluster)
                && clusterOf.TryGetValue(right, out int rightCluster)
                && leftCluster == rightCluster;
            truePositives += together && isMatch ? 1 : 0;
            falsePositives += together && !isMatch ? 1 : 0;
            falseNegatives += !together && isMatch ? 1 : 0;
            trueNegatives += !together && !isMatch ? 1 : 0;
        }
        if (scope == PairScope.LeftRecords)
        {
            falsePositives = PairsWithOneOf(lefts, clusterOf, across) - truePositives;
            trueNegatives = 0;
        }
        return new PairEvaluationResult(
            new PairCounts(truePositives, falsePositives, falseNegatives), trueNegatives, Cover(clusterOf, distinct.Keys));
    }

    private static Dictionary<(RecordKey Left, RecordKey Right), bool> Distinct(IEnumerable<LabelledPair> labels, out HashSet<RecordKey> lefts)
    {
        var distinct = new Dictionary<(RecordKey, RecordKey), bool>();
        lefts = [];
        foreach (LabelledPair label in labels)
        {
            int order = label.Left.CompareTo(label.Right);
            if (order == 0)
            {
                throw new ArgumentException("A label pairs a record with itself.", nameof(labels));
            }
            lefts.Add(label.Left);
            (RecordKey, RecordKey) pair = order < 0 ? (label.Left, label.Right) : (label.Right, label.Left);
            if (!distinct.TryAdd(pair, label.IsMatch) && distinct[pair] != label.IsMatch)
            {
                throw new ArgumentException("A pair is labelled both as a match and as none.", nameof(labels));
            }
        }
        return distinct;
    }

    // Pairs within clusters that hold at least one of the records = all pairs less those of the others.
    private static long PairsWithOneOf(HashSet<RecordKey> wanted, Dictionary<RecordKey, int> clusterOf, bool across)
    {
        var all = new Tally<int>();
        var others = new Tally<int>();
        var allOfSource = new Tally<(int, string)>();
        var othersOfSource = new Tally<(int, string)>();
        foreach ((RecordKey record, int cluster) in clusterOf)
        {
            bool isOther = !wanted.Contains(record);
            all.Add(cluster);
            if (isOther)
            {
                others.Add(cluster);
            }
            if (across)
            {
                allOfSource.Add((cluster, record.Source));
                if (isOther)
                {
                    othersOfSource.Add((cluster, record.Source));
                }
            }
        }
        return all.Pairs - others.Pairs - (allOfSource.Pairs - othersOfSource.Pairs);
    }

    private static CoverageCounts Cover(Dictionary<RecordKey, int> clusterOf, IEnumerable<(RecordKey Left, RecordKey Right)> pairs)
    {
        var labelled = new HashSet<RecordKey>();
        foreach ((RecordKey left, RecordKey right) in pairs)
        {
            labelled.Add(left);
            labelled.Add(right);
        }
        long evaluated = labelled.LongCount(clusterOf.ContainsKey);
        return new CoverageCounts(evaluated, clusterOf.Count - evaluated, labelled.Count - evaluated);
    }
}
