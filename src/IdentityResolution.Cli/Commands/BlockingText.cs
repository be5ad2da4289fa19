using System.Globalization;
using IdentityResolution.Blocking;

namespace IdentityResolution.Cli.Commands;

/// <summary>A blocking report as tables for people.</summary>
internal static class BlockingText
{
    /// <summary>Writes the rules, their largest blocks, and the whole.</summary>
    public static void Write(TextWriter output, BlockingReport report)
    {
        bool estimated = report.EstimatedMatches is not null;
        bool known = report.TruePairs is not null;
        var rows = new List<string[]>
        {
            (string[])["rule", "blocks", "pairs", "new pairs", .. estimated ? (string[])["est. found", "est. new"] : [], .. known ? (string[])["true found", "true new"] : []],
        };
        rows.AddRange(report.Rules.Select(rule => (string[])
        [
            string.Join(" + ", rule.Rule.Keys), Number(rule.Blocks), Number(rule.Pairs), Number(rule.MarginalPairs),
            .. estimated ? (string[])[Share(rule.EstimatedMatches / report.EstimatedMatches), Share(rule.EstimatedMarginalMatches / report.EstimatedMatches)] : [],
            .. known ? (string[])[Share((double?)rule.TruePairs / report.TruePairs), Share((double?)rule.MarginalTruePairs / report.TruePairs)] : [],
        ]));
        TextTable.Write(output, rows);
        WriteLargest(output, report);
        output.Write("\n");
        var whole = new List<string[]>
        {
            (string[])["records", Number(report.Records)],
            (string[])["possible pairs", Number(report.PossiblePairs)],
            (string[])["candidate pairs", Number(report.CandidatePairs)],
        };
        if (estimated)
        {
            whole.Add(["estimated matches", Number((long)Math.Round(report.EstimatedMatches!.Value))]);
            whole.Add(["estimated pair completeness", Share(report.EstimatedPairCompleteness)]);
        }
        if (known)
        {
            whole.Add(["true matches", Number(report.TruePairs!.Value)]);
            whole.Add(["pair completeness", Share(report.PairCompleteness)]);
        }
        TextTable.Write(output, whole);
    }

    private static void WriteLargest(TextWriter output, BlockingReport report)
    {
        var rows = new List<string[]> { (string[])["largest blocks", "records", "pairs"] };
        foreach (BlockingRuleReport rule in report.Rules)
        {
            foreach (LargeBlock block in rule.LargestBlocks)
            {
                string values = block.Values is null ? "" : $": {string.Join(" + ", block.Values)}";
                rows.Add([string.Join(" + ", rule.Rule.Keys) + values, Number(block.Records), block.IsOversized ? rule.DividedBlocks > 0 ? "divided" : "too large" : Number(block.Pairs)]);
            }
        }
        if (rows.Count > 1)
        {
            output.Write("\n");
            TextTable.Write(output, rows);
        }
    }

    private static string Share(double? value) => value is { } share && double.IsFinite(share)
        ? Math.Min(1, share).ToString("F4", CultureInfo.InvariantCulture)
        : "-";

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
