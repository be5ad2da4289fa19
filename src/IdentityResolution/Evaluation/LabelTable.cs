using IdentityResolution.Records;

namespace IdentityResolution.Evaluation;

/// <summary>A CSV file of answers, held whole: names of the columns, and values by row and column.</summary>
/// <remarks>Stricter than the reading of records: a row that can't be read is an error, since a figure over part of the truth would mislead.</remarks>
internal sealed class LabelTable
{
    private readonly RecordSegment _segment;
    private readonly string?[][] _values;

    private LabelTable(string path, RecordSegment segment)
    {
        Path = path;
        _segment = segment;
        _values = [.. segment.Columns.Select(Decode)];
        Columns = [.. _values.Select((values, index) => Value(values, segment.Columns[index].Codes[0])?.Trim() ?? $"column{index + 1}")];
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The columns' names.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>How many rows there are below the header.</summary>
    public int RowCount => _segment.Count - 1;

    /// <summary>Reads a file, plain or packed by gzip.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidRecordException">The file is empty, has no rows, or a row can't be read.</exception>
    public static async Task<LabelTable> ReadAsync(string path, CancellationToken cancellationToken)
    {
        // Without a header the reader numbers the rows and looks for no record id: the first row is the header.
        RecordSet file = RecordSet.FromCsv(path, CsvOptions.Default with { HasHeader = false });
        var builder = new RecordTableBuilder();
        RecordTable table = await RecordTableReader.ReadAsync([file], builder, null, null, cancellationToken).ConfigureAwait(false);
        if (builder.Quarantine is [QuarantinedRow broken, ..])
        {
            throw new InvalidRecordException(path, broken.LineNumber, broken.Message);
        }
        return table.Count switch
        {
            0 => throw new InvalidRecordException(path, 0, "the file is empty."),
            1 => throw new InvalidRecordException(path, 0, "the file has a header and no rows."),
            _ => new LabelTable(path, table.Segments[0]),
        };
    }

    /// <summary>The value in a row (0-based, below the header), without blanks around it; null when it is empty.</summary>
    public string? this[int row, int column] => Value(_values[column], _segment.Columns[column].Codes[row + 1]);

    /// <summary>The value in a row, which must be there.</summary>
    /// <exception cref="InvalidRecordException">It is empty.</exception>
    public string Required(int row, int column) =>
        this[row, column] ?? throw Error(row, $"the column '{Columns[column]}' is empty.");

    /// <summary>The column with one of these names, compared without case; -1 when there is none.</summary>
    public int Find(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            for (int column = 0; column < Columns.Count; column++)
            {
                if (string.Equals(Columns[column], name, StringComparison.OrdinalIgnoreCase))
                {
                    return column;
                }
            }
        }
        return -1;
    }

    /// <summary>The column that was named, or else the one with a usual name.</summary>
    /// <param name="what">What the column holds, for messages.</param>
    /// <param name="named">The name that was given; null = none.</param>
    /// <param name="usual">Usual names, best first.</param>
    /// <exception cref="InvalidRecordException">There is no such column; the message lists those that exist.</exception>
    public int Find(string what, string? named, ReadOnlySpan<string> usual)
    {
        int column = named is null ? Find(usual) : Find(named);
        if (column >= 0)
        {
            return column;
        }
        string wanted = named is null ? $"no column is known to hold the {what}" : $"there is no column '{named}'";
        throw new InvalidRecordException(Path, 1, $"{wanted}; the columns are: {string.Join(", ", Columns)}.");
    }

    /// <summary>An error in a row.</summary>
    public InvalidRecordException Error(int row, string message) => new(Path, 0, $"row {row + 1} below the header: {message}");

    private static string?[] Decode(RawColumn column)
    {
        var values = new string?[column.Values.Count];
        for (int code = 0; code < values.Length; code++)
        {
            string value = column.Values.GetString(code).Trim();
            values[code] = value.Length == 0 ? null : value;
        }
        return values;
    }

    private static string? Value(string?[] values, int code) => code < 0 ? null : values[code];
}
