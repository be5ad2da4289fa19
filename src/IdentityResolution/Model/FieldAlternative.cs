namespace IdentityResolution;

/// <summary>More columns that feed a field: each gives the record a value of its own beside the field's first.</summary>
/// <remarks>Immutable. A second phone, a name written whole beside one in parts, an identifier of another type.</remarks>
public sealed record FieldAlternative
{
    /// <summary>The columns, by source; several columns of a source are joined with blanks in this order.</summary>
    /// <value>Source name (or <c>*</c> for all others) to column names; at least one. A source without an entry has no such value.</value>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Columns { get; init; }

    /// <summary>Takes one part of a whole name instead of all of it, by source (or <c>*</c>).</summary>
    /// <value>Default none: whole.</value>
    public IReadOnlyDictionary<string, NamePart> Parts { get; init; } = new Dictionary<string, NamePart>(StringComparer.Ordinal);

    /// <summary>What type of identifier the columns hold: only values of one label are compared with each other.</summary>
    /// <value>Letters, digits, <c>_</c> and <c>-</c>; for identifiers only. Default null: none.</value>
    public string? Label { get; init; }
}
