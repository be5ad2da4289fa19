using IdentityResolution.Evaluation;

namespace IdentityResolution.Tests.Evaluation;

public class SampleEvaluatorTests
{
    private const int PairCount = 10_000;

    [Theory]
    [InlineData(0.5, 10, 0.95, 0.236593, 0.763407)]
    [InlineData(0.8, 10, 0.95, 0.490162, 0.943318)]
    [InlineData(1, 20, 0.95, 0.838875, 1)]
    [InlineData(0, 20, 0.95, 0, 0.161125)]
    [InlineData(0.9, 50, 0.90, 0.808462, 0.950471)]
    public void Wilsons_interval_equals_values_worked_out_elsewhere(double share, double size, double confidence, double low, double high)
    {
        Estimate estimate = Estimate.Wilson(share, size, confidence);
        Assert.Equal(low, estimate.Low, 1e-6);
        Assert.Equal(high, estimate.High, 1e-6);
    }

    [Theory]
    [InlineData(0.95, 1.959963985)]
    [InlineData(0.99, 2.575829304)]
    [InlineData(0.5, 0.674489750)]
    public void The_normal_quantile_is_as_in_the_tables(double confidence, double expected) =>
        Assert.Equal(expected, Estimate.NormalQuantile(confidence), 1e-8);

    [Fact]
    public void One_stratum_gives_wilsons_interval()
    {
        // Of 1,000,000 pairs 40 are labelled, all joined, 36 of them matches.
        SampleEvaluationResult result = SampleEvaluator.Evaluate(Predicted(40), Labels(1, 1_000_000, 0, 36, 4));
        var wilson = Estimate.Wilson(0.9, 40);
        Assert.Equal(0.9, result.Precision.Value, 12);
        Assert.Equal(wilson.Low, result.Precision.Low, 1e-4); // the correction for a finite stratum is below that
        Assert.Equal(wilson.High, result.Precision.High, 1e-4);
        Assert.Equal((40, 0, 1_000_000), (result.Labels, result.Undecided, result.ScoredPairs));
    }

    [Fact]
    public void Each_label_stands_for_its_share_of_the_stratum()
    {
        // Stratum 1: 900 pairs, 10 labels, not joined, 1 match. Stratum 2: 100 pairs, 20 labels, joined, 18 matches.
        SampleLabel[] labels = [.. Labels(1, 900, 20, 1, 9), .. Labels(2, 100, 0, 18, 2)];
        SampleEvaluationResult result = SampleEvaluator.Evaluate(Predicted(20), labels);
        Assert.Equal(0.9, result.Precision.Value, 12);
        Assert.Equal(90.0 / (90 + 90), result.Recall.Value, 12);
        Assert.Equal(2 * 0.9 * 0.5 / 1.4, result.F1, 12);
        Assert.True(result.Recall.High - result.Recall.Low > result.Precision.High - result.Precision.Low);
    }

    [Fact]
    public void Where_all_pairs_are_labelled_nothing_is_uncertain()
    {
        SampleEvaluationResult result = SampleEvaluator.Evaluate(Predicted(20), [.. Labels(1, 10, 20, 1, 9), .. Labels(2, 20, 0, 18, 2)]);
        Assert.Equal(new Estimate(0.9, 0.9, 0.9), result.Precision);
        Assert.Equal(18.0 / 19, result.Recall.Low, 12);
        Assert.Equal(18.0 / 19, result.Recall.High, 12);
    }

    [Fact]
    public void Agreement_of_all_labels_is_no_certainty()
    {
        SampleEvaluationResult result = SampleEvaluator.Evaluate(Predicted(20), Labels(1, 1000, 0, 20, 0));
        Assert.Equal((1.0, 1.0), (result.Precision.Value, result.Precision.High));
        Assert.InRange(result.Precision.Low, 0.80, 0.86);
    }

    [Fact]
    public void Without_a_pair_of_the_kind_nothing_is_known()
    {
        SampleEvaluationResult result = SampleEvaluator.Evaluate(Predicted(0), Labels(1, 1000, 50, 0, 5));
        Assert.Equal(new Estimate(1, 0, 1), result.Precision);
        Assert.Equal(new Estimate(1, 0, 1), result.Recall);
    }

    [Fact]
    public void Undecided_pairs_are_counted_and_leave_the_stratum_as_large_as_it_is()
    {
        SampleLabel undecided = Label(500, 1, 1000, null);
        SampleEvaluationResult result = SampleEvaluator.Evaluate(Predicted(20), [.. Labels(1, 1000, 0, 15, 5), undecided]);
        Assert.Equal((20, 1, 1000), (result.Labels, result.Undecided, result.ScoredPairs));
        Assert.Equal(0.75, result.Precision.Value, 12);
    }

    [Fact]
    public void Intervals_hold_the_true_values_as_often_as_they_say()
    {
        // 10,000 pairs: the chance of a match rises with the weight, and what weighs more than 0 is joined.
        var random = new Random(11);
        ScoredPair[] pairs = [.. Enumerable.Range(0, PairCount).Select(i => new ScoredPair(new("a", $"{i}"), new("b", $"{i}"), random.Next(-12_000, 12_000)))];
        HashSet<RecordKey> matches = [.. pairs.Where(pair => random.NextDouble() < MatchWeights.ToProbability(pair.Weight)).Select(pair => pair.Left)];
        ClusterMember[] predicted = [.. pairs.SelectMany((pair, i) => (ClusterMember[])
            [new(pair.Left, $"x{i}"), new(pair.Right, pair.Weight > 0 ? $"x{i}" : $"y{i}")])];
        double both = pairs.Count(pair => pair.Weight > 0 && matches.Contains(pair.Left));
        (double precision, double recall) = (both / pairs.Count(pair => pair.Weight > 0), both / matches.Count);

        int precisionHeld = 0;
        int recallHeld = 0;
        const int Rounds = 200;
        for (ulong seed = 1; seed <= Rounds; seed++)
        {
            IEnumerable<SampleLabel> labels = ClericalSampler.Draw(pairs, 150, SampleOptions.Default with { Seed = seed })
                .Select(drawn => new SampleLabel(drawn.Pair.Left, drawn.Pair.Right, drawn.Stratum, drawn.StratumPairs, matches.Contains(drawn.Pair.Left)));
            SampleEvaluationResult result = SampleEvaluator.Evaluate(predicted, labels);
            precisionHeld += precision >= result.Precision.Low && precision <= result.Precision.High ? 1 : 0;
            recallHeld += recall >= result.Recall.Low && recall <= result.Recall.High ? 1 : 0;
        }
        Assert.InRange(precisionHeld, 0.93 * Rounds, Rounds);
        Assert.InRange(recallHeld, 0.93 * Rounds, Rounds);
    }

    [Fact]
    public void Contradictions_are_refused()
    {
        ClusterMember[] predicted = Predicted(20);
        Refuse([]);
        Refuse([Label(1, 1, 10, true), Label(2, 1, 11, true)]);
        Refuse([Label(1, 1, 10, true), Label(1, 1, 10, true)]);
        Refuse([Label(1, 1, 10, null)]);
        Refuse([Label(1, 1, 1, true), Label(2, 1, 1, true)]);
        Refuse([new SampleLabel(new("a", "1"), new("a", "1"), 1, 10, true)]);
        Assert.Throws<ArgumentException>(() => SampleEvaluator.Evaluate([predicted[0], predicted[0]], [Label(1, 1, 10, true)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleEvaluator.Evaluate(predicted, [Label(1, 1, 10, true)], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Estimate.Wilson(1.1, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => Estimate.Wilson(0.5, 0));

        void Refuse(SampleLabel[] labels) => Assert.Throws<ArgumentException>(() => SampleEvaluator.Evaluate(predicted, labels));
    }

    private static ClusterMember[] Predicted(int joined) => [.. Enumerable.Range(0, 600).SelectMany(i => (ClusterMember[])
        [new(new("a", $"{i}"), $"x{i}"), new(new("b", $"{i}"), i < joined ? $"x{i}" : $"y{i}")])];

    private static SampleLabel[] Labels(int stratum, long pairs, int first, int matches, int others) =>
        [.. Enumerable.Range(0, matches + others).Select(i => Label(first + i, stratum, pairs, i < matches))];

    private static SampleLabel Label(int i, int stratum, long pairs, bool? isMatch) => new(new("a", $"{i}"), new("b", $"{i}"), stratum, pairs, isMatch);
}
