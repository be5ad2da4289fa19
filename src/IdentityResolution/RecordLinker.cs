using IdentityResolution.Blocking;
using IdentityResolution.Clustering;
using IdentityResolution.Fields;
using IdentityResolution.Internals;
using IdentityResolution.Matching;
using IdentityResolution.Records;

namespace IdentityResolution;

/// <summary>Who is who: the links that hold and the clusters they make, with what was weighed on the way.</summary>
/// <param name="Judged">What people decided.</param>
/// <param name="OfMatchRules">What the cap of each match rule kept out.</param>
/// <param name="Blocks">What the limits of each blocking rule did.</param>
/// <param name="Scored">How many pairs were scored; the pairs themselves where somebody asked for them.</param>
/// <param name="Suggested">What match rules suggest.</param>
/// <param name="Clusters">Who is who.</param>
/// <param name="Links">The links that hold.</param>
internal sealed record Linkage(
    JudgementSet Judged, IReadOnlyList<OversizedBlocks> OfMatchRules, BlockLimits[] Blocks, ScoredPairs Scored, SuggestedPairs Suggested, RecordClusters Clusters, LargeArray<RecordLink> Links);

/// <summary>From prepared records to clusters: match rules, candidate pairs, weights, competition, guards.</summary>
internal static class RecordLinker
{
    public static Linkage Link(Preparation prepared, ResolverOptions options, StageClock clock, Workers workers)
    {
        (RecordTable records, FieldTable table, PairFilter filter, IdentityModel model, _, _) = prepared;
        JudgementSet judged = JudgementSet.Resolve(records.Keys, options.Judgements);
        RuleLinks ruleLinks = clock.Run("match", () => MatchRuleLinker.Link(
            table, model.MatchRules, filter, workers, keepsApart: judged.Apart.Count > 0));
        Garbage.Collect();
        CandidatePairs candidates = clock.Run("block", () => CandidatePairs.Build(
            table, model.Comparisons.Count == 0 ? [] : model.BlockingRules, filter, workers));
        var compiled = new CompiledModel(model, table, workers: workers);
        ScoredPairs scored = clock.Run("score", () => PairScorer.Score(
            compiled,
            candidates,
            workers,
            (done, all) => clock.Report("score", done, all, "blocks of pairs"),
            LowestKept(options, compiled.Threshold)));
        SuggestedPairs suggested = SuggestedPairs.Score(model.MatchRules, ruleLinks, compiled, candidates, workers);
        CompetingLinks competing = clock.Run("choose", () => CompetingLinks.Decide(records.Keys, scored.Links, model, compiled));
        LargeArray<RecordLink> accepted = Accept(model, judged.Links, ruleLinks, competing.Won, suggested.Links, workers.Memory);
        // Millions of links are not held twice.
        IReadOnlyList<OversizedBlocks> ofMatchRules = ruleLinks.Oversized;
        ruleLinks = RuleLinks.None;
        scored = options.ScoredPairsFrom is null ? scored with { Links = [] } : scored;
        competing = competing with { Won = [] };
        BlockLimits[] blocks = [.. candidates.Rules.Select(rule => new BlockLimits(rule.Oversized, rule.Divided))];
        table.Forget<BlockRows>();
        Garbage.Collect();
        RecordClusters clusters = clock.Run("cluster", () => LinkedRecords.Cluster(model, table, compiled, accepted, competing, judged.Apart, workers));
        LargeArray<RecordLink> links = LinkedRecords.Followed(accepted, clusters);
        return new Linkage(judged, ofMatchRules, blocks, scored, suggested, clusters, links);
    }

    // In order of judgements, match rules, scores, suggestions. Where there is nothing but links of match rules, those are not copied.
    private static LargeArray<RecordLink> Accept(
        IdentityModel model, IReadOnlyList<RecordLink> judged, RuleLinks ruleLinks, IReadOnlyList<RecordLink> won, IReadOnlyList<RecordLink> suggested, MemoryBudget memory)
    {
        int[] linking = [.. Enumerable.Range(0, model.MatchRules.Count).Where(rule => model.MatchRules[rule].Effect == MatchRuleEffect.Link)];
        int byRule = linking.Sum(rule => ruleLinks[rule].Length);
        int others = judged.Count + won.Count + suggested.Count;
        if (others == 0 && byRule == ruleLinks.All.Length)
        {
            return ruleLinks.All;
        }
        LargeArray<RecordLink> all = memory.Allocate<RecordLink>(checked(byRule + others));
        Span<RecordLink> room = Copy(judged, all.Span);
        foreach (int rule in linking)
        {
            ruleLinks[rule].CopyTo(room);
            room = room[ruleLinks[rule].Length..];
        }
        Copy(suggested, Copy(won, room));
        return all;
    }

    // Copies to the start of the room and hands back the rest of it.
    private static Span<RecordLink> Copy(IReadOnlyList<RecordLink> links, Span<RecordLink> room)
    {
        if (links is List<RecordLink> list)
        {
            list.CopyTo(room);
        }
        else
        {
            for (int i = 0; i < links.Count; i++)
            {
                room[i] = links[i];
            }
        }
        return room[links.Count..];
    }

    // The lowest weight of pairs that somebody asked for; null = links alone.
    private static int? LowestKept(ResolverOptions options, int threshold)
    {
        int? scored = options.ScoredPairsFrom switch
        {
            null => null,
            0 => int.MinValue,
            { } least => MatchWeights.FromProbability(least),
        };
        int? reviewed = options.Review is null ? null : threshold - (int)(options.Review.BandBits * 1000);
        return scored is null || reviewed is null ? scored ?? reviewed : Math.Min(scored.Value, reviewed.Value);
    }
}
