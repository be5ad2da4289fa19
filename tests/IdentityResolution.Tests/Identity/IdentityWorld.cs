using System.Globalization;
using System.Text;
using IdentityResolution.Identity;
using IdentityResolution.Lookup;
using IdentityResolution.Records;

namespace IdentityResolution.Tests.Identity;

/// <summary>A store in memory and the runs made against it: each run says which records stand together.</summary>
internal sealed class IdentityWorld(LookupState start)
{
    private IdentityState _state = start.ToColumns("world");
    private int _runs;

    public IdentityWorld()
        : this(LookupState.Empty)
    {
    }

    public IdentityPlan LastPlan { get; private set; } = null!;

    public LookupCommit LastCommit { get; private set; } = null!;

    /// <summary>The id of every record in the store.</summary>
    public Dictionary<string, string> Ids { get; private set; } = [];

    public LookupState State { get; private set; } = start;

    /// <summary>The store before the last run.</summary>
    public LookupState Before { get; private set; } = start;

    public IReadOnlyList<(string Id, int Cluster)> LastRun { get; private set; } = [];

    /// <summary>Runs over clusters written as <c>"a b|c"</c>: records a and b stand together, c alone. Records are of source s.</summary>
    public IdentityWorld Run(string clusters)
    {
        var records = new List<(string Id, int Cluster)>();
        string[] parts = clusters.Split('|', StringSplitOptions.RemoveEmptyEntries);
        for (int cluster = 0; cluster < parts.Length; cluster++)
        {
            records.AddRange(parts[cluster].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => (id, cluster)));
        }
        return Run(records, parts.Length);
    }

    public IdentityWorld Run(IReadOnlyList<(string Id, int Cluster)> records, int clusterCount, RecordEvidence? evidence = null, string? runId = null)
    {
        _runs++;
        LastRun = records;
        Before = State;
        LastPlan = Plan(records, clusterCount, State, runId ?? "run-" + _runs.ToString(CultureInfo.InvariantCulture), evidence);
        LastCommit = LastPlan.ToCommit("00");
        _state = _state.Apply(LastCommit, "world", CancellationToken.None);
        State = _state.ToLookupState();
        Ids = State.Rows.ToDictionary(row => row.Key.Id, row => row.EntityId, StringComparer.Ordinal);
        return this;
    }

    /// <summary>The current id that an id leads to.</summary>
    public string Resolve(string entityId)
    {
        int entity = _state.Entities.Find(Encoding.UTF8.GetBytes(entityId));
        return _state.Entities.Text(_state.Entities.Current(entity));
    }

    /// <summary>The changes of the last run as lines: <c>Kind id related record</c>.</summary>
    public string[] ChangeLines() =>
        [.. LastCommit.Changes.Select(change => $"{change.Kind} {change.EntityId} {change.RelatedEntityId} {change.Record?.Id}".TrimEnd())];

    public static IdentityPlan Plan(
        IReadOnlyList<(string Id, int Cluster)> records, int clusterCount, LookupState state, string runId = "run", RecordEvidence? evidence = null)
    {
        RecordKeyIndex keys = Keys([.. records.Select(record => ("s", record.Id))]);
        int[] clusterOf = [.. records.Select(record => record.Cluster)];
        return IdentityReconciler.Reconcile(
            keys, clusterOf, clusterCount, state.ToColumns("memory"), new RunStamp(runId, DateTimeOffset.UnixEpoch),
            evidence ?? EvidenceOfClusters(clusterOf));
    }

    public static RecordKeyIndex Keys(params ReadOnlySpan<(string Source, string Id)> records)
    {
        var keys = new RecordKeyIndex();
        foreach ((string source, string id) in records)
        {
            Assert.True(keys.TryAdd(keys.AddSource(source), Encoding.UTF8.GetBytes(id), out _));
        }
        return keys;
    }

    /// <summary>Records of clusters of two and more are linked by the rule <c>email</c>.</summary>
    public static RecordEvidence EvidenceOfClusters(int[] clusterOf)
    {
        var evidence = new RecordEvidence(clusterOf.Length, ["email"]);
        ILookup<int, int> records = Enumerable.Range(0, clusterOf.Length).ToLookup(record => clusterOf[record]);
        foreach (IGrouping<int, int> cluster in records.Where(cluster => cluster.Count() > 1))
        {
            foreach (int record in cluster)
            {
                evidence.Offer(record, new LinkEvidence(0, LinkEvidence.NoWeight, 1_000_000));
            }
        }
        return evidence;
    }
}
