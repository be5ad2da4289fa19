namespace IdentityResolution;

/// <summary>A deterministic rule: records whose match keys are all equal are one customer.</summary>
/// <remarks>Rules stand in order of precedence; a link carries the name of the first rule that makes it. Immutable.</remarks>
public sealed record MatchRule
{
    /// <summary>The rule's name, shown as <c>matched_by</c>; unique in a model.</summary>
    public required string Name { get; init; }

    /// <summary>The match keys: features that must all be present and equal, for example <c>email</c>, <c>surname</c>, <c>birth_date.year</c>.</summary>
    /// <value>At least one.</value>
    public required IReadOnlyList<string> Keys { get; init; }

    /// <summary>Most records that one combination of values may join; a combination that more records share joins none, and is reported.</summary>
    /// <value>A count of at least 2. Default 100.</value>
    public int MaxRecordsPerKey { get; init; } = 100;
}

/// <summary>A rule that makes candidate pairs: records whose keys are all equal are compared. Never evidence by itself.</summary>
/// <remarks>Immutable.</remarks>
public sealed record BlockingRule
{
    /// <summary>Features that must all be present and equal, for example <c>surname.soundex</c>, <c>birth_date.year</c>.</summary>
    /// <value>At least one.</value>
    public required IReadOnlyList<string> Keys { get; init; }

    /// <summary>Most records in one block; a larger block makes no pairs under this rule, and is reported.</summary>
    /// <value>A count of at least 2. Default 1000.</value>
    public int MaxBlockSize { get; init; } = 1000;
}
