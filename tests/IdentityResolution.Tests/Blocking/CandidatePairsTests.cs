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
            int allowed = expected.Count(pair => candidates.Filter.Allows(pair.Item1, pair.Item2));
            Assert.InRange(blocks.CountPairs(candidates.Filter), allowed, world.IsSplit(rule) ? int.MaxValue : allowed);
            for (int left = 0; left < world.Count; left++)
            {
                for (int right = left + 1; right < world.Count; right++)
                {
                    Assert.Equal(expected.Contains((left, right)), blocks.Share(left, right));
                }
                foreach (int block in blocks.BlocksOf(left))
                {
                    Assert.Contains(left, blocks[block].ToArray());
                }
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
    public void The_largest_block_size_within_a_budget_keeps_the_pairs_within_it() => Law.Holds(random =>
    {
        World world = World.Create(random);
        int rule = random.Next(world.Rules.Length);
        int budget = random.Next(60);
        var everything = new PairFilter(world.Table.Keys, false, []);
        int largest = BlockIndex.Build(world.Table, world.Rules[rule].Keys, int.MaxValue).LargestSizeWithin(budget, everything);
        int[] sizes = ReferenceBlocking.Sizes(world.KeysOf(rule));
        Assert.InRange(sizes.Where(size => size <= largest).Sum(size => size * (size - 1) / 2), 0, budget);
        int next = sizes.Where(size => size > Math.Max(1, largest)).DefaultIfEmpty(0).Min();
        Assert.True(next == 0 || sizes.Where(size => size <= next).Sum(size => size * (size - 1) / 2) > budget);
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
    public void Pairs_counted_without_blocks_are_those_that_blocks_make() => Law.Holds(random =>
    {
        World world = World.Create(random);
        foreach (BlockingRule rule in world.Rules)
        {
            foreach (PairFilter filter in new[] { world.Filter, new PairFilter(world.Table.Keys, false, []) })
            {
                BlockIndex blocks = BlockIndex.Build(world.Table, rule.Keys, rule.MaxBlockSize);
                Assert.Equal(new BlockTally(blocks.CountPairs(filter), blocks.Oversized, blocks.Count), BlockTally.Count(world.Table, rule.Keys, rule.MaxBlockSize, filter));
            }
        }
    });

    [Fact]
    public void Pairs_of_divided_blocks_counted_without_blocks_are_those_that_blocks_make() => Law.Holds(random =>
    {
        int records = random.Next(1, 400);
        string?[] Values(int distinct) => [.. Enumerable.Range(0, records).Select(_ => random.Next(8) == 0 ? null : $"v{random.Next(distinct)}")];
        FieldTable table = TestTable.Of(("a", Values(random.Next(1, 30))), ("b", Values(3)), ("c", Values(random.Next(1, 5))), ("d", Values(20)));
        var filter = new PairFilter(table.Keys, false, []);
        string[] keys = random.Next(2) == 0 ? ["a"] : ["a", "b"];
        string[] divideBy = random.Next(3) switch { 0 => ["c"], 1 => ["c", "d"], _ => ["d", "c"] };
        int[] limits = [random.Next(2, 60), random.Next(2, 12), 2];
        BlockTally[] counted = BlockTally.CountDivided(table, keys, limits, filter, divideBy);
        Assert.Equal(limits.Select(limit => Tally(limit)), counted);

        BlockTally Tally(int limit)
        {
            BlockIndex blocks = BlockIndex.Build(table, keys, limit, divideBy);
            return new BlockTally(blocks.CountPairs(filter), blocks.Oversized, blocks.Count, blocks.Divided);
        }
    });

    [Fact]
    public void The_rules_of_a_pair_are_those_that_put_both_records_in_one_block() => Law.Holds(random =>
    {
        World world = World.Create(random);
        CandidatePairs candidates = world.Build(threads: 1);
        for (int left = 0; left < world.Count; left++)
        {
            for (int right = left + 1; right < world.Count; right++)
            {
                uint rules = candidates.RulesOf(left, right);
                Assert.All(candidates.Rules.Index(), rule => Assert.Equal(rule.Item.Share(left, right), ((rules >> rule.Index) & 1) != 0));
            }
        }
    });

    [Fact]
    public void Dividing_blocks_makes_the_pairs_of_further_rules_with_one_key_more_each() => Law.Holds(random =>
    {
        World world = World.Create(random);
        World divided = world with
        {
            Rules = [.. world.Rules.Select(rule => rule with { DivideBy = [.. Enumerable.Range(0, random.Next(3)).Select(_ => Names[random.Next(4)] + (random.Next(2) == 0 ? ".prefix:1" : ""))] })],
        };
        World steps = world with
        {
            Rules = [.. divided.Rules.SelectMany(rule => Enumerable.Range(0, rule.DivideBy.Count + 1)
                .Select(step => new BlockingRule { Keys = [.. rule.Keys, .. rule.DivideBy.Take(step)], MaxBlockSize = rule.MaxBlockSize }))],
        };
        CandidatePairs candidates = divided.Build(threads: 1);
        List<(int Left, int Right)> pairs = Collect(candidates);
        Assert.Equal(pairs.Count, pairs.Distinct().Count());
        Assert.Equal(steps.Expected().Order(), pairs.Order());
        for (int rule = 0; rule < world.Rules.Length; rule++)
        {
            (int blocks, long records, int largest) = ReferenceBlocking.Oversized(world.KeysOf(rule), world.Rules[rule].MaxBlockSize);
            var whole = new OversizedBlocks(blocks, records, largest);
            bool divides = divided.Rules[rule].DivideBy.Count > 0;
            Assert.Equal(divides ? whole : OversizedBlocks.None, candidates.Rules[rule].Divided);
            Assert.True(divides ? candidates.Rules[rule].Oversized.Records <= whole.Records : candidates.Rules[rule].Oversized == whole);
        }
    });

    [Fact]
    public void A_block_is_divided_only_when_it_is_over_the_limit()
    {
        FieldTable table = TestTable.Of(("a", ["x", "x", "x", "y", "y"]), ("b", ["1", "1", "2", "1", "2"]));
        BlockIndex blocks = BlockIndex.Build(table, ["a"], 2, "b");
        Assert.True(blocks.Share(0, 1));
        Assert.False(blocks.Share(1, 2));
        Assert.True(blocks.Share(3, 4));
        Assert.Equal((new OversizedBlocks(1, 3, 3), OversizedBlocks.None), (blocks.Divided, blocks.Oversized));
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
        public void Visit(ReadOnlySpan<(int Left, int Right)> pairs, ReadOnlySpan<int> records) => Pairs.AddRange(pairs);
    }

    private struct Counter : CandidatePairs.IPairVisitor
    {
        public long Pairs { get; private set; }

        public void Visit(ReadOnlySpan<(int Left, int Right)> pairs, ReadOnlySpan<int> records) => Pairs += pairs.Length;
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
                    Keys = RandomKeys(random),
                    MaxBlockSize = random.Next(2, 12),
                })],
                random.Next(3) == 0);
        }

        public CandidatePairs Build(int threads) => CandidatePairs.Build(Table, Rules, Filter, new Workers(threads, CancellationToken.None));

        public string[][] KeysOf(int rule) => [.. Enumerable.Range(0, Count).Select(record => KeysOf(Rules[rule], record))];

        public bool IsSplit(int rule) => Rules[rule].Keys.Any(key => key.Contains("words", StringComparison.Ordinal));

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

        // At most one key is split into words.
        private static string[] RandomKeys(Random random)
        {
            string[] keys = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => Names[random.Next(4)] + (random.Next(3) == 0 ? ".prefix:1" : ""))];
            if (random.Next(3) == 0)
            {
                keys[random.Next(keys.Length)] = Names[random.Next(4)] + (random.Next(2) == 0 ? ".words" : ".words.prefix:1");
            }
            return keys;
        }

        private static string?[] Column(Random random, int count, int distinct) => [.. Enumerable.Range(0, count).Select(_ => random.Next(6) == 0
            ? null
            : string.Join(' ', Enumerable.Range(0, random.Next(1, 4)).Select(_ => $"{(char)('p' + random.Next(3))}{random.Next(distinct)}")))];

        private string[] KeysOf(BlockingRule rule, int record)
        {
            IEnumerable<string> combined = [""];
            foreach (string key in rule.Keys)
            {
                string[] parts = PartsOf(key, Values[Array.IndexOf(Names, key[..1])][record]);
                combined = [.. combined.SelectMany(start => parts.Select(part => $"{start}/{part}"))];
            }
            return [.. combined.Distinct()];
        }

        private static string[] PartsOf(string key, string? value)
        {
            string[] words = value is null ? [] : key.Contains("words", StringComparison.Ordinal) ? value.Split(' ') : [value];
            return key.EndsWith("prefix:1", StringComparison.Ordinal) ? [.. words.Select(word => word[..1])] : words;
        }
    }
}
