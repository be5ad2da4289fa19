using IdentityResolution.Blocking;
using IdentityResolution.Fields;
using IdentityResolution.Internals;
using IdentityResolution.Records;
using IdentityResolution.Reference.Blocking;

namespace IdentityResolution.Tests.Blocking;

public class CandidatePairsTests
{
    private static readonly string[] Names = ["a", "b", "c", "d"];
    private static readonly string[] Sources = ["crm", "shop"];

    [Fact]
    public void Candidate_pairs_are_the_allowed_pairs_that_share_a_block_each_once() => Law.Holds(random =>
    {
        World world = World.Create(random);
        List<(int Left, int Right)> pairs = Collect(world.Build(threads: 1));
        Assert.All(pairs, pair => Assert.True(pair.Left < pair.Right));
        Assert.Equal(pairs.Count, pairs.Distinct().Count());
        Assert.Equal(world.Expected().Order(), pairs.Order());
    });

    [Fact]
    public void Oversized_blocks_are_left_out_and_counted() => Law.Holds(random =>
    {
        World world = World.Create(random);
        CandidatePairs candidates = world.Build(threads: 1);
        for (int rule = 0; rule < world.Rules.Length; rule++)
        {
            (int blocks, long records, int largest) = ReferenceBlocking.Oversized(world.KeysOf(rule), world.Rules[rule].MaxBlockSize);
            Assert.Equal(new OversizedBlocks(blocks, records, largest), candidates.Rules[rule].Oversized);
        }
    });

    [Fact]
    public void Blocks_know_their_records_and_records_their_block() => Law.Holds(random =>
    {
        World world = World.Create(random);
        CandidatePairs candidates = world.Build(threads: 1);
        for (int rule = 0; rule < world.Rules.Length; rule++)
        {
            BlockIndex blocks = candidates.Rules[rule];
            HashSet<(int, int)> expected = ReferenceBlocking.Pairs([world.KeysOf(rule)], [world.Rules[rule].MaxBlockSize], (_, _) => true);
            Assert.Equal(expected.Count(pair => candidates.Filter.Allows(pair.Item1, pair.Item2)), blocks.CountPairs(candidates.Filter));
            for (int left = 0; left < world.Count; left++)
            {
                for (int right = left + 1; right < world.Count; right++)
                {
                    Assert.Equal(expected.Contains((left, right)), blocks.Share(left, right));
                }
                Assert.True(blocks.BlockOf(left) == BlockIndex.NoBlock || blocks[blocks.BlockOf(left)].Contains(left));
            }
            for (int block = 0; block < blocks.Count; block++)
            {
                Assert.True(blocks[block].Length >= 2);
                Assert.Equal(blocks[block].ToArray().Order(), blocks[block].ToArray());
            }
        }
    });

    [Fact]
    public void One_rule_can_be_visited_alone() => Law.Holds(random =>
    {
        World world = World.Create(random);
        CandidatePairs candidates = world.Build(threads: 1);
        for (int rule = 0; rule < world.Rules.Length; rule++)
        {
            var visitor = new Collector([]);
            candidates.VisitRule(rule, ref visitor);
            Assert.Equal(
                ReferenceBlocking.Pairs([world.KeysOf(rule)], [world.Rules[rule].MaxBlockSize], world.Filter.Allows).Order(),
                visitor.Pairs.Order());
        }
    });

    [Fact]
    public void Order_of_records_and_rules_and_threads_do_not_matter() => Law.Holds(random =>
    {
        World world = World.Create(random);
        World shuffled = world.Shuffle(random);
        Assert.Equal(KeysOf(world, Collect(world.Build(threads: 1))), KeysOf(shuffled, Collect(shuffled.Build(threads: 3))));
    });

    [Fact]
    public void Large_blocks_are_cut_into_chunks_that_make_every_pair()
    {
        string?[] values = [.. Enumerable.Range(0, 2100).Select(i => $"v{i % 3}")];
        FieldTable table = TestTable.Of(("a", values));
        CandidatePairs candidates = CandidatePairs.Build(
            table, [new BlockingRule { Keys = ["a"] }], new PairFilter(table.Keys, false, []), new Workers(1, CancellationToken.None));
        Assert.Equal(3, candidates.ChunkCount);
        var counter = default(Counter);
        long visited = Enumerable.Range(0, 3).Sum(chunk => candidates.Visit(chunk, ref counter));
        Assert.Equal(3 * 700 * 699 / 2, visited);
        Assert.Equal(visited, counter.Pairs);
    }

    [Fact]
    public void Nothing_makes_no_pairs()
    {
        FieldTable table = TestTable.Of(("a", []));
        var filter = new PairFilter(table.Keys, false, []);
        var workers = new Workers(1, CancellationToken.None);
        Assert.Equal(0, CandidatePairs.Build(table, [new BlockingRule { Keys = ["a"] }], filter, workers).ChunkCount);
        Assert.Equal(0, CandidatePairs.Build(TestTable.Of(("a", ["x", "x"])), [], filter, workers).ChunkCount);
    }

    private static List<(int Left, int Right)> Collect(CandidatePairs candidates)
    {
        var visitor = new Collector([]);
        long visited = 0;
        for (int chunk = 0; chunk < candidates.ChunkCount; chunk++)
        {
            visited += candidates.Visit(chunk, ref visitor);
        }
        Assert.Equal(visitor.Pairs.Count, visited);
        return visitor.Pairs;
    }

    private static string[] KeysOf(World world, List<(int Left, int Right)> pairs) => [.. pairs
        .Select(pair => string.Join(' ', new[] { world.Table.Keys.Key(pair.Left).ToString(), world.Table.Keys.Key(pair.Right).ToString() }.Order(StringComparer.Ordinal)))
        .Order(StringComparer.Ordinal)];

    private readonly record struct Collector(List<(int Left, int Right)> Pairs) : CandidatePairs.IPairVisitor
    {
        public void Visit(int left, int right) => Pairs.Add((left, right));
    }

    private struct Counter : CandidatePairs.IPairVisitor
    {
        public long Pairs { get; private set; }

        public void Visit(int left, int right) => Pairs++;
    }

    // Records with few distinct values, so that blocks of all sizes occur; rules of one to four keys.
    private sealed record World((string Source, string Id)[] Keys, string?[][] Values, BlockingRule[] Rules, bool LinkOnly)
    {
        private FieldTable? _table;

        public int Count => Keys.Length;

        public FieldTable Table => _table ??= TestTable.Create(TestTable.Keys(Keys), Names.Select((name, column) => (name, Values[column])), shared: false);

        public PairFilter Filter => new(Table.Keys, LinkOnly, []);

        public static World Create(Random random)
        {
            int count = random.Next(1, 40);
            return new World(
                [.. Enumerable.Range(0, count).Select(i => (Sources[random.Next(2)], TestTable.Id(i)))],
                [.. Names.Select(_ => Column(random, count, random.Next(1, 8)))],
                [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => new BlockingRule
                {
                    Keys = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => Names[random.Next(4)] + (random.Next(3) == 0 ? ".prefix:1" : ""))],
                    MaxBlockSize = random.Next(2, 12),
                })],
                random.Next(3) == 0);
        }

        public CandidatePairs Build(int threads) => CandidatePairs.Build(Table, Rules, Filter, new Workers(threads, CancellationToken.None));

        public string?[] KeysOf(int rule) => [.. Enumerable.Range(0, Count).Select(record => KeyOf(Rules[rule], record))];

        public HashSet<(int Left, int Right)> Expected() => ReferenceBlocking.Pairs(
            [.. Enumerable.Range(0, Rules.Length).Select(KeysOf)], [.. Rules.Select(rule => rule.MaxBlockSize)], Filter.Allows);

        public World Shuffle(Random random)
        {
            int[] order = [.. Enumerable.Range(0, Count)];
            random.Shuffle(order);
            BlockingRule[] rules = [.. Rules];
            random.Shuffle(rules);
            return new World([.. order.Select(i => Keys[i])], [.. Values.Select(column => order.Select(i => column[i]).ToArray())], rules, LinkOnly);
        }

        private static string?[] Column(Random random, int count, int distinct) =>
            [.. Enumerable.Range(0, count).Select(_ => random.Next(6) == 0 ? null : $"{(char)('p' + random.Next(3))}{random.Next(distinct)}")];

        private string? KeyOf(BlockingRule rule, int record)
        {
            string?[] parts = [.. rule.Keys.Select(key =>
            {
                string? value = Values[Array.IndexOf(Names, key[..1])][record];
                return key.Length > 1 ? value?[..1] : value;
            })];
            return parts.Contains(null) ? null : string.Join('/', parts);
        }
    }
}
