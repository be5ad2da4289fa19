using System.Globalization;
using IdentityResolution.Blocking;
using IdentityResolution.Features;
using IdentityResolution.Internals;
using IdentityResolution.Matching;

namespace IdentityResolution.Training;

/// <summary>Learns a model's probabilities from the records themselves, without labels.</summary>
/// <remarks>
/// u from random pairs and value counts; m by EM within the blocks of each rule over the comparisons that the rule does not fix;
/// the number of matches from how many of one rule's matches the other rules find (capture and recapture).
/// </remarks>
internal static class ModelTrainer
{
    private const int Rounds = 4;

    /// <summary>Trains every comparison, the prior, the swaps and the term frequencies.</summary>
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

        double[][] initialM = [.. model.Comparisons.Select(comparison => LevelProbabilities.InitialM(comparison.Levels.Count))];
        double[][] m = initialM;
        double[][] u = coincidence.WithoutMatches(m, 0, filter.PossiblePairs);
        double matches = 0;
        EmResult[] results = [];
        for (int round = 0; round < Rounds; round++)
        {
            results = [.. sessions.Select(session => ExpectationMaximization.Run(session.Patterns, session.Conditioned, u, initialM))];
            m = Combine(sessions, results, initialM);
            matches = MatchCount.Estimate(sessions, results, filter.PossiblePairs);
            u = coincidence.WithoutMatches(m, matches, filter.PossiblePairs);
        }
        return Finish(model, table, filter, sessions, results, new LevelProbabilities(m, u), matches);
    }

    // Expected matches at each level, added up over the sessions that do not fix the comparison.
    private static double[][] Combine(BlockSession[] sessions, EmResult[] results, double[][] initialM)
    {
        var m = new double[initialM.Length][];
        for (int comparison = 0; comparison < m.Length; comparison++)
        {
            // The start stands for two pairs.
            double[] counts = [.. initialM[comparison].Select(probability => 2 * probability)];
            for (int s = 0; s < sessions.Length; s++)
            {
                if (!sessions[s].Conditioned[comparison])
                {
                    double[] seen = ExpectationMaximization.LevelCounts(sessions[s].Patterns, results[s].Posteriors, comparison, counts.Length);
                    for (int level = 0; level < counts.Length; level++)
                    {
                        counts[level] += seen[level];
                    }
                }
            }
            double total = counts.Sum();
            m[comparison] = [.. counts.Select(count => Math.Max(count / total, 1e-6))];
        }
        return m;
    }

    private static TrainingOutcome Finish(
        IdentityModel model, FieldTable table, PairFilter filter, BlockSession[] sessions, EmResult[] results, LevelProbabilities learned, double matches)
    {
        double prior = Math.Clamp(matches / Math.Max(1, filter.PossiblePairs), 1e-12, 0.5);
        double recordsPerPair = table.Count < 2 ? 0 : 2 * matches / table.Count;
        var comparisons = new List<Comparison>();
        for (int i = 0; i < model.Comparisons.Count; i++)
        {
            Comparison comparison = model.Comparisons[i];
            ComparisonLevel[] levels = [.. comparison.Levels.Select((level, position) => level with
            {
                MProbability = Round(learned.M[i][position]),
                UProbability = Round(learned.U[i][position]),
            })];
            int exact = Array.FindIndex(levels, level => string.Equals(level.When, "exact", StringComparison.Ordinal));
            comparisons.Add(comparison with
            {
                Levels = levels,
                TermFrequencies = comparison.AdjustForTermFrequency && exact >= 0
                    ? TermFrequencyEstimator.Estimate(table[comparison.Field], learned.U[i][exact], recordsPerPair * learned.M[i][exact])
                    : null,
            });
        }
        IdentityModel trained = model with
        {
            Comparisons = comparisons,
            PriorMatchProbability = Round(prior),
            Swaps = [.. model.Swaps.Select((swap, i) => swap with { SwapProbability = Round(SwapShare(i, sessions, results)) })],
        };
        return new TrainingOutcome(trained, Describe(trained, sessions, results, matches));
    }

    private static double SwapShare(int swap, BlockSession[] sessions, EmResult[] results)
    {
        double swapped = 0.5;
        double all = 100;
        for (int s = 0; s < sessions.Length; s++)
        {
            for (int i = 0; i < sessions[s].Patterns.Length; i++)
            {
                double expected = results[s].Posteriors[i] * sessions[s].Patterns[i].Count;
                all += expected;
                swapped += sessions[s].Patterns[i].IsSwapped(swap) ? expected : 0;
            }
        }
        return Math.Clamp(swapped / all, 0.0005, 0.25);
    }

    private static List<string> Describe(IdentityModel trained, BlockSession[] sessions, EmResult[] results, double matches)
    {
        var notes = new List<string>
        {
            string.Create(CultureInfo.InvariantCulture, $"Estimated matching pairs: {matches:N0} (prior {trained.PriorMatchProbability:G3})."),
        };
        for (int i = 0; i < trained.Comparisons.Count; i++)
        {
            bool seen = sessions.Zip(results).Any(item => !item.First.Conditioned[i] && item.First.SampledPairs * item.Second.MatchShare >= 10);
            if (!seen)
            {
                notes.Add($"Comparison '{trained.Comparisons[i].Field}' saw too few likely matches to learn from; its m stays near the default.");
            }
        }
        return notes;
    }

    private static double Round(double value) =>
        double.Parse(value.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}

/// <summary>A trained model, and what training found, in plain words.</summary>
/// <param name="Model">The model.</param>
/// <param name="Notes">One sentence each.</param>
internal sealed record TrainingOutcome(IdentityModel Model, IReadOnlyList<string> Notes);
