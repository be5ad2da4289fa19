namespace IdentityResolution;

/// <summary>A deterministic rule: what it says of two records holds whatever the score is.</summary>
/// <remarks>
/// A rule applies to two records when all its conditions hold: <see cref="Keys"/>, <see cref="Different"/>, <see cref="Before"/> and <see cref="Sources"/>.
/// Rules stand in order of precedence, and all stand above the score: a rule never joins what a rule above it keeps apart, and a rule never
/// keeps apart what a rule above it joins. A link carries the name of the first rule that makes it. Immutable.
/// </remarks>
public sealed record MatchRule
{
    /// <summary>The rule's name, shown as <c>matched_by</c>; unique in a model.</summary>
    public required string Name { get; init; }

    /// <summary>What follows for two records to which the rule applies.</summary>
    /// <value>Default <see cref="MatchRuleEffect.Link"/>.</value>
    public MatchRuleEffect Effect { get; init; } = MatchRuleEffect.Link;

    /// <summary>The match keys: features that must all be present and equal, for example <c>email</c>, <c>surname</c>, <c>birth_date.year</c>.</summary>
    /// <value>At least one; a rule that forbids may do without when it has another condition.</value>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>Features that must all be present and different, for example <c>national_id</c>.</summary>
    /// <value>Default none.</value>
    public IReadOnlyList<string> Different { get; init; } = [];

    /// <summary>Dates of one record that must lie before dates of the other, for example deceased before born.</summary>
    /// <value>Default none.</value>
    public IReadOnlyList<DateBefore> Before { get; init; } = [];

    /// <summary>The sources of which both records must be.</summary>
    /// <value>Source names; empty = all. Default empty.</value>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>Most records that one combination of key values may join; a combination that more records share joins none, and is reported.</summary>
    /// <value>A count of at least 2. Default 100. A rule that forbids has no such limit.</value>
    public int MaxRecordsPerKey { get; init; } = 100;
}
