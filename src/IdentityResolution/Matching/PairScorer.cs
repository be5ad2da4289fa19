using IdentityResolution.Blocking;
using IdentityResolution.Internals;

namespace IdentityResolution.Matching;

/// <summary>Scores every candidate pair and keeps those at or above the threshold, and below it down to a floor where one is asked for.</summary>
internal static class PairScorer
{
    /// <summary>Streams the pairs through the scorer, chunk by chunk, over all threads.</summary>
    /// <param name="model">The compiled model.</param>
    /// <param name="candidates">The pairs.</param>
    /// <param name="workers">Threads.</param>
    /// <param name="report">Hears how many chunks are done, out of how many; from any thread.</param>
    /// <param name="floor">The lowest weight that is kept beside the links, in millibits; null = links alone.</param>
    /// <returns>The links, in the same order whatever the number of threads, and how many pairs were scored.</returns>
    public static ScoredPairs Score(CompiledModel model, CandidatePairs candidates, Workers workers, Action<int, int> report, int? floor = null)
    {
        int least = Math.Min(floor ?? model.Threshold, model.Threshold);
        var chunks = new List<RecordLink>?[candidates.ChunkCount];
        var pairs = new long[chunks.Length];
        int done = 0;
        workers.Run(
            chunks.Length,
            () => new PairWeigher(new PairComparer(model)),
            (chunk, weigher) =>
            {
                var scorer = new LinkCollector(weigher, least);
                pairs[chunk] = candidates.Visit(chunk, ref scorer);
                chunks[chunk] = scorer.Links;
                report(Interlocked.Increment(ref done), chunks.Length);
            });
        var links = new List<RecordLink>(chunks.Sum(chunk => chunk?.Count ?? 0));
        var below = new List<RecordLink>();
        for (int chunk = 0; chunk < chunks.Length; chunk++)
        {
            foreach (RecordLink pair in chunks[chunk] ?? [])
            {
                (pair.Weight >= model.Threshold ? links : below).Add(pair);
            }
            // Millions of links are not held twice.
            chunks[chunk] = null;
        }
        return new ScoredPairs(links, below, pairs.Sum());
    }

    private struct LinkCollector(PairWeigher weigher, int least) : CandidatePairs.IPairVisitor
    {
        public List<RecordLink>? Links { get; private set; }

        public void Visit(ReadOnlySpan<(int Left, int Right)> pairs, ReadOnlySpan<int> records)
        {
            foreach (ref readonly OpenPair pair in weigher.Weigh(pairs, records, least))
            {
                (Links ??= []).Add(new RecordLink(pair.Left, pair.Right, pair.Most, RecordLink.ByScore));
            }
        }
    }
}

/// <summary>The outcome of scoring.</summary>
/// <param name="Links">Pairs at or above the threshold.</param>
/// <param name="Below">Pairs below the threshold that are kept; none unless asked for.</param>
/// <param name="Pairs">How many pairs were scored.</param>
internal sealed record ScoredPairs(List<RecordLink> Links, List<RecordLink> Below, long Pairs);
