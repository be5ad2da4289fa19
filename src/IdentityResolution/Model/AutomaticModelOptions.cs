namespace IdentityResolution;

/// <summary>What the user decides when the library proposes the model itself.</summary>
/// <remarks>Immutable. Everything else is inferred from column names and contents, and stands in the resulting model.</remarks>
public sealed record AutomaticModelOptions
{
    /// <summary>The options used when none are given.</summary>
    public static AutomaticModelOptions Default { get; } = new();

    /// <summary>Are only records of different sources linked?</summary>
    /// <value>Default false.</value>
    public bool LinkOnly { get; init; }

    /// <summary>Are only records of one source linked?</summary>
    /// <value>Default false; excludes <see cref="LinkOnly"/>.</value>
    public bool DedupeOnly { get; init; }

    /// <summary>Sources that hold no customer twice.</summary>
    /// <value>Source names; default none.</value>
    public IReadOnlyList<string> UniqueSources { get; init; } = [];

    /// <summary>The lowest match probability that links two records.</summary>
    /// <value>In (0, 1); null = the library's default. Default null.</value>
    public double? MatchProbabilityThreshold { get; init; }

    /// <summary>Columns to leave out of the model, by name in any source.</summary>
    /// <value>Compared without case. Default none.</value>
    public IReadOnlyList<string> IgnoredColumns { get; init; } = [];

    /// <summary>What columns hold, where the guess by name and content would be wrong.</summary>
    /// <value>Column name (compared without case) to kind. Default none.</value>
    public IReadOnlyDictionary<string, FieldKind> ColumnKinds { get; init; } = new Dictionary<string, FieldKind>(StringComparer.OrdinalIgnoreCase);

    internal IEnumerable<ModelError> Validate()
    {
        if (DedupeOnly && LinkOnly)
        {
            yield return new("automatic.dedupeOnly", "excludes linkOnly: no pair would be left.");
        }
        if (MatchProbabilityThreshold is { } threshold and not (> 0 and < 1))
        {
            yield return new("automatic.matchProbabilityThreshold", $"must be in (0, 1) but is {threshold}.");
        }
    }
}
