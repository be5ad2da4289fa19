using IdentityResolution.Matching;

namespace IdentityResolution.Clustering;

/// <summary>The weights of all pairs of one cluster.</summary>
/// <param name="Records">The records in order of keys.</param>
/// <param name="Weights">Weight above the threshold of each pair, in millibits; <see cref="Fixed"/> where nothing may cut the link.</param>
/// <param name="IsLink">Which pairs have a link.</param>
internal sealed record ClusterMatrix(int[] Records, int[,] Weights, bool[,] IsLink)
{
    /// <summary>The weight of links by match rules and judgements, and of pairs that are proved.</summary>
    public const int Fixed = int.MaxValue;

    /// <summary>Speaks any pair against being together? Else average linkage joins all.</summary>
    public bool HasDoubts
    {
        get
        {
            for (int i = 0; i < Records.Length - 1; i++)
            {
                for (int j = i + 1; j < Records.Length; j++)
                {
                    if (Weights[i, j] <= 0)
                    {
                        return true;
                    }
                }
            }
            return false;
        }
    }

    /// <summary>Weighs the pairs that have no link.</summary>
    /// <returns>Null when every pair has a link: then there is nothing to split.</returns>
    /// <param name="links">The links of the cluster, which has no more records than <see cref="CohesionSplitter.LargestCluster"/>.</param>
    /// <param name="byKey">Orders records by their keys.</param>
    /// <param name="comparer">Weighs pairs.</param>
    /// <param name="threshold">The weight from which pairs are linked, in millibits.</param>
    /// <param name="proof">Tells which pairs nothing may part; null = none.</param>
    public static ClusterMatrix? Create(
        ReadOnlySpan<RecordLink> links, Comparison<int> byKey, PairComparer comparer, int threshold, IdentityProof? proof)
    {
        Span<int> room = stackalloc int[CohesionSplitter.LargestCluster];
        ReadOnlySpan<int> members = Members(links, room);
        if (AllAreLinked(links, members))
        {
            return null;
        }
        int[] records = members.ToArray();
        records.AsSpan().Sort(byKey);
        Span<int> places = stackalloc int[records.Length];
        for (int i = 0; i < records.Length; i++)
        {
            places[members.BinarySearch(records[i])] = i;
        }
        var weights = new int[records.Length, records.Length];
        var isLink = new bool[records.Length, records.Length];
        foreach (ref readonly RecordLink link in links)
        {
            (int i, int j) = (places[members.BinarySearch(link.Left)], places[members.BinarySearch(link.Right)]);
            isLink[i, j] = isLink[j, i] = true;
            weights[i, j] = weights[j, i] = Math.Max(weights[i, j], link.Rule == RecordLink.ByScore ? link.Weight - threshold : Fixed);
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

    // The records that have links, each once, by number.
    private static ReadOnlySpan<int> Members(ReadOnlySpan<RecordLink> links, Span<int> members)
    {
        int count = 0;
        foreach (ref readonly RecordLink link in links)
        {
            Insert(link.Left, members, ref count);
            Insert(link.Right, members, ref count);
        }
        return members[..count];
    }

    private static void Insert(int record, Span<int> members, ref int count)
    {
        int place = members[..count].BinarySearch(record);
        if (place < 0)
        {
            members[~place..count].CopyTo(members[(~place + 1)..]);
            members[~place] = record;
            count++;
        }
    }

    // A pair may have several links.
    private static bool AllAreLinked(ReadOnlySpan<RecordLink> links, ReadOnlySpan<int> members)
    {
        int pairs = members.Length * (members.Length - 1) / 2;
        if (links.Length < pairs)
        {
            return false;
        }
        var isLink = new bool[members.Length * members.Length];
        int linked = 0;
        foreach (ref readonly RecordLink link in links)
        {
            (int i, int j) = (members.BinarySearch(link.Left), members.BinarySearch(link.Right));
            ref bool known = ref isLink[(Math.Min(i, j) * members.Length) + Math.Max(i, j)];
            linked += known ? 0 : 1;
            known = true;
        }
        return linked == pairs;
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
