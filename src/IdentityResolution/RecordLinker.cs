using System.Runtime.CompilerServices;
using IdentityResolution.Blocking;
using IdentityResolution.Clustering;
using IdentityResolution.Fields;
using IdentityResolution.Internals;
using IdentityResolution.Matching;
using IdentityResolution.Records;

namespace IdentityResolution;

/// <summary>Who is who: the links that hold and the clusters they make, with all that was weighed on the way.</summary>
internal sealed record Linkage(
    JudgementSet Judged, MatchRuleLinks[] RuleLinks, CandidatePairs Candidates, ScoredPairs Scored, SuggestedPairs Suggested, RecordClusters Clusters, RecordLink[] Links);

/// <summary>From prepared records to clusters: match rules, candidate pairs, weights, competition, guards.</summary>
internal static class RecordLinker
{
    public static Linkage Link(Preparation prepared, ResolverOptions options, StageClock clock, Workers workers)
    {
        (RecordTable records, FieldTable table, PairFilter filter, IdentityModel model, _, _) = prepared;
        JudgementSet judged = JudgementSet.Resolve(records.Keys, options.Judgements);
        MatchRuleLinks[] ruleLinks = clock.Run("match", () => MatchRuleLinker.Link(
            table, model.MatchRules, filter, workers, keepsApart: judged.Apart.Count > 0));
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
        RecordLink[] accepted = Concatenate([judged.Links, .. Linked(model, ruleLinks), competing.Won, suggested.Links]);
        // Millions of links are not held twice.
        ruleLinks = Array.ConvertAll(ruleLinks, rule => rule with { Links = [] });
        Garbage.Collect(accepted.LongLength * Unsafe.SizeOf<RecordLink>());
        RecordClusters clusters = clock.Run("cluster", () => LinkedRecords.Cluster(model, table, compiled, accepted, competing, judged.Apart, workers));
        RecordLink[] links = LinkedRecords.Followed(accepted, clusters);
        return new Linkage(judged, ruleLinks, candidates, scored, suggested, clusters, links);
    }

    private static IEnumerable<IReadOnlyList<RecordLink>> Linked(IdentityModel model, MatchRuleLinks[] ruleLinks) =>
        ruleLinks.Where((_, rule) => model.MatchRules[rule].Effect == MatchRuleEffect.Link).Select(rule => rule.Links);

    private static RecordLink[] Concatenate(IReadOnlyList<RecordLink>[] lists)
    {
        RecordLink[] all = GC.AllocateUninitializedArray<RecordLink>(lists.Sum(list => list.Count));
        int count = 0;
        foreach (ICollection<RecordLink> list in lists.Cast<ICollection<RecordLink>>())
        {
            list.CopyTo(all, count);
            count += list.Count;
        }
        return all;
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
