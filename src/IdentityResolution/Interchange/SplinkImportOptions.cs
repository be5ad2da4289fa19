namespace IdentityResolution.Interchange;

/// <summary>What Splink settings do not hold and a model needs.</summary>
/// <remarks>Immutable.</remarks>
public sealed record SplinkImportOptions
{
    /// <summary>The options used when none are given.</summary>
    public static SplinkImportOptions Default { get; } = new();

    /// <summary>How common the values of columns are, as Splink's term frequency tables have it.</summary>
    /// <value>Column to (value to frequency in (0, 1]); default none: then they are counted on the records of each run.</value>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> TermFrequencies { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, double>>(StringComparer.Ordinal);

    /// <summary>What columns hold, where the conditions do not tell: decides how values are standardized.</summary>
    /// <value>Column to kind; a column that is not named is a date, a number or an e-mail address where a condition treats it so, else text.</value>
    public IReadOnlyDictionary<string, FieldKind> ColumnKinds { get; init; } = new Dictionary<string, FieldKind>(StringComparer.Ordinal);

    /// <summary>Most records in a block; Splink has no such limit.</summary>
    /// <value>A count of at least 2. Default 1000.</value>
    public int MaxBlockSize { get; init; } = 1000;
}
