using Npgsql.Replication.PgOutput.Messages;

namespace IdentityResolution.PostgreSql.Capture;

/// <summary>How rows of a table stand in the stream: which columns are records' values, which are the id.</summary>
internal sealed class RelationLayout
{
    private readonly int[] _id;

    private RelationLayout(SourceTable table, SourceColumn[] columns)
    {
        Table = table;
        Columns = columns;
        _id = [.. table.IdColumns.Select(name => Array.FindIndex(columns, column => column.Name == name))];
        Takes = [.. columns.Select(column => table.Takes(column.Name))];
        Reads = [.. columns.Select(column => table.Takes(column.Name) || table.IdColumns.Contains(column.Name, StringComparer.Ordinal))];
    }

    /// <summary>The table.</summary>
    public SourceTable Table { get; }

    /// <summary>All columns that are sent, in order.</summary>
    public SourceColumn[] Columns { get; }

    /// <summary>Which columns are values of records.</summary>
    public bool[] Takes { get; }

    /// <summary>Which columns are needed at all.</summary>
    public bool[] Reads { get; }

    /// <summary>Do rows look as they did in the table's snapshot?</summary>
    public bool IsAsRead { get; private init; }

    /// <summary>Places of the id columns, in order; -1 = not sent.</summary>
    public ReadOnlySpan<int> Id => _id;

    public static RelationLayout Of(SourceTable table, RelationMessage relation)
    {
        SourceColumn[] columns = [.. relation.Columns.Select(column => new SourceColumn(column.ColumnName, column.DataTypeId, column.TypeModifier))];
        var layout = new RelationLayout(table, columns);
        return new RelationLayout(table, columns) { IsAsRead = columns.Where((_, i) => layout.Reads[i]).SequenceEqual(table.Columns) };
    }

    /// <summary>A layout for rows that a query reads, which have the table's columns.</summary>
    public static RelationLayout Of(SourceTable table) => new(table, [.. table.Columns]) { IsAsRead = true };
}
