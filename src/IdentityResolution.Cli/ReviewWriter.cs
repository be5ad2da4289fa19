using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace IdentityResolution.Cli;

/// <summary>Writes a review queue in the form in which judgements are read: a person fills in the decision and gives it back.</summary>
internal static class ReviewWriter
{
    private static readonly string[] Columns =
    [
        "source_l", "record_id_l", "source_r", "record_id_r", "decision", "judged_by", "judged_at", "note",
        "kind", "reason", "match_probability", "match_weight", "customer_id_l", "customer_id_r",
    ];

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Is the file NDJSON by its name?</summary>
    public static bool IsNdJson(string path) =>
        path.EndsWith(".ndjson", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase);

    /// <summary>Writes the queue; after the fixed columns, each field of the model twice: <c>l.NAME</c> and <c>r.NAME</c>.</summary>
    public static Task WriteAsync(Stream output, ReviewList review, IdentityModel model, bool asNdJson)
    {
        string[] columns = [.. Columns, .. model.Fields.SelectMany(field => new[] { $"l.{field.Name}", $"r.{field.Name}" })];
        IEnumerable<string?[]> rows = review.Items.Select(Row);
        return asNdJson ? WriteNdJsonAsync(output, columns, rows) : CsvWriter.WriteAsync(output, string.Join(',', columns), rows);
    }

    private static string?[] Row(ReviewItem item) =>
    [
        item.Left.Source, item.Left.Id, item.Right.Source, item.Right.Id, null, null, null, null,
        JsonNamingPolicy.SnakeCaseLower.ConvertName(item.Kind.ToString()), item.Reason,
        item.MatchProbability?.ToString("F6", CultureInfo.InvariantCulture), item.MatchWeight?.ToString("F3", CultureInfo.InvariantCulture),
        item.LeftEntityId, item.RightEntityId, .. item.Fields.SelectMany(field => new[] { field.Left, field.Right }),
    ];

    private static async Task WriteNdJsonAsync(Stream output, string[] columns, IEnumerable<string?[]> rows)
    {
        foreach (string?[] row in rows)
        {
            using (var json = new Utf8JsonWriter(output, Options))
            {
                json.WriteStartObject();
                for (int i = 0; i < columns.Length; i++)
                {
                    json.WriteString(columns[i], row[i]);
                }
                json.WriteEndObject();
            }
            await output.WriteAsync("\n"u8.ToArray());
        }
    }
}
