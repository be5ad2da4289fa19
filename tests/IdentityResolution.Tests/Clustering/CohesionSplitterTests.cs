using IdentityResolution.Clustering;
using IdentityResolution.Fields;
using IdentityResolution.Internals;
using IdentityResolution.Matching;
using IdentityResolution.Records;
using IdentityResolution.Reference.Clustering;

namespace IdentityResolution.Tests.Clustering;

public class CohesionSplitterTests
{
    [Fact]
    public void Parts_are_those_of_the_plain_twin() => Law.Holds(
        random =>
        {
            World world = World.Create(random);
            RecordClusters whole = world.Whole();
            int[] expected = [.. whole.ClusterOf];
            foreach (int[] cluster in Members(whole.ClusterOf).Where(cluster => cluster.Length >= 4))
            {
                int[] parts = ReferenceLinkage.Split(cluster.Length, (i, j) => world.Counted(cluster[i], cluster[j]), (i, j) => world.LinkWeight(cluster[i], cluster[j]));
                for (int i = 0; i < cluster.Length; i++)
                {
                    expected[cluster[i]] = 1000 + cluster[Array.IndexOf(parts, parts[i])];
                }
            }
            Assert.Equal(RecordClusters.Number(expected, []).ClusterOf, world.Split().ClusterOf);
        },
        tests: 500);

    [Fact]
    public void Splitting_only_refines_and_cuts_no_rule_and_leaves_no_record_alone() => Law.Holds(random =>
    {
        World world = World.Create(random);
        RecordClusters whole = world.Whole();
        RecordClusters split = world.Split();
        Assert.All(Members(split.ClusterOf), part => Assert.Single(part.Select(record => whole.ClusterOf[record]).Distinct()));
        Assert.All(Members(split.ClusterOf).Where(part => part.Length == 1), part => Assert.Single(Members(whole.ClusterOf), cluster => cluster.SequenceEqual(part)));
        Assert.All(split.RefusedLinks, refused => Assert.Equal((Guard.Cohesion, RecordLink.ByScore), (refused.Guard, refused.Link.Rule)));
        Assert.Equal(
            world.Links.Where(link => split.ClusterOf[link.Left] != split.ClusterOf[link.Right]).OrderBy(link => (link.Left, link.Right)),
            split.RefusedLinks.Select(refused => refused.Link).OrderBy(link => (link.Left, link.Right)));
    });

    [Fact]
    public void Order_of_records_and_links_and_threads_do_not_matter() => Law.Holds(random =>
    {
        World world = World.Create(random);
        World shuffled = world.Shuffle(random);
        Assert.Equal(world.Describe(world.Split()), shuffled.Describe(shuffled.Split(threads: 3)));
    });

    [Fact]
    public void Two_couples_that_one_weak_link_joins_are_two()
    {
        // Equal in a, b and c or in none; the link between the couples comes from a alone.
        World world = World.Of(["x", "x", "x", "y"], ["p", "p", "q", "q"], ["1", "1", "2", "2"], (0, 1), (2, 3), (1, 2));
        Assert.Equal([0, 0, 1, 1], world.Split().ClusterOf);
        World held = world with { Links = [.. world.Links, new RecordLink(1, 2, RecordLink.RuleWeight, 0)] };
        Assert.Equal([0, 0, 0, 0], held.Split().ClusterOf);
    }

    private static IEnumerable<int[]> Members(int[] clusterOf) =>
        Enumerable.Range(0, clusterOf.Length).GroupBy(record => clusterOf[record]).Select(cluster => cluster.ToArray());

    private sealed record World(RecordKeyIndex Keys, string?[][] Values, RecordLink[] Links)
    {
        private static readonly string[] Names = ["a", "b", "c"];

        private static readonly IdentityModel Model = new()
        {
            Fields = [.. Names.Select(name => new Field { Name = name })],
            Comparisons = [.. Names.Select((name, i) => new Comparison
            {
                Field = name,
                Levels = [new ComparisonLevel("exact", 0.9, 0.5 / (i + 2), null), new ComparisonLevel("else", 0.1, 1 - (0.5 / (i + 2)), null)],
            })],
            PriorMatchProbability = 0.5,
            MatchProbabilityThreshold = 0.5,
        };

        public static World Of(string?[] a, string?[] b, string?[] c, params (int Left, int Right)[] pairs)
        {
            var world = new World(TestTable.Keys([.. a.Select((_, i) => ("s", TestTable.Id(i)))]), [a, b, c], []);
            return world with { Links = [.. pairs.Select(pair => new RecordLink(pair.Left, pair.Right, world.Weigh(pair.Left, pair.Right), RecordLink.ByScore))] };
        }

        public static World Create(Random random)
        {
            int count = random.Next(1, 20);
            string?[] Column() => [.. Enumerable.Range(0, count).Select(_ => random.Next(5) == 0 ? null : $"v{random.Next(3)}")];
            World world = Of(Column(), Column(), Column());
            var links = new List<RecordLink>();
            for (int left = 0; left < count; left++)
            {
                for (int right = left + 1; right < count; right++)
                {
                    int weight = world.Weigh(left, right);
                    if (weight >= 0 && random.Next(3) == 0)
                    {
                        links.Add(new RecordLink(left, right, weight, RecordLink.ByScore));
                    }
                    if (random.Next(60) == 0)
                    {
                        links.Add(new RecordLink(left, right, RecordLink.RuleWeight, random.Next(2)));
                    }
                }
            }
            return world with { Links = [.. links] };
        }

        public int? Counted(int left, int right)
        {
            RecordLink[] own = [.. Between(left, right)];
            return own.Any(link => link.Rule != RecordLink.ByScore) ? null : Math.Clamp(Weigh(left, right), -3_000, 20_000);
        }

        public long? LinkWeight(int left, int right) => Between(left, right).Select(link => (long?)link.Weight).Max();

        public RecordClusters Whole() => RecordClusters.Build(Keys.Count, Links, new ClusterGuards(new LinkStrength(Keys, []), []), new Workers(1, CancellationToken.None));

        public RecordClusters Split(int threads = 1) =>
            CohesionSplitter.Split(Whole(), Links, new CompiledModel(Model, Table()), Keys, new Workers(threads, CancellationToken.None));

        public string[] Describe(RecordClusters clusters) => [.. Members(clusters.ClusterOf)
            .Select(part => string.Join(' ', part.Select(record => Keys.Key(record).Id).Order(StringComparer.Ordinal)))
            .Order(StringComparer.Ordinal)];

        public World Shuffle(Random random)
        {
            int[] order = [.. Enumerable.Range(0, Keys.Count)];
            random.Shuffle(order);
            RecordLink[] links = [.. Links.Select(link => (Link: link, Left: Array.IndexOf(order, link.Left), Right: Array.IndexOf(order, link.Right)))
                .Select(item => item.Link with { Left = Math.Min(item.Left, item.Right), Right = Math.Max(item.Left, item.Right) })];
            random.Shuffle(links);
            return new World(
                TestTable.Keys([.. order.Select(record => ("s", Keys.Key(record).Id))]),
                [.. Values.Select(column => order.Select(record => column[record]).ToArray())],
                links);
        }

        private IEnumerable<RecordLink> Between(int left, int right) => Links.Where(link => (link.Left, link.Right) == (Math.Min(left, right), Math.Max(left, right)));

        private int Weigh(int left, int right) => new PairComparer(new CompiledModel(Model, Table())).Weigh(left, right, int.MinValue);

        private FieldTable Table() => TestTable.Create(Keys, Names.Select((name, i) => (name, Values[i])), shared: false);
    }
}
