using IdentityResolution.Generation;

namespace IdentityResolution.Tests.Generation;

public class SplitMix64Tests
{
    [Fact]
    public void The_numbers_are_those_of_the_published_algorithm()
    {
        // The values that the authors' reference code gives for this seed.
        var random = new SplitMix64(1234567);
        ulong[] expected = [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821];
        Assert.All(expected, number => Assert.Equal(number, random.Next()));
    }

    [Fact]
    public void Numbers_below_a_bound_reach_every_value_about_equally_often()
    {
        var random = new SplitMix64(1);
        var counts = new int[7];
        for (int i = 0; i < 70_000; i++)
        {
            counts[random.Below(7)]++;
        }
        Assert.All(counts, count => Assert.InRange(count, 9_500, 10_500));
    }

    [Fact]
    public void A_chance_comes_true_as_often_as_it_says()
    {
        var random = new SplitMix64(2);
        Assert.InRange(Enumerable.Range(0, 100_000).Count(_ => random.Chance(0.3)), 29_300, 30_700);
        Assert.False(random.Chance(0));
        Assert.True(random.Chance(1));
    }
}
