namespace IdentityResolution.Training;

/// <summary>How the pairs of one blocking rule fall into the classes of a mixture.</summary>
internal sealed class SessionShares
{
    public SessionShares(int patterns, bool withRelatives)
    {
        Match = 0.2;
        Related = withRelatives ? 0.1 : 0;
        MatchOf = new double[patterns];
        RelatedOf = new double[patterns];
    }

    /// <summary>Share of matches, in (0, 1).</summary>
    public double Match { get; private set; }

    /// <summary>Share of related people, in [0, 1); 0 without such a class.</summary>
    public double Related { get; private set; }

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
