namespace IdentityResolution.Records;

/// <summary>Where the record ids of an input come from.</summary>
/// <param name="Column">The column that holds the ids; null when no column does.</param>
/// <param name="IsRowNumber">The rows were numbered, for want of an id column: such ids change when rows are added, removed or sorted.</param>
/// <param name="IsGuessed">Nobody named the id column: it was found by its name, or rows were numbered.</param>
internal readonly record struct RecordIdOrigin(string? Column, bool IsRowNumber, bool IsGuessed)
{
    /// <summary>The caller gave each record its id.</summary>
    public static RecordIdOrigin Given => default;

    /// <summary>The rows were numbered 1, 2, 3, ...</summary>
    public static RecordIdOrigin RowNumbers => new(null, IsRowNumber: true, IsGuessed: true);
}
