namespace IdentityResolution.Reference.Clustering;

/// <summary>Average linkage of one cluster, with every average added up anew.</summary>
public static class ReferenceLinkage
{
    /// <summary>The parts of a cluster.</summary>
    /// <param name="count">How many records it has.</param>
    /// <param name="weight">The weight of a pair above the threshold, within the bounds of what counts; null = never cut.</param>
    /// <param name="links">The weights of the links alone, for single records; null = no link.</param>
    /// <returns>The part of each record, numbered in order of the parts' first records.</returns>
    public static int[] Split(int count, Func<int, int, int?> weight, Func<int, int, long?> links)
    {
        List<List<int>> parts = [.. Enumerable.Range(0, count).Select(record => new List<int> { record })];
        while (Best(parts, weight) is { } best)
        {
            best.One.AddRange(best.Other);
            parts.Remove(best.Other);
        }
        for (int record = 0; record < count; record++)
        {
            List<int> part = parts.Single(part => part.Contains(record));
            if (part.Count == 1)
            {
                int strongest = Enumerable.Range(0, count).Where(other => links(record, other) is not null).OrderByDescending(other => links(record, other)).First();
                parts.Remove(part);
                parts.Single(other => other.Contains(strongest)).Add(record);
            }
        }
        int[] first = [.. Enumerable.Range(0, count).Select(record => parts.Single(part => part.Contains(record)).Min())];
        int[] names = [.. first.Distinct().Order()];
        return [.. first.Select(name => Array.IndexOf(names, name))];
    }

    // What is never cut comes first; then the highest average above zero, and of equal ones the one whose parts have the first records.
    private static (List<int> One, List<int> Other)? Best(List<List<int>> parts, Func<int, int, int?> weight)
    {
        var pairs = parts.SelectMany(one => parts.Where(other => other.Min() > one.Min()), (one, other) => (One: one, Other: other))
            .OrderBy(pair => (pair.One.Min(), pair.Other.Min()))
            .Select(pair => (Pair: pair, Weights: pair.One.SelectMany(_ => pair.Other, (i, j) => weight(i, j)).ToArray()))
            .ToArray();
        foreach ((var pair, int?[] weights) in pairs)
        {
            if (weights.Contains(null))
            {
                return pair;
            }
        }
        var best = pairs.Select(item => (item.Pair, Average: (decimal)item.Weights.Sum(w => (long)w!) / item.Weights.Length))
            .Where(item => item.Average > 0)
            .OrderByDescending(item => item.Average)
            .ToArray();
        return best.Length == 0 ? null : best[0].Pair;
    }
}
