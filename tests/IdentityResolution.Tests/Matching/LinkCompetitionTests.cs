using IdentityResolution.Matching;
using IdentityResolution.Records;
using IdentityResolution.Reference.Matching;

namespace IdentityResolution.Tests.Matching;

public class LinkCompetitionTests
{
    private static readonly string[] Sources = ["a", "b", "c"];

    [Fact]
    public void A_link_without_rivals_has_the_chance_that_its_odds_give()
    {
        RecordKeyIndex keys = TestTable.Keys(("a", "1"), ("b", "1"));
        RecordLink[] links = [new(0, 1, 2000, RecordLink.ByScore)];
        Assert.Equal(4 / 5.0, new LinkCompetition(keys, links, ["a", "b"]).Chances(links, 0)[0], 1e-9);
        Assert.Equal(0.5, new LinkCompetition(keys, links, ["a", "b"]).Chances(links, 2000)[0], 1e-9);
    }

    [Fact]
    public void Equal_rivals_share_the_chance_and_a_rival_with_a_better_partner_counts_for_little()
    {
        RecordKeyIndex keys = TestTable.Keys(("a", "1"), ("b", "1"), ("b", "2"), ("a", "2"));
        RecordLink[] equal = [Link(0, 1, 10_000), Link(0, 2, 10_000)];
        Assert.All(new LinkCompetition(keys, equal, ["a", "b"]).Chances(equal, 0), chance => Assert.Equal(1024 / 2049.0, chance, 1e-3));

        RecordLink[] taken = [.. equal, Link(2, 3, 30_000)];
        double[] chances = new LinkCompetition(keys, taken, ["a", "b"]).Chances(taken, 0);
        Assert.True(chances[0] > 0.99);
        Assert.True(chances[1] < 0.01);
        Assert.True(chances[2] > 0.99);
    }

    [Fact]
    public void Nothing_competes_for_a_source_that_may_hold_a_customer_twice()
    {
        RecordKeyIndex keys = TestTable.Keys(("a", "1"), ("b", "1"), ("b", "2"));
        RecordLink[] links = [Link(0, 1, 1000), Link(0, 2, 1000)];
        Assert.All(new LinkCompetition(keys, links, ["a"]).Chances(links, 0), chance => Assert.Equal(2 / 3.0, chance, 1e-9));
        Assert.All(new LinkCompetition(keys, links, ["b"]).Chances(links, 0), chance => Assert.Equal(2 / 5.0, chance, 1e-3));
    }

    [Fact]
    public void On_trees_chances_are_those_of_all_matchings() => Law.Holds(random =>
    {
        (RecordKeyIndex keys, RecordLink[] links) = Tree(random);
        string[] unique = [.. Sources.Where(_ => random.Next(4) > 0)];
        int alone = random.Next(-2000, 2000);
        double[] expected = PlainMatchings.Chances(
            [.. links.Select(link => Math.Pow(2, (link.Weight - alone) / 1000.0))],
            [.. links.Select(link => new[] { Slot(keys, link.Left, link.Right, unique), Slot(keys, link.Right, link.Left, unique) }.OfType<string>().ToArray())]);
        double[] chances = new LinkCompetition(keys, links, unique).Chances(links, alone);
        for (int i = 0; i < links.Length; i++)
        {
            Assert.Equal(expected[i], chances[i], 2e-3);
        }
    });

    [Fact]
    public void Order_of_links_and_records_does_not_change_a_bit() => Law.Holds(random =>
    {
        (RecordKeyIndex keys, RecordLink[] links) = Graph(random);
        double[] chances = new LinkCompetition(keys, links, Sources).Chances(links, 0);
        int[] order = [.. Enumerable.Range(0, keys.Count)];
        random.Shuffle(order);
        RecordKeyIndex shuffledKeys = TestTable.Keys([.. order.Select(record => (keys.Key(record).Source, keys.Key(record).Id))]);
        RecordLink[] shuffled = [.. links.Select(link => Link(Array.IndexOf(order, link.Left), Array.IndexOf(order, link.Right), link.Weight))];
        int[] positions = [.. Enumerable.Range(0, links.Length)];
        random.Shuffle(positions);
        RecordLink[] mixed = [.. positions.Select(i => shuffled[i])];
        double[] others = new LinkCompetition(shuffledKeys, mixed, Sources).Chances(mixed, 0);
        for (int i = 0; i < positions.Length; i++)
        {
            Assert.Equal(chances[positions[i]], others[i]);
        }
    });

    [Fact]
    public void Winners_never_share_a_record_towards_a_unique_source() => Law.Holds(random =>
    {
        (RecordKeyIndex keys, RecordLink[] links) = Graph(random);
        IdentityModel model = RandomModel(unique: Sources);
        IReadOnlyList<RecordLink> winners = CompetingLinks.Decide(keys, [.. links], model).Won;
        string[] slots = [.. winners.SelectMany(link => new[] { Slot(keys, link.Left, link.Right, Sources)!, Slot(keys, link.Right, link.Left, Sources)! })];
        Assert.True(slots.Length - slots.Distinct().Count() <= slots.Length / 10, "Loops may let a tie through, trees may not.");
        Assert.Equal(links, CompetingLinks.Decide(keys, [.. links], RandomModel(unique: [])).Won);
    });

    private static IdentityModel RandomModel(string[] unique) =>
        new IdentityModelBuilder().Field("a", FieldKind.Text).MatchOn("a").Build() with { UniqueSources = unique, MatchProbabilityThreshold = 0.5 };

    private static string? Slot(RecordKeyIndex keys, int record, int partner, string[] unique)
    {
        string source = keys.Key(partner).Source;
        return unique.Contains(source) ? $"{record} {source}" : null;
    }

    private static RecordLink Link(int left, int right, int weight) => new(Math.Min(left, right), Math.Max(left, right), weight, RecordLink.ByScore);

    // Each record after the first is linked to an earlier one of another source: slots and links then make a tree as well.
    private static (RecordKeyIndex Keys, RecordLink[] Links) Tree(Random random)
    {
        int count = random.Next(2, 10);
        (string Source, string Id)[] keys = [.. Enumerable.Range(0, count).Select(i => (Sources[random.Next(3)], TestTable.Id(i)))];
        var links = new List<RecordLink>();
        for (int record = 1; record < count; record++)
        {
            int partner = random.Next(record);
            if (keys[partner].Source != keys[record].Source)
            {
                links.Add(Link(partner, record, random.Next(-3000, 8000)));
            }
        }
        return (TestTable.Keys(keys), [.. links]);
    }

    private static (RecordKeyIndex Keys, RecordLink[] Links) Graph(Random random)
    {
        int count = random.Next(2, 25);
        (string Source, string Id)[] keys = [.. Enumerable.Range(0, count).Select(i => (Sources[random.Next(3)], TestTable.Id(i)))];
        var links = new List<RecordLink>();
        for (int left = 0; left < count; left++)
        {
            for (int right = left + 1; right < count; right++)
            {
                if (keys[left].Source != keys[right].Source && random.Next(6) == 0)
                {
                    links.Add(Link(left, right, random.Next(-3000, 20_000)));
                }
            }
        }
        return (TestTable.Keys(keys), [.. links]);
    }
}
