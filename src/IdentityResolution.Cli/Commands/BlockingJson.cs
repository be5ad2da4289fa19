using System.Text.Json;
using IdentityResolution.Blocking;

namespace IdentityResolution.Cli.Commands;

/// <summary>A blocking report as JSON.</summary>
internal static class BlockingJson
{
    /// <summary>Writes the properties of a report.</summary>
    public static void Write(Utf8JsonWriter json, BlockingReport report)
    {
        json.WriteNumber("records", report.Records);
        json.WriteNumber("possiblePairs", report.PossiblePairs);
        json.WriteNumber("candidatePairs", report.CandidatePairs);
        json.WriteNumber("reductionRatio", report.ReductionRatio);
        WriteNumber(json, "estimatedMatches", report.EstimatedMatches);
        WriteNumber(json, "estimatedPairCompleteness", report.EstimatedPairCompleteness);
        WriteNumber(json, "truePairs", report.TruePairs);
        WriteNumber(json, "pairCompleteness", report.PairCompleteness);
        json.WriteStartArray("rules");
        foreach (BlockingRuleReport rule in report.Rules)
        {
            WriteRule(json, rule);
        }
        json.WriteEndArray();
    }

    private static void WriteRule(Utf8JsonWriter json, BlockingRuleReport rule)
    {
        json.WriteStartObject();
        WriteStrings(json, "keys", rule.Rule.Keys);
        json.WriteNumber("maxBlockSize", rule.Rule.MaxBlockSize);
        json.WriteNumber("blocks", rule.Blocks);
        json.WriteNumber("pairs", rule.Pairs);
        json.WriteNumber("marginalPairs", rule.MarginalPairs);
        WriteNumber(json, "estimatedMatches", rule.EstimatedMatches);
        WriteNumber(json, "estimatedMarginalMatches", rule.EstimatedMarginalMatches);
        WriteNumber(json, "truePairs", rule.TruePairs);
        WriteNumber(json, "marginalTruePairs", rule.MarginalTruePairs);
        json.WriteNumber("dividedBlocks", rule.DividedBlocks);
        json.WriteNumber("dividedRecords", rule.DividedRecords);
        json.WriteNumber("oversizedBlocks", rule.OversizedBlocks);
        json.WriteNumber("oversizedRecords", rule.OversizedRecords);
        json.WriteStartArray("largestBlocks");
        foreach (LargeBlock block in rule.LargestBlocks)
        {
            json.WriteStartObject();
            json.WriteNumber("records", block.Records);
            json.WriteNumber("pairs", block.Pairs);
            json.WriteBoolean("oversized", block.IsOversized);
            if (block.Values is not null)
            {
                WriteStrings(json, "values", block.Values);
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteStrings(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }
        json.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
