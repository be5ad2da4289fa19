using System.Globalization;
using IdentityResolution.Blocking;
using IdentityResolution.Clustering;
using IdentityResolution.Matching;
using IdentityResolution.Records;

namespace IdentityResolution;

/// <summary>What in a run deserves a look, in plain sentences without values.</summary>
internal static class RunWarnings
{
    public static List<string> Collect(
        IdentityModel model, RecordTable records, MatchRuleLinks[] ruleLinks, CandidatePairs candidates, RecordClusters clusters)
    {
        var warnings = new List<string>();
        foreach (RecordSegment segment in records.Segments.Where(segment => segment.IdOrigin.IsRowNumber && segment.Count > 0))
        {
            warnings.Add($"{segment.Input} has no id column that is known by name, so rows are numbered; such ids change when rows move. Name one with the id column option.");
        }
        for (int rule = 0; rule < ruleLinks.Length; rule++)
        {
            Add(warnings, $"Match rule '{model.MatchRules[rule].Name}'", ruleLinks[rule].Oversized, model.MatchRules[rule].MaxRecordsPerKey, "joined none of them");
        }
        for (int rule = 0; rule < candidates.Rules.Count; rule++)
        {
            Add(warnings, $"Blocking rule {string.Join(" + ", model.BlockingRules[rule].Keys)}", candidates.Rules[rule].Oversized,
                model.BlockingRules[rule].MaxBlockSize, "compared none of them under this rule");
        }
        if (clusters.RefusedLinks > 0)
        {
            warnings.Add(string.Create(CultureInfo.InvariantCulture,
                $"{clusters.RefusedLinks:N0} links were not followed, because they would join two records of a source that holds no duplicates."));
        }
        return warnings;
    }

    private static void Add(List<string> warnings, string rule, OversizedBlocks oversized, int limit, string consequence)
    {
        if (oversized.Blocks > 0)
        {
            warnings.Add(string.Create(CultureInfo.InvariantCulture,
                $"{rule} met {oversized.Blocks:N0} hot {(oversized.Blocks == 1 ? "key" : "keys")} shared by more than {limit:N0} records (the largest by {oversized.Largest:N0}) and {consequence}."));
        }
    }
}
