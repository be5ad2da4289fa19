using System.Globalization;
using IdentityResolution.Blocking;
using IdentityResolution.Fields;
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

    // So many standard errors of the expected matches stay coincidence.
    private const double MatchErrors = 0.5;

    /// <summary>Trains every comparison, the priors, the swaps and the term frequencies.</summary>
    /// <param name="model">What to train; probabilities it holds already are replaced.</param>
    /// <param name="table">The records.</param>
    /// <param name="filter">Which pairs may match.</param>
    /// <param name="seed">Chooses the samples.</param>
    /// <param name="workers">Threads.</param>
    /// <param name="labels">Pairs whose class is known, each once; null = none.</param>
    public static TrainingOutcome Train(
        IdentityModel model, FieldTable table, PairFilter filter, ulong seed, Workers workers, IReadOnlyList<PairLabel>? labels = null)
    {
        model = model with
        {
            Comparisons = [.. model.Comparisons.Select(comparison => comparison with
        {
            GramFrequencies = comparison.UsesGrams ? GramFrequencyEstimator.Estimate(table[comparison.Field]) : null,
        })]
        };
        IdentityModel bare = model with
        {
            BlockingRules = [.. model.BlockingRules.Where(rule => rule.Trains)],
            Comparisons = [.. model.Comparisons.Select(comparison => comparison with { TermFrequencies = null })],
        };
        var compiled = new CompiledModel(bare, table, workers: workers);
        CandidatePairs candidates = CandidatePairs.Build(table, bare.BlockingRules, filter, workers);
        ulong[] hashOf = table.Keys.Hashes(workers);
        long[][] sampled = RandomPairs.CountLevels(compiled, hashOf, filter, seed, workers);
        int[][] counts = CountValues(compiled, workers);
        Coincidence coincidence = Coincidence.Count(compiled, counts, table.Keys, filter, sampled, workers);
        BlockSession[] sessions = BlockSession.Collect(bare, compiled, candidates, hashOf, seed, workers);
        if (bare.BlockingRules.Count < model.BlockingRules.Count)
        {
            // Scoring goes through the blocks of more rules.
            table.Forget<BlockRows>();
        }
        PatternLabels? known = labels is { Count: > 0 } ? PatternLabels.Collect(labels, compiled, sessions) : null;
        FieldKind[] kinds = [.. model.Comparisons.Select(comparison =>
            model.Fields.First(field => string.Equals(field.Name, comparison.Field, StringComparison.Ordinal)).Kind)];

        bool tellsRelatives = FieldRoles.TellRelatives(kinds);
        Learned learned = LearnClasses();
        var dependence = ColumnDependence.Of(hashOf, workers);
        List<DerivedColumn> derived = DerivedColumns.Find(model, table, dependence, learned.M, sessions, learned.Sessions);
        if (derived.Count > 0)
        {
            model = WithShares(model, derived);
            sessions = DerivedColumns.Tie(sessions, derived, learned.U);
            learned = LearnClasses();
        }
        IdentityModel trained = Write(model, table, counts, filter, sessions, learned, workers);
        List<string> notes =
        [
            .. Describe(trained, learned),
            .. Describe(model, derived),
            .. TrainingDiagnostics.Describe(trained, table, dependence, sessions, learned.Sessions, sampled),
        ];
        return new TrainingOutcome(trained, notes, coincidence);

        Learned LearnClasses()
        {
            var tried = new Learned[tellsRelatives ? 2 : 1];
            workers.Run(tried.Length, i => tried[i] = Learn(
                sessions, coincidence, filter, model, i == 0 ? null : [.. kinds.Select(FieldRoles.Of)], !tellsRelatives, workers, known));
            return tellsRelatives && tried[1].ExplainsBetterThan(tried[0]) ? tried[1] : tried[0];
        }
    }

    private static int[][] CountValues(CompiledModel compiled, Workers workers)
    {
        var counts = new int[compiled.Comparisons.Length][];
        workers.Run(counts.Length, i => counts[i] = compiled.Comparisons[i].Column.CountValues());
        return counts;
    }

    private static IdentityModel WithShares(IdentityModel model, List<DerivedColumn> derived) => model with
    {
        Comparisons = [.. model.Comparisons.Select((comparison, i) => derived.FindIndex(item => item.Derived == i) is var at and >= 0
            ? comparison with { EvidenceShare = LearnedNumber.Round(derived[at].Share) }
            : comparison)],
    };

    private static IEnumerable<string> Describe(IdentityModel model, List<DerivedColumn> derived) => derived.Select(item => string.Create(
        CultureInfo.InvariantCulture,
        $"Comparison '{model.Comparisons[item.Derived].Field}' counts {100 * item.Share:F0} % of its weights (evidenceShare), as it mostly repeats '{model.Comparisons[item.From].Field}': {item.Reason}."));

    private static Learned Learn(
        BlockSession[] sessions, Coincidence coincidence, PairFilter filter, IdentityModel model, FieldRole[]? roles, bool ownStrangers, Workers workers,
        PatternLabels? labels)
    {
        double[][] m = [.. model.Comparisons.Select(comparison => ExpectationMaximization.StartMatch(comparison.Levels.Count))];
        double[][] u = coincidence.WithoutMatches(m, 0, filter.PossiblePairs);
        var learned = new Learned(m, u, null, 0, 0, [], 0, FreeProbabilities(model, roles), 0);
        double[]? evidence = model.Comparisons.Any(comparison => comparison.EvidenceShare is not null)
            ? [.. model.Comparisons.Select(comparison => comparison.EvidenceShare ?? 1)]
            : null;
        EmResult? result = null;
        for (int round = 0; round < Rounds; round++)
        {
            result = new ExpectationMaximization(sessions, u, roles, ownStrangers, workers, labels, evidence).Run(result);
            double matches = MatchCount.Estimate(
                sessions, [.. result.Sessions.Select(shares => shares.Match)], [.. result.Sessions.Select(shares => shares.MatchOf)], filter.PossiblePairs);
            double related = result.R is null ? 0 : MatchCount.Estimate(
                sessions, [.. result.Sessions.Select(shares => shares.Related)], [.. result.Sessions.Select(shares => shares.RelatedOf)], filter.PossiblePairs);
            related = roles is null ? 0 : Math.Min(related, SharedPairs(coincidence, roles));
            u = coincidence.WithoutMatches(
                result.M,
                matches,
                filter.PossiblePairs,
                PresentMatches.Shares(sessions, result.Sessions, coincidence.PresentShares(filter.PossiblePairs)),
                MatchErrors);
            learned = learned with
            {
                M = result.M,
                U = u,
                R = result.R is null ? null : [.. result.R.Select((levels, i) => roles![i] == FieldRole.Personal ? u[i] : levels)],
                Matches = matches,
                Related = related,
                Sessions = result.Sessions,
                LogLikelihood = result.LogLikelihood,
                SampledPairs = sessions.Sum(session => session.SampledPairs),
            };
        }
        return learned;
    }

    // Relatives have a home or a family name in common: there are no more of them than pairs that share one.
    private static double SharedPairs(Coincidence coincidence, FieldRole[] roles) =>
        roles.Select((role, i) => role == FieldRole.Shared ? coincidence.EqualPairs[i] : 0).Sum();

    // What relatives share is learned; what is personal is that of strangers.
    private static int FreeProbabilities(IdentityModel model, FieldRole[]? roles) => roles is null
        ? 0
        : model.Comparisons.Select((comparison, i) => roles[i] == FieldRole.Personal ? 0 : comparison.Levels.Count - 1).Sum();

    private static IdentityModel Write(
        IdentityModel model, FieldTable table, int[][] counts, PairFilter filter, BlockSession[] sessions, Learned learned, Workers workers)
    {
        double possible = Math.Max(1, filter.PossiblePairs);
        double matchesPerRecord = table.Count < 2 ? 0 : 2 * learned.Matches / table.Count;
        var comparisons = new Comparison[model.Comparisons.Count];
        workers.Run(comparisons.Length, i =>
        {
            Comparison comparison = model.Comparisons[i];
            ComparisonLevel[] levels = [.. comparison.Levels.Select((level, position) => level with
            {
                MProbability = LearnedNumber.Round(learned.M[i][position]),
                UProbability = LearnedNumber.Round(learned.U[i][position]),
                RProbability = learned.R is null ? null : LearnedNumber.Round(learned.R[i][position]),
            })];
            int exact = Array.FindIndex(levels, level => string.Equals(level.When, "exact", StringComparison.Ordinal));
            comparisons[i] = comparison with
            {
                Levels = levels,
                TermFrequencies = comparison is { AdjustForTermFrequency: true, TermFrequencies.IsGiven: true }
                    ? comparison.TermFrequencies
                    : comparison.AdjustForTermFrequency && exact >= 0
                    ? TermFrequencyEstimator.Estimate(table[comparison.Field], counts[i], learned.U[i][exact], matchesPerRecord * learned.M[i][exact])
                    : null,
            };
        });
        return model with
        {
            Comparisons = comparisons,
            PriorMatchProbability = LearnedNumber.Round(Math.Clamp(learned.Matches / possible, 1e-12, 0.5)),
            PriorRelatedProbability = learned.R is null ? null : LearnedNumber.Round(Math.Clamp(learned.Related / possible, 1e-12, 0.5)),
            Swaps = TrainSwaps(model, sessions, learned.Sessions),
        };
    }

    // Patterns number the swaps of compared fields only; another swap keeps what it has.
    private static List<FieldSwap> TrainSwaps(IdentityModel model, BlockSession[] sessions, SessionShares[] shares)
    {
        HashSet<string> compared = [.. model.Comparisons.Select(comparison => comparison.Field)];
        var swaps = new List<FieldSwap>();
        int number = 0;
        foreach (FieldSwap swap in model.Swaps)
        {
            swaps.Add(compared.Contains(swap.First) && compared.Contains(swap.Second)
                ? swap with { SwapProbability = LearnedNumber.Round(SwapShare(number++, sessions, shares)) }
                : swap);
        }
        return swaps;
    }

    private static double SwapShare(int swap, BlockSession[] sessions, SessionShares[] shares)
    {
        double swapped = 0.5;
        double all = 100;
        for (int s = 0; s < sessions.Length; s++)
        {
            for (int i = 0; i < sessions[s].Patterns.Length; i++)
            {
                double expected = shares[s].MatchOf[i] * sessions[s].Patterns[i].Count;
                all += expected;
                swapped += sessions[s].Patterns[i].IsSwapped(swap) ? expected : 0;
            }
        }
        return Math.Clamp(swapped / all, 0.0005, 0.25);
    }

    private static List<string> Describe(IdentityModel trained, Learned learned)
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
        return notes;
    }

    private sealed record Learned(
        double[][] M, double[][] U, double[][]? R, double Matches, double Related, SessionShares[] Sessions, double LogLikelihood, int FreeR, long SampledPairs)
    {
        /// <summary>Is the gain in likelihood worth the parameters (Schwarz 1978, Bayesian information criterion)?</summary>
        public bool ExplainsBetterThan(Learned other) =>
            LogLikelihood - other.LogLikelihood > (Sessions.Length + FreeR) * Math.Log(SampledPairs + 2) / 2;
    }
}

/// <summary>A trained model, and what training found, in plain words.</summary>
/// <param name="Model">The model.</param>
/// <param name="Notes">One sentence each.</param>
/// <param name="Coincidence">How often records agree by coincidence.</param>
internal sealed record TrainingOutcome(IdentityModel Model, IReadOnlyList<string> Notes, Coincidence Coincidence);
