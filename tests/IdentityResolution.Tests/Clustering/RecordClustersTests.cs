using IdentityResolution.Clustering;
using IdentityResolution.Fields;
using IdentityResolution.Internals;
using IdentityResolution.Matching;
using IdentityResolution.Records;
using IdentityResolution.Reference.Clustering;

namespace IdentityResolution.Tests.Clustering;

public class RecordClustersTests
{
    private static readonly string[] Sources = ["crm", "shop", "web"];

    [Fact]
    public void Without_guards_clusters_are_the_components_of_the_links() => Law.Holds(random =>
    {
        World world = World.Create(random);
        RecordClusters clusters = (world with { Told = [] }).Build(World.Unguarded);
        Assert.Equal(ReferenceComponents.Label(world.Keys.Count, world.Links.Select(link => (link.Left, link.Right))), clusters.ClusterOf);
        Assert.Equal(clusters.ClusterOf.Distinct().Count(), clusters.Count);
        Assert.Empty(clusters.RefusedLinks);
    });

    [Fact]
    public void A_higher_threshold_only_refines_clusters() => Law.Holds(random =>
    {
        World world = World.Create(random) with { Model = World.Unguarded, Told = [] };
        int threshold = random.Next(0, 2000);
        int[] coarse = world.Build().ClusterOf;
        int[] fine = (world with { Links = [.. world.Links.Where(link => link.Weight >= threshold)] }).Build().ClusterOf;
        foreach (IGrouping<int, int> cluster in Enumerable.Range(0, fine.Length).GroupBy(record => fine[record]))
        {
            Assert.Single(cluster.Select(record => coarse[record]).Distinct());
        }
    });

    [Fact]
    public void Guarded_clusters_are_those_of_the_plain_twin() => Law.Holds(
        random =>
        {
            World world = World.Create(random);
            RecordLink[] strongestFirst = [.. world.StrongestFirst()];
            (int[] expected, int[] refused) = ReferenceComponents.Guarded(
                world.Keys.Count, [.. strongestFirst.Select(link => (link.Left, link.Right, link.Rule))], world.Apart, world.Model.MaxClusterSize);
            RecordClusters clusters = world.Build();
            Assert.Equal(expected, clusters.ClusterOf);
            Assert.Equal(expected.Distinct().Count(), clusters.Count);
            Assert.Equal(
                refused.Select(i => strongestFirst[i]).OrderBy(World.Order),
                clusters.RefusedLinks.Select(refusal => refusal.Link).OrderBy(World.Order));
        },
        tests: 1000);

    [Fact]
    public void No_cluster_violates_a_guard_unless_a_higher_rule_joins_it() => Law.Holds(random =>
    {
        World world = World.Create(random);
        int[] clusterOf = world.Build().ClusterOf;
        foreach (int[] cluster in Enumerable.Range(0, clusterOf.Length).GroupBy(record => clusterOf[record]).Select(group => group.ToArray()))
        {
            Assert.InRange(cluster.Length, 1, world.Model.MaxClusterSize);
            // What links of the rules above a forbidding one join among themselves, it lets be.
            foreach ((int left, int right) in cluster.SelectMany(left => cluster.Where(right => right > left), (left, right) => (left, right)))
            {
                int lowest = Enumerable.Range(RecordLink.ByJudgement, 5).Append(RecordLink.ByScore).First(rule =>
                {
                    int[] joined = (world with { Links = [.. world.Links.Where(link => link.Rule <= rule)] }).Build().ClusterOf;
                    return joined[left] == joined[right];
                });
                Assert.False(world.Apart(left, right, lowest));
            }
        }
    });

    [Fact]
    public void Each_refused_link_has_ends_in_two_clusters_that_its_guard_separates() => Law.Holds(random =>
    {
        World world = World.Create(random);
        RecordClusters clusters = world.Build();
        foreach (RefusedLink refused in clusters.RefusedLinks)
        {
            Assert.NotEqual(clusters.ClusterOf[refused.Link.Left], clusters.ClusterOf[refused.Link.Right]);
            int[] both = [.. Enumerable.Range(0, clusters.ClusterOf.Length).Where(record =>
                clusters.ClusterOf[record] == clusters.ClusterOf[refused.Link.Left] || clusters.ClusterOf[record] == clusters.ClusterOf[refused.Link.Right])];
            switch (refused.Guard)
            {
                case Guard.Judgement:
                    Assert.Contains(world.Told, pair => both.Contains(pair.Left) && both.Contains(pair.Right));
                    break;
                case Guard.UniqueSource:
                    Assert.True(both.Count(record => world.Keys.Key(record).Source == world.Model.UniqueSources[refused.Detail]) > 1);
                    break;
                case Guard.Rule:
                    Assert.True(refused.Detail < refused.Link.Rule);
                    Assert.Contains(both, left => both.Any(right => world.Applies(world.Model.MatchRules[refused.Detail], left, right)));
                    break;
                default:
                    Assert.True(both.Length > world.Model.MaxClusterSize);
                    break;
            }
        }
    });

    [Fact]
    public void Order_of_links_and_of_records_and_threads_do_not_matter() => Law.Holds(random =>
    {
        World world = World.Create(random);
        World shuffled = world.Shuffle(random);
        RecordClusters clusters = world.Build();
        RecordClusters others = shuffled.Build(threads: 3);
        Assert.Equal(world.Describe(clusters), shuffled.Describe(others));
    });

    [Fact]
    public void The_strongest_link_wins_and_the_other_is_counted()
    {
        World world = World.Of([("crm", "a"), ("shop", "b"), ("crm", "c")], [new(0, 1, 900, RecordLink.ByScore), new(1, 2, 901, RecordLink.ByScore)]);
        RecordClusters clusters = world.Build(World.Unguarded with { UniqueSources = ["crm"] });
        Assert.Equal([0, 1, 1], clusters.ClusterOf);
        Assert.Equal([new RefusedLink(new(0, 1, 900, RecordLink.ByScore), Guard.UniqueSource, 0)], clusters.RefusedLinks);
    }

    [Fact]
    public void A_match_rule_is_stronger_than_any_score_and_an_earlier_rule_than_a_later()
    {
        IdentityModel guarded = World.Unguarded with { UniqueSources = ["crm"] };
        RecordLink score = new(0, 1, 60_000, RecordLink.ByScore);
        RecordLink second = new(1, 2, RecordLink.RuleWeight, 1);
        (string, string)[] keys = [("crm", "a"), ("shop", "b"), ("crm", "c")];
        Assert.Equal([0, 1, 1], World.Of(keys, [score, second]).Build(guarded).ClusterOf);
        RecordLink first = new(0, 1, RecordLink.RuleWeight, 0);
        Assert.Equal([0, 0, 1], World.Of(keys, [second, first]).Build(guarded).ClusterOf);
    }

    [Theory]
    [InlineData("shop", new[] { 0, 0, 1 })]
    [InlineData("web", new[] { 0, 1, 0 })]
    public void Of_links_by_one_rule_that_of_the_more_trusted_source_wins(string trusted, int[] expected)
    {
        RecordLink[] links = [new(0, 1, RecordLink.RuleWeight, 0), new(0, 2, RecordLink.RuleWeight, 0)];
        World world = World.Of([("crm", "a"), ("shop", "b"), ("web", "c")], links);
        Assert.Equal(expected, world.Build(World.Unguarded with { MaxClusterSize = 2, SourcePrecedence = [trusted, "crm"] }).ClusterOf);
    }

    [Fact]
    public void A_link_within_a_cluster_is_not_refused()
    {
        RecordLink[] links = [new(0, 1, 3, RecordLink.ByScore), new(1, 2, 2, RecordLink.ByScore), new(0, 2, 1, RecordLink.ByScore)];
        RecordClusters clusters = World.Of([("crm", "a"), ("shop", "b"), ("web", "c")], links).Build(World.Unguarded with { UniqueSources = Sources });
        Assert.Equal(1, clusters.Count);
        Assert.Empty(clusters.RefusedLinks);
    }

    // Records of three sources with a feature and two dates, and links among them, at most one by each rule on a pair.
    private sealed record World(RecordKeyIndex Keys, RecordLink[] Links, IdentityModel Model, (string Name, string?[] Values)[] Fields, (int Left, int Right)[] Told)
    {
        public static readonly IdentityModel Unguarded = new() { Fields = [new Field { Name = "id" }] };

        public static World Of((string, string)[] keys, RecordLink[] links) => new(TestTable.Keys(keys), links, Unguarded, [], []);

        public static World Create(Random random)
        {
            int count = random.Next(1, 25);
            RecordKeyIndex keys = TestTable.Keys([.. Enumerable.Range(0, count).Select(i => (Sources[random.Next(3)], TestTable.Id(i)))]);
            var links = new Dictionary<(int, int, int), RecordLink>();
            for (int i = random.Next(0, 40); i > 0 && count > 1; i--)
            {
                int left = random.Next(0, count - 1);
                int right = random.Next(left + 1, count);
                int rule = random.Next(3) == 0 ? random.Next(4) : RecordLink.ByScore;
                links.TryAdd((left, right, rule), new RecordLink(left, right, rule == RecordLink.ByScore ? random.Next(0, 9) : RecordLink.RuleWeight, rule));
            }
            MatchRule[] rules = [.. Enumerable.Range(0, random.Next(0, 4)).Select(i => new MatchRule
            {
                Name = $"rule {i}",
                Effect = random.Next(3) == 0 ? MatchRuleEffect.Link : MatchRuleEffect.Forbid,
                Keys = random.Next(4) == 0 ? ["colour"] : [],
                Different = random.Next(2) == 0 ? ["id"] : [],
                Before = random.Next(2) == 0 ? [new DateBefore("died", "born")] : [],
                Sources = random.Next(4) == 0 ? ["crm", "web"] : [],
            }).Select(rule => rule.Keys.Count + rule.Different.Count + rule.Before.Count == 0 ? rule with { Different = ["id"] } : rule)];
            (int Left, int Right)[] told = count < 4
                ? []
                : [.. Enumerable.Range(0, random.Next(0, 4)).Select(_ => random.Next(1, count - 2)).Select(left => (left, random.Next(left + 1, count)))];
            if (count > 2 && random.Next(3) == 0 && !links.ContainsKey((0, 1, RecordLink.ByJudgement)))
            {
                // Record 0 is never told apart, so no judgement contradicts another.
                links.Add((0, 1, RecordLink.ByJudgement), new RecordLink(0, 1, RecordLink.RuleWeight, RecordLink.ByJudgement));
            }
            string?[] Column(Func<string> value, int missing) => [.. Enumerable.Range(0, count).Select(_ => random.Next(missing) > 0 ? null : value())];
            return new World(
                keys,
                [.. links.Values],
                Unguarded with
                {
                    MatchRules = rules,
                    UniqueSources = [.. Sources.Where(_ => random.Next(4) == 0)],
                    MaxClusterSize = random.Next(2) == 0 ? 100 : random.Next(2, 9),
                    SourcePrecedence = [.. Sources.Where(_ => random.Next(2) == 0)],
                },
                [
                    ("id", Column(() => $"{random.Next(4)}", 2)),
                    ("colour", Column(() => $"{random.Next(3)}", 1)),
                    ("born", Column(() => $"19{random.Next(80, 84)}-0{random.Next(1, 3)}", 2)),
                    ("died", Column(() => $"19{random.Next(79, 85)}", 4)),
                ],
                told);
        }

        public RecordClusters Build(IdentityModel? model = null, int threads = 1) => RecordClusters.Build(
            Keys.Count, Links, ClusterGuards.Create(model ?? Model, TestTable.Create(Keys, Fields, shared: false), Told), new Workers(threads, CancellationToken.None));

        public static (int, int, int) Order(RecordLink link) => (link.Left, link.Right, link.Rule);

        public IEnumerable<RecordLink> StrongestFirst() => Links
            .OrderBy(link => link.Rule)
            .ThenByDescending(link => link.Weight)
            .ThenBy(link => Math.Max(Rank(link.Left), Rank(link.Right)))
            .ThenBy(link => Math.Min(Rank(link.Left), Rank(link.Right)))
            .ThenBy(link => PairHash.Of(Keys, link.Left, link.Right));

        public bool Apart(int left, int right, int rule) =>
            rule > RecordLink.ByJudgement && (Told.Contains((Math.Min(left, right), Math.Max(left, right)))
            || (Keys.Key(left).Source == Keys.Key(right).Source && Model.UniqueSources.Contains(Keys.Key(left).Source, StringComparer.Ordinal))
            || Model.MatchRules.Take(Math.Min(rule, Model.MatchRules.Count)).Any(higher => higher.Effect == MatchRuleEffect.Forbid && Applies(higher, left, right)));

        public bool Applies(MatchRule rule, int left, int right) =>
            (rule.Sources.Count == 0 || (rule.Sources.Contains(Keys.Key(left).Source, StringComparer.Ordinal) && rule.Sources.Contains(Keys.Key(right).Source, StringComparer.Ordinal)))
            && rule.Keys.All(key => Value(key, left) is { } value && value == Value(key, right))
            && rule.Different.All(key => Value(key, left) is { } one && Value(key, right) is { } other && one != other)
            && (rule.Before.Count == 0 || DiedBeforeBorn(left, right) || DiedBeforeBorn(right, left));

        public string[] Describe(RecordClusters clusters) =>
        [
            .. Enumerable.Range(0, Keys.Count)
                .GroupBy(record => clusters.ClusterOf[record])
                .Select(cluster => string.Join(' ', cluster.Select(record => Keys.Key(record).ToString()).Order(StringComparer.Ordinal)))
                .Concat(clusters.RefusedLinks.Select(refused => string.Join(
                    ' ',
                    new[] { Keys.Key(refused.Link.Left).ToString(), Keys.Key(refused.Link.Right).ToString() }.Order(StringComparer.Ordinal)
                        .Append($"{refused.Link.Rule} {refused.Link.Weight} {refused.Guard}"))))
                .Order(StringComparer.Ordinal),
        ];

        public World Shuffle(Random random)
        {
            int[] order = [.. Enumerable.Range(0, Keys.Count)];
            random.Shuffle(order);
            RecordKeyIndex keys = TestTable.Keys([.. order.Select(record => (Keys.Key(record).Source, Keys.Key(record).Id))]);
            int[] newPlace = [.. Enumerable.Range(0, Keys.Count).Select(record => Array.IndexOf(order, record))];
            RecordLink[] links = [.. Links.Select(link => link with
            {
                Left = Math.Min(newPlace[link.Left], newPlace[link.Right]),
                Right = Math.Max(newPlace[link.Left], newPlace[link.Right]),
            })];
            random.Shuffle(links);
            return new World(
                keys,
                links,
                Model,
                [.. Fields.Select(field => (field.Name, order.Select(record => field.Values[record]).ToArray()))],
                [.. Told.Select(pair => (Math.Min(newPlace[pair.Left], newPlace[pair.Right]), Math.Max(newPlace[pair.Left], newPlace[pair.Right])))]);
        }

        private int Rank(int record) => Model.SourcePrecedence.ToList().IndexOf(Keys.Key(record).Source) is var rank and >= 0 ? rank : Model.SourcePrecedence.Count;

        private string? Value(string field, int record) => Fields.Single(column => column.Name == field).Values[record];

        // A year against a year and month.
        private bool DiedBeforeBorn(int left, int right) =>
            Value("died", left) is { } died && Value("born", right) is { } born && string.CompareOrdinal(died, born[..4]) < 0;
    }
}
