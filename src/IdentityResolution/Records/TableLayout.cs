namespace IdentityResolution.Records;

/// <summary>What each field of a table's rows is: the record id, the source, a column to keep, or nothing.</summary>
internal sealed class TableLayout
{
    private TableLayout(IReadOnlyList<string> names, int idField, int sourceField, int[] keptFields, int[] keptColumns)
    {
        Names = names;
        IdField = idField;
        SourceField = sourceField;
        KeptFields = keptFields;
        KeptColumns = keptColumns;
    }

    /// <summary>The name of each field.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The field that holds the record id; -1 = rows are numbered.</summary>
    public int IdField { get; }

    /// <summary>The field that holds the source; -1 = none does.</summary>
    public int SourceField { get; }

    /// <summary>The fields whose values are kept.</summary>
    public int[] KeptFields { get; }

    /// <summary>The segment's column of each of <see cref="KeptFields"/>.</summary>
    public int[] KeptColumns { get; }

    /// <summary>Works out the layout and adds its columns to the segment.</summary>
    /// <param name="input">The input, for messages.</param>
    /// <param name="line">The line of the header, for messages; 0 when there is none.</param>
    /// <param name="names">The columns' names; an empty one becomes column1, column2, ... by its place.</param>
    /// <param name="roles">The columns that were asked for.</param>
    /// <param name="segment">Receives the columns, and where the record ids come from.</param>
    /// <exception cref="InvalidRecordException">Two columns have one name, or a column asked for is absent.</exception>
    public static TableLayout Create(
        string input, long line, IReadOnlyList<string> names, ColumnRoles roles, RecordSegmentBuilder segment)
    {
        string[] columns = [.. names.Select((name, index) => name.Length > 0 ? name : $"column{index + 1}")];
        ThrowIfRepeated(input, line, columns);
        int idField = roles.IdColumn is null
            ? RecordIdColumn.Find(columns, roles.Source)
            : Find(input, line, columns, roles.IdColumn, "id");
        int sourceField = roles.SourceColumn is null ? -1 : Find(input, line, columns, roles.SourceColumn, "source");
        if (idField == sourceField && roles.IdColumn is null)
        {
            idField = -1;
        }
        segment.IdOrigin = idField < 0
            ? RecordIdOrigin.RowNumbers
            : new RecordIdOrigin(columns[idField], IsRowNumber: false, IsGuessed: roles.IdColumn is null);
        segment.SourceColumn = sourceField < 0 ? null : columns[sourceField];
        int[] kept =
            [.. Enumerable.Range(0, columns.Length).Where(field => field != idField && field != sourceField && roles.Keeps(columns[field]))];
        return new TableLayout(columns, idField, sourceField, kept, [.. kept.Select(field => segment.AddColumn(columns[field]))]);
    }

    private static int Find(string input, long line, string[] columns, string name, string role)
    {
        int index = Array.FindIndex(columns, column => string.Equals(column, name, StringComparison.OrdinalIgnoreCase));
        return index >= 0
            ? index
            : throw new InvalidRecordException(input, line,
                $"there is no column '{name}', which was named as the {role} column; the columns are: {string.Join(", ", columns)}.");
    }

    private static void ThrowIfRepeated(string input, long line, string[] columns)
    {
        string[] repeated = [.. columns.GroupBy(column => column, StringComparer.OrdinalIgnoreCase).Where(same => same.Skip(1).Any())
            .Select(same => $"'{same.Key}'")];
        if (repeated.Length > 0)
        {
            throw new InvalidRecordException(input, line,
                $"more than one column is called {string.Join(", ", repeated)}; columns need names of their own (case does not count).");
        }
    }
}

/// <summary>Which columns a reader was asked to treat how.</summary>
/// <param name="Source">The source name of the input.</param>
/// <param name="IdColumn">The column of the record ids; null = to be found by name.</param>
/// <param name="SourceColumn">The column of the sources; null = none.</param>
/// <param name="OnlyColumns">The columns to keep; null = all.</param>
internal sealed record ColumnRoles(string Source, string? IdColumn, string? SourceColumn, IReadOnlyCollection<string>? OnlyColumns)
{
    private readonly HashSet<string>? _only = OnlyColumns is null ? null : new(OnlyColumns, StringComparer.OrdinalIgnoreCase);

    /// <summary>Is the column to be kept?</summary>
    public bool Keeps(string column) => _only is null || _only.Contains(column);
}
