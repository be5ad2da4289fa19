namespace IdentityResolution.Training;

/// <summary>What is taken for granted before anything is learned.</summary>
internal static class LevelProbabilities
{
    /// <summary>The first m of a comparison: most matches agree on the best level.</summary>
    public static double[] InitialM(int levels)
    {
        const double Best = 0.85;
        const double Else = 0.05;
        if (levels == 2)
        {
            return [0.92, 0.08];
        }
        var m = new double[levels];
        m.AsSpan().Fill((1 - Best - Else) / (levels - 2));
        m[0] = Best;
        m[^1] = Else;
        return m;
    }
}
