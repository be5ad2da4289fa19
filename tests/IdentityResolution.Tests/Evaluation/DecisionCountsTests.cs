using IdentityResolution.Evaluation;

namespace IdentityResolution.Tests.Evaluation;

public class DecisionCountsTests
{
    private static readonly ClusterMember[] Predicted = [new(Key("1"), "A"), new(Key("2"), "A"), new(Key("3"), "B")];

    [Fact]
    public void Pairs_are_counted_by_decision_and_review_whichever_way_round()
    {
        DecisionCounts counts = DecisionCounts.Of(
            Predicted, [(Key("1"), Key("2")), (Key("1"), Key("3")), (Key("3"), Key("2"))], [(Key("3"), Key("1")), (Key("2"), Key("1"))]);
        Assert.Equal(new DecisionCounts(1, 1, 2, 1), counts);
    }

    [Fact]
    public void A_repeated_pair_counts_once_and_an_unknown_record_stands_alone() =>
        Assert.Equal(new DecisionCounts(1, 0, 1, 0), DecisionCounts.Of(
            Predicted, [(Key("1"), Key("2")), (Key("2"), Key("1")), (Key("1"), Key("9")), (Key("9"), Key("1"))], []));

    private static RecordKey Key(string id) => new("s", id);
}
