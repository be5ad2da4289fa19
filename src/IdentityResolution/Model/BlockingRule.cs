namespace IdentityResolution;

/// <summary>A rule that makes candidate pairs: records whose keys are all equal, or near each other in order, are compared. Never evidence by itself.</summary>
/// <remarks>Immutable.</remarks>
public sealed record BlockingRule
{
    /// <summary>Features that must all be present and equal, for example <c>surname.soundex</c>, <c>birth_date.year</c>.</summary>
    /// <value>At least one.</value>
    public required IReadOnlyList<string> Keys { get; init; }

    /// <summary>Most records in one block; a larger one is divided by <see cref="DivideBy"/>, and what stays larger makes no pairs under this rule, and is reported.</summary>
    /// <value>A count of at least 2. Default 1000.</value>
    public int MaxBlockSize { get; init; } = 1000;

    /// <summary>
    /// Features that a block over the limit is divided by: its records are compared where they agree on the first too; parts still over the limit
    /// are divided by the second, and so on. Records without the feature make no pairs. For values that very many records share.
    /// </summary>
    /// <value>None of them split, as <c>name.words</c> is. Default empty: such a block makes no pairs.</value>
    public IReadOnlyList<string> DivideBy { get; init; } = [];

    /// <summary>
    /// Sorted neighbourhood (Hernández and Stolfo 1995): the records are sorted by the texts of the keys, the first key first, and those that stand in
    /// one window of this many are compared; each window begins half a window after the one before.
    /// </summary>
    /// <value>From 2 to 1000; 0 = records whose keys are equal. Default 0. A rule with a window has no split keys and divides nothing.</value>
    public int Window { get; init; }

    /// <summary>Does training learn from the pairs of this rule? Pairs of a rule that is too broad to learn from are only weighed.</summary>
    /// <value>Default true.</value>
    public bool Trains { get; init; } = true;

    /// <summary>The keys of the rules without <see cref="DivideBy"/> that together make the same pairs, this one's first.</summary>
    internal IEnumerable<IReadOnlyList<string>> Steps => Enumerable.Range(0, DivideBy.Count + 1).Select(step => (IReadOnlyList<string>)[.. Keys, .. DivideBy.Take(step)]);
}
