using IdentityResolution.Matching;

namespace IdentityResolution.Training;

/// <summary>Learns m, and the share of matches, from the comparison patterns of blocked pairs without labels; u stays fixed.</summary>
/// <remarks>
/// A mixture of matches and non-matches with comparisons independent within each. Deterministic.
/// Sources: Dempster, Laird and Rubin (1977), "Maximum Likelihood from Incomplete Data via the EM Algorithm", JRSS B 39(1);
/// Winkler (1988), "Using the EM Algorithm for Weight Computation in the Fellegi-Sunter Model of Record Linkage".
/// </remarks>
internal static class ExpectationMaximization
{
    private const int MaxIterations = 200;
    private const double Convergence = 1e-5;

    // Weight, in pairs, of the initial m: keeps levels that were never seen from becoming impossible.
    private const double PriorPairs = 2;

    /// <summary>Runs one session.</summary>
    /// <param name="patterns">The pairs as patterns.</param>
    /// <param name="excluded">Per comparison: left out, because the blocks are made of it.</param>
    /// <param name="u">P(level | no match); per comparison and level.</param>
    /// <param name="initialM">Where m starts; per comparison and level.</param>
    public static EmResult Run(Pattern[] patterns, bool[] excluded, double[][] u, double[][] initialM)
    {
        double[][] m = [.. initialM.Select(levels => (double[])levels.Clone())];
        double[][] prior = initialM;
        double share = 0.2;
        var posteriors = new double[patterns.Length];
        long pairs = patterns.Sum(pattern => pattern.Count);
        int iteration = 0;
        for (; iteration < MaxIterations && pairs > 0; iteration++)
        {
            double matches = Expect(patterns, excluded, m, u, share, posteriors);
            double change = Maximize(patterns, excluded, posteriors, prior, m);
            double newShare = Math.Clamp((matches + 0.1) / (pairs + 0.2), 1e-9, 1 - 1e-9);
            change = Math.Max(change, Math.Abs(newShare - share));
            share = newShare;
            if (change < Convergence)
            {
                break;
            }
        }
        return new EmResult(m, share, posteriors, iteration);
    }

    private static double Expect(Pattern[] patterns, bool[] excluded, double[][] m, double[][] u, double share, double[] posteriors)
    {
        double matches = 0;
        double logPrior = Math.Log(share / (1 - share));
        for (int i = 0; i < patterns.Length; i++)
        {
            double logOdds = logPrior;
            byte[] levels = patterns[i].Levels;
            for (int comparison = 0; comparison < levels.Length; comparison++)
            {
                if (!excluded[comparison] && levels[comparison] != PairComparer.Missing)
                {
                    logOdds += Math.Log(m[comparison][levels[comparison]] / u[comparison][levels[comparison]]);
                }
            }
            posteriors[i] = 1 / (1 + Math.Exp(-logOdds));
            matches += posteriors[i] * patterns[i].Count;
        }
        return matches;
    }

    private static double Maximize(Pattern[] patterns, bool[] excluded, double[] posteriors, double[][] prior, double[][] m)
    {
        double change = 0;
        for (int comparison = 0; comparison < m.Length; comparison++)
        {
            if (excluded[comparison])
            {
                continue;
            }
            double[] counts = LevelCounts(patterns, posteriors, comparison, m[comparison].Length);
            double total = counts.Sum() + PriorPairs;
            for (int level = 0; level < counts.Length; level++)
            {
                double value = (counts[level] + (PriorPairs * prior[comparison][level])) / total;
                change = Math.Max(change, Math.Abs(value - m[comparison][level]));
                m[comparison][level] = value;
            }
        }
        return change;
    }

    /// <summary>Expected matches at each level of a comparison.</summary>
    public static double[] LevelCounts(Pattern[] patterns, double[] posteriors, int comparison, int levels)
    {
        var counts = new double[levels];
        for (int i = 0; i < patterns.Length; i++)
        {
            byte level = patterns[i].Levels[comparison];
            if (level != PairComparer.Missing)
            {
                counts[level] += posteriors[i] * patterns[i].Count;
            }
        }
        return counts;
    }
}

/// <summary>What one session learned.</summary>
/// <param name="M">P(level | match); per comparison and level. Excluded comparisons keep their start.</param>
/// <param name="MatchShare">Share of matches among the session's pairs, in (0, 1).</param>
/// <param name="Posteriors">P(match) of each pattern.</param>
/// <param name="Iterations">Iterations until convergence.</param>
internal sealed record EmResult(double[][] M, double MatchShare, double[] Posteriors, int Iterations);
