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
        var place = new int[chosen.Length];
        foreach (RecordLink link in links)
        {
            place[clusterOf[link.Left]] += IsWithin(clusterOf, chosen, link) ? 1 : 0;
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
        foreach (RecordLink link in links)
        {
            if (IsWithin(clusterOf, chosen, link))
            {
                grouped[place[clusterOf[link.Left]]++] = link;
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

    private static bool IsWithin(int[] clusterOf, bool[] chosen, RecordLink link) =>
        chosen[clusterOf[link.Left]] && clusterOf[link.Left] == clusterOf[link.Right];
}
