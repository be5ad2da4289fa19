using IdentityResolution.Internals;
using IdentityResolution.Matching;
using IdentityResolution.Records;

namespace IdentityResolution.Clustering;

/// <summary>Splits clusters that a few links hold together although their parts contradict each other.</summary>
/// <remarks>
/// Average linkage: the two parts whose pairs have the highest average weight above the threshold are joined first, as long as that is above zero.
/// All pairs of the cluster count, also those that no block holds. A pair against counts at most 3 bits, since one person's records differ
/// too, and a pair in favour at most 20. Links by match rules and judgements are never cut, pairs that share an identifier and a birth date are never parted (<see cref="IdentityProof"/>), and a single record is not cut off: it is too little
/// evidence against the link that holds it. Source: Sokal and Michener (1958), "A Statistical Method for Evaluating Systematic Relationships".
/// </remarks>
internal static class CohesionSplitter
{
    /// <summary>Records in the largest cluster that is looked at; its pairs are all weighed.</summary>
    public const int LargestCluster = 200;

    // Two parts of two records each.
    private const int SmallestCluster = 4;
    private const int LinksPerPiece = 2_000;

    /// <summary>Splits where it has to be.</summary>
    /// <param name="clusters">The clusters.</param>
    /// <param name="links">All links.</param>
    /// <param name="model">Weighs pairs that have no link.</param>
    /// <param name="keys">The records; their keys decide ties.</param>
    /// <param name="workers">Threads.</param>
    /// <param name="proof">Tells which pairs nothing may part; null = none.</param>
    /// <returns>The clusters as they are then, with the links that were cut among the refused ones.</returns>
    public static RecordClusters Split(RecordClusters clusters, LargeArray<RecordLink> links, CompiledModel model, RecordKeyIndex keys, Workers workers, IdentityProof? proof = null)
    {
        if (model.Comparisons.Length == 0)
        {
            return clusters;
        }
        var sizes = new int[clusters.Count];
        foreach (int cluster in clusters.ClusterOf)
        {
            sizes[cluster]++;
        }
        ClusterLinks grouped = ClusterLinks.Group(
            clusters.ClusterOf, Array.ConvertAll(sizes, size => size is >= SmallestCluster and <= LargestCluster), links);
        List<(int First, int End)> pieces = grouped.Cut(LinksPerPiece);
        var parts = new List<(int Record, int Part)>[pieces.Count];
        Comparison<int> byKey = keys.Compare;
        workers.Run(pieces.Count, () => new PairComparer(model), (piece, comparer) =>
        {
            parts[piece] = [];
            for (int cluster = pieces[piece].First; cluster < pieces[piece].End; cluster++)
            {
                var matrix = ClusterMatrix.Create(grouped[cluster], byKey, comparer, model.Threshold, proof);
                if (matrix is { HasDoubts: true })
                {
                    AverageLinkage.Split(matrix, parts[piece]);
                }
            }
        });
        return Apply(clusters, parts, links);
    }

    private static RecordClusters Apply(RecordClusters clusters, List<(int Record, int Part)>[] parts, LargeArray<RecordLink> links)
    {
        if (Array.TrueForAll(parts, list => list.Count == 0))
        {
            return clusters;
        }
        // A part is called after its first record, above all clusters.
        int[] clusterOf = [.. clusters.ClusterOf];
        foreach ((int record, int part) in parts.SelectMany(list => list))
        {
            clusterOf[record] = clusters.Count + part;
        }
        List<RefusedLink> refused = [.. clusters.RefusedLinks];
        ReadOnlySpan<RecordLink> all = links.Span;
        for (int i = 0; i < all.Length; i++)
        {
            ref readonly RecordLink later = ref all[Math.Min(i + Ahead.Distance, all.Length - 1)];
            Ahead.Fetch(clusterOf, later.Left);
            Ahead.Fetch(clusterOf, later.Right);
            RecordLink link = all[i];
            if (clusterOf[link.Left] != clusterOf[link.Right] && clusters.ClusterOf[link.Left] == clusters.ClusterOf[link.Right])
            {
                refused.Add(new RefusedLink(link, Guard.Cohesion, 0));
            }
        }
        return RecordClusters.Number(clusterOf, refused);
    }
}
