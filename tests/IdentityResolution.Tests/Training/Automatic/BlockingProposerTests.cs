using IdentityResolution.Blocking;
using IdentityResolution.Fields;
using IdentityResolution.Training;

namespace IdentityResolution.Tests.Training.Automatic;

/// <summary>The least budgets: 300,000 pairs for a rule, 2,000,000 for all.</summary>
public class BlockingProposerTests
{
    [Theory]
    [InlineData(775, 1)]    // 299,925 pairs
    [InlineData(776, 0)]    // 300,700 pairs
    public void A_rule_that_makes_more_pairs_than_a_rule_may_is_left_out(int sharing, int rules)
    {
        List<BlockingRule> proposed = Propose(FieldKind.Surname, ("surname", Shared(sharing, 1000)));
        Assert.Equal(rules, proposed.Count);
        Assert.All(proposed, rule => Assert.Equal(["surname"], rule.Keys));
    }

    [Fact]
    public void Rules_are_taken_in_order_until_all_pairs_are_spent()
    {
        // 244,650 pairs each: eight fit, and the rules after them do not.
        (string, string?[])[] fields = [.. Enumerable.Range(0, 12).Select(i => ($"id{i}", Shared(700, 1000)))];
        List<BlockingRule> proposed = Propose(FieldKind.Identifier, fields);
        Assert.Equal(["id0", "id1", "id2", "id3", "id4", "id5", "id6", "id7"], proposed.Select(rule => rule.Keys.Single()));
    }

    [Fact]
    public void A_dear_rule_is_passed_over_and_a_cheap_one_after_it_is_taken()
    {
        (string, string?[])[] fields = [.. Enumerable.Range(0, 8).Select(i => ($"id{i}", Shared(700, 1000))), ("dear", Shared(400, 1000)), ("cheap", Shared(200, 1000))];
        List<BlockingRule> proposed = Propose(FieldKind.Identifier, fields);
        Assert.DoesNotContain(proposed, rule => rule.Keys.Contains("dear"));
        Assert.Equal("cheap", proposed[^1].Keys.Single());
    }

    [Fact]
    public void A_rule_that_most_records_drop_out_of_is_left_out()
    {
        // A block of 1,001 records is too large to make pairs; with more than a quarter of the records in it, the rule finds too little.
        Assert.Empty(Propose(FieldKind.Surname, ("surname", [.. Shared(1001, 1001), .. Pairs(500)])));
        Assert.Single(Propose(FieldKind.Surname, ("surname", [.. Shared(1001, 1001), .. Pairs(4000)])));
    }

    [Fact]
    public void Values_that_very_many_records_share_are_divided()
    {
        // 3,000 of 5,000 records share a surname; the city tells 100 groups of them apart.
        string?[] surnames = [.. Shared(3000, 3000), .. Pairs(1000)];
        string?[] cities = [.. Enumerable.Range(0, 5000).Select(i => $"c{i % 100}")];
        FieldTable table = TestTable.Of(("surname", surnames), ("city", cities));
        var decisions = new List<string>();
        List<BlockingRule> rules = BlockingProposer.Propose(
            [new Field { Name = "surname", Kind = FieldKind.Surname }, new Field { Name = "city", Kind = FieldKind.City }],
            table, new PairFilter(table.Keys, false, []), decisions);
        BlockingRule rule = Assert.Single(rules, rule => rule.Keys is ["surname"]);
        Assert.Equal(["city"], rule.DivideBy);
        Assert.Contains(
            "Compare records that share surname: 44,000 pairs. Hot keys (1 shared by more than 1,000 records each, the largest by 3,000) are divided by city.", decisions);
    }

    [Fact]
    public void At_most_twenty_rules_are_proposed()
    {
        (string, string?[])[] fields = [.. Enumerable.Range(0, 30).Select(i => ($"id{i}", Shared(10, 100)))];
        Assert.Equal(20, Propose(FieldKind.Identifier, fields).Count);
    }

    [Fact]
    public void Of_words_only_those_rare_enough_for_the_budget_make_pairs()
    {
        // 900 records share a word: 404,550 pairs by themselves. Each also shares a word with one other.
        string?[] texts = [.. Enumerable.Range(0, 900).Select(i => $"television x{i / 2:D4}")];
        BlockingRule words = Propose(FieldKind.Text, ("name", texts)).Single(rule => rule.Keys[0] == "name.words");
        Assert.InRange(words.MaxBlockSize, 2, 899);
    }

    [Fact]
    public void Each_rule_is_said_with_its_pairs()
    {
        var decisions = new List<string>();
        Propose(FieldKind.Surname, decisions, ("surname", Shared(100, 200)));
        Assert.Equal(["Compare records that share surname: 4,950 pairs."], decisions);
    }

    private static List<BlockingRule> Propose(FieldKind kind, params (string Name, string?[] Values)[] fields) => Propose(kind, [], fields);

    private static List<BlockingRule> Propose(FieldKind kind, List<string> decisions, params (string Name, string?[] Values)[] fields)
    {
        FieldTable table = TestTable.Of(fields);
        return BlockingProposer.Propose(
            [.. fields.Select(field => new Field { Name = field.Name, Kind = kind })], table, new PairFilter(table.Keys, linkOnly: false, []), decisions);
    }

    // As many records have one value, and the others one each of their own.
    private static string?[] Shared(int sharing, int records) => [.. Enumerable.Range(0, records).Select(i => i < sharing ? "same" : $"own{i:D5}")];

    private static string?[] Pairs(int records) => [.. Enumerable.Range(0, records).Select(i => $"pair{i / 2:D5}")];
}
