using System.Globalization;
using System.Text;
using IdentityResolution.Evaluation;
using IdentityResolution.Lookup;

namespace IdentityResolution.Cli;

/// <summary>Writes the side files of a run as CSV (RFC 4180), UTF-8, lines ending in LF.</summary>
internal static class CsvWriter
{
    /// <summary>Writes <c>left_source, left_record_id, right_source, right_record_id, matched_by, match_probability, match_weight</c>.</summary>
    public static Task WriteLinksAsync(Stream output, IReadOnlyList<Link> links) => WriteAsync(
        output,
        "left_source,left_record_id,right_source,right_record_id,matched_by,match_probability,match_weight",
        links.Select(link => (string?[])
        [
            link.Left.Source, link.Left.Id, link.Right.Source, link.Right.Id, link.MatchedBy,
            link.MatchProbability.ToString("F6", CultureInfo.InvariantCulture), link.MatchWeight?.ToString("F3", CultureInfo.InvariantCulture),
        ]));

    /// <summary>Writes <c>left_source, left_record_id, right_source, right_record_id, match_probability, match_weight</c>; a match rule has no weight.</summary>
    public static Task WriteScoredPairsAsync(Stream output, IReadOnlyList<ScoredPair> pairs) => WriteAsync(
        output,
        "left_source,left_record_id,right_source,right_record_id,match_probability,match_weight",
        pairs.Select(pair => (string?[])
            [pair.Left.Source, pair.Left.Id, pair.Right.Source, pair.Right.Id, Probability(pair), Bits(pair.Weight)]));

    /// <summary>A probability with six decimals.</summary>
    public static string Probability(ScoredPair pair) => pair.MatchProbability.ToString("F6", CultureInfo.InvariantCulture);

    /// <summary>A weight in bits; null for a match rule.</summary>
    public static string? Bits(int weight) => weight == ScoredPair.RuleWeight ? null : (weight / 1000.0).ToString("F3", CultureInfo.InvariantCulture);

    /// <summary>Writes <c>change, customer_id, related_customer_id, source, record_id, reason, run_id, at</c>.</summary>
    public static Task WriteChangesAsync(Stream output, IEnumerable<EntityChange> changes) => WriteAsync(
        output,
        "change,customer_id,related_customer_id,source,record_id,reason,run_id,at",
        changes.Select(change => (string?[])
        [
            StoredNames.Of(change.Kind), change.EntityId, change.RelatedEntityId, change.Record?.Source, change.Record?.Id,
            change.Reason, change.RunId, change.At.ToString("O", CultureInfo.InvariantCulture),
        ]));

    /// <summary>Writes <c>input, line, column, reason, message</c>.</summary>
    public static Task WriteQuarantineAsync(Stream output, IEnumerable<QuarantinedRow> rows) => WriteAsync(
        output,
        "input,line,column,reason,message",
        rows.Select(row => (string?[])
            [row.Input, row.LineNumber.ToString(CultureInfo.InvariantCulture), row.Column, row.Reason.ToString(), row.Message]));

    /// <summary>Writes a header and rows.</summary>
    public static async Task WriteAsync(Stream output, string header, IEnumerable<string?[]> rows)
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        await using var writer = new StreamWriter(output, utf8, 1 << 16, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(header);
        foreach (string?[] row in rows)
        {
            for (int i = 0; i < row.Length; i++)
            {
                writer.Write(i == 0 ? string.Empty : ",");
                writer.Write(Quote(row[i]));
            }
            writer.WriteLine();
        }
    }

    /// <summary>A value as it stands in CSV.</summary>
    public static string? Quote(string? value) => value is null || value.AsSpan().IndexOfAny(",\"\r\n") < 0
        ? value
        : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
