namespace IdentityResolution.Evaluation;

/// <summary>The records of the truth as numbers: predicted cluster, person and source of each.</summary>
internal sealed class AlignedRecords
{
    private AlignedRecords(List<(int Cluster, int Person, int Source)> rows, CoverageCounts coverage)
    {
        Rows = rows;
        Coverage = coverage;
    }

    /// <summary>One row per record of the truth; a record that the prediction lacks has a cluster of its own.</summary>
    public IReadOnlyList<(int Cluster, int Person, int Source)> Rows { get; }

    /// <summary>Records that one side lacks.</summary>
    public CoverageCounts Coverage { get; }

    /// <summary>Brings both sides together.</summary>
    /// <exception cref="ArgumentException">A record occurs twice on one side.</exception>
    public static AlignedRecords Create(IEnumerable<ClusterMember> predicted, IEnumerable<ClusterMember> truth)
    {
        var clusterNumbers = new Numbers();
        Dictionary<RecordKey, int> clusterOf = NumberClusters(predicted, clusterNumbers);
        long predictedCount = clusterOf.Count;
        var personNumbers = new Numbers();
        var sourceNumbers = new Numbers();
        var seen = new HashSet<RecordKey>();
        var rows = new List<(int Cluster, int Person, int Source)>();
        int nextCluster = clusterNumbers.Count;
        long onlyInTruth = 0;
        foreach (ClusterMember member in truth)
        {
            if (!seen.Add(member.Record))
            {
                throw new ArgumentException("A record occurs twice in the truth.", nameof(truth));
            }
            if (!clusterOf.TryGetValue(member.Record, out int cluster))
            {
                cluster = nextCluster++;
                onlyInTruth++;
            }
            rows.Add((cluster, personNumbers.Of(member.Cluster), sourceNumbers.Of(member.Record.Source)));
        }
        long evaluated = rows.Count - onlyInTruth;
        return new AlignedRecords(rows, new CoverageCounts(evaluated, predictedCount - evaluated, onlyInTruth));
    }

    /// <summary>The number of each record's cluster.</summary>
    /// <exception cref="ArgumentException">A record occurs twice.</exception>
    public static Dictionary<RecordKey, int> NumberClusters(IEnumerable<ClusterMember> predicted, Numbers numbers)
    {
        var clusterOf = new Dictionary<RecordKey, int>();
        foreach (ClusterMember member in predicted)
        {
            if (!clusterOf.TryAdd(member.Record, numbers.Of(member.Cluster)))
            {
                throw new ArgumentException("A record occurs twice in the prediction.", nameof(predicted));
            }
        }
        return clusterOf;
    }

    /// <summary>Numbers names from 0 in order of first appearance.</summary>
    internal sealed class Numbers
    {
        private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

        public int Count => _numbers.Count;

        public int Of(string name)
        {
            if (!_numbers.TryGetValue(name, out int number))
            {
                number = _numbers.Count;
                _numbers.Add(name, number);
            }
            return number;
        }
    }
}
