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

    /// <summary>Follows the pairs from the strongest to the weakest, except those that would put two records of one unique source together.</summary>
    /// <param name="uniqueSource">The unique source of each record; negative = its source is not unique.</param>
    /// <param name="strongestFirst">The pairs in order.</param>
    /// <returns>The clusters, numbered like components, and how many pairs were refused.</returns>
    public static (int[] Cluster, int Refused) Guarded(int[] uniqueSource, IEnumerable<(int Left, int Right)> strongestFirst)
    {
        List<List<int>> clusters = [.. uniqueSource.Select((_, record) => new List<int> { record })];
        int refused = 0;
        foreach ((int left, int right) in strongestFirst)
        {
            List<int> one = clusters.Single(cluster => cluster.Contains(left));
            List<int> other = clusters.Single(cluster => cluster.Contains(right));
            if (ReferenceEquals(one, other))
            {
                continue;
            }
            if (one.Any(a => uniqueSource[a] >= 0 && other.Any(b => uniqueSource[a] == uniqueSource[b])))
            {
                refused++;
                continue;
            }
            one.AddRange(other);
            clusters.Remove(other);
        }
        return (Label(uniqueSource.Length, clusters.SelectMany(cluster => cluster.Select(record => (cluster[0], record)))), refused);
    }
}
