namespace IdentityResolution;

/// <summary>What a person decided about two records. It stands above every rule, guard and score.</summary>
/// <param name="Left">One record.</param>
/// <param name="Right">The other record.</param>
/// <param name="Decision">Same, different or unsure.</param>
/// <remarks>
/// Of judgements on the same two records the latest counts. Judgements hold through each other: what is the same as the same is the same. Where that
/// leads to a contradiction the later judgement stands, and of two with the same time, or none, the one that keeps records apart. Immutable.
/// </remarks>
public sealed record Judgement(RecordKey Left, RecordKey Right, JudgementDecision Decision)
{
    /// <summary>Who decided.</summary>
    /// <value>Any text; null = not told. Default null.</value>
    public string? JudgedBy { get; init; }

    /// <summary>When it was decided.</summary>
    /// <value>Null = before every judgement with a time. Default null.</value>
    public DateTimeOffset? JudgedAt { get; init; }

    /// <summary>Why it was decided so.</summary>
    /// <value>Any text; null = not told. Default null.</value>
    public string? Note { get; init; }
}
