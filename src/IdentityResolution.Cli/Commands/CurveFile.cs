using System.Globalization;
using System.Text.Json;
using IdentityResolution.Evaluation;

namespace IdentityResolution.Cli.Commands;

/// <summary>The curves of a threshold sweep as a file: one row per threshold, from the highest down.</summary>
internal static class CurveFile
{
    private static readonly string[] Columns =
    [
        "match_probability", "match_weight", "links_true", "links_false", "links_precision", "links_recall", "links_f1", "links_false_positive_rate",
        "customers_true", "customers_false", "customers_precision", "customers_recall", "customers_f1",
    ];

    /// <summary>Writes CSV, or a JSON array of objects with the same names.</summary>
    public static async Task WriteAsync(Stream output, ThresholdSweep sweep, bool isJson)
    {
        if (!isJson)
        {
            IEnumerable<string?[]> rows = sweep.Points.Select(point =>
                Values(sweep, point).Select(value => value?.ToString("0.#########", CultureInfo.InvariantCulture)).ToArray());
            await CsvWriter.WriteAsync(output, string.Join(',', Columns), rows);
            return;
        }
        await using var json = new Utf8JsonWriter(output);
        json.WriteStartArray();
        foreach (SweepPoint point in sweep.Points)
        {
            json.WriteStartObject();
            foreach ((string name, double? value) in Columns.Zip(Values(sweep, point)))
            {
                json.WritePropertyName(name);
                if (value is { } number)
                {
                    json.WriteNumberValue(number);
                }
                else
                {
                    json.WriteNullValue();
                }
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    // The false positive rate is over scored pairs of two people; a match rule has no weight.
    private static double?[] Values(ThresholdSweep sweep, SweepPoint point)
    {
        long others = sweep.Candidates.CandidatePairs - sweep.Candidates.TruePairsFound;
        return
        [
            point.MatchProbability,
            point.Weight == ScoredPair.RuleWeight ? null : point.Weight / 1000.0,
            point.Links.TruePositives,
            point.Links.FalsePositives,
            point.Links.Accuracy.Precision,
            point.Links.Accuracy.Recall,
            point.Links.Accuracy.F1,
            others == 0 ? 0 : (double)point.Links.FalsePositives / others,
            point.Clusters.TruePositives,
            point.Clusters.FalsePositives,
            point.Clusters.Accuracy.Precision,
            point.Clusters.Accuracy.Recall,
            point.Clusters.Accuracy.F1,
        ];
    }
}
