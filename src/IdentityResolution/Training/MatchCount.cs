namespace IdentityResolution.Training;

/// <summary>Estimates how many pairs match in all, from the blocks alone.</summary>
internal static class MatchCount
{
    /// <summary>Expected matching pairs among all allowed pairs.</summary>
    /// <remarks>
    /// A rule's matches divided by the share of matches that it finds; the share is taken from the matches that rules on other
    /// fields find. The weighted median over rules is returned. The same idea counts animals by capture and recapture (Petersen 1896, Lincoln 1930).
    /// </remarks>
    public static double Estimate(BlockSession[] sessions, double[] shares, double[][] posteriors, long possiblePairs)
    {
        var estimates = new List<(double Matches, double Weight)>();
        double most = 0;
        for (int rule = 0; rule < sessions.Length; rule++)
        {
            double found = sessions[rule].AllPairs * shares[rule];
            most = Math.Max(most, found);
            double share = FoundShare(rule, sessions, posteriors);
            if (found > 0 && share > 0)
            {
                estimates.Add((found / share, found));
            }
        }
        double estimate = estimates.Count == 0 ? most : WeightedMedian(estimates);
        return Math.Clamp(Math.Max(estimate, most), 1, Math.Max(1, possiblePairs * 0.5));
    }

    // Of the matches that rules on other fields find, the share that this rule finds too.
    private static double FoundShare(int rule, BlockSession[] sessions, double[][] posteriors)
    {
        double found = 0.5;
        double all = 1;
        for (int s = 0; s < sessions.Length; s++)
        {
            if (s == rule || Overlap(sessions[s].Conditioned, sessions[rule].Conditioned))
            {
                continue;
            }
            double scale = sessions[s].AllPairs / Math.Max(1.0, sessions[s].SampledPairs);
            for (int i = 0; i < sessions[s].Patterns.Length; i++)
            {
                double expected = posteriors[s][i] * sessions[s].Patterns[i].Count * scale;
                all += expected;
                found += sessions[s].Patterns[i].HasRule(rule) ? expected : 0;
            }
        }
        return found / all;
    }

    private static bool Overlap(bool[] left, bool[] right)
    {
        for (int i = 0; i < left.Length; i++)
        {
            if (left[i] && right[i])
            {
                return true;
            }
        }
        return false;
    }

    private static double WeightedMedian(List<(double Matches, double Weight)> estimates)
    {
        estimates.Sort();
        double half = estimates.Sum(estimate => estimate.Weight) / 2;
        double sum = 0;
        foreach ((double matches, double weight) in estimates)
        {
            sum += weight;
            if (sum >= half)
            {
                return matches;
            }
        }
        return estimates[^1].Matches;
    }
}
