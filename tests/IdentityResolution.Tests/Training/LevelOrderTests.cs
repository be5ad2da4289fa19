using IdentityResolution.Training;

namespace IdentityResolution.Tests.Training;

public class LevelOrderTests
{
    private static readonly string[] Measures = ["grams", "words", "jaro"];

    [Fact]
    public void Weights_of_one_measure_never_rise_from_level_to_level_and_sums_stay() => Law.Holds(random =>
    {
        LevelCondition[] conditions = [Parse("exact"), .. Enumerable.Range(0, random.Next(1, 8)).Select(i => Parse($"{Measures[random.Next(3)]} >= 0.{9 - i}")), Parse("else")];
        double[] u = [.. conditions.Select(_ => random.NextDouble() + 1e-6)];
        double[] before = [.. conditions.Select(_ => random.NextDouble() + 1e-6)];
        double[] m = [.. before];
        LevelOrder.Restore(conditions, m, u);
        foreach (IGrouping<LevelFunction, int> measure in Enumerable.Range(0, m.Length).GroupBy(level => conditions[level].Function))
        {
            Assert.Equal(measure.Sum(level => before[level]), measure.Sum(level => m[level]), 1e-9);
            foreach ((int first, int second) in measure.Zip(measure.Skip(1)))
            {
                Assert.True(m[first] / u[first] >= (m[second] / u[second]) - 1e-9);
            }
        }
    });

    [Fact]
    public void What_is_in_order_stays_as_it_is()
    {
        double[] m = [0.6, 0.2, 0.1, 0.1];
        LevelOrder.Restore([Parse("exact"), Parse("jaro >= 0.9"), Parse("jaro >= 0.8"), Parse("else")], m, [0.001, 0.01, 0.1, 0.889]);
        Assert.Equal([0.6, 0.2, 0.1, 0.1], m);
    }

    [Fact]
    public void Levels_out_of_order_share_one_weight()
    {
        double[] m = [0.5, 0.1, 0.3, 0.1];
        LevelOrder.Restore([Parse("exact"), Parse("jaro >= 0.9"), Parse("jaro >= 0.8"), Parse("else")], m, [0.1, 0.1, 0.1, 0.7]);
        Assert.Equal([0.5, 0.2, 0.2, 0.1], m.Select(value => Math.Round(value, 9)));
    }

    private static LevelCondition Parse(string text) => LevelCondition.Parse(text, out _)!;
}
