using System.Globalization;
using IdentityResolution.Blocking;
using IdentityResolution.Features;
using IdentityResolution.Internals;
using IdentityResolution.Matching;

namespace IdentityResolution.Training;

/// <summary>Learns a model's probabilities from the records themselves, without labels.</summary>
/// <remarks>
/// u from random pairs and value counts; m (and r, of relatives) by EM within the blocks of each rule over the comparisons that the rule
/// does not fix; the number of matches from how many of one rule's matches the other rules find (capture and recapture).
/// </remarks>
internal static class ModelTrainer
{
    private const int Rounds = 4;

    /// <summary>Trains every comparison, the priors, the swaps and the term frequencies.</summary>
    /// <param name="model">What to train; probabilities it holds already are replaced.</param>
    /// <param name="table">The records.</param>
    /// <param name="filter">Which pairs may match.</param>
    /// <param name="seed">Chooses the samples.</param>
    /// <param name="workers">Threads.</param>
    public static TrainingOutcome Train(IdentityModel model, FieldTable table, PairFilter filter, ulong seed, Workers workers)
    {
        IdentityModel bare = model with { Comparisons = [.. model.Comparisons.Select(comparison => comparison with { TermFrequencies = null })] };
        var compiled = new CompiledModel(bare, table);
        CandidatePairs candidates = CandidatePairs.Build(table, model.BlockingRules, filter, workers);
        long[][] sampled = RandomPairs.CountLevels(compiled, table.Keys, filter, seed, workers);
        Coincidence coincidence = Coincidence.Count(compiled, table.Keys, filter, sampled);
        BlockSession[] sessions = BlockSession.Collect(bare, compiled, candidates, table.Keys, seed, workers);
        FieldKind[] kinds = [.. model.Comparisons.Select(comparison =>
            model.Fields.First(field => string.Equals(field.Name, comparison.Field, StringComparison.Ordinal)).Kind)];

        Learned learned = Learn(sessions, coincidence, filter, model, null, workers);
        if (FieldRoles.TellRelatives(kinds))
        {
            Learned withRelatives = Learn(sessions, coincidence, filter, model, [.. kinds.Select(FieldRoles.Of)], workers);
            learned = withRelatives.ExplainsBetterThan(learned) ? withRelatives : learned;
        }
        IdentityModel trained = Write(model, table, filter, sessions, learned);
        return new TrainingOutcome(trained, Describe(trained, sessions, learned));
    }

    private static Learned Learn(
        BlockSession[] sessions, Coincidence coincidence, PairFilter filter, IdentityModel model, FieldRole[]? roles, Workers workers)
    {
        double[][] startM = [.. model.Comparisons.Select(comparison => LevelProbabilities.InitialM(comparison.Levels.Count))];
        double[][] m = startM;
        double[][]? r = null;
        double[][] u = coincidence.WithoutMatches(m, 0, filter.PossiblePairs);
        double matches = 0;
        double related = 0;
        var results = new EmResult[sessions.Length];
        for (int round = 0; round < Rounds; round++)
        {
            double[][] fixedU = u;
            workers.Run(sessions.Length, i => results[i] = new ExpectationMaximization(sessions[i], fixedU, startM, roles).Run());
            m = Combine(sessions, [.. results.Select(result => result.Match)], startM, null, u);
            matches = MatchCount.Estimate(sessions, [.. results.Select(result => result.MatchShare)], [.. results.Select(result => result.Match)], filter.PossiblePairs);
            if (roles is not null)
            {
                double[][] startR = ExpectationMaximization.StartRelated(u, startM, roles);
                r = Combine(sessions, [.. results.Select(result => result.Related)], startR, roles, u);
                related = MatchCount.Estimate(sessions, [.. results.Select(result => result.RelatedShare)], [.. results.Select(result => result.Related)], filter.PossiblePairs);
            }
            u = coincidence.WithoutMatches(m, matches, filter.PossiblePairs);
        }
        return new Learned(m, u, r, matches, related, results, sessions.Sum(session => session.SampledPairs));
    }

    // Expected pairs of a class at each level, added up over the sessions that do not fix the comparison.
    private static double[][] Combine(BlockSession[] sessions, double[][] posteriors, double[][] start, FieldRole[]? roles, double[][] u)
    {
        var probabilities = new double[start.Length][];
        for (int comparison = 0; comparison < probabilities.Length; comparison++)
        {
            if (roles is not null && roles[comparison] == FieldRole.Personal)
            {
                probabilities[comparison] = u[comparison];
                continue;
            }
            // The start stands for two pairs.
            double[] counts = [.. start[comparison].Select(probability => 2 * probability)];
            for (int s = 0; s < sessions.Length; s++)
            {
                if (!sessions[s].Conditioned[comparison])
                {
                    double[] seen = ExpectationMaximization.LevelCounts(sessions[s].Patterns, posteriors[s], comparison, counts.Length);
                    for (int level = 0; level < counts.Length; level++)
                    {
                        counts[level] += seen[level];
                    }
                }
            }
            double total = counts.Sum();
            probabilities[comparison] = [.. counts.Select(count => Math.Max(count / total, 1e-6))];
        }
        return probabilities;
    }

    private static IdentityModel Write(IdentityModel model, FieldTable table, PairFilter filter, BlockSession[] sessions, Learned learned)
    {
        double possible = Math.Max(1, filter.PossiblePairs);
        double matchesPerRecord = table.Count < 2 ? 0 : 2 * learned.Matches / table.Count;
        var comparisons = new List<Comparison>();
        for (int i = 0; i < model.Comparisons.Count; i++)
        {
            Comparison comparison = model.Comparisons[i];
            ComparisonLevel[] levels = [.. comparison.Levels.Select((level, position) => level with
            {
                MProbability = Round(learned.M[i][position]),
                UProbability = Round(learned.U[i][position]),
                RProbability = learned.R is null ? null : Round(learned.R[i][position]),
            })];
            int exact = Array.FindIndex(levels, level => string.Equals(level.When, "exact", StringComparison.Ordinal));
            comparisons.Add(comparison with
            {
                Levels = levels,
                TermFrequencies = comparison.AdjustForTermFrequency && exact >= 0
                    ? TermFrequencyEstimator.Estimate(table[comparison.Field], learned.U[i][exact], matchesPerRecord * learned.M[i][exact])
                    : null,
            });
        }
        return model with
        {
            Comparisons = comparisons,
            PriorMatchProbability = Round(Math.Clamp(learned.Matches / possible, 1e-12, 0.5)),
            PriorRelatedProbability = learned.R is null ? null : Round(Math.Clamp(learned.Related / possible, 1e-12, 0.5)),
            Swaps = TrainSwaps(model, sessions, learned.Results),
        };
    }

    // Patterns number the swaps of compared fields only; another swap keeps what it has.
    private static List<FieldSwap> TrainSwaps(IdentityModel model, BlockSession[] sessions, EmResult[] results)
    {
        HashSet<string> compared = [.. model.Comparisons.Select(comparison => comparison.Field)];
        var swaps = new List<FieldSwap>();
        int number = 0;
        foreach (FieldSwap swap in model.Swaps)
        {
            swaps.Add(compared.Contains(swap.First) && compared.Contains(swap.Second)
                ? swap with { SwapProbability = Round(SwapShare(number++, sessions, results)) }
                : swap);
        }
        return swaps;
    }

    private static double SwapShare(int swap, BlockSession[] sessions, EmResult[] results)
    {
        double swapped = 0.5;
        double all = 100;
        for (int s = 0; s < sessions.Length; s++)
        {
            for (int i = 0; i < sessions[s].Patterns.Length; i++)
            {
                double expected = results[s].Match[i] * sessions[s].Patterns[i].Count;
                all += expected;
                swapped += sessions[s].Patterns[i].IsSwapped(swap) ? expected : 0;
            }
        }
        return Math.Clamp(swapped / all, 0.0005, 0.25);
    }

    private static List<string> Describe(IdentityModel trained, BlockSession[] sessions, Learned learned)
    {
        var notes = new List<string>
        {
            string.Create(CultureInfo.InvariantCulture, $"Estimated matching pairs: {learned.Matches:N0} (prior {trained.PriorMatchProbability:G3})."),
        };
        if (learned.R is not null)
        {
            notes.Add(string.Create(CultureInfo.InvariantCulture,
                $"Estimated pairs of related people: {learned.Related:N0}; to be one customer, records must also agree on what relatives do not share."));
        }
        for (int i = 0; i < trained.Comparisons.Count; i++)
        {
            bool seen = sessions.Zip(learned.Results).Any(item => !item.First.Conditioned[i] && item.First.SampledPairs * item.Second.MatchShare >= 10);
            if (!seen)
            {
                notes.Add($"Comparison '{trained.Comparisons[i].Field}' saw too few likely matches to learn from; its m stays near the default.");
            }
        }
        return notes;
    }

    private static double Round(double value) =>
        double.Parse(value.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private sealed record Learned(double[][] M, double[][] U, double[][]? R, double Matches, double Related, EmResult[] Results, long SampledPairs)
    {
        /// <summary>Is the gain in likelihood worth the parameters (Schwarz 1978, Bayesian information criterion)?</summary>
        public bool ExplainsBetterThan(Learned other)
        {
            double parameters = Results.Length * (1 + (R?.Sum(levels => levels.Length - 1) ?? 0));
            return Results.Sum(result => result.LogLikelihood) - other.Results.Sum(result => result.LogLikelihood) > parameters * Math.Log(SampledPairs + 2) / 2;
        }
    }
}

/// <summary>A trained model, and what training found, in plain words.</summary>
/// <param name="Model">The model.</param>
/// <param name="Notes">One sentence each.</param>
internal sealed record TrainingOutcome(IdentityModel Model, IReadOnlyList<string> Notes);
