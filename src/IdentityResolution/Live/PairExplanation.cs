namespace IdentityResolution;

/// <summary>Why two records are one customer, or why they are not.</summary>
public sealed record PairExplanation
{
    /// <summary>One record.</summary>
    public required RecordKey Left { get; init; }

    /// <summary>The other record.</summary>
    public required RecordKey Right { get; init; }

    /// <summary>The current customer id of the left record.</summary>
    public required string LeftEntityId { get; init; }

    /// <summary>The current customer id of the right record.</summary>
    public required string RightEntityId { get; init; }

    /// <summary>Are they one customer?</summary>
    public bool AreTogether => string.Equals(LeftEntityId, RightEntityId, StringComparison.Ordinal);

    /// <summary>What decided.</summary>
    public required PairVerdict Verdict { get; init; }

    /// <summary>How each comparison judges the two, in model order. Holds values of the records.</summary>
    public required IReadOnlyList<ComparisonExplanation> Comparisons { get; init; }

    /// <summary>The weight that every pair starts with, in bits.</summary>
    public required double PriorWeight { get; init; }

    /// <summary>The total match weight in bits; null when the model has no comparisons.</summary>
    public required double? MatchWeight { get; init; }

    /// <summary>The total weight as a probability, in [0, 1]; null when the model has no comparisons.</summary>
    public required double? MatchProbability { get; init; }

    /// <summary>The lowest total weight that links, in bits.</summary>
    public required double ThresholdWeight { get; init; }

    /// <summary>The match rules that apply to the two, in order of precedence.</summary>
    public required IReadOnlyList<RuleExplanation> MatchRules { get; init; }

    /// <summary>The blocking rules that make them a candidate pair, as their keys joined by <c> + </c>.</summary>
    public required IReadOnlyList<string> BlockingRules { get; init; }

    /// <summary>What people judged on these two, oldest first.</summary>
    public required IReadOnlyList<Judgement> Judgements { get; init; }

    /// <summary>The records from the left to the right one along the links that hold, both included; empty when no links lead there.</summary>
    public required IReadOnlyList<RecordKey> Path { get; init; }
}

/// <summary>How one comparison judges two records.</summary>
/// <param name="Field">The field compared.</param>
/// <param name="LeftValue">The standardized value of the left record; null = missing.</param>
/// <param name="RightValue">The standardized value of the right record; null = missing.</param>
/// <param name="Level">The condition of the level reached; empty when a value is missing.</param>
/// <param name="Weight">What it adds against coincidence, in bits; 0 when a value is missing.</param>
/// <param name="WeightAgainstRelated">What it adds against kinship, in bits; 0 where the model knows no relatives.</param>
/// <param name="IsCrosswise">Was the field compared crosswise with the one it may be swapped with? Then the weight is that of the level alone.</param>
public sealed record ComparisonExplanation(
    string Field, string? LeftValue, string? RightValue, string Level, double Weight, double WeightAgainstRelated, bool IsCrosswise);

/// <summary>A match rule that applies to two records.</summary>
/// <param name="Name">The rule.</param>
/// <param name="Effect">What it does.</param>
/// <param name="IsHot">Do more records share the key than the rule's cap allows? Then the rule does nothing with them.</param>
public sealed record RuleExplanation(string Name, MatchRuleEffect Effect, bool IsHot);

/// <summary>What decided about two records.</summary>
public enum PairVerdict
{
    /// <summary>A link of their own joins them.</summary>
    Linked = 0,

    /// <summary>Links to other records join them.</summary>
    LinkedThroughOthers,

    /// <summary>They share an id that was given before; no links join them.</summary>
    SharedId,

    /// <summary>A person told them apart.</summary>
    JudgedDifferent,

    /// <summary>A rule, a source without duplicates or the most records of a customer keep them apart, although something links them.</summary>
    Guarded,

    /// <summary>Something links them, but another record is as likely or likelier, or the records around them contradict each other.</summary>
    Outweighed,

    /// <summary>The weight is below the threshold.</summary>
    BelowThreshold,

    /// <summary>No rule made them a candidate pair.</summary>
    NotCompared,
}
