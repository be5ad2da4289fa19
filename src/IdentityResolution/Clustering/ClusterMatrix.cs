using IdentityResolution.Matching;
using IdentityResolution.Records;

namespace IdentityResolution.Clustering;

/// <summary>The weights of all pairs of one cluster.</summary>
/// <param name="Records">The records in order of keys.</param>
/// <param name="Weights">Weight above the threshold of each pair, in millibits; <see cref="Fixed"/> where nothing may cut the link.</param>
/// <param name="IsLink">Which pairs have a link.</param>
internal sealed record ClusterMatrix(int[] Records, int[,] Weights, bool[,] IsLink)
{
    /// <summary>The weight of links by match rules and judgements.</summary>
    public const int Fixed = int.MaxValue;

    /// <summary>Weighs the pairs that have no link.</summary>
    /// <returns>Null when every pair has a link: then there is nothing to split.</returns>
    public static ClusterMatrix? Create(ReadOnlySpan<RecordLink> links, RecordKeyIndex keys, PairComparer comparer, int threshold)
    {
        var members = new HashSet<int>();
        foreach (RecordLink link in links)
        {
            members.Add(link.Left);
            members.Add(link.Right);
        }
        int[] records = [.. members];
        Array.Sort(records, keys.Compare);
        var place = new Dictionary<int, int>();
        for (int i = 0; i < records.Length; i++)
        {
            place.Add(records[i], i);
        }
        var weights = new int[records.Length, records.Length];
        var isLink = new bool[records.Length, records.Length];
        int linked = 0;
        foreach (RecordLink link in links)
        {
            (int i, int j) = (place[link.Left], place[link.Right]);
            linked += isLink[i, j] ? 0 : 1;
            isLink[i, j] = isLink[j, i] = true;
            weights[i, j] = weights[j, i] = Math.Max(weights[i, j], link.Rule == RecordLink.ByScore ? link.Weight - threshold : Fixed);
        }
        if (linked == records.Length * (records.Length - 1) / 2)
        {
            return null;
        }
        for (int i = 0; i < records.Length - 1; i++)
        {
            for (int j = i + 1; j < records.Length; j++)
            {
                if (!isLink[i, j])
                {
                    weights[i, j] = weights[j, i] = comparer.Weigh(records[i], records[j], int.MinValue) - threshold;
                }
            }
        }
        return new ClusterMatrix(records, weights, isLink);
    }
}
