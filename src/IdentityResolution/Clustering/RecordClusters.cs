using IdentityResolution.Internals;
using IdentityResolution.Matching;

namespace IdentityResolution.Clustering;

/// <summary>The clusters of one run.</summary>
/// <param name="ClusterOf">The cluster of each record, numbered from 0. Length: records.</param>
/// <param name="Count">How many clusters there are.</param>
/// <param name="RefusedLinks">Links that a guard kept from joining two clusters.</param>
internal sealed record RecordClusters(int[] ClusterOf, int Count, IReadOnlyList<RefusedLink> RefusedLinks)
{
    /// <summary>Joins linked records; a pure function of the set of links and the guards, whatever the order of either.</summary>
    /// <param name="records">How many records there are.</param>
    /// <param name="links">The links, in any order.</param>
    /// <param name="guards">What no cluster may violate; none = plain connected components.</param>
    /// <param name="workers">Threads.</param>
    public static RecordClusters Build(int records, LargeArray<RecordLink> links, ClusterGuards guards, Workers workers)
    {
        int[] clusterOf = ConnectedComponents.Number(records, links, workers, out int count);
        var marked = new bool[count];
        foreach (ClusterConstraint constraint in guards.Constraints)
        {
            constraint.Mark(clusterOf, marked);
        }
        if (!marked.Contains(true))
        {
            return new RecordClusters(clusterOf, count, []);
        }
        List<RefusedLink> refused = GuardedComponents.Rejoin(clusterOf, marked, links, guards, workers);
        return Number(clusterOf, refused);
    }

    /// <summary>The same clusters, with links that were not followed from the start; those whose records came together by other links are no loss.</summary>
    public RecordClusters Refuse(IReadOnlyList<RecordLink> links, Guard guard) => links.Count == 0 ? this : this with
    {
        RefusedLinks = [.. RefusedLinks, .. links.Where(link => ClusterOf[link.Left] != ClusterOf[link.Right]).Select(link => new RefusedLink(link, guard, 0))],
    };

    /// <summary>Numbers clusters from 0 in order of their first record.</summary>
    /// <param name="clusterOf">Any number per cluster, at least 0 and at most a few times the number of records; receives the new ones.</param>
    /// <param name="refused">The links that were not followed.</param>
    public static RecordClusters Number(int[] clusterOf, IReadOnlyList<RefusedLink> refused)
    {
        // The new number + 1; 0 = none yet.
        var numberOf = new int[clusterOf.Length == 0 ? 0 : clusterOf.Max() + 1];
        int count = 0;
        for (int record = 0; record < clusterOf.Length; record++)
        {
            ref int number = ref numberOf[clusterOf[record]];
            number = number == 0 ? ++count : number;
            clusterOf[record] = number - 1;
        }
        return new RecordClusters(clusterOf, count, refused);
    }
}
