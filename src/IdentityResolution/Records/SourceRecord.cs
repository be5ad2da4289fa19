namespace IdentityResolution;

/// <summary>One row of one source, before resolution.</summary>
/// <param name="Key">The source and the record's id there.</param>
/// <param name="Values">Raw values by column name; null and empty both mean missing. Column names are compared ordinally.</param>
public sealed record SourceRecord(RecordKey Key, IReadOnlyDictionary<string, string?> Values)
{
    /// <summary>Creates a record from column and value pairs.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="id">The record's id within the source.</param>
    /// <param name="values">Columns with their raw values; the last of two equal columns wins.</param>
    /// <returns>The record.</returns>
    public static SourceRecord Create(string source, string id, params ReadOnlySpan<(string Column, string? Value)> values)
    {
        var byColumn = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach ((string column, string? value) in values)
        {
            byColumn[column] = value;
        }
        return new SourceRecord(new RecordKey(source, id), byColumn);
    }
}
