using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace IdentityResolution.PostgreSql.Capture;

/// <summary>A column of a captured table, as the server describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TypeId">The object id of its type.</param>
/// <param name="TypeModifier">The length or precision within the type.</param>
internal sealed record SourceColumn(string Name, uint TypeId, int TypeModifier)
{
    private const uint Boolean = 16;

    /// <summary>The text of a value as records have it, from the text that the server sends.</summary>
    public string Text(string sent) => TypeId != Boolean ? sent : sent == "t" ? "true" : "false";
}

/// <summary>A table that is captured, as the server has it now.</summary>
/// <param name="Options">What was asked for.</param>
/// <param name="Id">The object id of the table.</param>
/// <param name="IsPartitioned">Are its rows in partitions?</param>
/// <param name="Columns">The columns that are taken, id columns among them, in the order of the table.</param>
/// <param name="IdColumns">Names of the columns that make the record id, in order.</param>
/// <param name="RowFilter">The publication's condition on rows, as SQL; null = none.</param>
/// <param name="FileId">Changes whenever the table is written anew.</param>
internal sealed record SourceTable(
    CaptureTable Options, uint Id, bool IsPartitioned, IReadOnlyList<SourceColumn> Columns, IReadOnlyList<string> IdColumns, string? RowFilter, uint FileId)
{
    public string Source => Options.Source;

    /// <summary>The table's quoted name.</summary>
    public string SqlName => Capture.SqlName.Quote(Options.Schema, Options.Name);

    /// <summary>Is this column taken as a value of records?</summary>
    public bool Takes(string column) => Options.Columns is not { } columns || columns.Contains(column, StringComparer.Ordinal);

    /// <summary>Reads all rows.</summary>
    public string SelectAll() =>
        $"SELECT {string.Join(", ", Columns.Select(column => Capture.SqlName.Quote(column.Name)))} FROM {(IsPartitioned ? "" : "ONLY ")}{SqlName}"
        + (RowFilter is null ? "" : $" WHERE ({RowFilter})");

    /// <summary>Reads the row of an id, whose columns are parameters.</summary>
    public string SelectOne() => SelectAll() + (RowFilter is null ? " WHERE " : " AND ")
        + string.Join(" AND ", IdColumns.Select((column, i) => string.Create(CultureInfo.InvariantCulture, $"{Capture.SqlName.Quote(column)} = ${i + 1}")));

    /// <summary>Changes when rows that say the same would make other records, or when the table is another one.</summary>
    public string Fingerprint()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Id}\n{RowFilter}\n");
        foreach (string column in IdColumns)
        {
            text.Append(Capture.SqlName.Quote(column)).Append('\n');
        }
        foreach (SourceColumn column in Columns)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Capture.SqlName.Quote(column.Name)} {column.TypeId} {column.TypeModifier} {Takes(column.Name)}\n");
        }
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())), 0, 16);
    }
}
