using FsCheck;
using FsCheck.Fluent;
using IdentityResolution.Evaluation;
using IdentityResolution.Reference;

namespace IdentityResolution.Tests.Evaluation;

public class PairEvaluatorTests
{
    private static readonly EvaluationOptions Across = new() { AcrossSources = true };

    // Left records a1, a2; right records b1, b2, b3.
    private static readonly ClusterMember[] Predicted = [Member("a1", "x"), Member("b1", "x"), Member("b2", "x"), Member("a2", "y"), Member("b3", "z")];

    private static readonly LabelledPair[] Labels = [Label("a1", "b1", true), Label("a2", "b2", true), Label("a2", "b3", false)];

    private static readonly Arbitrary<((int Cluster, int Source)[] Records, (int Left, int Right)[] Pairs)> Cases = (
        from count in Gen.Choose(2, 30)
        from records in (from cluster in Gen.Choose(1, 8) from source in Gen.Choose(1, 2) select (cluster, source)).ArrayOf(count)
        from pairs in (from left in Gen.Choose(0, count - 2) from right in Gen.Choose(left + 1, count - 1) select (left, right)).ArrayOf()
        select (records, pairs)).ToArbitrary();

    [Fact]
    public void Labelled_pairs_count_and_no_others()
    {
        PairEvaluationResult result = PairEvaluator.Evaluate(Predicted, Labels, PairScope.LabelledPairs);
        Assert.Equal(new PairCounts(1, 0, 1), result.Pairs);
        Assert.Equal(1, result.TrueNegatives);
        Assert.Equal(new CoverageCounts(5, 0, 0), result.Coverage);
    }

    [Fact]
    public void A_partner_of_a_left_record_that_is_not_labelled_a_match_is_false()
    {
        PairEvaluationResult result = PairEvaluator.Evaluate(Predicted, Labels, PairScope.LeftRecords, Across);
        Assert.Equal(new PairCounts(TruePositives: 1, FalsePositives: 1, FalseNegatives: 1), result.Pairs);
    }

    [Fact]
    public void A_labelled_record_that_the_prediction_lacks_stands_alone()
    {
        PairEvaluationResult result = PairEvaluator.Evaluate([Member("a1", "x")], Labels, PairScope.LabelledPairs);
        Assert.Equal(new PairCounts(0, 0, 2), result.Pairs);
        Assert.Equal(new CoverageCounts(1, 0, 4), result.Coverage);
    }

    [Fact]
    public void A_repeated_or_turned_pair_counts_once()
    {
        PairEvaluationResult result = PairEvaluator.Evaluate(
            Predicted, [.. Labels, Labels[0], Label("b1", "a1", true)], PairScope.LabelledPairs);
        Assert.Equal(new PairCounts(1, 0, 1), result.Pairs);
    }

    [Fact]
    public void Contradicting_labels_and_pairs_of_one_record_are_refused()
    {
        Assert.Throws<ArgumentException>("labels", () => PairEvaluator.Evaluate([], [Label("a", "b", true), Label("b", "a", false)], PairScope.LabelledPairs));
        Assert.Throws<ArgumentException>("labels", () => PairEvaluator.Evaluate([], [Label("a", "a", true)], PairScope.LabelledPairs));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Pairs_of_left_records_equal_those_of_looking_at_every_pair(bool across) => Prop.ForAll(Cases, given =>
    {
        RecordKey[] keys = [.. given.Records.Select((record, i) => new RecordKey($"s{record.Source}", $"{i}"))];
        int[] cluster = [.. given.Records.Select(record => record.Cluster)];
        int[] source = [.. given.Records.Select(record => record.Source)];
        IEnumerable<ClusterMember> predicted = keys.Select((key, i) => new ClusterMember(key, $"{cluster[i]}"));
        IEnumerable<LabelledPair> labels = given.Pairs.Select(pair => new LabelledPair(keys[pair.Left], keys[pair.Right], true));
        bool[] wanted = [.. keys.Select((_, i) => given.Pairs.Any(pair => pair.Left == i))];
        PairCounts pairs = PairEvaluator.Evaluate(predicted, labels, PairScope.LeftRecords, new() { AcrossSources = across }).Pairs;
        return pairs.TruePositives + pairs.FalsePositives == ReferenceEvaluation.PredictedPairsWith(wanted, cluster, source, across);
    }).QuickCheckThrowOnFailure();

    private static ClusterMember Member(string id, string cluster) => new(new RecordKey(id[..1], id), cluster);

    private static LabelledPair Label(string left, string right, bool isMatch) =>
        new(new RecordKey(left[..1], left), new RecordKey(right[..1], right), isMatch);
}
