using IdentityResolution.Evaluation;

namespace IdentityResolution;

/// <summary>A file of labels to learn from: judged pairs, or the true clusters of records.</summary>
public static class LabelFile
{
    private static readonly string[] NdJsonExtensions = [".ndjson", ".jsonl", ".ndjson.gz", ".jsonl.gz"];

    /// <summary>Reads a file; its columns say which of the two it is.</summary>
    /// <param name="path">
    /// A file of judgements as <see cref="JudgementFile"/> reads them, where the sources may be left out when record ids are unique over all sources;
    /// or a CSV file with a record id, a cluster and perhaps a source per row, as <see cref="ClusterFile"/> reads it. Plain or packed by gzip.
    /// </param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The labels.</returns>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidRecordException">The file is empty, lacks a column, or has a row that can't be read.</exception>
    public static async Task<TrainingLabels> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (Array.Exists(NdJsonExtensions, extension => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase)))
        {
            return new TrainingLabels { Pairs = await JudgementFile.ReadAsync(path, cancellationToken).ConfigureAwait(false) };
        }
        LabelTable table = await LabelTable.ReadAsync(path, cancellationToken).ConfigureAwait(false);
        if (!PairColumns.AreIn(table))
        {
            ClusterFile clusters = await ClusterFile.ReadAsync([path], null, cancellationToken).ConfigureAwait(false);
            return new TrainingLabels { Clusters = clusters.Members.ToDictionary(member => member.Record, member => member.Cluster) };
        }
        if (PairColumns.Find(table).HasSources)
        {
            return new TrainingLabels { Pairs = await JudgementFile.ReadAsync(path, cancellationToken).ConfigureAwait(false) };
        }
        PairFile pairs = await PairFile.ReadAsync(path, cancellationToken).ConfigureAwait(false);
        return new TrainingLabels
        {
            Pairs = [.. pairs.Pairs.Select(pair => new Judgement(pair.Left, pair.Right, pair.IsMatch ? JudgementDecision.Same : JudgementDecision.Different))],
        };
    }

    /// <summary>Reads several files as one.</summary>
    /// <param name="paths">The files; pairs and clusters may be mixed.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The labels; of a record in two files of clusters the later file counts.</returns>
    /// <exception cref="FileNotFoundException">A file does not exist.</exception>
    /// <exception cref="InvalidRecordException">A file is empty, lacks a column, or has a row that can't be read.</exception>
    public static async Task<TrainingLabels> ReadAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var pairs = new List<Judgement>();
        var clusters = new Dictionary<RecordKey, string>();
        foreach (string path in paths)
        {
            TrainingLabels labels = await ReadAsync(path, cancellationToken).ConfigureAwait(false);
            pairs.AddRange(labels.Pairs);
            foreach ((RecordKey record, string cluster) in labels.Clusters)
            {
                clusters[record] = cluster;
            }
        }
        return new TrainingLabels { Pairs = pairs, Clusters = clusters };
    }
}
