using System.Globalization;
using IdentityResolution.Records;

namespace IdentityResolution;

/// <summary>A file of judgements: a review queue that a person has filled in, or labelled pairs.</summary>
public static class JudgementFile
{
    private static readonly string[] LeftSource = ["source_l", "left_source", "source_left"];
    private static readonly string[] LeftId = ["record_id_l", "left_record_id", "record_id_left", "left_id", "id_l", "unique_id_l"];
    private static readonly string[] RightSource = ["source_r", "right_source", "source_right"];
    private static readonly string[] RightId = ["record_id_r", "right_record_id", "record_id_right", "right_id", "id_r", "unique_id_r"];
    private static readonly string[] Decision = ["decision", "judgement", "match", "is_match", "label"];

    /// <summary>Reads a file.</summary>
    /// <param name="path">
    /// CSV or NDJSON, plain or packed by gzip, with <c>source_l</c>, <c>record_id_l</c>, <c>source_r</c>, <c>record_id_r</c> and <c>decision</c>
    /// (<c>same</c>, <c>different</c> or <c>unsure</c>; also yes or no, y or n, true or false, 1 or 0); optionally <c>judged_by</c>, <c>judged_at</c>
    /// (ISO 8601) and <c>note</c>. Other columns are not read. A row without a decision is left out.
    /// </param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The judgements in the order of the file.</returns>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidRecordException">The file lacks a column, or a row can't be read.</exception>
    public static async Task<IReadOnlyList<Judgement>> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        var builder = new RecordTableBuilder();
        RecordTable table = await RecordTableReader.ReadAsync([RecordSet.FromFile(path)], builder, null, null, cancellationToken).ConfigureAwait(false);
        if (builder.Quarantine is [QuarantinedRow broken, ..])
        {
            throw new InvalidRecordException(path, broken.LineNumber, broken.Message);
        }
        var rows = new JudgementRows(path, table.Segments[0]);
        if (table.Count == 0)
        {
            return [];
        }
        RawColumn[] key = [rows.Required(LeftSource), rows.Required(LeftId), rows.Required(RightSource), rows.Required(RightId)];
        RawColumn decision = rows.Required(Decision);
        var judgements = new List<Judgement>();
        for (int row = 0; row < table.Count; row++)
        {
            if (JudgementRows.Value(decision, row) is { } decided)
            {
                judgements.Add(Read(rows, row, key, decided));
            }
        }
        return judgements;
    }

    private static Judgement Read(JudgementRows rows, int row, RawColumn[] key, string decided)
    {
        string[] ends = [.. key.Select(column => JudgementRows.Value(column, row) ?? throw rows.Error(row, $"the column '{column.Name}' is empty."))];
        var left = new RecordKey(ends[0], ends[1]);
        var right = new RecordKey(ends[2], ends[3]);
        if (left == right)
        {
            throw rows.Error(row, "both records are one and the same.");
        }
        JudgementDecision decision = decided.ToLowerInvariant() switch
        {
            "same" or "yes" or "y" or "true" or "1" or "match" => JudgementDecision.Same,
            "different" or "no" or "n" or "false" or "0" or "non-match" => JudgementDecision.Different,
            "unsure" or "u" or "?" => JudgementDecision.Unsure,
            _ => throw rows.Error(row, "the decision must be same, different or unsure."),
        };
        return new Judgement(left, right, decision)
        {
            JudgedBy = rows.Value("judged_by", row),
            JudgedAt = ReadTime(rows, row),
            Note = rows.Value("note", row),
        };
    }

    private static DateTimeOffset? ReadTime(JudgementRows rows, int row)
    {
        if (rows.Value("judged_at", row) is not { } text)
        {
            return null;
        }
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time
            : throw rows.Error(row, "judged_at must be a time as in 2026-03-01T12:00:00Z.");
    }

    // The rows of the file by column; errors name the row.
    private sealed class JudgementRows(string path, RecordSegment segment)
    {
        public RawColumn Required(string[] names) => names.Select(segment.Find).FirstOrDefault(column => column is not null)
            ?? throw new InvalidRecordException(path, 1, $"there is no column '{names[0]}'; the columns are: {string.Join(", ", segment.Columns.Select(column => column.Name))}.");

        public string? Value(string name, int row) => segment.Find(name) is { } column ? Value(column, row) : null;

        public static string? Value(RawColumn column, int row) =>
            column.Codes[row] is var code and >= 0 && column.Values.GetString(code).Trim() is { Length: > 0 } text ? text : null;

        public InvalidRecordException Error(int row, string message) => new(path, 0, $"row {row + 1}: {message}");
    }
}
