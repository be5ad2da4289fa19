using System.Globalization;
using System.Text;
using IdentityResolution.Records;

namespace IdentityResolution.Tests.Records;

/// <summary>Reads record sets the way a resolver does, into something a test can look at.</summary>
internal static class ReadHelper
{
    public static async Task<ReadResult> ReadAsync(params RecordSet[] inputs)
    {
        var builder = new RecordTableBuilder();
        RecordTable table = await RecordTableReader.ReadAsync(inputs, builder, null, null, TestContext.Current.CancellationToken);
        return new ReadResult(table, builder.Quarantine);
    }

    public static Task<ReadResult> ReadCsvAsync(string text, CsvOptions? options = null) =>
        ReadAsync(RecordSet.FromCsv(Stream(text), "people.csv", options));

    public static Task<ReadResult> ReadNdJsonAsync(string text, NdJsonOptions? options = null) =>
        ReadAsync(RecordSet.FromNdJson(Stream(text), "people.ndjson", options));

    public static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));
}

internal sealed record ReadResult(RecordTable Table, IReadOnlyList<QuarantinedRow> Quarantine)
{
    /// <summary>One line per record: <c>source/id|column=value|...</c>, missing values left out.</summary>
    public string[] Lines => [.. Table.Segments.SelectMany(segment => Enumerable.Range(0, segment.Count).Select(row => Line(segment, row)))];

    /// <summary>One line per quarantined row: <c>line:column:reason</c>.</summary>
    public string[] Faults => [.. Quarantine.Select(row =>
        string.Create(CultureInfo.InvariantCulture, $"{row.LineNumber}:{row.Column ?? "-"}:{row.Reason}"))];

    public string? Value(int record, string column)
    {
        RecordSegment segment = Table.Segments.Single(s => record >= s.Start && record < s.Start + s.Count);
        RawColumn? raw = segment.Find(column);
        int code = raw?.Codes[record - segment.Start] ?? -1;
        return code < 0 ? null : raw!.Values.GetString(code);
    }

    private string Line(RecordSegment segment, int row) => string.Join('|',
        new[] { Table.Keys.Key(segment.Start + row).ToString() }.Concat(segment.Columns
            .Where(column => column.Codes[row] >= 0)
            .Select(column => $"{column.Name}={column.Values.GetString(column.Codes[row])}")));
}
