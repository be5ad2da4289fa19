using FsCheck;
using FsCheck.Fluent;
using IdentityResolution.Evaluation;

namespace IdentityResolution.Tests.Evaluation;

public class ClericalSamplerTests
{
    private static readonly Arbitrary<(ScoredPair[] Pairs, int Size)> Worlds = (
        from weights in Gen.OneOf(Gen.Choose(-20_000, 20_000), Gen.Constant(ScoredPair.RuleWeight)).ListOf()
        from size in Gen.Choose(10, 60)
        select (weights.Select((weight, i) => new ScoredPair(new("a", $"{i}"), new("b", $"{i % 7}"), weight)).ToArray(), size)).ToArbitrary();

    [Fact]
    public void Weights_add_up_to_the_pairs_and_every_stratum_is_seen() => Law.Holds(Worlds, world =>
    {
        IReadOnlyList<SampledPair> sample = ClericalSampler.Draw(world.Pairs, world.Size);
        Assert.Equal(Math.Min(world.Size, world.Pairs.Length), sample.Count);
        Assert.Equal(world.Pairs.Length, sample.Sum(drawn => drawn.SamplingWeight), 1e-6);
        Assert.Equal(sample.Count, sample.Select(drawn => drawn.Pair).Distinct().Count());
        Assert.All(sample, drawn => Assert.Contains(drawn.Pair, world.Pairs));
        foreach (IGrouping<int, SampledPair> stratum in sample.GroupBy(drawn => drawn.Stratum))
        {
            Assert.All(stratum, drawn => Assert.Equal(stratum.LongCount(), drawn.StratumSample));
            (int least, int most) = (stratum.Min(drawn => drawn.Pair.Weight), stratum.Max(drawn => drawn.Pair.Weight));
            Assert.True(stratum.First().StratumPairs >= world.Pairs.LongCount(pair => pair.Weight >= least && pair.Weight <= most));
        }
        Assert.Equal(world.Pairs.Length, sample.GroupBy(drawn => drawn.Stratum).Sum(stratum => stratum.First().StratumPairs));
    });

    [Fact]
    public void The_sample_depends_on_the_pairs_and_the_seed_and_on_no_order() => Law.Holds(Worlds, world =>
    {
        IReadOnlyList<SampledPair> sample = ClericalSampler.Draw(world.Pairs, world.Size);
        IEnumerable<ScoredPair> turned = world.Pairs.Reverse().Select(pair => pair with { Left = pair.Right, Right = pair.Left });
        Assert.Equal(sample, ClericalSampler.Draw([.. turned, .. world.Pairs.Take(3).Select(pair => pair with { Weight = -30_000 })], world.Size));
    });

    [Fact]
    public void Another_seed_draws_other_pairs()
    {
        ScoredPair[] pairs = [.. Enumerable.Range(0, 1000).Select(i => new ScoredPair(new("a", $"{i}"), new("b", $"{i}"), 0))];
        var first = ClericalSampler.Draw(pairs, 50).Select(drawn => drawn.Pair).ToHashSet();
        int both = ClericalSampler.Draw(pairs, 50, SampleOptions.Default with { Seed = 2 }).Count(drawn => first.Contains(drawn.Pair));
        Assert.InRange(both, 0, 10);
    }

    [Fact]
    public void Every_pair_of_a_stratum_has_the_same_chance()
    {
        ScoredPair[] pairs = [.. Enumerable.Range(0, 20).Select(i => new ScoredPair(new("a", $"{i}"), new("b", $"{i}"), 0))];
        var drawn = new Dictionary<string, int>(StringComparer.Ordinal);
        for (ulong seed = 0; seed < 2000; seed++)
        {
            foreach (SampledPair pair in ClericalSampler.Draw(pairs, 5, SampleOptions.Default with { Seed = seed }))
            {
                drawn[pair.Pair.Left.Id] = drawn.GetValueOrDefault(pair.Pair.Left.Id) + 1;
            }
        }
        Assert.All(drawn.Values, count => Assert.InRange(count, 400, 600)); // 500 expected, standard deviation 19
        Assert.Equal(20, drawn.Count);
    }

    [Theory]
    [InlineData(10, new[] { 100, 100 }, new[] { 5, 5 })]
    [InlineData(10, new[] { 2, 100 }, new[] { 2, 8 })]
    [InlineData(10, new[] { 100, 1, 2 }, new[] { 7, 1, 2 })]
    [InlineData(10, new[] { 3, 4 }, new[] { 3, 4 })]
    [InlineData(3, new[] { 9, 9 }, new[] { 1, 2 })]
    public void Shares_are_equal_as_far_as_there_are_pairs(int size, int[] counts, int[] expected) =>
        Assert.Equal(expected, ClericalSampler.Share(size, counts));

    [Fact]
    public void What_can_not_be_drawn_is_refused()
    {
        ScoredPair[] pairs = [new(new("a", "1"), new("b", "1"), -9000), new(new("a", "2"), new("b", "2"), 9000)];
        Assert.Throws<ArgumentOutOfRangeException>(() => ClericalSampler.Draw(pairs, 0));
        Assert.Throws<ArgumentException>(() => ClericalSampler.Draw(pairs, 1));
        Assert.Throws<ArgumentException>(() => ClericalSampler.Draw(pairs, 5, SampleOptions.Default with { Boundaries = [0.5, 0.5] }));
        Assert.Throws<ArgumentException>(() => ClericalSampler.Draw(pairs, 5, SampleOptions.Default with { Boundaries = [0, 0.5] }));
    }
}
