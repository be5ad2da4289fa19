using System.Diagnostics;
using IdentityResolution.Blocking;
using IdentityResolution.Clustering;
using IdentityResolution.Identity;
using IdentityResolution.Internals;
using IdentityResolution.Lookup;
using IdentityResolution.Matching;
using IdentityResolution.Review;

namespace IdentityResolution;

/// <summary>Puts together what a run hands back.</summary>
internal static class ResolutionWriter
{
    public static Resolution Write(
        Preparation prepared, Linkage linkage, IdentityPlan plan, string modelHash, ResolverOptions options, StageClock clock, Workers workers)
    {
        (JudgementSet judged, IReadOnlyList<OversizedBlocks> ofMatchRules, _, ScoredPairs scored, SuggestedPairs suggested, RecordClusters clusters, LargeArray<RecordLink> links) = linkage;
        ReviewList review = options.Review is null ? ReviewList.Empty : clock.Run("review", () =>
            new ReviewBuilder(prepared.Model, prepared.Table, clusters, judged, options.Review).Build(
                links, scored.Below, suggested.Pairs, record => plan.EntityId(plan.EntityOf[record])));
        using var process = Process.GetCurrentProcess();
        return new Resolution(plan)
        {
            Model = prepared.Model,
            Decisions = prepared.Decisions,
            Warnings = RunWarnings.Collect(prepared.Model, prepared.Records, ofMatchRules, linkage.Blocks, clusters, judged),
            Lookup = new LookupTable(plan, options.Threads),
            Links = new LinkList(prepared.Records.Keys, links, prepared.Model.MatchRules, plan.Order),
            ScoredPairs = options.ScoredPairsFrom is null ? [] : new ScoredPairList(
                prepared.Records.Keys,
                [.. links.ToArray().Where(link => link.Rule != RecordLink.ByScore), .. scored.Links, .. scored.Below]),
            Changes = plan.ToCommit(modelHash).Changes,
            Quarantine = prepared.Quarantine,
            Review = review,
            Summary = new ResolutionSummary
            {
                Records = prepared.Records.Count,
                Quarantined = prepared.Quarantine.Count,
                CandidatePairs = scored.Pairs,
                Links = links.Length,
                Customers = clusters.Count,
                Created = plan.CountOf(EntityChangeKind.Created),
                Merged = plan.CountOf(EntityChangeKind.Merged),
                Split = plan.CountOf(EntityChangeKind.Split),
                StageSeconds = clock.Seconds,
                TotalSeconds = clock.TotalSeconds,
                ProcessorSeconds = process.TotalProcessorTime.TotalSeconds,
                PeakMemoryBytes = process.PeakWorkingSet64,
                TemporaryFileBytes = workers.Memory.MostSpilled,
                ModelHash = modelHash,
            },
        };
    }

    /// <summary>The result of a run that has nothing to do, as its store has it already.</summary>
    public static Resolution WriteUnchanged(
        IdentityPlan plan,
        IdentityModel model,
        string modelHash,
        IReadOnlyList<QuarantinedRow> quarantine,
        IReadOnlyList<Link> links,
        KnownRun known,
        int threads,
        StageClock clock)
    {
        using var process = Process.GetCurrentProcess();
        return new Resolution(plan)
        {
            Model = model,
            Decisions = ["Records and settings are those of the store's last run: nothing was computed or written (unchanged), and the answer is the store's."],
            Warnings = [],
            Lookup = new LookupTable(plan, threads),
            Links = links,
            ScoredPairs = [],
            Changes = [],
            Quarantine = quarantine,
            Review = ReviewList.Empty,
            Summary = new ResolutionSummary
            {
                IsUnchanged = true,
                Records = plan.Keys.Count,
                Quarantined = quarantine.Count,
                CandidatePairs = known.CandidatePairs,
                Links = known.Links,
                Customers = plan.EntityOf.Distinct().Count(),
                Created = 0,
                Merged = 0,
                Split = 0,
                StageSeconds = clock.Seconds,
                TotalSeconds = clock.TotalSeconds,
                ProcessorSeconds = process.TotalProcessorTime.TotalSeconds,
                PeakMemoryBytes = process.PeakWorkingSet64,
                ModelHash = modelHash,
            },
        };
    }
}
