using IdentityResolution.Matching;
using IdentityResolution.Records;

namespace IdentityResolution.Clustering;

/// <summary>The weights of all pairs of one cluster.</summary>
/// <param name="Records">The records in order of keys.</param>
/// <param name="Weights">Weight above the threshold of each pair, in millibits; <see cref="Fixed"/> where nothing may cut the link.</param>
/// <param name="IsLink">Which pairs have a link.</param>
internal sealed record ClusterMatrix(int[] Records, int[,] Weights, bool[,] IsLink)
{
    /// <summary>The weight of links by match rules and judgements, and of pairs that are proved.</summary>
    public const int Fixed = int.MaxValue;

    /// <summary>Weighs the pairs that have no link.</summary>
    /// <returns>Null when every pair has a link: then there is nothing to split.</returns>
    /// <param name="links">The links of the cluster.</param>
    /// <param name="keys">The records; their keys order them.</param>
    /// <param name="comparer">Weighs pairs.</param>
    /// <param name="threshold">The weight from which pairs are linked, in millibits.</param>
    /// <param name="proof">Tells which pairs nothing may part; null = none.</param>
    public static ClusterMatrix? Create(ReadOnlySpan<RecordLink> links, RecordKeyIndex keys, PairComparer comparer, int threshold, IdentityProof? proof)
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
        if (proof is not null)
        {
            FixProved(records, weights, comparer, proof);
        }
        return new ClusterMatrix(records, weights, isLink);
    }

    private static void FixProved(int[] records, int[,] weights, PairComparer comparer, IdentityProof proof)
    {
        var levels = new byte[proof.ComparisonCount];
        for (int i = 0; i < records.Length - 1; i++)
        {
            for (int j = i + 1; j < records.Length; j++)
            {
                comparer.Compare(records[i], records[j], levels);
                if (proof.Holds(levels))
                {
                    weights[i, j] = weights[j, i] = Fixed;
                }
            }
        }
    }
}
