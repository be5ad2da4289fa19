using System.Globalization;
using IdentityResolution.Blocking;
using IdentityResolution.Fields;
using IdentityResolution.Internals;
using IdentityResolution.Matching;

namespace IdentityResolution.Training;

/// <summary>Learns m and u again where every source is free of duplicates: then a record has one match at most in another source, and its candidates compete.</summary>
/// <remarks>
/// Patterns alone can't tell matches from mere resemblance (products of one brand, namesakes), but of a record's candidates in a source only
/// one can be its match. Each round weighs the candidates against each other (<see cref="LinkCompetition"/>) and learns from those chances.
/// </remarks>
internal static class OneToOneTrainer
{
    private const int MaxRounds = 20;

    // Rounds end when the expected matches change by less than this share.
    private const double Convergence = 0.002;

    // Pairs of less weight than this take no part: they could not change a sum.
    private const double Floor = 1e-5;

    // Each round goes on where the last one ended, with a model that has hardly changed.
    private const int StepsPerRound = 10;

    // Nobody is certain to have a match in the other source.
    private const double MostMatched = 0.97;

    // Weight, in pairs, of the m that the model had.
    private const double StartPairs = 4;

    /// <summary>Are all sources free of duplicates?</summary>
    public static bool Applies(IdentityModel model, FieldTable table) =>
        model.Comparisons.Count > 0 && table.Keys.Sources.Count > 1
        && table.Keys.Sources.All(source => model.UniqueSources.Contains(source, StringComparer.Ordinal));

    /// <summary>Refines a trained model.</summary>
    /// <param name="model">The model; its sources are all unique.</param>
    /// <param name="table">The records.</param>
    /// <param name="coincidence">How often records agree by coincidence.</param>
    /// <param name="workers">Threads.</param>
    /// <param name="notes">Receives what was found.</param>
    /// <param name="labels">Pairs whose class is known, each once; null = none.</param>
    /// <returns>The model with m, u, prior, and a threshold at which being linked is as likely as staying alone.</returns>
    public static IdentityModel Refine(
        IdentityModel model, FieldTable table, Coincidence coincidence, Workers workers, List<string> notes, IReadOnlyList<PairLabel>? labels = null)
    {
        var filter = new PairFilter(table.Keys, model.LinkOnly, model.UniqueSources);
        CandidatePairs candidates = CandidatePairs.Build(table, model.BlockingRules, filter, workers);
        var compiled = new CompiledModel(model with { MatchProbabilityThreshold = Floor }, table);
        ComparedPairs pairs = ComparedPairs.Collect(compiled, candidates, workers);
        var competition = new LinkCompetition(table.Keys, pairs.Links, model.UniqueSources);
        FixedLinks? known = labels is { Count: > 0 } ? new FixedLinks(labels, pairs.Links) : null;
        double alone = 1;
        double matches = 0;
        model = CountWithinSources(model, table);
        for (int round = 0; round < MaxRounds; round++)
        {
            RecordLink[] links = pairs.Weigh(new CompiledModel(model, table, compiled));
            links = known?.Fix(links) ?? links;
            double[] chances = competition.Chances(links, MatchWeights.FromRatio(alone, 1), StepsPerRound);
            double before = matches;
            matches = ExactSum(chances);
            model = CountWithinSources(Learn(model, pairs, chances, coincidence, matches, filter.PossiblePairs), table);
            alone = OddsOfStayingAlone(table, matches);
            if (Math.Abs(matches - before) < Convergence * matches)
            {
                break;
            }
        }
        notes.Add(string.Create(CultureInfo.InvariantCulture,
            $"No source holds a customer twice, so candidates compete: {matches:N0} pairs match (odds of a record to stay alone: {alone:G2})."));
        return model with { MatchProbabilityThreshold = LearnedNumber.Round(alone / (1 + alone)) };
    }

    // Across sources a value may stand twice because one customer has it; within a source that holds nobody twice only because others have it too.
    private static IdentityModel CountWithinSources(IdentityModel model, FieldTable table) => model with
    {
        Comparisons = [.. model.Comparisons.Select(comparison => comparison.TermFrequencies is null or { IsGiven: true }
            ? comparison
            : comparison with
            {
                TermFrequencies = TermFrequencyEstimator.EstimateWithinSources(
                    table[comparison.Field], table.Keys, comparison.Levels.First(level => string.Equals(level.When, "exact", StringComparison.Ordinal)).UProbability!.Value),
            })],
    };

    // Odds that two records are both without a match in the other's source, if nothing else is known.
    private static double OddsOfStayingAlone(FieldTable table, double matches)
    {
        var sizes = new long[table.Keys.Sources.Count];
        for (int record = 0; record < table.Count; record++)
        {
            sizes[table.Keys.SourceOf(record)]++;
        }
        double pairsOfSources = sizes.Length * (sizes.Length - 1) / 2.0;
        double shared = matches / pairsOfSources;
        double sum = 0;
        for (int a = 0; a < sizes.Length; a++)
        {
            for (int b = a + 1; b < sizes.Length; b++)
            {
                sum += (1 - Math.Min(MostMatched, shared / sizes[a])) * (1 - Math.Min(MostMatched, shared / sizes[b]));
            }
        }
        return sum / pairsOfSources;
    }

    private static IdentityModel Learn(
        IdentityModel model, ComparedPairs pairs, double[] chances, Coincidence coincidence, double matches, long possiblePairs)
    {
        var matching = model.Comparisons.Select(comparison => new long[comparison.Levels.Count]).ToArray();
        var others = model.Comparisons.Select(comparison => new long[comparison.Levels.Count]).ToArray();
        for (int pair = 0; pair < pairs.Count; pair++)
        {
            long match = ToExact(chances[pair]);
            ReadOnlySpan<byte> levels = pairs.LevelsOf(pair);
            for (int i = 0; i < levels.Length; i++)
            {
                if (levels[i] != PairComparer.Missing)
                {
                    matching[i][levels[i]] += match;
                    others[i][levels[i]] += ToExact(1) - match;
                }
            }
        }
        return model with
        {
            PriorMatchProbability = LearnedNumber.Round(Math.Clamp(matches / Math.Max(1, possiblePairs), 1e-12, 0.5)),
            Comparisons = [.. model.Comparisons.Select((comparison, i) =>
                Learn(comparison, [.. matching[i].Select(FromExact)], [.. others[i].Select(FromExact)], coincidence.LevelShares[i], coincidence.PresentPairs[i]))],
        };
    }

    private static Comparison Learn(Comparison comparison, double[] matching, double[] others, double[] shares, double presentPairs)
    {
        double all = matching.Sum() + StartPairs;
        double[] start = ExpectationMaximization.StartMatch(comparison.Levels.Count);
        double[] m = [.. comparison.Levels.Select((level, i) => Math.Max(
            ExpectationMaximization.Least(all, start, i, level.UProbability!.Value), (matching[i] + (StartPairs * level.MProbability!.Value)) / all))];
        // What is no match: all pairs at the level less the matches, and at least those that were seen to compete in vain.
        double[] u = [.. shares.Select((share, i) => Math.Max(Math.Max((share * presentPairs) - matching[i], others[i]), 0.5))];
        double total = u.Sum();
        for (int i = 0; i < u.Length; i++)
        {
            u[i] /= total;
        }
        LevelOrder.Restore([.. comparison.Levels.Select(level => LevelCondition.Parse(level.When, out _)!)], m, u);
        return comparison with
        {
            Levels = [.. comparison.Levels.Select((level, i) => level with
            {
                MProbability = LearnedNumber.Round(m[i]),
                UProbability = LearnedNumber.Round(u[i]),
            })],
        };
    }

    // Sums of chances are taken in whole millionths, so that their order does not matter.
    private static double ExactSum(double[] chances) => FromExact(chances.Sum(ToExact));

    private static long ToExact(double chance) => (long)Math.Round(chance * 1e6);

    private static double FromExact(long sum) => sum / 1e6;
}
