namespace IdentityResolution.Evaluation;

/// <summary>Lists the pairs that a prediction has wrong, one by one.</summary>
public static class ConfusionList
{
    /// <summary>The false pairs: first those wrongly joined, then those missed.</summary>
    /// <param name="predicted">The predicted cluster of each record; each record once. A record that is missing here stands alone.</param>
    /// <param name="truth">The true person of each record; each record once. Records that it does not know are passed over.</param>
    /// <param name="options">What to count; null = <see cref="EvaluationOptions.Default"/>.</param>
    /// <returns>
    /// The pairs, made while they are read; as many as the false positives and false negatives of <see cref="ClusterEvaluator"/>. In order of kind,
    /// then of the smallest key of the cluster or person, then of keys; the same for any order of the members.
    /// </returns>
    /// <exception cref="ArgumentException">A record occurs twice on one side.</exception>
    /// <remarks>The pairs within a cluster grow with its square: take as many as are wanted.</remarks>
    public static IEnumerable<ConfusedPair> Pairs(
        IEnumerable<ClusterMember> predicted, IEnumerable<ClusterMember> truth, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(predicted);
        ArgumentNullException.ThrowIfNull(truth);
        bool across = (options ?? EvaluationOptions.Default).AcrossSources;
        var clusterOf = new Dictionary<RecordKey, string>();
        foreach (ClusterMember member in predicted)
        {
            if (!clusterOf.TryAdd(member.Record, member.Cluster))
            {
                throw new ArgumentException("A record occurs twice in the prediction.", nameof(predicted));
            }
        }
        var rows = new List<Row>();
        var seen = new HashSet<RecordKey>();
        foreach (ClusterMember member in truth)
        {
            if (!seen.Add(member.Record))
            {
                throw new ArgumentException("A record occurs twice in the truth.", nameof(truth));
            }
            rows.Add(new Row(member.Record, clusterOf.GetValueOrDefault(member.Record), member.Cluster));
        }
        rows.Sort((x, y) => x.Key.CompareTo(y.Key));
        IEnumerable<IGrouping<string, Row>> clusters = rows.Where(row => row.Cluster is not null).GroupBy(row => row.Cluster!, StringComparer.Ordinal);
        IEnumerable<IGrouping<string, Row>> people = rows.GroupBy(row => row.Person, StringComparer.Ordinal);
        return PairsWithin(ConfusionKind.FalsePositive, clusters, across).Concat(PairsWithin(ConfusionKind.FalseNegative, people, across));
    }

    private static IEnumerable<ConfusedPair> PairsWithin(ConfusionKind kind, IEnumerable<IGrouping<string, Row>> groups, bool across)
    {
        foreach (IGrouping<string, Row> group in groups)
        {
            Row[] rows = [.. group];
            for (int i = 0; i < rows.Length; i++)
            {
                for (int j = i + 1; j < rows.Length; j++)
                {
                    if (IsConfused(kind, rows[i], rows[j]) && !(across && string.Equals(rows[i].Key.Source, rows[j].Key.Source, StringComparison.Ordinal)))
                    {
                        yield return new ConfusedPair(
                            kind, rows[i].Key, rows[j].Key, rows[i].Cluster ?? "", rows[j].Cluster ?? "", rows[i].Person, rows[j].Person);
                    }
                }
            }
        }
    }

    // Within a predicted cluster people differ; within a person clusters do, and a record without one is alone.
    private static bool IsConfused(ConfusionKind kind, Row left, Row right) => kind == ConfusionKind.FalsePositive
        ? !string.Equals(left.Person, right.Person, StringComparison.Ordinal)
        : left.Cluster is null || !string.Equals(left.Cluster, right.Cluster, StringComparison.Ordinal);

    private readonly record struct Row(RecordKey Key, string? Cluster, string Person);
}
