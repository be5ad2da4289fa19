using IdentityResolution.Blocking;
using IdentityResolution.Internals;
using IdentityResolution.Records;

namespace IdentityResolution.Training;

/// <summary>Labels the candidate pairs between records whose true cluster is known.</summary>
internal static class ClusterLabels
{
    private const long MostPairs = 1_000_000;

    /// <summary>The labelled candidate pairs, or a sample of a million where there are more; matches and others in the same share.</summary>
    /// <param name="clusterOf">The true cluster of each record; -1 = not known.</param>
    /// <param name="candidates">The candidate pairs.</param>
    /// <param name="keys">The records.</param>
    /// <param name="seed">Chooses the sample.</param>
    /// <param name="workers">Threads.</param>
    public static List<PairLabel> Collect(int[] clusterOf, CandidatePairs candidates, RecordKeyIndex keys, ulong seed, Workers workers)
    {
        long known = Run(ulong.MaxValue, keep: false).Sum(collector => collector.Count);
        ulong limit = known <= MostPairs ? ulong.MaxValue : (ulong)((double)MostPairs / known * ulong.MaxValue);
        return [.. Run(limit, keep: true).SelectMany(collector => collector.Labels ?? [])];

        Collector[] Run(ulong upTo, bool keep)
        {
            var collectors = new Collector[candidates.ChunkCount];
            workers.Run(collectors.Length, chunk =>
            {
                var collector = new Collector(clusterOf, keys, seed, upTo, keep);
                candidates.Visit(chunk, ref collector);
                collectors[chunk] = collector;
            });
            return collectors;
        }
    }

    private struct Collector(int[] clusterOf, RecordKeyIndex keys, ulong seed, ulong upTo, bool keep) : CandidatePairs.IPairVisitor
    {
        public long Count { get; private set; }

        public List<PairLabel>? Labels { get; private set; }

        public void Visit(ReadOnlySpan<(int Left, int Right)> pairs, ReadOnlySpan<int> records)
        {
            foreach ((int left, int right) in pairs)
            {
                Visit(left, right);
            }
        }

        private void Visit(int left, int right)
        {
            if (clusterOf[left] < 0 || clusterOf[right] < 0 || StableHash.Of(PairHash.Of(keys, left, right), seed) > upTo)
            {
                return;
            }
            Count++;
            if (keep)
            {
                (Labels ??= []).Add(new PairLabel(Math.Min(left, right), Math.Max(left, right), clusterOf[left] == clusterOf[right]));
            }
        }
    }
}
