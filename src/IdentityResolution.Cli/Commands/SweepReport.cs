using System.Globalization;
using System.Text.Json;
using IdentityResolution.Evaluation;

namespace IdentityResolution.Cli.Commands;

/// <summary>What a threshold sweep found, for people and as JSON.</summary>
internal static class SweepReport
{
    private static readonly double[] Thresholds = [0.01, 0.1, 0.5, 0.9, 0.95, 0.99, 0.999, 0.9999, 0.99999];

    /// <summary>Writes a table of usual thresholds and the best one.</summary>
    public static void Write(TextWriter output, ThresholdSweep sweep)
    {
        output.Write("\nThresholds (links: the pairs themselves; customers: the chains they make)\n");
        List<string[]> rows = [["from", "links: precision", "recall", "F1", "customers: precision", "recall", "F1"]];
        rows.AddRange(Thresholds.Where(p => sweep.At(MatchWeights.FromProbability(p)) is not null).Select(p =>
            Row(p.ToString(CultureInfo.InvariantCulture), sweep.At(MatchWeights.FromProbability(p))!.Value)));
        if (sweep.Best is { } best)
        {
            rows.Add(Row($"best: {Probability(best)}", best));
        }
        TextTable.Write(output, rows);
        output.Write("\n");
        BlockingQuality candidates = sweep.Candidates;
        TextTable.Write(
            output,
            [
                ["scored pairs of known records", Number(candidates.CandidatePairs)],
                ["  pair completeness (true pairs among them)", Share(candidates.PairCompleteness)],
                ["  reduction ratio (possible pairs not among them)", Share(candidates.ReductionRatio)],
                ["average precision of links", Share(sweep.AveragePrecision)],
                ["area under ROC of scored pairs", sweep.RocArea is { } area ? Share(area) : "-"],
            ]);
    }

    /// <summary>Writes the property <c>sweep</c>.</summary>
    public static void Write(Utf8JsonWriter json, ThresholdSweep sweep)
    {
        json.WriteStartObject("sweep");
        Write(json, "best", sweep.Best, point => point.Clusters);
        Write(json, "bestLinks", sweep.BestOfLinks, point => point.Links);
        json.WriteNumber("averagePrecision", sweep.AveragePrecision);
        if (sweep.RocArea is { } area)
        {
            json.WriteNumber("rocArea", area);
        }
        else
        {
            json.WriteNull("rocArea");
        }
        json.WriteStartObject("candidates");
        json.WriteNumber("pairs", sweep.Candidates.CandidatePairs);
        json.WriteNumber("truePairsFound", sweep.Candidates.TruePairsFound);
        json.WriteNumber("truePairs", sweep.Candidates.TruePairs);
        json.WriteNumber("pairCompleteness", sweep.Candidates.PairCompleteness);
        json.WriteNumber("reductionRatio", sweep.Candidates.ReductionRatio);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, SweepPoint? found, Func<SweepPoint, PairCounts> pairs)
    {
        if (found is not { } point)
        {
            json.WriteNull(name);
            return;
        }
        Accuracy accuracy = pairs(point).Accuracy;
        json.WriteStartObject(name);
        json.WriteNumber("matchProbability", point.MatchProbability);
        if (point.Weight == ScoredPair.RuleWeight)
        {
            json.WriteNull("matchWeight");
        }
        else
        {
            json.WriteNumber("matchWeight", point.Weight / 1000.0);
        }
        json.WriteNumber("precision", accuracy.Precision);
        json.WriteNumber("recall", accuracy.Recall);
        json.WriteNumber("f1", accuracy.F1);
        json.WriteEndObject();
    }

    private static string[] Row(string name, SweepPoint point) =>
    [
        name,
        Share(point.Links.Accuracy.Precision), Share(point.Links.Accuracy.Recall), Share(point.Links.Accuracy.F1),
        Share(point.Clusters.Accuracy.Precision), Share(point.Clusters.Accuracy.Recall), Share(point.Clusters.Accuracy.F1),
    ];

    // Four digits of what is missing to 0 or 1, so that --threshold with this number is the same threshold.
    private static string Probability(SweepPoint point)
    {
        double p = point.MatchProbability;
        int digits = 4 + (int)Math.Ceiling(-Math.Log10(Math.Min(p, 1 - p)));
        return point.Weight == ScoredPair.RuleWeight || digits > 15 ? "match rules" : p.ToString($"F{digits}", CultureInfo.InvariantCulture);
    }

    private static string Share(double value) => value.ToString("F4", CultureInfo.InvariantCulture);

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
