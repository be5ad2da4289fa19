using System.Globalization;
using IdentityResolution.Blocking;
using IdentityResolution.Fields;
using IdentityResolution.Internals;
using IdentityResolution.Matching;

namespace IdentityResolution.Training;

/// <summary>Chooses the threshold with the best expected F1 by what labels show about the weights.</summary>
internal static class LabelledThreshold
{
    // Labels at which the threshold goes half the way.
    private const double HalfWay = 20;

    // Log odds beyond which a pair is in no doubt, in millibits from the threshold.
    private const int Doubt = 10_000;

    /// <summary>The model with another threshold, or as it is when the labels are too few.</summary>
    public static IdentityModel Choose(
        IdentityModel model, FieldTable table, PairFilter filter, IReadOnlyList<PairLabel> labels, Workers workers, List<string> decisions)
    {
        WeighedPairs weighed = WeighedPairs.Collect(model, table, filter, workers);
        List<(int Odds, bool IsMatch)> known = Known(weighed, labels);
        (int same, int different) = CountDoubtful(known, weighed.Threshold);
        if (same < PatternLabels.Enough || different < PatternLabels.Enough)
        {
            decisions.Add(string.Create(CultureInfo.InvariantCulture,
                $"The labels hold {same} matches and {different} others that the model is in doubt about: too few to choose a threshold by ({PatternLabels.Enough} of each are needed)."));
            return model;
        }
        var calibration = Calibration.Fit(known);
        int best = BestOdds(weighed, calibration);
        double way = (same + different) / (same + different + HalfWay);
        int chosen = (int)Math.Round(weighed.Threshold + (way * (best - weighed.Threshold)));
        int moved = MatchWeights.FromProbability(model.MatchProbabilityThreshold) + chosen - weighed.Threshold;
        double threshold = LearnedNumber.Round(Math.Clamp(MatchWeights.ToProbability(moved), 1e-12, 1 - 1e-6));
        decisions.Add(string.Create(CultureInfo.InvariantCulture,
            $"By {same + different} labels in doubt ({same} matches) the threshold goes from {model.MatchProbabilityThreshold} to {threshold}: best expected F1 of links."));
        return model with { MatchProbabilityThreshold = threshold };
    }

    /// <summary>The labelled pairs that are candidates and not hopeless, with their log odds.</summary>
    public static List<(int Odds, bool IsMatch)> Known(WeighedPairs weighed, IReadOnlyList<PairLabel> labels)
    {
        Dictionary<(int, int), bool> answers = labels.ToDictionary(label => (label.Left, label.Right), label => label.IsMatch);
        var known = new List<(int Odds, bool IsMatch)>();
        for (int pair = 0; pair < weighed.Odds.Length; pair++)
        {
            RecordLink link = weighed.Pairs.Links[pair];
            if (answers.TryGetValue((link.Left, link.Right), out bool isMatch))
            {
                known.Add((weighed.Odds[pair], isMatch));
            }
        }
        // Sums of fractions need one order.
        known.Sort();
        return known;
    }

    /// <summary>Expected precision and recall among candidate pairs when pairs are linked from some log odds on.</summary>
    public static (double Precision, double Recall) Expect(WeighedPairs weighed, Calibration calibration, int from)
    {
        (double matches, double linked, double found) = (0, 0, 0);
        foreach ((int odds, int count) in Histogram(weighed))
        {
            double expected = count * calibration.Probability(odds);
            matches += expected;
            linked += odds >= from ? count : 0;
            found += odds >= from ? expected : 0;
        }
        return (linked > 0 ? found / linked : 1, matches > 0 ? found / matches : 1);
    }

    private static (int Same, int Different) CountDoubtful(List<(int Odds, bool IsMatch)> known, int threshold)
    {
        int same = known.Count(label => label.IsMatch && Math.Abs(label.Odds - threshold) <= Doubt);
        return (same, known.Count(label => Math.Abs(label.Odds - threshold) <= Doubt) - same);
    }

    private static int BestOdds(WeighedPairs weighed, Calibration calibration)
    {
        List<KeyValuePair<int, int>> pairs = Histogram(weighed);
        double matches = pairs.Sum(pair => pair.Value * calibration.Probability(pair.Key));
        (double linked, double found, double bestF1, int best) = (0, 0, 0, weighed.Threshold);
        foreach ((int odds, int count) in Enumerable.Reverse(pairs))
        {
            linked += count;
            found += count * calibration.Probability(odds);
            double f1 = 2 * found / (linked + matches);
            if (f1 > bestF1)
            {
                (bestF1, best) = (f1, odds);
            }
        }
        return best;
    }

    // In order of odds, so that sums come out the same in every run.
    private static List<KeyValuePair<int, int>> Histogram(WeighedPairs weighed)
    {
        var counts = new SortedDictionary<int, int>();
        foreach (int odds in weighed.Odds)
        {
            counts[odds] = counts.GetValueOrDefault(odds) + 1;
        }
        return [.. counts];
    }
}
