using IdentityResolution.Clustering;
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
        RecordClusters clusters = world.Build([]);
        Assert.Equal(ReferenceComponents.Label(world.Keys.Count, world.Links.Select(link => (link.Left, link.Right))), clusters.ClusterOf);
        Assert.Equal(clusters.ClusterOf.Distinct().Count(), clusters.Count);
        Assert.Equal(0, clusters.RefusedLinks);
    });

    [Fact]
    public void A_higher_threshold_only_refines_clusters() => Law.Holds(random =>
    {
        World world = World.Create(random);
        int threshold = random.Next(0, 2000);
        int[] coarse = world.Build([]).ClusterOf;
        int[] fine = RecordClusters.Build(world.Keys, [.. world.Links.Where(link => link.Weight >= threshold)], []).ClusterOf;
        foreach (IGrouping<int, int> cluster in Enumerable.Range(0, fine.Length).GroupBy(record => fine[record]))
        {
            Assert.Single(cluster.Select(record => coarse[record]).Distinct());
        }
    });

    [Fact]
    public void Guarded_clusters_are_those_of_the_plain_twin() => Law.Holds(random =>
    {
        World world = World.Create(random);
        string[] unique = [.. Sources.Where(_ => random.Next(2) == 0), "crm"];
        int[] uniqueSource = [.. Enumerable.Range(0, world.Keys.Count).Select(record => Array.IndexOf(unique, world.Keys.Key(record).Source))];
        (int[] expected, int refused) = ReferenceComponents.Guarded(uniqueSource, world.Links
            .OrderBy(link => link.Rule)
            .ThenByDescending(link => link.Weight)
            .ThenBy(link => PairHash.Of(world.Keys, link.Left, link.Right))
            .Select(link => (link.Left, link.Right)));
        RecordClusters clusters = world.Build(unique);
        Assert.Equal(expected, clusters.ClusterOf);
        Assert.Equal(refused, clusters.RefusedLinks);
    });

    [Fact]
    public void No_cluster_holds_two_records_of_a_unique_source() => Law.Holds(random =>
    {
        World world = World.Create(random);
        int[] clusterOf = world.Build(["crm", "web"]).ClusterOf;
        foreach (IGrouping<int, int> cluster in Enumerable.Range(0, clusterOf.Length).GroupBy(record => clusterOf[record]))
        {
            string[] sources = [.. cluster.Select(record => world.Keys.Key(record).Source).Where(source => source != "shop")];
            Assert.Equal(sources.Distinct(StringComparer.Ordinal).Count(), sources.Length);
        }
    });

    [Fact]
    public void Order_of_links_and_of_records_does_not_matter() => Law.Holds(random =>
    {
        World world = World.Create(random);
        string[] unique = random.Next(2) == 0 ? ["crm"] : ["crm", "shop", "web"];
        World shuffled = world.Shuffle(random);
        RecordClusters clusters = world.Build(unique);
        RecordClusters others = shuffled.Build([.. unique.Reverse()]);
        Assert.Equal(clusters.RefusedLinks, others.RefusedLinks);
        Assert.Equal(Partition(world.Keys, clusters), Partition(shuffled.Keys, others));
    });

    [Fact]
    public void The_strongest_link_wins_and_the_other_is_counted()
    {
        RecordKeyIndex keys = TestTable.Keys(("crm", "a"), ("shop", "b"), ("crm", "c"));
        RecordLink[] links = [new(0, 1, 900, RecordLink.ByScore), new(1, 2, 901, RecordLink.ByScore)];
        RecordClusters clusters = RecordClusters.Build(keys, links, ["crm"]);
        Assert.Equal([0, 1, 1], clusters.ClusterOf);
        Assert.Equal(1, clusters.RefusedLinks);
    }

    [Fact]
    public void A_match_rule_is_stronger_than_any_score_and_an_earlier_rule_than_a_later()
    {
        RecordKeyIndex keys = TestTable.Keys(("crm", "a"), ("shop", "b"), ("crm", "c"));
        RecordLink score = new(0, 1, 60_000, RecordLink.ByScore);
        RecordLink second = new(1, 2, RecordLink.RuleWeight, 1);
        Assert.Equal([0, 1, 1], RecordClusters.Build(keys, [score, second], ["crm"]).ClusterOf);
        RecordLink first = new(0, 1, RecordLink.RuleWeight, 0);
        Assert.Equal([0, 0, 1], RecordClusters.Build(keys, [second, first], ["crm"]).ClusterOf);
    }

    [Fact]
    public void A_link_within_a_cluster_is_not_refused()
    {
        RecordKeyIndex keys = TestTable.Keys(("crm", "a"), ("shop", "b"), ("web", "c"));
        RecordLink[] links = [new(0, 1, 3, RecordLink.ByScore), new(1, 2, 2, RecordLink.ByScore), new(0, 2, 1, RecordLink.ByScore)];
        RecordClusters clusters = RecordClusters.Build(keys, links, ["crm", "shop", "web"]);
        Assert.Equal((1, 0), (clusters.Count, clusters.RefusedLinks));
    }

    private static string[] Partition(RecordKeyIndex keys, RecordClusters clusters) => [.. Enumerable.Range(0, keys.Count)
        .GroupBy(record => clusters.ClusterOf[record])
        .Select(cluster => string.Join(' ', cluster.Select(record => keys.Key(record).ToString()).Order(StringComparer.Ordinal)))
        .Order(StringComparer.Ordinal)];

    // Records of three sources and links among them, at most one by each rule on a pair.
    private sealed record World(RecordKeyIndex Keys, RecordLink[] Links)
    {
        public static World Create(Random random)
        {
            int count = random.Next(1, 25);
            RecordKeyIndex keys = TestTable.Keys([.. Enumerable.Range(0, count).Select(i => (Sources[random.Next(3)], TestTable.Id(i)))]);
            var links = new Dictionary<(int, int, int), RecordLink>();
            for (int i = random.Next(0, 40); i > 0 && count > 1; i--)
            {
                int left = random.Next(0, count - 1);
                int right = random.Next(left + 1, count);
                int rule = random.Next(3) == 0 ? random.Next(2) : RecordLink.ByScore;
                links.TryAdd((left, right, rule), new RecordLink(left, right, rule == RecordLink.ByScore ? random.Next(0, 2000) : RecordLink.RuleWeight, rule));
            }
            return new World(keys, [.. links.Values]);
        }

        public RecordClusters Build(string[] unique) => RecordClusters.Build(Keys, Links, unique);

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
            return new World(keys, links);
        }
    }
}
