using IdentityResolution.Internals;
using IdentityResolution.Matching;

namespace IdentityResolution.Clustering;

/// <summary>The links of some clusters, cluster by cluster.</summary>
/// <param name="Links">The links.</param>
/// <param name="Starts">Where each chosen cluster starts; one entry more for the end.</param>
internal readonly record struct ClusterLinks(RecordLink[] Links, List<int> Starts)
{
    /// <summary>How many clusters there are.</summary>
    public int Count => Starts.Count - 1;

    /// <summary>The links of one cluster.</summary>
    public Span<RecordLink> this[int cluster] => Links.AsSpan(Starts[cluster], Starts[cluster + 1] - Starts[cluster]);

    /// <summary>Collects the links whose ends are both in one chosen cluster; clusters without links are left out.</summary>
    public static ClusterLinks Group(int[] clusterOf, bool[] chosen, LargeArray<RecordLink> links)
    {
        // How many links a cluster has, then where its next one goes; -1 = not chosen.
        int[] place = Array.ConvertAll(chosen, isChosen => isChosen ? 0 : -1);
        ReadOnlySpan<RecordLink> all = links.Span;
        for (int i = 0; i < all.Length; i++)
        {
            FetchAhead(clusterOf, place, all, i);
            ref int count = ref place[clusterOf[all[i].Left]];
            count += count >= 0 && clusterOf[all[i].Left] == clusterOf[all[i].Right] ? 1 : 0;
        }
        var starts = new List<int>();
        int end = 0;
        for (int cluster = 0; cluster < place.Length; cluster++)
        {
            if (place[cluster] > 0)
            {
                starts.Add(end);
                (place[cluster], end) = (end, end + place[cluster]);
            }
        }
        starts.Add(end);
        var grouped = new RecordLink[end];
        for (int i = 0; i < all.Length; i++)
        {
            FetchAhead(clusterOf, place, all, i);
            ref int next = ref place[clusterOf[all[i].Left]];
            if (next >= 0 && clusterOf[all[i].Left] == clusterOf[all[i].Right])
            {
                grouped[next++] = all[i];
            }
        }
        return new ClusterLinks(grouped, starts);
    }

    /// <summary>Cuts the clusters into pieces of about equal work.</summary>
    public List<(int First, int End)> Cut(int linksPerPiece)
    {
        var pieces = new List<(int First, int End)>();
        int first = 0;
        for (int cluster = 0; cluster < Count; cluster++)
        {
            if (cluster == Count - 1 || Starts[cluster + 1] - Starts[first] >= linksPerPiece)
            {
                pieces.Add((first, cluster + 1));
                first = cluster + 1;
            }
        }
        return pieces;
    }

    // Records of a link stand anywhere, and so do their clusters.
    private static void FetchAhead(int[] clusterOf, int[] place, ReadOnlySpan<RecordLink> links, int link)
    {
        ref readonly RecordLink far = ref links[Math.Min(link + (2 * Ahead.Distance), links.Length - 1)];
        Ahead.Fetch(clusterOf, far.Left);
        Ahead.Fetch(clusterOf, far.Right);
        Ahead.Fetch(place, clusterOf[links[Math.Min(link + Ahead.Distance, links.Length - 1)].Left]);
    }
}
