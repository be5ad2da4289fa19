using IdentityResolution.Training;

namespace IdentityResolution.Tests.Training.Labels;

public class CalibrationTests
{
    [Fact]
    public void Without_labels_it_is_the_model()
    {
        var calibration = Calibration.Fit([]);
        Assert.Equal(Calibration.None, calibration);
        Assert.Equal(0.5, calibration.Probability(0), 12);
        Assert.Equal(MatchWeights.ToProbability(3000), calibration.Probability(3000), 12);
    }

    [Fact]
    public void Many_labels_show_how_far_the_model_is_off()
    {
        // The truth: two bits less than the model says, and half as sure.
        Calibration found = Calibration.Fit(Draw(20_000, shift: -2, slope: 0.5));
        Assert.InRange(found.Shift, -2.2, -1.8);
        Assert.InRange(found.Slope, 0.45, 0.55);
    }

    [Fact]
    public void A_handful_of_labels_moves_it_a_little()
    {
        Calibration found = Calibration.Fit([(2000, false), (1000, false), (3000, true)]);
        Assert.InRange(found.Shift, -2.5, 0);
        Assert.InRange(found.Slope, 0.7, 1.3);
    }

    [Fact]
    public void Labels_that_contradict_the_model_altogether_do_not_turn_it_round()
    {
        (int, bool)[] labels = [.. Enumerable.Range(0, 1000).Select(i => i % 2 == 0 ? (-5000, true) : (5000, false))];
        Calibration found = Calibration.Fit(labels);
        Assert.Equal(Calibration.LeastSlope, found.Slope);
        Assert.InRange(found.Probability(0), 0.01, 0.99);
    }

    [Fact]
    public void More_likely_never_becomes_less_likely() => Law.Holds(random =>
    {
        (int, bool)[] labels = [.. Enumerable.Range(0, random.Next(40)).Select(_ => (random.Next(-40_000, 40_000), random.Next(2) == 0))];
        Calibration found = Calibration.Fit(labels);
        double[] probabilities = [.. Enumerable.Range(-20, 41).Select(bits => found.Probability(bits * 1000))];
        Assert.All(probabilities, probability => Assert.InRange(probability, 0, 1));
        Assert.Equal(probabilities.Order(), probabilities);
    });

    private static List<(int Odds, bool IsMatch)> Draw(int count, double shift, double slope)
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            int odds = random.Next(-12_000, 12_000);
            return (odds, random.NextDouble() < 1 / (1 + Math.Pow(2, -(shift + (slope * odds / 1000)))));
        })];
    }
}
