namespace IdentityResolution;

/// <summary>Two records of which a person should decide whether they are one customer; the answer is a <see cref="Judgement"/>.</summary>
/// <param name="Left">The record that comes first by key.</param>
/// <param name="Right">The other record.</param>
/// <param name="Kind">Why it is in doubt.</param>
/// <param name="Reason">The same in a sentence, without values.</param>
/// <param name="Doubt">How much a decision is needed, in (0, 1], 1 = most.</param>
/// <param name="LeftEntityId">The customer that the first record has now.</param>
/// <param name="RightEntityId">The customer that the other record has now; the same where a link is in doubt.</param>
/// <param name="Fields">What both records hold, in the model's order.</param>
public sealed record ReviewItem(
    RecordKey Left, RecordKey Right, ReviewKind Kind, string Reason, double Doubt, string LeftEntityId, string RightEntityId, IReadOnlyList<ReviewField> Fields)
{
    /// <summary>The match weight in bits, prior included.</summary>
    /// <value>Null where the pair was not scored.</value>
    public double? MatchWeight { get; init; }

    /// <summary>The match probability.</summary>
    /// <value>In [0, 1]; null where the pair was not scored.</value>
    public double? MatchProbability => MatchWeight is { } weight ? MatchWeights.ToProbability((int)Math.Round(weight * 1000)) : null;
}

/// <summary>What two records hold in one field.</summary>
/// <param name="Name">The field.</param>
/// <param name="Left">The first record's standardized value; null = missing.</param>
/// <param name="Right">The other record's.</param>
public readonly record struct ReviewField(string Name, string? Left, string? Right);
