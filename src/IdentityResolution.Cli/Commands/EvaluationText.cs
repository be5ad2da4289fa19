using System.Globalization;
using IdentityResolution.Evaluation;

namespace IdentityResolution.Cli.Commands;

/// <summary>The figures of an evaluation as tables for people.</summary>
internal static class EvaluationText
{
    private static readonly string[] Header = ["", "precision", "recall", "F1"];

    /// <summary>Writes an evaluation against clusters.</summary>
    public static void Write(TextWriter output, EvaluationResult result)
    {
        TextTable.Write(output, [Header, Row("pairwise", result.Pairwise), Row("B-cubed", result.BCubed)]);
        output.Write("\n");
        ClusterCounts clusters = result.Clusters;
        TextTable.Write(
            output,
            [
                ["true customers", Number(clusters.True)],
                ["customers found", Number(clusters.Predicted)],
                ["  exact", Number(clusters.Exact)],
                ["  over-merged (hold records of several true customers)", Number(clusters.OverMerged)],
                ["true customers over-split (stand in several found ones)", Number(clusters.OverSplit)],
                .. Pairs(result.Pairs),
                ["records evaluated", Number(result.Coverage.Evaluated)],
            ]);
    }

    /// <summary>Writes an evaluation against labelled pairs.</summary>
    public static void Write(TextWriter output, PairEvaluationResult result, PairScope scope)
    {
        TextTable.Write(output, [Header, Row("pairwise", result.Pairwise)]);
        output.Write("\n");
        List<string[]> rows = [.. Pairs(result.Pairs)];
        if (scope == PairScope.LabelledPairs)
        {
            rows.Add(["pairs rightly kept apart", Number(result.TrueNegatives)]);
        }
        rows.Add(["labelled records evaluated", Number(result.Coverage.Evaluated)]);
        TextTable.Write(output, rows);
    }

    private static string[][] Pairs(PairCounts pairs) =>
    [
        ["pairs rightly joined", Number(pairs.TruePositives)],
        ["pairs wrongly joined", Number(pairs.FalsePositives)],
        ["pairs missed", Number(pairs.FalseNegatives)],
    ];

    private static string[] Row(string name, Accuracy accuracy) =>
        [name, Share(accuracy.Precision), Share(accuracy.Recall), Share(accuracy.F1)];

    private static string Share(double value) => value.ToString("F4", CultureInfo.InvariantCulture);

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
