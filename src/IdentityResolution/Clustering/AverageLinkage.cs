namespace IdentityResolution.Clustering;

/// <summary>Average linkage over the pairs of one cluster.</summary>
internal static class AverageLinkage
{
    private const int MostAgainst = 3_000;
    private const int MostInFavour = 20_000;

    /// <summary>Adds each record with its part, called after the part's first record; nothing when the cluster stays whole.</summary>
    public static void Split(ClusterMatrix matrix, List<(int Record, int Part)> parts)
    {
        int[] partOf = Join(matrix);
        ReturnSingles(matrix, partOf);
        if (partOf.AsSpan().ContainsAnyExcept(partOf[0]))
        {
            for (int i = 0; i < partOf.Length; i++)
            {
                parts.Add((matrix.Records[i], matrix.Records[partOf[i]]));
            }
        }
    }

    // Time grows with the cube of the records, of which there are few.
    private static int[] Join(ClusterMatrix matrix)
    {
        int count = matrix.Records.Length;
        int[] partOf = [.. Enumerable.Range(0, count)];
        int[] sizes = [.. Enumerable.Repeat(1, count)];
        var sums = new long[count, count];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                sums[i, j] = i == j ? 0 : Math.Clamp(matrix.Weights[i, j], -MostAgainst, MostInFavour);
            }
        }
        for (int i = 0; i < count; i++)
        {
            for (int j = i + 1; j < count; j++)
            {
                if (matrix.Weights[i, j] == ClusterMatrix.Fixed && partOf[i] != partOf[j])
                {
                    Merge(partOf, sizes, sums, Math.Min(partOf[i], partOf[j]), Math.Max(partOf[i], partOf[j]));
                }
            }
        }
        while (FindBest(partOf, sizes, sums) is { First: >= 0 } best)
        {
            Merge(partOf, sizes, sums, best.First, best.Second);
        }
        return partOf;
    }

    // The pair of parts with the highest average above zero; of equal ones the first.
    private static (int First, int Second) FindBest(int[] partOf, int[] sizes, long[,] sums)
    {
        (int First, int Second) best = (-1, -1);
        long bestSum = 0;
        long bestPairs = 1;
        for (int i = 0; i < partOf.Length; i++)
        {
            for (int j = i + 1; j < partOf.Length && partOf[i] == i; j++)
            {
                long pairs = (long)sizes[i] * sizes[j];
                if (partOf[j] == j && sums[i, j] * bestPairs > bestSum * pairs)
                {
                    (best, bestSum, bestPairs) = ((i, j), sums[i, j], pairs);
                }
            }
        }
        return best;
    }

    // A part is called after its first record, so the later name gives way.
    private static void Merge(int[] partOf, int[] sizes, long[,] sums, int first, int second)
    {
        sizes[first] += sizes[second];
        for (int k = 0; k < partOf.Length; k++)
        {
            sums[first, k] = sums[k, first] = sums[first, k] + sums[second, k];
            partOf[k] = partOf[k] == second ? first : partOf[k];
        }
    }

    private static void ReturnSingles(ClusterMatrix matrix, int[] partOf)
    {
        for (int i = 0; i < partOf.Length; i++)
        {
            int single = partOf[i];
            if (partOf.AsSpan().Count(single) > 1)
            {
                continue;
            }
            int strongest = -1;
            for (int j = 0; j < partOf.Length; j++)
            {
                if (matrix.IsLink[i, j] && (strongest < 0 || matrix.Weights[i, j] > matrix.Weights[i, strongest]))
                {
                    strongest = j;
                }
            }
            partOf[i] = partOf[strongest];
        }
        RenameAfterFirst(partOf);
    }

    private static void RenameAfterFirst(int[] partOf)
    {
        int[] first = [.. Enumerable.Repeat(-1, partOf.Length)];
        for (int i = 0; i < partOf.Length; i++)
        {
            int part = partOf[i];
            first[part] = first[part] < 0 ? i : first[part];
            partOf[i] = first[part];
        }
    }
}
