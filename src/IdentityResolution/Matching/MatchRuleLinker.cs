using IdentityResolution.Blocking;
using IdentityResolution.Fields;
using IdentityResolution.Internals;
using IdentityResolution.Records;

namespace IdentityResolution.Matching;

/// <summary>Applies the deterministic match rules, in order of precedence.</summary>
internal static class MatchRuleLinker
{
    /// <summary>Finds the allowed pairs to which a rule applies; through one record of the block where that joins the same records.</summary>
    /// <param name="table">The fields of all records.</param>
    /// <param name="rules">The rules, in order of precedence; rules that forbid make no links.</param>
    /// <param name="filter">Which pairs may match.</param>
    /// <param name="workers">Threads.</param>
    /// <param name="keepsApart">Can something keep two records of a block apart? Then each pair needs a link of its own.</param>
    /// <returns>What each rule found, and what its cap kept out; in model order.</returns>
    public static RuleLinks Link(FieldTable table, IReadOnlyList<MatchRule> rules, PairFilter filter, Workers workers, bool keepsApart = false)
    {
        RuleConditions[] conditions = [.. rules.Select(rule => new RuleConditions(rule, table))];
        bool everyPair = keepsApart || filter.Restricts || rules.Any(rule => rule.Effect == MatchRuleEffect.Forbid);
        var stars = new ValueStars?[rules.Count];
        var pairs = new List<RecordLink>?[rules.Count];
        var oversized = new OversizedBlocks[rules.Count];
        workers.Run(rules.Count, rule =>
        {
            MatchRule own = rules[rule];
            bool needsPairs = everyPair || own.Effect == MatchRuleEffect.Suggest || !conditions[rule].OnlyKeys;
            if (own.Effect == MatchRuleEffect.Forbid)
            {
                oversized[rule] = OversizedBlocks.None;
            }
            else if (!needsPairs && conditions[rule].Keys is [{ HasSets: false } key])
            {
                stars[rule] = new ValueStars(table.Keys, key, rule, own.MaxRecordsPerKey);
                oversized[rule] = stars[rule]!.Oversized;
            }
            else
            {
                pairs[rule] = FindPairs(table, own, rule, conditions[rule], filter, needsPairs, out oversized[rule]);
            }
        });
        return Collect(stars, pairs, oversized, workers);
    }

    /// <summary>The record that the others of its block are tied to: the one whose key has the smallest hash, whatever the order of records.</summary>
    public static int Centre(RecordKeyIndex keys, ReadOnlySpan<int> records)
    {
        int centre = records[0];
        ulong smallest = keys.Hash(centre);
        foreach (int record in records[1..])
        {
            ulong hash = keys.Hash(record);
            if (hash < smallest || (hash == smallest && keys.Compare(record, centre) < 0))
            {
                (centre, smallest) = (record, hash);
            }
        }
        return centre;
    }

    // Millions of links are written once, where they stay.
    private static RuleLinks Collect(ValueStars?[] stars, List<RecordLink>?[] pairs, OversizedBlocks[] oversized, Workers workers)
    {
        // The records are the same for all rules, and so are the pieces.
        int pieces = Array.Find(stars, star => star is not null)?.Pieces ?? 0;
        workers.Run(stars.Length * pieces, i => stars[i / pieces]?.CountPiece(i % pieces));
        var ends = new int[stars.Length];
        int end = 0;
        for (int rule = 0; rule < ends.Length; rule++)
        {
            end = checked(end + (stars[rule]?.Count ?? pairs[rule]?.Count ?? 0));
            ends[rule] = end;
        }
        var links = new RuleLinks(workers.Memory.Allocate<RecordLink>(end), ends, oversized);
        workers.Run(stars.Length * pieces, i => stars[i / pieces]?.WritePiece(i % pieces, links[i / pieces]));
        for (int rule = 0; rule < pairs.Length; rule++)
        {
            pairs[rule]?.CopyTo(links[rule]);
        }
        return links;
    }

    private static List<RecordLink> FindPairs(
        FieldTable table, MatchRule rule, int ruleNumber, RuleConditions conditions, PairFilter filter, bool everyPair, out OversizedBlocks oversized)
    {
        BlockIndex blocks = BlockIndex.Build(table, rule.Keys, rule.MaxRecordsPerKey);
        var links = new List<RecordLink>();
        for (int block = 0; block < blocks.Count; block++)
        {
            ReadOnlySpan<int> records = blocks[block];
            if (everyPair)
            {
                AddAllowedPairs(records, conditions, ruleNumber, filter, links);
            }
            else
            {
                AddStar(table, records, conditions, ruleNumber, links);
            }
        }
        oversized = blocks.Oversized;
        // Records with several values share a block for each value that they have in common.
        return conditions.Keys.Any(feature => feature.HasSets)
            ? [.. links.DistinctBy(link => (Math.Min(link.Left, link.Right), Math.Max(link.Left, link.Right)))]
            : links;
    }

    // n - 1 links join n records as well as n(n - 1)/2 do. Blocks of three keys and more are made by hash: a collision must not become a link.
    private static void AddStar(FieldTable table, ReadOnlySpan<int> records, RuleConditions conditions, int rule, List<RecordLink> links)
    {
        int centre = Centre(table.Keys, records);
        foreach (int record in records)
        {
            if (record != centre && conditions.KeysAreEqual(record, centre))
            {
                links.Add(RecordLink.ByRule(record, centre, rule));
            }
        }
    }

    private static void AddAllowedPairs(ReadOnlySpan<int> records, RuleConditions conditions, int rule, PairFilter filter, List<RecordLink> links)
    {
        for (int i = 0; i < records.Length - 1; i++)
        {
            for (int j = i + 1; j < records.Length; j++)
            {
                if (filter.Allows(records[i], records[j]) && conditions.Hold(records[i], records[j]))
                {
                    links.Add(RecordLink.ByRule(records[i], records[j], rule));
                }
            }
        }
    }
}
