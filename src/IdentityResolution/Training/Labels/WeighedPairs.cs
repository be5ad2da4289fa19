using IdentityResolution.Blocking;
using IdentityResolution.Fields;
using IdentityResolution.Internals;
using IdentityResolution.Matching;

namespace IdentityResolution.Training;

/// <summary>Candidate pairs that are not hopeless, each with how far it is from being linked.</summary>
/// <param name="Pairs">The pairs with their levels.</param>
/// <param name="Odds">
/// Log odds of each pair in millibits, on the scale of <paramref name="Threshold"/>: its match weight, or, where candidates compete, the log odds of its chance.
/// </param>
/// <param name="Threshold">Log odds from which a pair is linked: the model's threshold, or 0 where candidates compete.</param>
/// <param name="Competing">Do candidates compete?</param>
internal sealed record WeighedPairs(ComparedPairs Pairs, int[] Odds, int Threshold, bool Competing)
{
    // Pairs further below the threshold take no part: a thousand of them would not make up one match.
    private const int Band = 12_000;

    /// <summary>Weighs all candidate pairs.</summary>
    /// <param name="model">A trained model.</param>
    /// <param name="table">The records.</param>
    /// <param name="filter">Which pairs may match.</param>
    /// <param name="workers">Threads.</param>
    public static WeighedPairs Collect(IdentityModel model, FieldTable table, PairFilter filter, Workers workers)
    {
        int threshold = MatchWeights.FromProbability(model.MatchProbabilityThreshold);
        double floor = MatchWeights.ToProbability(Math.Min(threshold, 0) - Band);
        CandidatePairs candidates = CandidatePairs.Build(table, model.BlockingRules, filter, workers);
        ComparedPairs pairs = ComparedPairs.Collect(new CompiledModel(model with { MatchProbabilityThreshold = floor }, table), candidates, workers);
        if (model.UniqueSources.Count == 0)
        {
            return new WeighedPairs(pairs, [.. pairs.Links.Select(link => link.Weight)], threshold, Competing: false);
        }
        double[] chances = new LinkCompetition(table.Keys, pairs.Links, model.UniqueSources).Chances(pairs.Links, threshold);
        return new WeighedPairs(pairs, [.. chances.Select(LogOdds)], 0, Competing: true);
    }

    /// <summary>The match probability of a pair, by a calibration.</summary>
    public double Probability(int pair, Calibration calibration) => calibration.Probability(Odds[pair]);

    private static int LogOdds(double chance) => MatchWeights.FromProbability(Math.Clamp(chance, 1e-9, 1 - 1e-9));
}
