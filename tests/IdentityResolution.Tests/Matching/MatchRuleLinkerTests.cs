using IdentityResolution.Blocking;
using IdentityResolution.Fields;
using IdentityResolution.Internals;
using IdentityResolution.Matching;
using IdentityResolution.Records;
using IdentityResolution.Reference.Blocking;
using IdentityResolution.Reference.Clustering;

namespace IdentityResolution.Tests.Matching;

public class MatchRuleLinkerTests
{
    private static readonly string[] Names = ["a", "b", "c"];
    private static readonly string[] Sources = ["crm", "shop"];

    [Fact]
    public void A_rule_joins_what_linking_all_its_pairs_would_join() => Law.Holds(random =>
    {
        World world = World.Create(random, restricted: false);
        RuleLinks links = world.Link(threads: 1);
        for (int rule = 0; rule < world.Rules.Length; rule++)
        {
            HashSet<(int, int)> pairs = world.PairsOf(rule);
            Assert.Equal(
                ReferenceComponents.Label(world.Count, pairs),
                ReferenceComponents.Label(world.Count, links[rule].ToArray().Select(link => (link.Left, link.Right))));
            Assert.All(links[rule].ToArray(), link => Assert.Contains((link.Left, link.Right), pairs));
            Assert.All(links[rule].ToArray(), link => Assert.Equal((RecordLink.RuleWeight, rule, 1.0), (link.Weight, link.Rule, link.Probability)));
        }
    });

    [Fact]
    public void Where_not_all_pairs_are_allowed_the_links_are_just_the_allowed_ones() => Law.Holds(random =>
    {
        World world = World.Create(random, restricted: true);
        RuleLinks links = world.Link(threads: 1);
        for (int rule = 0; rule < world.Rules.Length; rule++)
        {
            Assert.Equal(world.PairsOf(rule).Order(), links[rule].ToArray().Select(link => (link.Left, link.Right)).Order());
        }
    });

    [Fact]
    public void Values_that_too_many_records_share_join_none_and_are_reported() => Law.Holds(random =>
    {
        World world = World.Create(random, restricted: random.Next(2) == 0);
        RuleLinks links = world.Link(threads: 1);
        for (int rule = 0; rule < world.Rules.Length; rule++)
        {
            (int blocks, long records, int largest) = ReferenceBlocking.Oversized(world.KeysOf(rule), world.Rules[rule].MaxRecordsPerKey);
            Assert.Equal(new OversizedBlocks(blocks, records, largest), links.Oversized[rule]);
        }
    });

    [Fact]
    public void Order_of_records_and_threads_do_not_matter() => Law.Holds(random =>
    {
        World world = World.Create(random, restricted: random.Next(2) == 0);
        World shuffled = world.Shuffle(random);
        RuleLinks links = world.Link(threads: 1);
        RuleLinks others = shuffled.Link(threads: 3);
        for (int rule = 0; rule < world.Rules.Length; rule++)
        {
            Assert.Equal(world.Describe(links[rule].ToArray()), shuffled.Describe(others[rule].ToArray()));
        }
    });

    [Fact]
    public void A_rule_with_more_conditions_finds_just_the_pairs_for_which_all_hold() => Law.Holds(random =>
    {
        World world = World.Create(random, restricted: random.Next(2) == 0);
        MatchRule rule = new() { Name = "r", Keys = ["a"], Different = ["b"], Sources = random.Next(2) == 0 ? ["crm"] : [] };
        rule = rule with { Effect = random.Next(2) == 0 ? MatchRuleEffect.Suggest : MatchRuleEffect.Link };
        World only = world with { Rules = [rule] };
        IEnumerable<(int, int)> expected = only.PairsOf(0).Where(pair =>
            world.Values[1][pair.Item1] is { } left && world.Values[1][pair.Item2] is { } right && left != right
            && (rule.Sources.Count == 0 || (world.Keys[pair.Item1].Source == "crm" && world.Keys[pair.Item2].Source == "crm")));
        Assert.Equal(expected.Order(), only.Link(threads: 1)[0].ToArray().Select(link => (link.Left, link.Right)).Order());
    });

    [Fact]
    public void Where_a_rule_forbids_every_pair_gets_a_link_and_the_forbidding_rule_none()
    {
        string?[][] values = [["x", "x", "x"], [null, null, null], [null, null, null]];
        MatchRule[] rules =
            [new() { Name = "link", Keys = ["a"] }, new() { Name = "forbid", Effect = MatchRuleEffect.Forbid, Keys = ["a"], Different = ["b"] }];
        World world = new([("crm", "1"), ("crm", "2"), ("crm", "3")], values, rules, Restricted: false);
        RuleLinks links = world.Link(threads: 1);
        Assert.Equal([(0, 1), (0, 2), (1, 2)], links[0].ToArray().Select(link => (link.Left, link.Right)));
        Assert.Empty(links[1].ToArray());
    }

    private sealed record World((string Source, string Id)[] Keys, string?[][] Values, MatchRule[] Rules, bool Restricted)
    {
        private FieldTable? _table;

        public int Count => Keys.Length;

        private FieldTable Table => _table ??= TestTable.Create(TestTable.Keys(Keys), Names.Select((name, column) => (name, Values[column])), shared: false);

        private PairFilter Filter => new(Table.Keys, Restricted, []);

        public static World Create(Random random, bool restricted)
        {
            int count = random.Next(1, 30);
            return new World(
                [.. Enumerable.Range(0, count).Select(i => (Sources[random.Next(2)], TestTable.Id(i)))],
                [.. Names.Select(_ => Enumerable.Range(0, count).Select(_ => random.Next(6) == 0 ? null : $"v{random.Next(5)}").ToArray())],
                [.. Enumerable.Range(0, random.Next(0, 4)).Select(i => new MatchRule
                {
                    Name = $"rule {i}",
                    Keys = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Names[random.Next(3)])],
                    MaxRecordsPerKey = random.Next(2, 8),
                })],
                restricted);
        }

        public RuleLinks Link(int threads) => MatchRuleLinker.Link(Table, Rules, Filter, new Workers(threads, CancellationToken.None));

        public string[][] KeysOf(int rule) => [.. Enumerable.Range(0, Count).Select(record =>
        {
            string?[] parts = [.. Rules[rule].Keys.Select(key => Values[Array.IndexOf(Names, key)][record])];
            return parts.Contains(null) ? Array.Empty<string>() : [string.Join('/', parts)];
        })];

        public HashSet<(int, int)> PairsOf(int rule) => ReferenceBlocking.Pairs([KeysOf(rule)], [Rules[rule].MaxRecordsPerKey], Filter.Allows);

        public string[] Describe(RecordLink[] links) => [.. links
            .Select(link => string.Join(' ', new[] { Table.Keys.Key(link.Left).ToString(), Table.Keys.Key(link.Right).ToString() }.Order(StringComparer.Ordinal)))
            .Order(StringComparer.Ordinal)];

        public World Shuffle(Random random)
        {
            int[] order = [.. Enumerable.Range(0, Count)];
            random.Shuffle(order);
            return new World([.. order.Select(i => Keys[i])], [.. Values.Select(column => order.Select(i => column[i]).ToArray())], Rules, Restricted);
        }
    }
}
