using IdentityResolution.Blocking;
using IdentityResolution.Fields;
using IdentityResolution.Internals;

namespace IdentityResolution.Matching;

/// <summary>Applies the deterministic match rules, in order of precedence.</summary>
internal static class MatchRuleLinker
{
    /// <summary>Links every allowed pair that a rule joins, through the block's first record by key where all pairs are allowed.</summary>
    /// <returns>The links of each rule, and what its cap kept out; in model order.</returns>
    public static MatchRuleLinks[] Link(FieldTable table, IReadOnlyList<MatchRule> rules, PairFilter filter, Workers workers)
    {
        foreach (string key in rules.SelectMany(rule => rule.Keys))
        {
            table.Prepare(key);
        }
        var links = new MatchRuleLinks[rules.Count];
        workers.Run(rules.Count, rule => links[rule] = Link(table, rules[rule], rule, filter));
        return links;
    }

    private static MatchRuleLinks Link(FieldTable table, MatchRule rule, int ruleNumber, PairFilter filter)
    {
        BlockIndex blocks = BlockIndex.Build(table, rule.Keys, rule.MaxRecordsPerKey);
        FeatureMap[] features = [.. rule.Keys.Select(table.Prepare)];
        var links = new List<RecordLink>();
        for (int block = 0; block < blocks.Count; block++)
        {
            ReadOnlySpan<int> records = blocks[block];
            if (filter.Restricts)
            {
                AddAllowedPairs(records, features, ruleNumber, filter, links);
            }
            else
            {
                AddStar(table, records, features, ruleNumber, links);
            }
        }
        return new MatchRuleLinks(links, blocks.Oversized);
    }

    // n - 1 links join n records as well as n(n - 1)/2 do.
    private static void AddStar(FieldTable table, ReadOnlySpan<int> records, FeatureMap[] features, int rule, List<RecordLink> links)
    {
        int centre = records[0];
        foreach (int record in records[1..])
        {
            centre = table.Keys.Compare(record, centre) < 0 ? record : centre;
        }
        foreach (int record in records)
        {
            if (record != centre && Equal(features, record, centre))
            {
                links.Add(Create(record, centre, rule));
            }
        }
    }

    private static void AddAllowedPairs(ReadOnlySpan<int> records, FeatureMap[] features, int rule, PairFilter filter, List<RecordLink> links)
    {
        for (int i = 0; i < records.Length - 1; i++)
        {
            for (int j = i + 1; j < records.Length; j++)
            {
                if (filter.Allows(records[i], records[j]) && Equal(features, records[i], records[j]))
                {
                    links.Add(Create(records[i], records[j], rule));
                }
            }
        }
    }

    // Blocks of three keys and more are made by hash: a collision must not become a link.
    private static bool Equal(FeatureMap[] features, int left, int right)
    {
        foreach (FeatureMap feature in features)
        {
            if (feature.CodeOf(left) != feature.CodeOf(right))
            {
                return false;
            }
        }
        return true;
    }

    private static RecordLink Create(int left, int right, int rule) =>
        new(Math.Min(left, right), Math.Max(left, right), RecordLink.RuleWeight, rule);
}

/// <summary>What one match rule linked.</summary>
/// <param name="Links">The links.</param>
/// <param name="Oversized">Combinations of values that more records share than the rule's cap.</param>
internal sealed record MatchRuleLinks(List<RecordLink> Links, OversizedBlocks Oversized);
