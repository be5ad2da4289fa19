using IdentityResolution.Matching;

namespace IdentityResolution.Training;

/// <summary>How much a comparison tells beside another one: its information about matches where the other's level is known, of all that it has alone.</summary>
/// <remarks>
/// Information is the divergence of Jeffreys (1946), "An Invariant Form for the Prior Probability in Estimation Problems": the mean weight among matches
/// less the mean weight among others. Whether a pair matches is told by all other comparisons, since the two would answer for each other.
/// </remarks>
internal static class ConditionalEvidence
{
    // What is taken for derived is derived unless so many pairs show otherwise.
    private const double StartPairs = 10;

    // Fewer likely matches, or others, tell nothing about a share.
    private const double LeastPairs = 20;

    /// <summary>The share, in [0, 1]; 0 when too few pairs tell.</summary>
    /// <param name="first">The comparison that is known.</param>
    /// <param name="second">The one whose share is sought.</param>
    /// <param name="m">P(level | match); per comparison and level.</param>
    /// <param name="sessions">The pairs of each blocking rule.</param>
    /// <param name="shares">How the pairs of each rule fall into classes.</param>
    public static double Share(int first, int second, double[][] m, BlockSession[] sessions, SessionShares[] shares)
    {
        var matches = new double[m[first].Length, m[second].Length];
        var others = new double[m[first].Length, m[second].Length];
        for (int s = 0; s < sessions.Length; s++)
        {
            if (sessions[s].Conditioned[first] || sessions[s].Conditioned[second])
            {
                continue;
            }
            foreach (Pattern pattern in sessions[s].Patterns)
            {
                (byte one, byte other) = (pattern.Levels[first], pattern.Levels[second]);
                if (one != PairComparer.Missing && other != PairComparer.Missing)
                {
                    double match = MatchByOthers(pattern, first, second, m, sessions[s], shares[s]);
                    matches[one, other] += match * pattern.Count;
                    others[one, other] += (1 - match) * pattern.Count;
                }
            }
        }
        return Sum(matches) < LeastPairs || Sum(others) < LeastPairs ? 0 : Share(matches, others);
    }

    private static double MatchByOthers(Pattern pattern, int first, int second, double[][] m, BlockSession session, SessionShares shares)
    {
        double match = shares.Match;
        double other = 1 - shares.Match;
        for (int i = 0; i < pattern.Levels.Length; i++)
        {
            if (i != first && i != second && !session.Conditioned[i] && pattern.Levels[i] != PairComparer.Missing)
            {
                match *= m[i][pattern.Levels[i]];
                other *= shares.U[i][pattern.Levels[i]];
            }
        }
        return match / (match + other);
    }

    private static double Share(double[,] matches, double[,] others)
    {
        (double[] m, double[] u) = (Columns(matches), Columns(others));
        double alone = Jeffreys(m, u);
        double beside = 0;
        (double allMatches, double allOthers) = (Sum(matches), Sum(others));
        for (int level = 0; level < matches.GetLength(0); level++)
        {
            (double[] ofMatches, double[] ofOthers) = (Row(matches, level), Row(others, level));
            double[] pooled = Normalize(Added(ofMatches, ofOthers), u);
            double[] conditionalM = Normalize(ofMatches, pooled);
            double[] conditionalU = Normalize(ofOthers, pooled);
            for (int i = 0; i < pooled.Length; i++)
            {
                double weight = Math.Log(conditionalM[i] / conditionalU[i]);
                beside += ((ofMatches.Sum() / allMatches * conditionalM[i]) - (ofOthers.Sum() / allOthers * conditionalU[i])) * weight;
            }
        }
        return alone <= 0 ? 0 : Math.Clamp(beside / alone, 0, 1);
    }

    private static double Jeffreys(double[] m, double[] u)
    {
        double divergence = 0;
        for (int i = 0; i < m.Length; i++)
        {
            divergence += (m[i] - u[i]) * Math.Log(m[i] / u[i]);
        }
        return divergence;
    }

    private static double[] Normalize(double[] counts, double[] start)
    {
        double total = counts.Sum() + StartPairs;
        var shares = new double[counts.Length];
        for (int i = 0; i < shares.Length; i++)
        {
            shares[i] = Math.Max((counts[i] + (StartPairs * start[i])) / total, 1e-9);
        }
        return shares;
    }

    private static double[] Added(double[] one, double[] other)
    {
        var sums = new double[one.Length];
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] = one[i] + other[i];
        }
        return sums;
    }

    private static double[] Columns(double[,] table)
    {
        var sums = new double[table.GetLength(1)];
        for (int i = 0; i < table.GetLength(0); i++)
        {
            for (int j = 0; j < sums.Length; j++)
            {
                sums[j] += table[i, j];
            }
        }
        var even = new double[sums.Length];
        Array.Fill(even, 1.0 / sums.Length);
        return Normalize(sums, even);
    }

    private static double[] Row(double[,] table, int row)
    {
        var values = new double[table.GetLength(1)];
        for (int column = 0; column < values.Length; column++)
        {
            values[column] = table[row, column];
        }
        return values;
    }

    private static double Sum(double[,] table)
    {
        double sum = 0;
        foreach (double value in table)
        {
            sum += value;
        }
        return sum;
    }
}
