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
        for (int start = 0; start < m.Length;)
        {
            int end = start + 1;
            while (end < m.Length && conditions[end].Function == conditions[start].Function)
            {
                end++;
            }
            if (end - start > 1)
            {
                Pool(m.AsSpan(start, end - start), u.AsSpan(start, end - start));
            }
            start = end;
        }
    }

    private static void Pool(Span<double> m, ReadOnlySpan<double> u)
    {
        var groups = new List<(double M, double U, int Levels)>();
        for (int i = 0; i < m.Length; i++)
        {
            groups.Add((m[i], u[i], 1));
            while (groups.Count > 1 && groups[^2].M * groups[^1].U < groups[^1].M * groups[^2].U)
            {
                (double lastM, double lastU, int lastLevels) = groups[^1];
                groups.RemoveAt(groups.Count - 1);
                groups[^1] = (groups[^1].M + lastM, groups[^1].U + lastU, groups[^1].Levels + lastLevels);
            }
        }
        int level = 0;
        foreach ((double sumM, double sumU, int levels) in groups)
        {
            for (int i = 0; i < levels; i++, level++)
            {
                m[level] = levels == 1 ? m[level] : u[level] * sumM / sumU;
            }
        }
    }
}
