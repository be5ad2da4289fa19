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
        IdentityModel model, RecordTable records, IReadOnlyList<OversizedBlocks> ofMatchRules, BlockLimits[] blocks, RecordClusters clusters, JudgementSet judged)
    {
        var warnings = new List<string>();
        foreach (RecordSegment segment in records.Segments.Where(segment => segment.IdOrigin.IsRowNumber && segment.Count > 0))
        {
            warnings.Add($"{segment.Input} has no id column that is known by name, so rows are numbered; such ids change when rows move. Name one with the id column option.");
        }
        AddUnknownSources(warnings, model, records);
        for (int rule = 0; rule < ofMatchRules.Count; rule++)
        {
            Add(warnings, $"Match rule '{model.MatchRules[rule].Name}'", ofMatchRules[rule], model.MatchRules[rule].MaxRecordsPerKey, model.MatchRules[rule].Effect == MatchRuleEffect.Suggest ? "suggested none of them" : "joined none of them");
        }
        for (int rule = 0; rule < blocks.Length; rule++)
        {
            BlockingRule blocking = model.BlockingRules[rule];
            string name = $"Blocking rule {string.Join(" + ", blocking.Keys)}";
            (OversizedBlocks oversized, OversizedBlocks divided) = blocks[rule];
            Add(warnings, name, divided, blocking.MaxBlockSize, $"compared only those that share {string.Join(", then ", blocking.DivideBy)} too");
            Add(warnings, divided.Blocks > 0 ? $"{name}, divided," : name, oversized, blocking.MaxBlockSize, "compared none of them under this rule");
        }
        AddRefused(warnings, model, clusters);
        Add(warnings, judged.Overruled.Count, "judgement contradicts", "judgements contradict", "another one that is later or keeps records apart, and was not followed.");
        Add(warnings, judged.UnknownCount, "judgement names", "judgements name", "a record that is not among the inputs.");
        return warnings;
    }

    private static void Add(List<string> warnings, int count, string one, string several, string what)
    {
        if (count > 0)
        {
            warnings.Add(string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : several)} {what}"));
        }
    }

    // A source may be absent today; a misspelt one is absent for ever.
    private static void AddUnknownSources(List<string> warnings, IdentityModel model, RecordTable records)
    {
        IEnumerable<(string Source, string Where)> named = model.SourcePrecedence.Select(source => (source, "The precedence of sources"))
            .Concat(model.MatchRules.SelectMany(rule => rule.Sources.Select(source => (source, $"Match rule '{rule.Name}'"))));
        foreach ((string source, string where) in named.Where(item => !records.Keys.Sources.Contains(item.Source, StringComparer.Ordinal)))
        {
            warnings.Add($"{where} names the source {source}, of which there are no records.");
        }
    }

    private static void AddRefused(List<string> warnings, IdentityModel model, RecordClusters clusters)
    {
        if (clusters.RefusedLinks.Count == 0)
        {
            return;
        }
        foreach (IGrouping<(Guard Guard, int Rule), RefusedLink> group in clusters.RefusedLinks
            .GroupBy(link => (link.Guard, Rule: link.Guard == Guard.Rule ? link.Detail : 0))
            .OrderBy(group => group.Key))
        {
            int count = group.Count();
            if (group.Key.Guard == Guard.Rival)
            {
                warnings.Add(string.Create(CultureInfo.InvariantCulture,
                    $"{count:N0} {(count == 1 ? "pair was" : "pairs were")} likely but not linked, because another record of a source that holds no duplicates is as likely or likelier."));
                continue;
            }
            string reason = group.Key.Guard switch
            {
                Guard.Judgement => "two records that somebody judged to be different",
                Guard.UniqueSource => "two records of a source that holds no duplicates",
                Guard.Rule => $"two records that match rule '{model.MatchRules[group.Key.Rule].Name}' keeps apart",
                Guard.Cohesion => "two groups of records that contradict each other more than they agree",
                _ => string.Create(CultureInfo.InvariantCulture, $"more than {model.MaxClusterSize:N0} records"),
            };
            warnings.Add(string.Create(CultureInfo.InvariantCulture,
                $"{count:N0} {(count == 1 ? "link was" : "links were")} not followed, because {(count == 1 ? "it" : "they")} would join {reason}."));
        }
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
