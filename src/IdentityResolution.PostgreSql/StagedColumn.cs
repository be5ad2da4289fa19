namespace IdentityResolution.PostgreSql;

/// <summary>A column of rows on their way into a table.</summary>
/// <param name="Name">Its name, which is that of the table's column.</param>
/// <param name="Type">Its type: text, json, bytea, boolean, bigint or double precision.</param>
internal readonly record struct StagedColumn(string Name, string Type)
{
    /// <summary>A text that is compared byte by byte.</summary>
    public static StagedColumn Key(string name) => new(name, "text COLLATE \"C\"");
}
