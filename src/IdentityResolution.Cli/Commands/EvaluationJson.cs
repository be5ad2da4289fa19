using System.Text.Json;
using IdentityResolution.Evaluation;

namespace IdentityResolution.Cli.Commands;

/// <summary>The figures of an evaluation as JSON.</summary>
internal static class EvaluationJson
{
    /// <summary>Writes the properties of an evaluation against clusters.</summary>
    public static void Write(Utf8JsonWriter json, EvaluationResult result)
    {
        WriteAccuracy(json, "pairwise", result.Pairwise);
        WriteAccuracy(json, "bcubed", result.BCubed);
        json.WriteStartObject("clusters");
        json.WriteNumber("exact", result.Clusters.Exact);
        json.WriteNumber("overMerged", result.Clusters.OverMerged);
        json.WriteNumber("overSplit", result.Clusters.OverSplit);
        json.WriteNumber("predicted", result.Clusters.Predicted);
        json.WriteNumber("true", result.Clusters.True);
        json.WriteEndObject();
        WritePairs(json, result.Pairs, trueNegatives: null);
        WriteCoverage(json, result.Coverage);
    }

    /// <summary>Writes the properties of an evaluation against labelled pairs.</summary>
    public static void Write(Utf8JsonWriter json, PairEvaluationResult result, PairScope scope)
    {
        WriteAccuracy(json, "pairwise", result.Pairwise);
        json.WriteNull("bcubed");
        json.WriteNull("clusters");
        WritePairs(json, result.Pairs, scope == PairScope.LabelledPairs ? result.TrueNegatives : null);
        json.WriteString("scope", scope == PairScope.LabelledPairs ? "labelledPairs" : "leftRecords");
        WriteCoverage(json, result.Coverage);
    }

    private static void WriteAccuracy(Utf8JsonWriter json, string name, Accuracy accuracy)
    {
        json.WriteStartObject(name);
        json.WriteNumber("precision", accuracy.Precision);
        json.WriteNumber("recall", accuracy.Recall);
        json.WriteNumber("f1", accuracy.F1);
        json.WriteEndObject();
    }

    private static void WritePairs(Utf8JsonWriter json, PairCounts pairs, long? trueNegatives)
    {
        json.WriteStartObject("pairs");
        json.WriteNumber("truePositives", pairs.TruePositives);
        json.WriteNumber("falsePositives", pairs.FalsePositives);
        json.WriteNumber("falseNegatives", pairs.FalseNegatives);
        if (trueNegatives is { } count)
        {
            json.WriteNumber("trueNegatives", count);
        }
        json.WriteEndObject();
    }

    private static void WriteCoverage(Utf8JsonWriter json, CoverageCounts coverage)
    {
        json.WriteStartObject("records");
        json.WriteNumber("evaluated", coverage.Evaluated);
        json.WriteNumber("onlyInLookup", coverage.OnlyPredicted);
        json.WriteNumber("onlyInTruth", coverage.OnlyInTruth);
        json.WriteEndObject();
    }
}
