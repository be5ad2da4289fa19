using IdentityResolution.Evaluation;

namespace IdentityResolution.Tests.Evaluation;

public class MatchClosureTests
{
    [Fact]
    public void A_chain_of_matches_is_one_person_and_the_rest_are_alone()
    {
        RecordKey[] records = [.. "abcde".Select(Key)];
        LabelledPair[] labels = [Pair('a', 'b', true), Pair('b', 'c', true), Pair('c', 'd', false), Pair('x', 'e', true)];
        IReadOnlyList<ClusterMember> members = MatchClosure.Close(records, labels);
        Assert.Equal(6, members.Count);
        string[] people = [.. members.GroupBy(member => member.Cluster).Select(group => string.Concat(group.Select(member => member.Record.Id).Order())).Order()];
        Assert.Equal(["abc", "d", "ex"], people);
    }

    private static RecordKey Key(char id) => new("s", id.ToString());

    private static LabelledPair Pair(char left, char right, bool isMatch) => new(Key(left), Key(right), isMatch);
}
