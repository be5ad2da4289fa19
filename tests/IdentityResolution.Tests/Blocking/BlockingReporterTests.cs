using IdentityResolution.Blocking;
using IdentityResolution.Fields;
using IdentityResolution.Internals;

namespace IdentityResolution.Tests.Blocking;

public class BlockingReporterTests
{
    private static readonly Workers OneThread = new(1, CancellationToken.None);

    [Fact]
    public void Counts_equal_those_of_looking_at_every_pair() => Law.Holds(random =>
    {
        int records = random.Next(2, 40);
        string?[][] values = [.. Enumerable.Range(0, 2).Select(_ => Enumerable.Range(0, records)
            .Select(_ => random.Next(6) == 0 ? null : $"{(char)('a' + random.Next(3))}x {(char)('a' + random.Next(3))}y").ToArray())];
        int[] person = [.. Enumerable.Range(0, records).Select(_ => random.Next(records / 2 + 1))];
        FieldTable table = TestTable.Of(("a", values[0]), ("b", values[1]));
        var truth = new Dictionary<RecordKey, string>();
        for (int record = 0; record < records; record++)
        {
            truth.Add(table.Keys.Key(record), $"p{person[record]}");
        }
        IdentityModel model = Model(random.Next(2, 12), ["a"], ["b.initial"], ["a.words"]);
        BlockingReport report = Report(model, table, new BlockingReportOptions { Truth = truth });

        bool[] Rules(int left, int right) => [.. model.BlockingRules.Select((rule, i) => Shares(i, rule.MaxBlockSize, values, left, right))];
        var pairs = new long[3];
        var marginal = new long[3];
        var trueMarginal = new long[3];
        long truePairs = 0;
        for (int left = 0; left < records; left++)
        {
            for (int right = left + 1; right < records; right++)
            {
                bool[] rules = Rules(left, right);
                bool isMatch = person[left] == person[right];
                truePairs += isMatch ? 1 : 0;
                int first = Array.IndexOf(rules, true);
                for (int rule = 0; rule < 3; rule++)
                {
                    pairs[rule] += rules[rule] ? 1 : 0;
                    marginal[rule] += rule == first ? 1 : 0;
                    trueMarginal[rule] += rule == first && isMatch ? 1 : 0;
                }
            }
        }
        Assert.Equal(pairs, report.Rules.Select(rule => rule.Pairs));
        Assert.Equal(marginal, report.Rules.Select(rule => rule.MarginalPairs));
        Assert.Equal(trueMarginal, report.Rules.Select(rule => rule.MarginalTruePairs!.Value));
        Assert.Equal((truePairs, marginal.Sum()), (report.TruePairs, report.CandidatePairs));
        Assert.Null(report.EstimatedPairCompleteness);
    });

    [Fact]
    public void The_largest_blocks_are_shown_with_values_only_when_asked_for()
    {
        FieldTable table = TestTable.Of(
            ("name", ["ann lee", "lee ann", "ann ray", "bob", "bob", null]),
            ("city", ["rome", "rome", "rome", "rome", "oslo", "oslo"]));
        IdentityModel model = Model(3, ["city.prefix:2"], ["name.words"]);
        BlockingReport silent = Report(model, table, new BlockingReportOptions { LargestBlocks = 1 });
        Assert.All(silent.Rules, rule => Assert.All(rule.LargestBlocks, block => Assert.Null(block.Values)));
        BlockingReport report = Report(model, table, new BlockingReportOptions { LargestBlocks = 1, ShowValues = true });
        LargeBlock city = Assert.Single(report.Rules[0].LargestBlocks);
        Assert.Equal((4, 6, true, "ro"), (city.Records, city.Pairs, city.IsOversized, city.Values!.Single()));
        Assert.Equal((1, 4, 1), (report.Rules[0].OversizedBlocks, report.Rules[0].OversizedRecords, report.Rules[0].Pairs));
        LargeBlock word = Assert.Single(report.Rules[1].LargestBlocks);
        Assert.Equal((3, 3, false, "ann"), (word.Records, word.Pairs, word.IsOversized, word.Values!.Single()));
    }

    [Fact]
    public void Records_of_the_truth_are_recognized_by_id_alone_where_it_names_no_source()
    {
        FieldTable table = TestTable.Of(("name", ["x", "x", "y"]));
        var truth = new Dictionary<RecordKey, string>
        {
            [new RecordKey("", "r0000")] = "p",
            [new RecordKey("", "r0001")] = "p",
            [new RecordKey("", "r0009")] = "p",
        };
        BlockingReport report = Report(Model(10, ["name"]), table, new BlockingReportOptions { Truth = truth });
        Assert.Equal((1L, 1.0, 1L), (report.TruePairs, report.PairCompleteness, report.TruthOnly));

        FieldTable repeated = TestTable.Create(TestTable.Keys(("a", "1"), ("b", "1")), [("name", ["x", "x"])], shared: false);
        Assert.Throws<ArgumentException>(() => Report(Model(10, ["name"]), repeated, new BlockingReportOptions { Truth = truth }));
    }

    private static BlockingReport Report(IdentityModel model, FieldTable table, BlockingReportOptions options)
    {
        var candidates = CandidatePairs.Build(table, model.BlockingRules, new PairFilter(table.Keys, linkOnly: false, []), OneThread);
        return BlockingReporter.Count(model, table, candidates, options, OneThread);
    }

    private static IdentityModel Model(int maxBlockSize, params string[][] rules) => new()
    {
        Fields = [new Field { Name = "a" }, new Field { Name = "b" }, new Field { Name = "name" }, new Field { Name = "city" }],
        BlockingRules = [.. rules.Select(keys => new BlockingRule { Keys = keys, MaxBlockSize = maxBlockSize })],
    };

    // By the book: two records share a block when they share a key that no more records than allowed have.
    private static bool Shares(int rule, int limit, string?[][] values, int left, int right) =>
        Keys(rule, values, left).Intersect(Keys(rule, values, right), StringComparer.Ordinal)
            .Any(key => Enumerable.Range(0, values[0].Length).Count(record => Keys(rule, values, record).Contains(key, StringComparer.Ordinal)) <= limit);

    private static string[] Keys(int rule, string?[][] values, int record) => (rule, values[rule == 1 ? 1 : 0][record]) switch
    {
        (_, null) => [],
        (0, var value) => [value],
        (1, var value) => [value[..1]],
        (_, var value) => value.Split(' '),
    };
}
