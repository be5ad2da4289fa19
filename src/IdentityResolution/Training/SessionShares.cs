using IdentityResolution.Matching;

namespace IdentityResolution.Training;

/// <summary>How the pairs of one blocking rule fall into the classes of a mixture.</summary>
internal sealed class SessionShares
{
    /// <summary>Starts the classes.</summary>
    /// <param name="session">The pairs.</param>
    /// <param name="u">P(level | no match) outside of blocks; where the rule's strangers start from.</param>
    /// <param name="withRelatives">Is there a class of related people?</param>
    public SessionShares(BlockSession session, double[][] u, bool withRelatives)
    {
        int patterns = session.Patterns.Length;
        U = [.. u.Select(levels => (double[])levels.Clone())];
        Match = 0.2;
        Related = withRelatives ? 0.1 : 0;
        MatchOf = new double[patterns];
        RelatedOf = new double[patterns];
    }

    /// <summary>Share of matches, in (0, 1).</summary>
    public double Match { get; private set; }

    /// <summary>Share of related people, in [0, 1); 0 without such a class.</summary>
    public double Related { get; private set; }

    /// <summary>P(level | no match) among the rule's pairs: strangers in one block may resemble each other more than strangers at large.</summary>
    public double[][] U { get; private set; }

    /// <summary>P(match) of each pattern.</summary>
    public double[] MatchOf { get; }

    /// <summary>P(related) of each pattern.</summary>
    public double[] RelatedOf { get; }

    /// <summary>Natural logarithm of the likelihood of the rule's pairs.</summary>
    public double LogLikelihood { get; set; }

    /// <summary>Sets the shares to the expected ones.</summary>
    /// <returns>The larger change of the two.</returns>
    public double Update(BlockSession session, bool withRelatives)
    {
        double match = ShareOf(MatchOf, session);
        double related = withRelatives ? ShareOf(RelatedOf, session) : 0;
        double change = Math.Max(Math.Abs(match - Match), Math.Abs(related - Related));
        Match = match;
        Related = related;
        return change;
    }

    /// <summary>Takes the rule's strangers for strangers at large.</summary>
    public void UseCommonStrangers(double[][] u) => U = u;

    /// <summary>Learns how the rule's strangers compare.</summary>
    /// <param name="session">The pairs.</param>
    /// <param name="u">P(level | no match) outside of blocks; what is not seen stays near it.</param>
    /// <returns>The largest change of a probability.</returns>
    public double UpdateStrangers(BlockSession session, double[][] u)
    {
        double change = 0;
        for (int comparison = 0; comparison < U.Length; comparison++)
        {
            if (session.Conditioned[comparison])
            {
                continue;
            }
            double[] counts = [.. u[comparison].Select(probability => ExpectationMaximization.StartPairs * probability)];
            for (int i = 0; i < session.Patterns.Length; i++)
            {
                byte level = session.Patterns[i].Levels[comparison];
                if (level != PairComparer.Missing)
                {
                    counts[level] += Math.Max(0, 1 - MatchOf[i] - RelatedOf[i]) * session.Patterns[i].Count;
                }
            }
            double total = counts.Sum();
            for (int level = 0; level < counts.Length; level++)
            {
                double value = Math.Max(counts[level] / total, 1e-9);
                change = Math.Max(change, Math.Abs(value - U[comparison][level]));
                U[comparison][level] = value;
            }
        }
        return change;
    }

    private static double ShareOf(double[] posteriors, BlockSession session)
    {
        double expected = 0;
        for (int i = 0; i < posteriors.Length; i++)
        {
            expected += posteriors[i] * session.Patterns[i].Count;
        }
        return Math.Clamp((expected + 0.1) / (session.SampledPairs + 0.3), 1e-9, 1 - 1e-9);
    }
}
