namespace IdentityResolution.Reference.Clustering;

/// <summary>Connected components, breadth first; and guarded clusters, by lists of members.</summary>
public static class ReferenceComponents
{
    /// <summary>The component of each record, numbered from 0 in order of the components' first records.</summary>
    public static int[] Label(int records, IEnumerable<(int Left, int Right)> pairs)
    {
        var neighbours = Enumerable.Range(0, records).Select(_ => new List<int>()).ToArray();
        foreach ((int left, int right) in pairs)
        {
            neighbours[left].Add(right);
            neighbours[right].Add(left);
        }
        int[] component = [.. Enumerable.Repeat(-1, records)];
        int count = 0;
        for (int first = 0; first < records; first++)
        {
            if (component[first] >= 0)
            {
                continue;
            }
            var queue = new Queue<int>([first]);
            component[first] = count;
            while (queue.TryDequeue(out int record))
            {
                foreach (int neighbour in neighbours[record].Where(neighbour => component[neighbour] < 0))
                {
                    component[neighbour] = count;
                    queue.Enqueue(neighbour);
                }
            }
            count++;
        }
        return component;
    }

    /// <summary>Follows the links from the strongest to the weakest, except those that would put two records together that have to stay apart.</summary>
    /// <param name="records">How many records there are.</param>
    /// <param name="strongestFirst">The links in order, each with its rule: smaller = higher precedence.</param>
    /// <param name="apart">Do these two records have to stay apart, as far as links of this rule go?</param>
    /// <param name="mostRecords">Records in the largest cluster that a link may make.</param>
    /// <returns>The clusters, numbered like components, and the places of the links that were refused.</returns>
    public static (int[] Cluster, int[] Refused) Guarded(
        int records, IReadOnlyList<(int Left, int Right, int Rule)> strongestFirst, Func<int, int, int, bool> apart, int mostRecords)
    {
        List<List<int>> clusters = [.. Enumerable.Range(0, records).Select(record => new List<int> { record })];
        var refused = new List<int>();
        for (int i = 0; i < strongestFirst.Count; i++)
        {
            (int left, int right, int rule) = strongestFirst[i];
            List<int> one = clusters.Single(cluster => cluster.Contains(left));
            List<int> other = clusters.Single(cluster => cluster.Contains(right));
            if (ReferenceEquals(one, other))
            {
                continue;
            }
            if (rule >= 0 && (one.Count + other.Count > mostRecords || one.Any(a => other.Any(b => apart(a, b, rule)))))
            {
                refused.Add(i);
                continue;
            }
            one.AddRange(other);
            clusters.Remove(other);
        }
        return (Label(records, clusters.SelectMany(cluster => cluster.Select(record => (cluster[0], record)))), [.. refused]);
    }
}
