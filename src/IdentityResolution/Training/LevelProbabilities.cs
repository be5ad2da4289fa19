namespace IdentityResolution.Training;

/// <summary>m and u of every level of every comparison while they are being learned.</summary>
/// <param name="M">P(level | match, value present); per comparison and level.</param>
/// <param name="U">P(level | no match, value present); per comparison and level.</param>
internal sealed record LevelProbabilities(double[][] M, double[][] U)
{
    /// <summary>What m is taken to be before anything is learned: most matches agree on the best level.</summary>
    public static double[] InitialM(int levels)
    {
        var m = new double[levels];
        const double Best = 0.85;
        const double Else = 0.05;
        m[0] = Best;
        m[^1] = Else;
        if (levels == 2)
        {
            return [0.92, 0.08];
        }
        for (int level = 1; level < levels - 1; level++)
        {
            m[level] = (1 - Best - Else) / (levels - 2);
        }
        return m;
    }
}
