using IdentityResolution.Blocking;
using IdentityResolution.Fields;
using IdentityResolution.Internals;
using IdentityResolution.Matching;
using IdentityResolution.Training;

namespace IdentityResolution.Tests.Training;

public class CoincidenceTests
{
    private static readonly Workers OneThread = new(1, CancellationToken.None);

    [Fact]
    public void Few_records_are_paired_with_all_others_each_pair_once() => Law.Holds(
        random =>
        {
            World world = World.Create(random, random.Next(0, 40));
            long[][] counts = RandomPairs.CountLevels(world.Compiled, world.Table.Keys.Hashes(OneThread), world.Filter, seed: (ulong)random.Next(), OneThread);
            long[][] expected = world.CountAllPairs();
            Assert.Equal(expected.Length, counts.Length);
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.Equal(expected[i], counts[i]);
            }
        });

    [Fact]
    public void Many_records_are_sampled_the_same_whatever_their_order_and_the_threads()
    {
        var random = new Random(2);
        World world = World.Create(random, 1600);
        World shuffled = world.Shuffle(random);
        long[][] counts = RandomPairs.CountLevels(world.Compiled, world.Table.Keys.Hashes(OneThread), world.Filter, seed: 7, OneThread);
        long[][] others = RandomPairs.CountLevels(shuffled.Compiled, shuffled.Table.Keys.Hashes(OneThread), shuffled.Filter, seed: 7, new Workers(3, CancellationToken.None));
        long[][] another = RandomPairs.CountLevels(world.Compiled, world.Table.Keys.Hashes(OneThread), world.Filter, seed: 8, OneThread);
        Assert.Equal(counts.Select(levels => string.Join(' ', levels)), others.Select(levels => string.Join(' ', levels)));
        Assert.NotEqual(counts.Select(levels => string.Join(' ', levels)), another.Select(levels => string.Join(' ', levels)));
        long[][] all = world.CountAllPairs();
        for (int level = 0; level < 3; level++)
        {
            Assert.Equal((double)all[0][level] / all[0].Sum(), (double)counts[0][level] / counts[0].Sum(), 0.005);
        }
    }

    [Fact]
    public void Present_and_equal_pairs_are_counted_in_closed_form() => Law.Holds(random =>
    {
        World world = World.Create(random, random.Next(2, 40));
        long[][] levels = world.CountAllPairs();
        Coincidence coincidence = Coincidence.Count(world.Compiled, [.. world.Compiled.Comparisons.Select(comparison => comparison.Column.CountValues())], world.Table.Keys, world.Filter, levels, OneThread);
        for (int i = 0; i < levels.Length; i++)
        {
            Assert.Equal(levels[i].Sum(), coincidence.PresentPairs[i]);
            Assert.Equal(world.CountEqualPairs(i), coincidence.EqualPairs[i]);
            Assert.Equal(1, coincidence.LevelShares[i].Sum(), 9);
            Assert.All(coincidence.LevelShares[i], share => Assert.InRange(share, 0, 1));
        }
    });

    [Fact]
    public void Without_matches_u_is_what_strangers_do()
    {
        // 1,000 pairs, of them 100 matches that are all equal, and 90 strangers that are equal too.
        var coincidence = new Coincidence([1000], [190], [[0.19, 0.81]]);
        double[] u = coincidence.WithoutMatches([[1, 0]], matches: 100, possiblePairs: 1000)[0];
        Assert.Equal(0.1, u[0], 9);
        Assert.Equal(0.9, u[1], 9);
        // More matches than equal pairs can't be: a tenth stays coincidence.
        double[] least = coincidence.WithoutMatches([[1, 0]], matches: 500, possiblePairs: 1000)[0];
        Assert.Equal(19 / (19.0 + 810), least[0], 9);
        Assert.Equal(1, least.Sum(), 9);
    }

    [Fact]
    public void Where_matches_have_a_value_more_often_more_agreement_is_theirs_and_an_error_of_the_count_stays()
    {
        // 1,000 pairs have the value, 190 are equal; of 100,000 pairs 100 match, and all of these have the value.
        var coincidence = new Coincidence([1000], [190], [[0.19, 0.81]]);
        Assert.Equal([0.01], coincidence.PresentShares(100_000));
        Assert.Equal(189 / 999.0, coincidence.WithoutMatches([[1, 0]], matches: 100, possiblePairs: 100_000)[0][0], 9);
        Assert.Equal(0.1, coincidence.WithoutMatches([[1, 0]], matches: 100, possiblePairs: 100_000, present: [1])[0][0], 9);
        Assert.Equal(95 / 905.0, coincidence.WithoutMatches([[1, 0]], matches: 100, possiblePairs: 100_000, present: [1], standardErrors: 0.5)[0][0], 9);
    }

    [Fact]
    public void Sessions_count_the_pairs_of_their_rule() => Law.Holds(
        random =>
        {
            World world = World.Create(random, random.Next(2, 40));
            IdentityModel model = world.Model;
            CandidatePairs candidates = CandidatePairs.Build(world.Table, model.BlockingRules, world.Filter, OneThread);
            BlockSession[] sessions = BlockSession.Collect(model, world.Compiled, candidates, world.Table.Keys.Hashes(OneThread), 1, OneThread);
            for (int rule = 0; rule < sessions.Length; rule++)
            {
                int number = rule;
                long pairs = world.Pairs().Count(pair => candidates.Rules[number].Share(pair.Left, pair.Right));
                Assert.Equal((pairs, pairs, rule), (sessions[rule].AllPairs, sessions[rule].SampledPairs, sessions[rule].Rule));
                Assert.Equal(pairs, sessions[rule].Patterns.Sum(pattern => pattern.Count));
                Assert.All(sessions[rule].Patterns, pattern => Assert.True(pattern.HasRule(number)));
                Assert.Equal(model.Comparisons.Select(comparison => model.BlockingRules[number].Keys[0].StartsWith(comparison.Field, StringComparison.Ordinal)), sessions[rule].Conditioned);
            }
        });

    private sealed record World((string Source, string Id)[] Ids, string?[][] Values, bool LinkOnly)
    {
        private static readonly string[] Names = ["a", "b"];
        private FieldTable? _table;

        public FieldTable Table => _table ??= TestTable.Create(TestTable.Keys(Ids), Names.Select((name, column) => (name, Values[column])), shared: false);

        public PairFilter Filter => new(Table.Keys, LinkOnly, []);

        public IdentityModel Model { get; } = new()
        {
            Fields = [.. Names.Select(name => new Field { Name = name })],
            BlockingRules = [new BlockingRule { Keys = ["a"] }, new BlockingRule { Keys = ["b.prefix:1"] }],
            Comparisons =
            [
                new Comparison { Field = "a", Levels = [new("exact"), new("osa <= 1"), new("else")] },
                new Comparison { Field = "b", Levels = [new("osa <= 1"), new("else")] },
            ],
        };

        public CompiledModel Compiled => new(Model, Table);

        public static World Create(Random random, int count) => new(
            [.. Enumerable.Range(0, count).Select(i => (random.Next(2) == 0 ? "crm" : "shop", TestTable.Id(i)))],
            [.. Names.Select(_ => Enumerable.Range(0, count).Select(_ => random.Next(5) == 0 ? null : $"{(char)('p' + random.Next(4))}{random.Next(4)}").ToArray())],
            random.Next(2) == 0);

        public World Shuffle(Random random)
        {
            int[] order = [.. Enumerable.Range(0, Ids.Length)];
            random.Shuffle(order);
            return new World([.. order.Select(i => Ids[i])], [.. Values.Select(column => order.Select(i => column[i]).ToArray())], LinkOnly);
        }

        public IEnumerable<(int Left, int Right)> Pairs()
        {
            PairFilter filter = Filter;
            return from left in Enumerable.Range(0, Ids.Length)
                   from right in Enumerable.Range(left + 1, Ids.Length - left - 1)
                   where filter.Allows(left, right)
                   select (left, right);
        }

        public long CountEqualPairs(int column) => Pairs().Count(pair => Values[column][pair.Left] is { } value && value == Values[column][pair.Right]);

        public long[][] CountAllPairs()
        {
            CompiledModel compiled = Compiled;
            var comparer = new PairComparer(compiled);
            long[][] counts = [.. compiled.Comparisons.Select(comparison => new long[comparison.LevelCount])];
            var levels = new byte[counts.Length];
            foreach ((int left, int right) in Pairs())
            {
                comparer.Compare(left, right, levels);
                for (int i = 0; i < levels.Length; i++)
                {
                    if (levels[i] != PairComparer.Missing)
                    {
                        counts[i][levels[i]]++;
                    }
                }
            }
            return counts;
        }
    }
}
