namespace IdentityResolution.Evaluation;

/// <summary>Measures predicted clusters against the truth, exactly and in time linear in the records.</summary>
/// <remarks>No pair is ever formed: all figures follow from how many records each predicted cluster shares with each true person.</remarks>
public static class ClusterEvaluator
{
    /// <summary>Compares predicted clusters with true ones.</summary>
    /// <param name="predicted">The predicted cluster of each record; each record once.</param>
    /// <param name="truth">The true person of each record; each record once.</param>
    /// <param name="options">What to count; null = <see cref="EvaluationOptions.Default"/>.</param>
    /// <returns>The figures; the same for any order of the members.</returns>
    /// <exception cref="ArgumentException">A record occurs twice on one side.</exception>
    public static EvaluationResult Evaluate(
        IEnumerable<ClusterMember> predicted, IEnumerable<ClusterMember> truth, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(predicted);
        ArgumentNullException.ThrowIfNull(truth);
        var records = AlignedRecords.Create(predicted, truth);
        bool across = (options ?? EvaluationOptions.Default).AcrossSources;

        // Counts per predicted cluster, per person and per both; once over all sources and once per source.
        var clusters = new Tally<int>();
        var people = new Tally<int>();
        var cells = new Tally<(int Cluster, int Person)>();
        var sourceClusters = new Tally<(int Cluster, int Source)>();
        var sourcePeople = new Tally<(int Person, int Source)>();
        var sourceCells = new Tally<(int Cluster, int Person, int Source)>();
        foreach ((int cluster, int person, int source) in records.Rows)
        {
            clusters.Add(cluster);
            people.Add(person);
            cells.Add((cluster, person));
            if (across)
            {
                sourceClusters.Add((cluster, source));
                sourcePeople.Add((person, source));
                sourceCells.Add((cluster, person, source));
            }
        }

        long together = clusters.Pairs - sourceClusters.Pairs;
        long same = people.Pairs - sourcePeople.Pairs;
        long both = cells.Pairs - sourceCells.Pairs;
        Accuracy bCubed = across
            ? BCubedAcrossSources(clusters, people, cells, sourceClusters, sourcePeople, sourceCells)
            : BCubed(clusters, people, cells);
        return new EvaluationResult(
            new PairCounts(both, together - both, same - both), bCubed, CountClusters(clusters, people, cells), records.Coverage);
    }

    private static Accuracy BCubed(Tally<int> clusters, Tally<int> people, Tally<(int Cluster, int Person)> cells)
    {
        var precision = new MeanOfShares();
        var recall = new MeanOfShares();
        foreach (((int cluster, int person), long count) in cells.Counts)
        {
            precision.Add(records: count, part: count, whole: clusters[cluster]);
            recall.Add(records: count, part: count, whole: people[person]);
        }
        return new Accuracy(precision.Value, recall.Value);
    }

    // A record is compared with itself and the records of other sources: 1 + all - those of its own source.
    private static Accuracy BCubedAcrossSources(
        Tally<int> clusters,
        Tally<int> people,
        Tally<(int Cluster, int Person)> cells,
        Tally<(int Cluster, int Source)> sourceClusters,
        Tally<(int Person, int Source)> sourcePeople,
        Tally<(int Cluster, int Person, int Source)> sourceCells)
    {
        var precision = new MeanOfShares();
        var recall = new MeanOfShares();
        foreach (((int cluster, int person, int source), long count) in sourceCells.Counts)
        {
            long part = 1 + cells[(cluster, person)] - count;
            precision.Add(count, part, whole: 1 + clusters[cluster] - sourceClusters[(cluster, source)]);
            recall.Add(count, part, whole: 1 + people[person] - sourcePeople[(person, source)]);
        }
        return new Accuracy(precision.Value, recall.Value);
    }

    private static ClusterCounts CountClusters(Tally<int> clusters, Tally<int> people, Tally<(int Cluster, int Person)> cells)
    {
        var peopleInCluster = new Tally<int>();
        var clustersOfPerson = new Tally<int>();
        long exact = 0;
        foreach (((int cluster, int person), long count) in cells.Counts)
        {
            peopleInCluster.Add(cluster);
            clustersOfPerson.Add(person);
            exact += count == clusters[cluster] && count == people[person] ? 1 : 0;
        }
        return new ClusterCounts(
            clusters.Counts.Count,
            people.Counts.Count,
            exact,
            peopleInCluster.Counts.Values.LongCount(count => count > 1),
            clustersOfPerson.Counts.Values.LongCount(count => count > 1));
    }
}
