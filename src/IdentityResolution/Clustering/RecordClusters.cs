using IdentityResolution.Matching;
using IdentityResolution.Records;

namespace IdentityResolution.Clustering;

/// <summary>The clusters of one run.</summary>
/// <param name="ClusterOf">The cluster of each record, numbered from 0. Length: records.</param>
/// <param name="Count">How many clusters there are.</param>
/// <param name="RefusedLinks">Links that a guard kept from joining two clusters.</param>
internal sealed record RecordClusters(int[] ClusterOf, int Count, long RefusedLinks)
{
    /// <summary>Joins linked records; a pure function of the set of links and the guards, whatever the order of either.</summary>
    /// <param name="keys">The records.</param>
    /// <param name="links">The links, in any order.</param>
    /// <param name="uniqueSources">Sources of which a cluster holds at most one record; empty = plain connected components.</param>
    public static RecordClusters Build(RecordKeyIndex keys, IReadOnlyList<RecordLink> links, IReadOnlyList<string> uniqueSources)
    {
        var sets = new DisjointSets(keys.Count);
        long refused = uniqueSources.Count == 0 ? JoinAll(sets, links) : JoinGuarded(sets, keys, links, uniqueSources);
        var clusterOf = new int[keys.Count];
        int count = sets.Number(clusterOf);
        return new RecordClusters(clusterOf, count, refused);
    }

    private static long JoinAll(DisjointSets sets, IReadOnlyList<RecordLink> links)
    {
        foreach (RecordLink link in links)
        {
            sets.Union(link.Left, link.Right);
        }
        return 0;
    }

    // Strongest links first: a weaker link never joins what a stronger one has made impossible to join.
    private static long JoinGuarded(DisjointSets sets, RecordKeyIndex keys, IReadOnlyList<RecordLink> links, IReadOnlyList<string> uniqueSources)
    {
        var sourcesOf = new ulong[keys.Count];
        for (int record = 0; record < sourcesOf.Length; record++)
        {
            int unique = IndexOf(uniqueSources, keys.Sources[keys.SourceOf(record)]);
            sourcesOf[record] = unique < 0 ? 0 : 1UL << unique;
        }
        RecordLink[] ordered = [.. links];
        Array.Sort(ordered, new Strength(keys));
        long refused = 0;
        foreach (RecordLink link in ordered)
        {
            int left = sets.Find(link.Left);
            int right = sets.Find(link.Right);
            if (left == right)
            {
                continue;
            }
            if ((sourcesOf[left] & sourcesOf[right]) != 0)
            {
                refused++;
                continue;
            }
            ulong sources = sourcesOf[left] | sourcesOf[right];
            sourcesOf[sets.Union(left, right)] = sources;
        }
        return refused;
    }

    private static int IndexOf(IReadOnlyList<string> names, string name)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (string.Equals(names[i], name, StringComparison.Ordinal))
            {
                return i;
            }
        }
        return -1;
    }

    // Match rules by precedence, then heavier scores; ties by a hash of the two keys, so that the order of records does not matter.
    private sealed class Strength(RecordKeyIndex keys) : IComparer<RecordLink>
    {
        public int Compare(RecordLink x, RecordLink y)
        {
            int byRule = x.Rule.CompareTo(y.Rule);
            if (byRule != 0)
            {
                return byRule;
            }
            int byWeight = y.Weight.CompareTo(x.Weight);
            return byWeight != 0 ? byWeight : PairHash.Of(keys, x.Left, x.Right).CompareTo(PairHash.Of(keys, y.Left, y.Right));
        }
    }
}
