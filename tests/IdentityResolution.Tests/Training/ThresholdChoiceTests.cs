using IdentityResolution.Training;

namespace IdentityResolution.Tests.Training;

public class ThresholdChoiceTests
{
    // Weights in millibits: probabilities 0.9990, 0.889, 0.5 and 0.111.
    private static readonly KeyValuePair<int, long>[] Counts = [new(10_000, 100), new(3_000, 50), new(0, 40), new(-3_000, 200)];

    [Fact]
    public void Of_all_thresholds_that_are_precise_enough_the_lowest_is_chosen()
    {
        ThresholdChoice choice = ThresholdChoice.Choose(Counts, ThresholdTarget.Precision(0.95))!;
        Assert.Equal((8 / 9.0, 150L), (choice.Threshold, choice.Links), (left, right) => Math.Abs(left.Item1 - right.Item1) < 1e-9 && left.Item2 == right.Item2);
        Assert.Equal(((100 * 1024 / 1025.0) + (50 * 8 / 9.0)) / 150, choice.Precision, 9);
        Assert.Equal(100, ThresholdChoice.Choose(Counts, ThresholdTarget.Precision(0.99))!.Links);
        Assert.Equal(390, ThresholdChoice.Choose(Counts, ThresholdTarget.Precision(0.2))!.Links);
        Assert.Null(ThresholdChoice.Choose(Counts, ThresholdTarget.Precision(0.9999)));
        Assert.Null(ThresholdChoice.Choose([], ThresholdTarget.F1));
    }

    [Fact]
    public void The_best_expected_F1_is_no_worse_than_at_any_other_threshold() => Law.Holds(random =>
    {
        KeyValuePair<int, long>[] counts = [.. Enumerable.Range(0, random.Next(1, 12))
            .Select(_ => random.Next(-12_000, 40_000)).Distinct().OrderDescending()
            .Select(weight => new KeyValuePair<int, long>(weight, random.Next(1, 1000)))];
        ThresholdChoice best = ThresholdChoice.Choose(counts, ThresholdTarget.F1)!;
        double all = counts.Sum(entry => entry.Value * Probability(entry.Key));
        for (int end = 1; end <= counts.Length; end++)
        {
            double matches = counts[..end].Sum(entry => entry.Value * Probability(entry.Key));
            double f1 = 2 * matches / (counts[..end].Sum(entry => entry.Value) + all);
            Assert.True(best.F1 >= f1 - 1e-12);
        }
        Assert.InRange(best.Threshold, 0, 1 - 1e-10);
    });

    [Theory]
    [InlineData(900, true)]
    [InlineData(1100, false)]
    public void An_expectation_that_rests_on_few_matches_says_so(long matches, bool isUnsure)
    {
        ThresholdChoice choice = ThresholdChoice.Choose([new(20_000, matches)], ThresholdTarget.F1)!;
        Assert.Equal(isUnsure, choice.IsUnsure);
        Assert.Equal(isUnsure, choice.Describe(ThresholdTarget.F1).Contains(" Do not rely on that: the model was learned from about 900 matches", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("f1", "f1")]
    [InlineData("F1", "f1")]
    [InlineData("precision=0.99", "precision=0.99")]
    [InlineData("precision=1", null)]
    [InlineData("precision=0", null)]
    [InlineData("recall=0.9", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_target_is_read_from_text(string? text, string? expected) => Assert.Equal(expected, ThresholdTarget.Parse(text)?.ToString());

    [Fact]
    public void A_target_outside_of_its_range_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => ThresholdTarget.Precision(1));

    [Fact]
    public void A_run_follows_its_target_and_says_what_it_expects()
    {
        RecordSet[] records = [RecordSet.From(Customers.Generate(600))];
        Resolution strict = IdentityResolver.CreateAutomatic(options: Customers.Options with { Target = ThresholdTarget.Precision(0.999) }).Resolve(records);
        Resolution balanced = IdentityResolver.CreateAutomatic(options: Customers.Options with { Target = ThresholdTarget.F1 }).Resolve(records);
        Assert.Contains(strict.Decisions, decision => decision.StartsWith("Threshold chosen for the target precision=0.999: ", StringComparison.Ordinal));
        Assert.Contains(balanced.Decisions, decision => decision.StartsWith("Threshold chosen for the target f1: ", StringComparison.Ordinal));
        Assert.True(strict.Model.MatchProbabilityThreshold > balanced.Model.MatchProbabilityThreshold);
    }

    private static double Probability(int weight) => 1 / (1 + Math.Pow(2, -weight / 1000.0));
}
