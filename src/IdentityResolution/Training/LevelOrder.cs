namespace IdentityResolution.Training;

/// <summary>Keeps levels of one measure in order: more alike never weighs less.</summary>
/// <remarks>
/// Rare levels are learned from a handful of pairs, and chance would turn their weights around. Neighbours out of order share one weight
/// (pool adjacent violators: Ayer, Brunk, Ewing, Reid and Silverman (1955), Annals of Mathematical Statistics 26(4)).
/// </remarks>
internal static class LevelOrder
{
    /// <summary>Changes m so that m/u falls, or stays, from level to level of the same measure; sums are kept.</summary>
    /// <param name="conditions">The levels' conditions, best first.</param>
    /// <param name="m">P(level | match); changed.</param>
    /// <param name="u">P(level | no match).</param>
    public static void Restore(IReadOnlyList<LevelCondition> conditions, double[] m, double[] u)
    {
        foreach (IGrouping<LevelFunction, int> measure in Enumerable.Range(0, m.Length)
            .Where(level => conditions[level].Function != LevelFunction.Combined)
            .GroupBy(level => conditions[level].Function))
        {
            int[] levels = [.. measure];
            if (levels.Length > 1)
            {
                Pool(levels, m, u);
            }
        }
    }

    private static void Pool(int[] levels, double[] m, double[] u)
    {
        var groups = new List<(double M, double U, int Levels)>();
        foreach (int level in levels)
        {
            groups.Add((m[level], u[level], 1));
            while (groups.Count > 1 && groups[^2].M * groups[^1].U < groups[^1].M * groups[^2].U)
            {
                (double lastM, double lastU, int lastLevels) = groups[^1];
                groups.RemoveAt(groups.Count - 1);
                groups[^1] = (groups[^1].M + lastM, groups[^1].U + lastU, groups[^1].Levels + lastLevels);
            }
        }
        int next = 0;
        foreach ((double sumM, double sumU, int count) in groups)
        {
            for (int i = 0; i < count; i++)
            {
                int level = levels[next++];
                m[level] = count == 1 ? m[level] : u[level] * sumM / sumU;
            }
        }
    }
}
