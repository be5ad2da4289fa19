using FsCheck;
using FsCheck.Fluent;
using IdentityResolution.Evaluation;

namespace IdentityResolution.Tests.Evaluation;

public class ConfusionListTests
{
    private static readonly Arbitrary<(int Cluster, int Person, int Source)[]> Records = (
        from count in Gen.Choose(0, 30)
        from records in (
            from cluster in Gen.Choose(-1, 5) // -1: the prediction lacks the record
            from person in Gen.Choose(0, 5)
            from source in Gen.Choose(0, 2)
            select (cluster, person, source)).ArrayOf(count)
        select records).ToArbitrary();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void There_are_as_many_pairs_as_the_evaluation_counts(bool across) => Law.Holds(Records, records =>
    {
        (ClusterMember[] predicted, ClusterMember[] truth) = Members(records);
        var options = new EvaluationOptions { AcrossSources = across };
        ConfusedPair[] pairs = [.. ConfusionList.Pairs(predicted, truth, options)];
        PairCounts counts = ClusterEvaluator.Evaluate(predicted, truth, options).Pairs;
        Assert.Equal(counts.FalsePositives, pairs.LongCount(pair => pair.Kind == ConfusionKind.FalsePositive));
        Assert.Equal(counts.FalseNegatives, pairs.LongCount(pair => pair.Kind == ConfusionKind.FalseNegative));
        Assert.Equal(pairs.Length, pairs.Select(pair => (pair.Left, pair.Right)).Distinct().Count());
        Assert.All(pairs, pair => Assert.True(pair.Left < pair.Right));
        Assert.All(pairs, pair => Assert.Equal(pair.Kind == ConfusionKind.FalseNegative, pair.LeftPerson == pair.RightPerson));
        Assert.All(pairs, pair => Assert.False(across && pair.Left.Source == pair.Right.Source));
    });

    [Fact]
    public void The_order_of_records_changes_nothing() => Law.Holds(Records, records =>
    {
        (ClusterMember[] predicted, ClusterMember[] truth) = Members(records);
        Assert.Equal(ConfusionList.Pairs(predicted, truth), ConfusionList.Pairs(predicted.Reverse(), truth.Reverse()));
    });

    [Fact]
    public void Clusters_and_people_stand_with_the_pairs()
    {
        ClusterMember[] truth = [new(new("a", "1"), "p"), new(new("a", "2"), "p"), new(new("b", "3"), "q")];
        ClusterMember[] predicted = [new(new("a", "1"), "C1"), new(new("b", "3"), "C1"), new(new("c", "9"), "C1")];
        Assert.Equal(
            [
                new ConfusedPair(ConfusionKind.FalsePositive, new("a", "1"), new("b", "3"), "C1", "C1", "p", "q"),
                new ConfusedPair(ConfusionKind.FalseNegative, new("a", "1"), new("a", "2"), "C1", "", "p", "p"),
            ],
            ConfusionList.Pairs(predicted, truth));
    }

    [Fact]
    public void A_record_that_occurs_twice_is_refused()
    {
        ClusterMember member = new(new("a", "1"), "p");
        Assert.Throws<ArgumentException>(() => ConfusionList.Pairs([member, member], []));
        Assert.Throws<ArgumentException>(() => ConfusionList.Pairs([], [member, member]));
    }

    private static (ClusterMember[] Predicted, ClusterMember[] Truth) Members((int Cluster, int Person, int Source)[] records)
    {
        RecordKey[] keys = [.. records.Select((record, i) => new RecordKey($"s{record.Source}", $"{i}"))];
        return (
            [.. records.Zip(keys).Where(entry => entry.First.Cluster >= 0).Select(entry => new ClusterMember(entry.Second, $"c{entry.First.Cluster}"))],
            [.. records.Zip(keys).Select(entry => new ClusterMember(entry.Second, $"p{entry.First.Person}"))]);
    }
}
