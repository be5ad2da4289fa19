namespace IdentityResolution;

/// <summary>What is known about who is who, to learn from: labelled pairs, or the true clusters of some records, or both.</summary>
/// <remarks>
/// Labels teach the model; they do not by themselves link or part records (<see cref="ResolverOptions.Judgements"/> do). A record whose key has an
/// empty source is found by its id alone. Immutable. <see cref="LabelFile"/> reads them from a file.
/// </remarks>
public sealed record TrainingLabels
{
    /// <summary>Labelled pairs.</summary>
    /// <value>In any order; of a pair the latest judgement counts, and <see cref="JudgementDecision.Unsure"/> says nothing. Default none.</value>
    public IReadOnlyList<Judgement> Pairs { get; init; } = [];

    /// <summary>The true cluster of some records; every candidate pair between two of them is labelled.</summary>
    /// <value>Record to the name of its cluster, compared ordinally. Default none.</value>
    public IReadOnlyDictionary<RecordKey, string> Clusters { get; init; } = new Dictionary<RecordKey, string>();
}
