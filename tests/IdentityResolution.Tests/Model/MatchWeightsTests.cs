namespace IdentityResolution.Tests.Model;

public class MatchWeightsTests
{
    [Theory]
    [InlineData(0.5, 0.5, 0)]
    [InlineData(1, 0.5, 1000)]
    [InlineData(0.9, 0.001, 9814)]
    [InlineData(0.001, 0.9, -9814)]
    [InlineData(1, 1e-30, 60_000)]
    [InlineData(1e-30, 1, -60_000)]
    public void A_ratio_weighs_a_thousand_times_its_binary_logarithm(double numerator, double denominator, int weight) =>
        Assert.Equal(weight, MatchWeights.FromRatio(numerator, denominator));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(-1, 1)]
    public void A_ratio_needs_numbers_above_zero(double numerator, double denominator) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => MatchWeights.FromRatio(numerator, denominator));

    [Fact]
    public void Weights_go_to_probabilities_and_back() => Law.Holds(random =>
    {
        int weight = random.Next(-40_000, 40_001);
        double probability = MatchWeights.ToProbability(weight);
        Assert.InRange(probability, 0, 1);
        Assert.Equal(1, probability + MatchWeights.ToProbability(-weight), 12);
        // Near 1 a double can't tell larger weights apart.
        if (weight < 30_000)
        {
            Assert.InRange(MatchWeights.FromProbability(probability), weight - 1, weight + 1);
        }
        Assert.True(MatchWeights.ToProbability(weight + 1) >= probability);
    });

    [Fact]
    public void Swapping_the_ratio_changes_the_sign() => Law.Holds(random =>
    {
        double a = random.NextDouble() + 1e-9;
        double b = random.NextDouble() + 1e-9;
        Assert.InRange(MatchWeights.FromRatio(a, b) + MatchWeights.FromRatio(b, a), -1, 1);
    });

    [Theory]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    public void The_heaviest_sums_are_probabilities_too(int weight) => Assert.Equal(weight > 0 ? 1 : 0, MatchWeights.ToProbability(weight));

    [Fact]
    public void A_level_weighs_nothing_until_it_is_trained()
    {
        Assert.Equal((0, 0), (new ComparisonLevel("exact").Weight, new ComparisonLevel("exact").WeightAgainstRelated));
        var level = new ComparisonLevel("exact", 0.8, 0.1, 0.4);
        Assert.Equal((3000, 1000), (level.Weight, level.WeightAgainstRelated));
        Assert.Equal(-5644, new FieldSwap("a", "b").Weight);
        Assert.Equal(0, new FieldSwap("a", "b", 0.5).Weight);
    }
}
