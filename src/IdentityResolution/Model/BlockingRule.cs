namespace IdentityResolution;

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

    /// <summary>Does training learn from the pairs of this rule? Pairs of a rule that is too broad to learn from are only weighed.</summary>
    /// <value>Default true.</value>
    public bool Trains { get; init; } = true;
}
