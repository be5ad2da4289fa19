namespace IdentityResolution.Evaluation;

/// <summary>A CSV file that says which cluster each record belongs to: a lookup table, or the truth.</summary>
public sealed class ClusterFile
{
    private static readonly string[] RecordIdNames = ["record_id", "recordid", "rec_id", "id", "unique_id", "uid"];
    private static readonly string[] SourceNames = ["source", "source_name", "source_dataset", "dataset"];

    private static readonly string[] ClusterNames =
    [
        "customer_id", "entity_id", "true_id", "cluster_id", "cluster", "entity", "truth_id", "person_id", "true_entity", "true_cluster",
    ];

    private ClusterFile(IReadOnlyList<ClusterMember> members, bool hasSources)
    {
        Members = members;
        HasSources = hasSources;
    }

    /// <summary>The records with their clusters, in the order of the files; each record once.</summary>
    public IReadOnlyList<ClusterMember> Members { get; }

    /// <summary>Do the files say which source a record is of? If not, the keys' sources are empty.</summary>
    public bool HasSources { get; }

    /// <summary>Reads one or more files as one.</summary>
    /// <param name="paths">CSV files, plain or packed by gzip; at least one.</param>
    /// <param name="columns">Where record id, cluster and source stand; null = found by their names.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The records with their clusters.</returns>
    /// <exception cref="FileNotFoundException">A file does not exist.</exception>
    /// <exception cref="InvalidRecordException">
    /// A file is empty, lacks a column (the message lists those it has), has a row that can't be read, or names a record a second time.
    /// </exception>
    /// <remarks>
    /// Names looked for, compared without case: record_id, rec_id, id, unique_id, uid; customer_id, entity_id, true_id, cluster_id, cluster,
    /// entity, truth_id, person_id, true_entity, true_cluster; source, source_name, source_dataset, dataset.
    /// </remarks>
    public static async Task<ClusterFile> ReadAsync(
        IReadOnlyList<string> paths, ClusterColumns? columns = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentOutOfRangeException.ThrowIfZero(paths.Count, nameof(paths));
        columns ??= ClusterColumns.Default;
        var members = new List<ClusterMember>();
        var seen = new HashSet<RecordKey>();
        bool hasSources = true;
        foreach (string path in paths)
        {
            LabelTable table = await LabelTable.ReadAsync(path, cancellationToken).ConfigureAwait(false);
            int id = table.Find("record id", columns.RecordId, RecordIdNames);
            int cluster = table.Find("cluster", columns.Cluster, ClusterNames);
            int source = columns.Source is null ? table.Find(SourceNames) : table.Find("source", columns.Source, SourceNames);
            hasSources &= source >= 0;
            for (int row = 0; row < table.RowCount; row++)
            {
                var key = new RecordKey(source < 0 ? string.Empty : table.Required(row, source), table.Required(row, id));
                if (!seen.Add(key))
                {
                    throw table.Error(row, source < 0
                        ? "another row has the same record id; name the source column if ids repeat between sources."
                        : "another row has the same source and record id.");
                }
                members.Add(new ClusterMember(key, table.Required(row, cluster)));
            }
        }
        IReadOnlyList<ClusterMember> all = hasSources
            ? members
            : [.. members.Select(member => member with { Record = member.Record with { Source = string.Empty } })];
        return new ClusterFile(all, hasSources);
    }
}

/// <summary>The columns of a file of clusters.</summary>
public sealed record ClusterColumns
{
    /// <summary>All columns are found by their names.</summary>
    public static ClusterColumns Default { get; } = new();

    /// <summary>The column of the record ids.</summary>
    /// <value>Compared without case; null = found by its name. Default null.</value>
    public string? RecordId { get; init; }

    /// <summary>The column of the clusters.</summary>
    /// <value>Compared without case; null = found by its name. Default null.</value>
    public string? Cluster { get; init; }

    /// <summary>The column of the sources.</summary>
    /// <value>Compared without case; null = found by its name, or none. Default null.</value>
    public string? Source { get; init; }
}
