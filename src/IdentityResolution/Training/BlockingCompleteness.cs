using IdentityResolution.Blocking;
using IdentityResolution.Fields;
using IdentityResolution.Internals;
using IdentityResolution.Matching;

namespace IdentityResolution.Training;

/// <summary>Estimates without labels how many of the matches blocking rules find.</summary>
/// <remarks>
/// Each pair that a rule finds is a match with the probability that the model gives it; how many matches no rule finds is told by how many of
/// one rule's matches the rules on other fields find (<see cref="MatchCount"/>).
/// </remarks>
internal static class BlockingCompleteness
{
    /// <summary>The report with estimated matches.</summary>
    /// <param name="report">What was counted.</param>
    /// <param name="table">The records.</param>
    /// <param name="candidates">The blocks of the rules.</param>
    /// <param name="seed">Chooses the samples.</param>
    /// <param name="workers">Threads.</param>
    public static BlockingReport Estimate(BlockingReport report, FieldTable table, CandidatePairs candidates, ulong seed, Workers workers)
    {
        IdentityModel model = report.Model;
        BlockSession[] sessions = BlockSession.Collect(model, new CompiledModel(model, table), candidates, table.Keys.Hashes(workers), seed, workers);
        double[][] posteriors = [.. sessions.Select(session => session.Patterns.Select(pattern => MatchProbability(model, pattern.Levels)).ToArray())];
        double[] shares = [.. sessions.Select((session, i) => Expected(session, posteriors[i], _ => true) / Math.Max(1.0, session.SampledPairs))];
        double[] marginal = [.. sessions.Select((session, i) => Scale(session) * Expected(session, posteriors[i], pattern => !HasEarlier(pattern, i)))];
        double matches = Math.Max(MatchCount.Estimate(sessions, shares, posteriors, candidates.Filter.PossiblePairs), marginal.Sum());
        return report with
        {
            EstimatedMatches = matches,
            Rules = [.. report.Rules.Select((rule, i) => rule with
            {
                EstimatedMatches = sessions[i].AllPairs * shares[i],
                EstimatedMarginalMatches = marginal[i],
            })],
        };
    }

    /// <summary>P(match | levels) by the model's m, u, r and priors; values by themselves do not count.</summary>
    internal static double MatchProbability(IdentityModel model, byte[] levels)
    {
        double match = model.PriorMatchProbability;
        double related = model.PriorRelatedProbability ?? 0;
        double stranger = Math.Max(1e-12, 1 - match - related);
        for (int i = 0; i < levels.Length; i++)
        {
            if (levels[i] == PairComparer.Missing)
            {
                continue;
            }
            ComparisonLevel level = model.Comparisons[i].Levels[levels[i]];
            match *= level.MProbability!.Value;
            stranger *= level.UProbability!.Value;
            related *= level.RProbability ?? 0;
        }
        // Sixteen comparisons of at least 1e-12 each stay above the smallest double.
        return match / (match + related + stranger);
    }

    private static bool HasEarlier(Pattern pattern, int rule) => (pattern.Flags & ((1UL << rule) - 1)) != 0;

    private static double Scale(BlockSession session) => session.AllPairs / Math.Max(1.0, session.SampledPairs);

    private static double Expected(BlockSession session, double[] posteriors, Func<Pattern, bool> counts)
    {
        double expected = 0;
        for (int i = 0; i < posteriors.Length; i++)
        {
            expected += counts(session.Patterns[i]) ? posteriors[i] * session.Patterns[i].Count : 0;
        }
        return expected;
    }
}
