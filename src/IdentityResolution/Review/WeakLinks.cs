using IdentityResolution.Clustering;
using IdentityResolution.Internals;
using IdentityResolution.Matching;

namespace IdentityResolution.Review;

/// <summary>Finds links just above the threshold without which a cluster would fall in two.</summary>
internal static class WeakLinks
{
    // Beyond that the search for another way between two records takes too long.
    private const int LargestCluster = 200;

    /// <summary>The links, each with the number of records that would be on one side.</summary>
    public static IEnumerable<(RecordLink Link, int OnOneSide)> Find(RecordClusters clusters, LargeArray<RecordLink> links, int below)
    {
        var sizes = new int[clusters.Count];
        foreach (int cluster in clusters.ClusterOf)
        {
            sizes[cluster]++;
        }
        var chosen = new bool[clusters.Count];
        for (int i = 0; i < links.Length; i++)
        {
            RecordLink link = links[i];
            chosen[clusters.ClusterOf[link.Left]] |= link.Rule == RecordLink.ByScore && link.Weight < below && sizes[clusters.ClusterOf[link.Left]] <= LargestCluster && clusters.ClusterOf[link.Left] == clusters.ClusterOf[link.Right];
        }
        ClusterLinks grouped = ClusterLinks.Group(clusters.ClusterOf, chosen, links);
        for (int cluster = 0; cluster < grouped.Count; cluster++)
        {
            RecordLink[] own = grouped[cluster].ToArray();
            foreach (RecordLink link in own.Where(link => link.Rule == RecordLink.ByScore && link.Weight < below))
            {
                if (CountReached(own, link) is var reached and > 0)
                {
                    yield return (link, reached);
                }
            }
        }
    }

    // How many records the left one is linked to without this link, itself included; 0 when the right one is among them.
    private static int CountReached(RecordLink[] links, RecordLink without)
    {
        ILookup<int, int> neighbours = links
            .Where(link => link.Left != without.Left || link.Right != without.Right)
            .SelectMany(link => new[] { (From: link.Left, To: link.Right), (From: link.Right, To: link.Left) })
            .ToLookup(edge => edge.From, edge => edge.To);
        var reached = new HashSet<int> { without.Left };
        var open = new Stack<int>([without.Left]);
        while (open.TryPop(out int record))
        {
            foreach (int neighbour in neighbours[record].Where(reached.Add))
            {
                open.Push(neighbour);
            }
        }
        return reached.Contains(without.Right) ? 0 : reached.Count;
    }
}
