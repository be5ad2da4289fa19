using FsCheck;
using FsCheck.Fluent;
using IdentityResolution.Evaluation;
using IdentityResolution.Reference;

namespace IdentityResolution.Tests.Evaluation;

public class ThresholdSweepTests
{
    private static readonly Arbitrary<((int Person, int Source)[] Records, (int Left, int Right, int Weight)[] Pairs)> Worlds = (
        from count in Gen.Choose(2, 14)
        from records in (from person in Gen.Choose(0, 4) from source in Gen.Choose(0, 2) select (person, source)).ArrayOf(count)
        from pairs in (
            from left in Gen.Choose(0, count + 1) // two records more than the truth knows
            from right in Gen.Choose(0, count + 1)
            from weight in Gen.Choose(-5, 5)
            where left != right
            select (left, right, weight)).ArrayOf()
        select (records, pairs)).ToArbitrary();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_threshold_equals_counting_anew(bool across) => Law.Holds(Worlds, world =>
    {
        ThresholdSweep sweep = Run(world.Records, world.Pairs, across);
        // A pair that is given twice counts with its highest weight, so only those are thresholds.
        int[] weights = [.. Heaviest(world.Pairs).Select(pair => pair.Weight).Distinct().OrderDescending()];
        Assert.Equal(weights, sweep.Points.Select(point => point.Weight));
        int[] person = [.. world.Records.Select(record => record.Person)];
        int[] source = [.. world.Records.Select(record => record.Source)];
        foreach (SweepPoint point in sweep.Points)
        {
            var expected = ReferenceSweep.At(person, source, person.Length + 2, world.Pairs, point.Weight, across);
            Assert.Equal(
                expected,
                (point.Links.TruePositives, point.Links.FalsePositives, point.Clusters.TruePositives, point.Clusters.FalsePositives));
            long all = point.Links.TruePositives + point.Links.FalseNegatives;
            Assert.Equal(all, point.Clusters.TruePositives + point.Clusters.FalseNegatives);
            Assert.Equal(ReferenceEvaluation.Pairs(new int[person.Length], person, source, across).Both, all);
        }
    });

    [Fact]
    public void The_area_under_roc_is_how_often_a_match_weighs_more() => Law.Holds(Worlds, world =>
    {
        ThresholdSweep sweep = Run(world.Records, world.Pairs, across: false);
        var known = Heaviest(world.Pairs).Where(pair => pair.Left < world.Records.Length && pair.Right < world.Records.Length).ToList();
        int[] matches = [.. known.Where(pair => world.Records[pair.Left].Person == world.Records[pair.Right].Person).Select(pair => pair.Weight)];
        int[] others = [.. known.Where(pair => world.Records[pair.Left].Person != world.Records[pair.Right].Person).Select(pair => pair.Weight)];
        if (matches.Length == 0 || others.Length == 0)
        {
            Assert.Null(sweep.RocArea);
        }
        else
        {
            Assert.Equal(ReferenceSweep.RocArea(matches, others), sweep.RocArea!.Value, 1e-12);
        }
    });

    [Fact]
    public void The_best_threshold_has_the_highest_f1_of_all() => Law.Holds(Worlds, world =>
    {
        ThresholdSweep sweep = Run(world.Records, world.Pairs, across: false);
        Assert.Equal(sweep.Points.Count == 0, sweep.Best is null);
        Assert.All(sweep.Points, point => Assert.True(point.Clusters.Accuracy.F1 <= sweep.Best!.Value.Clusters.Accuracy.F1));
        Assert.All(sweep.Points, point => Assert.True(point.Links.Accuracy.F1 <= sweep.BestOfLinks!.Value.Links.Accuracy.F1));
        Assert.All(
            sweep.Points.TakeWhile(point => point.Weight > sweep.Best!.Value.Weight),
            point => Assert.True(point.Clusters.Accuracy.F1 < sweep.Best!.Value.Clusters.Accuracy.F1));
    });

    [Fact]
    public void Neither_the_order_of_pairs_nor_of_their_sides_changes_a_figure() => Law.Holds(Worlds, world =>
    {
        ThresholdSweep sweep = Run(world.Records, world.Pairs, across: false);
        ThresholdSweep turned = Run(world.Records, [.. world.Pairs.Reverse().Select(pair => (pair.Right, pair.Left, pair.Weight))], across: false);
        Assert.Equal(sweep.Points, turned.Points);
        Assert.Equal((sweep.AveragePrecision, sweep.RocArea, sweep.Candidates), (turned.AveragePrecision, turned.RocArea, turned.Candidates));
    });

    [Fact]
    public void Figures_come_out_as_by_hand()
    {
        // People {0, 1, 2} and {3}; the pair 1-2 was never scored.
        ThresholdSweep sweep = Run([(0, 0), (0, 0), (0, 1), (1, 1)], [(0, 1, 3000), (0, 3, 2000), (0, 2, 1000), (1, 3, -1000)], across: false);
        Assert.Equal((4, 2, 3, 6), (sweep.Candidates.CandidatePairs, sweep.Candidates.TruePairsFound, sweep.Candidates.TruePairs, sweep.Candidates.PossiblePairs));
        Assert.Equal(2.0 / 3, sweep.Candidates.PairCompleteness, 12);
        Assert.Equal(1.0 / 3, sweep.Candidates.ReductionRatio, 12);
        Assert.Equal((1.0 / 3) + (1.0 / 3 * 2 / 3), sweep.AveragePrecision, 12);
        Assert.Equal(0.75, sweep.RocArea!.Value, 12);
        Assert.Equal(1000, sweep.Best!.Value.Weight); // all in one: 3 of 6 pairs, F1 2/3
        Assert.Equal(new PairCounts(1, 0, 2), sweep.Points[0].Clusters);
        Assert.Equal(new PairCounts(3, 3, 0), sweep.Points[2].Clusters);
        Assert.Equal(new PairCounts(2, 1, 1), sweep.Points[2].Links);
        Assert.Equal(0.5, MatchWeights.ToProbability(0));
        Assert.Equal(2.0 / 3, sweep.Points[2].MatchProbability, 12);
    }

    [Fact]
    public void A_threshold_is_looked_up_by_the_lowest_weight_that_links()
    {
        ThresholdSweep sweep = Run([(0, 0), (0, 0), (1, 1)], [(0, 1, 3000), (0, 2, 1000), (1, 2, ScoredPair.RuleWeight)], across: false);
        Assert.Equal(1000, sweep.At(int.MinValue)!.Value.Weight);
        Assert.Equal(1000, sweep.At(1000)!.Value.Weight);
        Assert.Equal(3000, sweep.At(1001)!.Value.Weight);
        Assert.Equal(ScoredPair.RuleWeight, sweep.At(3001)!.Value.Weight);
        Assert.Equal(1, sweep.At(3001)!.Value.MatchProbability);
        Assert.Null(Run([(0, 0)], [], across: false).At(0));
    }

    [Fact]
    public void Contradictions_are_refused()
    {
        ClusterMember member = Member(0, 0, 0);
        Assert.Throws<ArgumentException>(() => ThresholdSweep.Run([], [member, member]));
        Assert.Throws<ArgumentException>(() => ThresholdSweep.Run([new ScoredPair(member.Record, member.Record, 1)], [member]));
    }

    private static ThresholdSweep Run((int Person, int Source)[] records, (int Left, int Right, int Weight)[] pairs, bool across)
    {
        ClusterMember[] truth = [.. records.Select((record, i) => Member(i, record.Person, record.Source))];
        return ThresholdSweep.Run(
            pairs.Select(pair => new ScoredPair(Key(pair.Left), Key(pair.Right), pair.Weight)), truth, new EvaluationOptions { AcrossSources = across });

        RecordKey Key(int record) => record < truth.Length ? truth[record].Record : new RecordKey("unknown", $"{record}");
    }

    private static IEnumerable<(int Left, int Right, int Weight)> Heaviest((int Left, int Right, int Weight)[] pairs) => pairs
        .GroupBy(pair => (Math.Min(pair.Left, pair.Right), Math.Max(pair.Left, pair.Right)))
        .Select(group => (group.Key.Item1, group.Key.Item2, group.Max(pair => pair.Weight)));

    private static ClusterMember Member(int record, int person, int source) => new(new RecordKey($"s{source}", $"{record}"), $"p{person}");
}
