using FsCheck;
using FsCheck.Fluent;
using IdentityResolution.Evaluation;
using IdentityResolution.Reference;

namespace IdentityResolution.Tests.Evaluation;

public class ClusterEvaluatorTests
{
    private static readonly Arbitrary<(int Cluster, int Person, int Source)[]> Records = (
        from count in Gen.Choose(0, 40)
        from spread in Gen.Choose(1, 12)
        from records in (
            from cluster in Gen.Choose(1, spread)
            from person in Gen.Choose(1, spread)
            from source in Gen.Choose(1, 3)
            select (cluster, person, source)).ArrayOf(count)
        select records).ToArbitrary();

    private static readonly ClusterMember[] Truth =
        [Member("a/1", "P"), Member("a/2", "P"), Member("b/3", "P"), Member("a/4", "Q"), Member("b/5", "Q"), Member("b/6", "R")];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Pair_counts_equal_those_of_looking_at_every_pair(bool across) => Prop.ForAll(Records, records =>
    {
        (int[] cluster, int[] person, int[] source) = Columns(records);
        PairCounts pairs = Evaluate(records, across).Pairs;
        return ReferenceEvaluation.Pairs(cluster, person, source, across) == (pairs.TruePositives, pairs.FalsePositives, pairs.FalseNegatives);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void B_cubed_equals_the_mean_over_records(bool across) => Prop.ForAll(Records, records =>
    {
        (int[] cluster, int[] person, int[] source) = Columns(records);
        (double precision, double recall) = ReferenceEvaluation.BCubed(cluster, person, source, across);
        Accuracy bCubed = Evaluate(records, across).BCubed;
        return Math.Abs(bCubed.Precision - precision) < 1e-12 && Math.Abs(bCubed.Recall - recall) < 1e-12;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Cluster_counts_equal_those_of_comparing_every_cluster_with_every_person() => Prop.ForAll(Records, records =>
    {
        (int[] cluster, int[] person, int[] _) = Columns(records);
        ClusterCounts counts = Evaluate(records, across: false).Clusters;
        return ReferenceEvaluation.Clusters(cluster, person) == (counts.Exact, counts.OverMerged, counts.OverSplit)
            && counts.Predicted == cluster.Distinct().Count()
            && counts.True == person.Distinct().Count();
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_order_of_records_changes_no_bit(bool across) => Prop.ForAll(Records, records =>
    {
        (ClusterMember[] predicted, ClusterMember[] truth) = Members(records);
        var options = new EvaluationOptions { AcrossSources = across };
        return ClusterEvaluator.Evaluate(predicted, truth, options)
            == ClusterEvaluator.Evaluate(predicted.Reverse(), truth.OrderBy(member => member.Record.Id.Length).ThenByDescending(member => member.Record.Id), options);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_perfect_prediction_is_perfect_in_every_figure()
    {
        EvaluationResult result = ClusterEvaluator.Evaluate(Truth.Select(member => member with { Cluster = "c" + member.Cluster }), Truth);
        Assert.Equal(new Accuracy(1, 1), result.Pairwise);
        Assert.Equal(new Accuracy(1, 1), result.BCubed);
        Assert.Equal(new ClusterCounts(3, 3, 3, 0, 0), result.Clusters);
        Assert.Equal(new CoverageCounts(6, 0, 0), result.Coverage);
    }

    [Fact]
    public void A_merged_and_a_split_person_are_counted_as_such()
    {
        // P = {1, 2, 3}, Q = {4, 5}, R = {6}; predicted {1, 2}, {3, 4, 5}, {6}.
        ClusterMember[] predicted =
            [Member("a/1", "x"), Member("a/2", "x"), Member("b/3", "y"), Member("a/4", "y"), Member("b/5", "y"), Member("b/6", "z")];
        EvaluationResult result = ClusterEvaluator.Evaluate(predicted, Truth);
        Assert.Equal(new PairCounts(TruePositives: 2, FalsePositives: 2, FalseNegatives: 2), result.Pairs);
        Assert.Equal(0.5, result.Pairwise.F1);
        Assert.Equal((1 + 1 + (1 / 3.0) + (2 / 3.0) + (2 / 3.0) + 1) / 6, result.BCubed.Precision, 12);
        Assert.Equal(((2 / 3.0) + (2 / 3.0) + (1 / 3.0) + 1 + 1 + 1) / 6, result.BCubed.Recall, 12);
        Assert.Equal(new ClusterCounts(Predicted: 3, True: 3, Exact: 1, OverMerged: 1, OverSplit: 1), result.Clusters);
    }

    [Fact]
    public void Across_sources_leaves_pairs_within_a_source_out()
    {
        ClusterMember[] predicted = [.. Truth.Select(member => member with { Cluster = "all" })];
        EvaluationResult result = ClusterEvaluator.Evaluate(predicted, Truth, new EvaluationOptions { AcrossSources = true });
        Assert.Equal(new PairCounts(TruePositives: 3, FalsePositives: 6, FalseNegatives: 0), result.Pairs);
    }

    [Fact]
    public void A_record_that_the_prediction_lacks_counts_as_found_alone()
    {
        EvaluationResult result = ClusterEvaluator.Evaluate([Member("a/1", "x"), Member("a/2", "x")], Truth);
        Assert.Equal(new PairCounts(1, 0, 3), result.Pairs);
        Assert.Equal(new CoverageCounts(Evaluated: 2, OnlyPredicted: 0, OnlyInTruth: 4), result.Coverage);
        Assert.Equal(5, result.Clusters.Predicted);
    }

    [Fact]
    public void A_record_that_the_truth_lacks_counts_nowhere_but_is_told()
    {
        IEnumerable<ClusterMember> predicted = Truth.Append(Member("c/9", "P")).Append(Member("c/8", "P"));
        EvaluationResult result = ClusterEvaluator.Evaluate(predicted, Truth);
        Assert.Equal(new Accuracy(1, 1), result.Pairwise);
        Assert.Equal(new CoverageCounts(6, OnlyPredicted: 2, 0), result.Coverage);
    }

    [Fact]
    public void Nothing_against_nothing_is_perfect()
    {
        EvaluationResult result = ClusterEvaluator.Evaluate([], []);
        Assert.Equal(new Accuracy(1, 1), result.Pairwise);
        Assert.Equal(new Accuracy(1, 1), result.BCubed);
        Assert.Equal(default, result.Clusters);
    }

    [Fact]
    public void Finding_nothing_of_something_has_no_recall() =>
        Assert.Equal(0, ClusterEvaluator.Evaluate([], Truth).Pairwise.F1);

    [Fact]
    public void A_record_that_occurs_twice_is_refused()
    {
        Assert.Throws<ArgumentException>("truth", () => ClusterEvaluator.Evaluate([], [Truth[0], Truth[0]]));
        Assert.Throws<ArgumentException>("predicted", () => ClusterEvaluator.Evaluate([Truth[0], Truth[0]], []));
    }

    [Fact]
    public void A_million_records_in_one_cluster_are_counted_without_overflow()
    {
        IEnumerable<ClusterMember> one = Enumerable.Range(0, 1_000_000).Select(i => new ClusterMember(new RecordKey("a", $"{i}"), "x"));
        Assert.Equal(new PairCounts(499_999_500_000, 0, 0), ClusterEvaluator.Evaluate(one, one).Pairs);
    }

    private static EvaluationResult Evaluate((int Cluster, int Person, int Source)[] records, bool across)
    {
        (ClusterMember[] predicted, ClusterMember[] truth) = Members(records);
        return ClusterEvaluator.Evaluate(predicted, truth, new EvaluationOptions { AcrossSources = across });
    }

    private static (ClusterMember[] Predicted, ClusterMember[] Truth) Members((int Cluster, int Person, int Source)[] records) => (
        [.. records.Select((record, i) => new ClusterMember(new RecordKey($"s{record.Source}", $"{i}"), $"c{record.Cluster}"))],
        [.. records.Select((record, i) => new ClusterMember(new RecordKey($"s{record.Source}", $"{i}"), $"p{record.Person}"))]);

    private static (int[] Cluster, int[] Person, int[] Source) Columns((int Cluster, int Person, int Source)[] records) => (
        [.. records.Select(record => record.Cluster)], [.. records.Select(record => record.Person)], [.. records.Select(record => record.Source)]);

    private static ClusterMember Member(string key, string cluster) => new(new RecordKey(key[..1], key[2..]), cluster);
}
