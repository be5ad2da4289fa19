using System.Globalization;
using IdentityResolution.Blocking;
using IdentityResolution.Fields;
using IdentityResolution.Internals;
using IdentityResolution.Matching;

namespace IdentityResolution.Training;

/// <summary>Chooses a threshold from the weights of the candidate pairs: each is a match with the probability that its weight says.</summary>
/// <remarks>
/// From the heaviest pair down the expected precision of all pairs so far is the mean of their probabilities, which only falls; the expected
/// recall is their sum over that of all pairs.
/// </remarks>
/// <param name="Threshold">The match probability from which pairs are linked.</param>
/// <param name="Precision">Expected share of the links that are right.</param>
/// <param name="Recall">Expected share of the matching candidate pairs that are linked.</param>
/// <param name="Links">How many pairs that are.</param>
/// <param name="Matches">Matches expected among all candidate pairs.</param>
internal sealed record ThresholdChoice(double Threshold, double Precision, double Recall, long Links, double Matches)
{
    // Of fewer matches than this a model learns too little to be sure of its own probabilities.
    private const double FewMatches = 1000;

    // Pairs of less probability than this could only add to the expected matches what nobody would notice.
    private const double Floor = 1e-4;

    // Beyond so many millibits a probability can't be told from 1.
    private const int MostWeight = 30_000;

    /// <summary>The expected F1.</summary>
    public double F1 => Precision + Recall == 0 ? 0 : 2 * Precision * Recall / (Precision + Recall);

    /// <summary>Scores the candidate pairs of a trained model and chooses.</summary>
    /// <param name="model">The model.</param>
    /// <param name="table">The records.</param>
    /// <param name="filter">Which pairs may match.</param>
    /// <param name="target">What is to be reached.</param>
    /// <param name="workers">Threads.</param>
    public static ThresholdChoice? Make(IdentityModel model, FieldTable table, PairFilter filter, ThresholdTarget target, Workers workers)
    {
        CandidatePairs candidates = CandidatePairs.Build(table, model.BlockingRules, filter, workers);
        var compiled = new CompiledModel(model with { MatchProbabilityThreshold = Floor }, table);
        var counts = new SortedDictionary<int, long>(Comparer<int>.Create((left, right) => right.CompareTo(left)));
        foreach (RecordLink link in PairScorer.Score(compiled, candidates, workers, static (_, _) => { }).Links)
        {
            counts[link.Weight] = counts.GetValueOrDefault(link.Weight) + 1;
        }
        return Choose(counts, target);
    }

    /// <summary>Chooses from how many pairs have each weight.</summary>
    /// <param name="counts">Pairs by weight in millibits, heaviest first.</param>
    /// <param name="target">What is to be reached.</param>
    /// <returns>The choice; null when there are no pairs, or none that reaches the target.</returns>
    public static ThresholdChoice? Choose(IReadOnlyCollection<KeyValuePair<int, long>> counts, ThresholdTarget target)
    {
        double all = counts.Sum(entry => entry.Value * ProbabilityOf(entry.Key));
        double matches = 0;
        long links = 0;
        ThresholdChoice? best = null;
        foreach ((int weight, long count) in counts)
        {
            links += count;
            matches += count * ProbabilityOf(weight);
            var choice = new ThresholdChoice(ProbabilityOf(Math.Min(weight, MostWeight)), matches / links, matches / all, links, all);
            bool isBetter = target.LeastPrecision is { } least ? choice.Precision >= least : best is null || choice.F1 > best.F1;
            best = isBetter ? choice : best;
        }
        return best;
    }

    /// <summary>Does the expectation rest on so few matches that it is not to be trusted?</summary>
    public bool IsUnsure => Matches < FewMatches;

    /// <summary>The choice in a sentence, and a second one where it is not to be trusted.</summary>
    /// <param name="target">What was to be reached.</param>
    public string Describe(ThresholdTarget target) => string.Create(
        CultureInfo.InvariantCulture,
        $"Threshold chosen for the target {target}: {Links:N0} candidate pairs are linked, of which {Precision:P1} are expected to match; that is {Recall:P1} of the matches expected among the candidates (F1 {F1:F3}).")
        + (IsUnsure ? string.Create(CultureInfo.InvariantCulture,
            $" Do not rely on that: the model was learned from about {Matches:N0} matches, and so few make it too sure of itself. Judge a sample of pairs to know (evaluate --sample).") : "");

    private static double ProbabilityOf(int weight) => 1 / (1 + Math.Pow(2, -weight / 1000.0));
}
