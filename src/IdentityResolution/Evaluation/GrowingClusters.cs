namespace IdentityResolution.Evaluation;

/// <summary>Clusters that grow link by link and know at any time how many of their pairs are true.</summary>
/// <remarks>The smaller cluster moves into the larger one: a record moves at most log2(n) times.</remarks>
internal sealed class GrowingClusters
{
    private const int Unknown = -1;
    private readonly bool _across;
    private readonly Dictionary<RecordKey, int> _numbers = [];
    private readonly List<(int Person, int Source)> _records = [];
    private readonly List<int> _clusterOf = [];
    private readonly List<List<int>?> _members = [];
    private readonly Tally<(int Cluster, int Person)> _people = new();
    private readonly Tally<(int Cluster, int Source)> _sources = new();
    private readonly Tally<(int Cluster, int Person, int Source)> _both = new();
    private readonly Tally<int> _known = new();

    public GrowingClusters(IEnumerable<ClusterMember> truth, bool across)
    {
        _across = across;
        var people = new AlignedRecords.Numbers();
        var sources = new AlignedRecords.Numbers();
        var personCounts = new Tally<int>();
        var sourceCounts = new Tally<int>();
        var bothCounts = new Tally<(int, int)>();
        foreach (ClusterMember member in truth)
        {
            if (_numbers.ContainsKey(member.Record))
            {
                throw new ArgumentException("A record occurs twice in the truth.", nameof(truth));
            }
            (int person, int source) = (people.Of(member.Cluster), sources.Of(member.Record.Source));
            Add(member.Record, person, source);
            personCounts.Add(person);
            sourceCounts.Add(source);
            bothCounts.Add((person, source));
        }
        TruePairs = personCounts.Pairs - (across ? bothCounts.Pairs : 0);
        PossiblePairs = Tally<int>.PairsOf(_records.Count) - (across ? sourceCounts.Pairs : 0);
    }

    /// <summary>Pairs of one person that there are.</summary>
    public long TruePairs { get; }

    /// <summary>Pairs of records of the truth that there are.</summary>
    public long PossiblePairs { get; }

    /// <summary>Pairs of known records that stand in one cluster.</summary>
    public long TogetherPairs { get; private set; }

    /// <summary>Those of them that are one person.</summary>
    public long BothPairs { get; private set; }

    /// <summary>The number of a record; a new one when the truth does not know it.</summary>
    public int Number(RecordKey key) => _numbers.TryGetValue(key, out int number) ? number : Add(key, Unknown, Unknown);

    /// <summary>Whether a pair is one person; null when it does not count.</summary>
    public bool? IsMatch(int left, int right)
    {
        ((int leftPerson, int leftSource), (int rightPerson, int rightSource)) = (_records[left], _records[right]);
        bool counts = leftPerson != Unknown && rightPerson != Unknown && !(_across && leftSource == rightSource);
        return counts ? leftPerson == rightPerson : null;
    }

    /// <summary>Links two records.</summary>
    public void Join(int left, int right)
    {
        (int small, int large) = (_clusterOf[left], _clusterOf[right]);
        if (small == large)
        {
            return;
        }
        if (_members[small]!.Count > _members[large]!.Count)
        {
            (small, large) = (large, small);
        }
        foreach (int record in _members[small]!)
        {
            Count(record, large);
        }
        foreach (int record in _members[small]!)
        {
            _clusterOf[record] = large;
            Place(record, large);
        }
        _members[large]!.AddRange(_members[small]!);
        _members[small] = null;
    }

    private int Add(RecordKey key, int person, int source)
    {
        int number = _records.Count;
        _numbers.Add(key, number);
        _records.Add((person, source));
        _clusterOf.Add(number);
        _members.Add([number]);
        Place(number, number);
        return number;
    }

    // The pairs that a record makes with those that are in a cluster.
    private void Count(int record, int cluster)
    {
        (int person, int source) = _records[record];
        if (person != Unknown)
        {
            TogetherPairs += _known[cluster] - (_across ? _sources[(cluster, source)] : 0);
            BothPairs += _people[(cluster, person)] - (_across ? _both[(cluster, person, source)] : 0);
        }
    }

    private void Place(int record, int cluster)
    {
        (int person, int source) = _records[record];
        if (person == Unknown)
        {
            return;
        }
        _known.Add(cluster);
        _people.Add((cluster, person));
        if (_across)
        {
            _sources.Add((cluster, source));
            _both.Add((cluster, person, source));
        }
    }
}
