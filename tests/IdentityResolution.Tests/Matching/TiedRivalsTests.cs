using IdentityResolution.Fields;
using IdentityResolution.Matching;
using IdentityResolution.Records;

namespace IdentityResolution.Tests.Matching;

public class TiedRivalsTests
{
    private static readonly string[] Sources = ["a", "b"];

    // One record of a, three of b: the second is more alike than the first, the third has another name.
    private static readonly FieldTable Table = TestTable.Create(
        TestTable.Keys(("a", "1"), ("b", "1"), ("b", "2"), ("b", "3")),
        [("name", ["ritz restaurant atlanta", "ritz cafe atlanta", "ritz restaurant", null])],
        shared: false);

    private static readonly CompiledModel Compiled = new(
        new IdentityModel
        {
            Fields = [new Field { Name = "name", Kind = FieldKind.Text }],
            Comparisons = [new Comparison { Field = "name", Levels = [new("exact", 0.9, 0.01), new("else", 0.1, 0.99)] }],
            UniqueSources = Sources,
        },
        Table);

    [Fact]
    public void Of_rivals_of_one_weight_the_more_alike_keeps_it()
    {
        RecordLink[] parted = TiedRivals.Part(Table.Keys, [Link(0, 1, 5000), Link(0, 2, 5000)], Sources, Compiled);
        Assert.Equal(5000, parted[1].Weight);
        Assert.InRange(parted[0].Weight, 4000, 4990);
    }

    [Fact]
    public void Order_of_links_and_of_their_ends_decides_nothing()
    {
        RecordLink[] parted = TiedRivals.Part(Table.Keys, [Link(0, 1, 5000), Link(0, 2, 5000)], Sources, Compiled);
        RecordLink[] turned = TiedRivals.Part(Table.Keys, [Link(2, 0, 5000), Link(1, 0, 5000)], Sources, Compiled);
        Assert.Equal(parted.Select(link => link.Weight), turned.Reverse().Select(link => link.Weight));
    }

    [Fact]
    public void Other_weights_other_sources_and_sources_with_duplicates_are_left_alone()
    {
        RecordLink[] links = [Link(0, 1, 5000), Link(0, 2, 5001)];
        Assert.Equal(links, TiedRivals.Part(Table.Keys, links, Sources, Compiled));
        RecordLink[] equal = [Link(0, 1, 5000), Link(0, 2, 5000)];
        Assert.Equal(equal, TiedRivals.Part(Table.Keys, equal, ["a"], Compiled));
    }

    [Fact]
    public void A_candidate_that_lacks_the_value_is_the_least_alike_and_equal_ones_stay_tied()
    {
        RecordLink[] parted = TiedRivals.Part(Table.Keys, [Link(0, 1, 5000), Link(0, 3, 5000)], Sources, Compiled);
        Assert.True(parted[1].Weight < parted[0].Weight);
        RecordLink[] same = [Link(1, 0, 5000), Link(1, 0, 5000)];
        Assert.Equal(same, TiedRivals.Part(Table.Keys, same, Sources, Compiled));
    }

    [Fact]
    public void The_more_alike_wins_a_competition_that_equals_would_both_lose()
    {
        IdentityModel model = new() { Fields = [], UniqueSources = Sources, MatchProbabilityThreshold = 0.5 };
        CompetingLinks competing = CompetingLinks.Decide(Table.Keys, [Link(0, 1, 9000), Link(0, 2, 9000)], model, Compiled);
        Assert.Equal([Link(0, 2, 9000)], competing.Won);
        Assert.Equal([Link(0, 1, 9000)], competing.Lost);
    }

    private static RecordLink Link(int left, int right, int weight) => new(left, right, weight, RecordLink.ByScore);
}
