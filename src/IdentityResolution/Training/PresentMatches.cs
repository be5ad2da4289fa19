using System.Numerics;
using IdentityResolution.Matching;

namespace IdentityResolution.Training;

/// <summary>How often matches have a value in both records.</summary>
/// <remarks>Not as often as other pairs: a column that one source fills stands in both records of a match, or in neither.</remarks>
internal static class PresentMatches
{
    // Weight, in pairs, of the share among all pairs.
    private const double StartPairs = 10;

    /// <summary>Per comparison the share of matches with both values.</summary>
    /// <param name="sessions">The pairs of each blocking rule.</param>
    /// <param name="shares">What was learned of them.</param>
    /// <param name="atLarge">Per comparison the share of all allowed pairs with both values, in [0, 1].</param>
    public static double[] Shares(BlockSession[] sessions, SessionShares[] shares, double[] atLarge)
    {
        var present = new double[atLarge.Length];
        for (int comparison = 0; comparison < present.Length; comparison++)
        {
            double all = StartPairs;
            double both = StartPairs * atLarge[comparison];
            for (int s = 0; s < sessions.Length; s++)
            {
                // A rule on the field itself finds only pairs that have it.
                if (sessions[s].Conditioned[comparison])
                {
                    continue;
                }
                double scale = sessions[s].AllPairs / Math.Max(1.0, sessions[s].SampledPairs);
                for (int i = 0; i < sessions[s].Patterns.Length; i++)
                {
                    Pattern pattern = sessions[s].Patterns[i];
                    // A pair that several rules find counts once.
                    double expected = shares[s].MatchOf[i] * pattern.Count * scale / Math.Max(1, BitOperations.PopCount((uint)pattern.Flags));
                    all += expected;
                    both += pattern.Levels[comparison] == PairComparer.Missing ? 0 : expected;
                }
            }
            present[comparison] = both / all;
        }
        return present;
    }
}
