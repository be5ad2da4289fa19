using IdentityResolution.Fields;
using IdentityResolution.Matching;
using IdentityResolution.Records;

namespace IdentityResolution.Tests.Matching;

public class PairComparerTests
{
    private static readonly string[] Fields = ["given", "surname", "birth", "note"];

    [Fact]
    public void A_weight_is_the_plain_sum_over_comparisons_whatever_the_floor() => Law.Holds(random =>
    {
        World world = World.Create(random);
        PairComparer comparer = world.Comparer();
        PlainPairWeight plain = world.Plain();
        for (int left = 0; left < world.Count; left++)
        {
            for (int right = 0; right < world.Count; right++)
            {
                int weight = comparer.Weigh(left, right, int.MinValue);
                Assert.Equal(plain.Weigh(left, right), weight);
                Assert.Equal(weight, comparer.Weigh(left, right, weight));
                Assert.Equal(int.MinValue, comparer.Weigh(left, right, weight + 1));
                int floor = random.Next(-60_000, 60_000);
                Assert.Equal(weight >= floor ? weight : int.MinValue, comparer.Weigh(left, right, floor));
            }
        }
    });

    [Fact]
    public void A_weight_is_the_same_from_both_sides() => Law.Holds(
        random =>
        {
            World world = World.Create(random);
            PairComparer comparer = world.Comparer();
            for (int left = 0; left < world.Count; left++)
            {
                for (int right = 0; right < left; right++)
                {
                    Assert.Equal(comparer.Weigh(left, right, int.MinValue), comparer.Weigh(right, left, int.MinValue));
                }
            }
        },
        tests: 500);

    [Fact]
    public void Levels_are_those_of_the_plain_twin_from_both_sides() => Law.Holds(random =>
    {
        World world = World.Create(random);
        PairComparer comparer = world.Comparer();
        PlainPairWeight plain = world.Plain();
        var levels = new byte[world.Model.Comparisons.Count];
        for (int left = 0; left < world.Count; left++)
        {
            for (int right = 0; right < world.Count; right++)
            {
                (int?[] expected, bool[] swapped) = plain.Compare(left, right);
                uint swaps = comparer.Compare(left, right, levels);
                Assert.Equal(expected.Select(level => (byte)(level ?? PairComparer.Missing)), levels);
                Assert.Equal(swapped.Length > 0 && swapped[0] ? 1u : 0u, swaps);
            }
        }
    });

    [Theory]
    [InlineData("anna", "smith", "anna", "smith", false, 8000)] // equal straight
    [InlineData("anna", "smith", "smith", "anna", true, 8000 - 5644)] // equal crosswise, for the price of a swap
    [InlineData("anna", "smith", "smyth", "anna", true, 4000 + 2000 - 5644)] // equal and close crosswise
    [InlineData("anna", "smith", "smyth", "annas", false, -4000)] // close and close crosswise is not enough
    [InlineData("anna", "smith", "smith", "jones", false, -4000)] // only one agrees crosswise
    [InlineData("anna", "smith", "anna", "jones", false, 2000)] // one agrees straight
    [InlineData("anna", null, null, "anna", true, 0)] // one value each, in each other's place: its agreement is not worth the price
    [InlineData("anna", null, null, "jones", false, 0)] // nothing to compare
    public void Swapped_values_are_compared_crosswise(string? given, string? surname, string? otherGiven, string? otherSurname, bool swapped, int weight)
    {
        ComparisonLevel[] levels = [new("exact", 0.8, 0.05), new("osa <= 1", 0.4, 0.1), new("else", 0.1, 0.4)];
        var model = new IdentityModel
        {
            Fields = [new Field { Name = "given" }, new Field { Name = "surname" }],
            Comparisons = [new Comparison { Field = "given", Levels = levels }, new Comparison { Field = "surname", Levels = levels }],
            Swaps = [new FieldSwap("given", "surname")],
            PriorMatchProbability = 0.5,
        };
        FieldTable table = TestTable.Create(
            TestTable.Keys(("s", "a"), ("s", "b")), [("given", [given, otherGiven]), ("surname", [surname, otherSurname])], shared: true);
        var comparer = new PairComparer(new CompiledModel(model, table));
        Assert.Equal(swapped ? 1u : 0u, comparer.Compare(0, 1, new byte[2]));
        Assert.Equal(weight, comparer.Weigh(0, 1, int.MinValue));
        Assert.Equal(weight, comparer.Weigh(1, 0, int.MinValue));
    }

    [Fact]
    public void Where_both_crosswise_readings_weigh_the_same_against_coincidence_kinship_decides_from_both_sides()
    {
        // Against coincidence exact weighs 4000 and close 2000 in both fields; against kinship the fields differ.
        ComparisonLevel[] given = [new("exact", 0.8, 0.05, 0.8), new("osa <= 1", 0.4, 0.1, 0.1), new("else", 0.1, 0.4, 0.1)];
        ComparisonLevel[] surname = [new("exact", 0.8, 0.05, 0.1), new("osa <= 1", 0.4, 0.1, 0.4), new("else", 0.1, 0.4, 0.1)];
        var model = new IdentityModel
        {
            Fields = [new Field { Name = "given" }, new Field { Name = "surname" }],
            Comparisons = [new Comparison { Field = "given", Levels = given }, new Comparison { Field = "surname", Levels = surname }],
            Swaps = [new FieldSwap("given", "surname")],
            PriorMatchProbability = 0.5,
            PriorRelatedProbability = 0.5,
        };
        FieldTable table = TestTable.Create(
            TestTable.Keys(("s", "a"), ("s", "b")), [("given", ["anna", "smyth"]), ("surname", ["smith", "anna"])], shared: true);
        var comparer = new PairComparer(new CompiledModel(model, table));
        Assert.Equal(2000 + 3000 - 5644, comparer.Weigh(0, 1, int.MinValue));
        Assert.Equal(2000 + 3000 - 5644, comparer.Weigh(1, 0, int.MinValue));
    }

    [Fact]
    public void Agreement_on_a_rare_value_weighs_more_than_on_a_common_one()
    {
        var frequencies = new TermFrequencyTable(0.001, new Dictionary<string, double>(StringComparer.Ordinal) { ["smith"] = 0.125, ["unseen"] = 0.5 });
        var model = new IdentityModel
        {
            Fields = [new Field { Name = "surname" }],
            Comparisons = [new Comparison { Field = "surname", Levels = [new("exact", 0.5, 0.01), new("else", 0.5, 0.99)], TermFrequencies = frequencies }],
            PriorMatchProbability = 0.5,
        };
        FieldTable table = TestTable.Of(("surname", ["smith", "smith", "zuckerkandl", "zuckerkandl"]));
        var comparer = new PairComparer(new CompiledModel(model, table));
        Assert.Equal(2000, comparer.Weigh(0, 1, int.MinValue));
        Assert.Equal(MatchWeights.FromRatio(0.5, 0.001), comparer.Weigh(2, 3, int.MinValue));
        Assert.Equal(MatchWeights.FromRatio(0.5, 0.99), comparer.Weigh(1, 2, int.MinValue));
    }

    [Fact]
    public void Whoever_agrees_only_on_what_households_share_weighs_little()
    {
        var model = new IdentityModel
        {
            Fields = [new Field { Name = "street" }],
            Comparisons = [new Comparison { Field = "street", Levels = [new("exact", 0.8, 0.0001, 0.8), new("else", 0.2, 0.9999, 0.2)] }],
            PriorMatchProbability = 0.001,
            PriorRelatedProbability = 0.004,
        };
        FieldTable table = TestTable.Of(("street", ["high street 1", "high street 1"]));
        Assert.Equal(-2000, new PairComparer(new CompiledModel(model, table)).Weigh(0, 1, int.MinValue));
        Assert.True(new PairComparer(new CompiledModel(model with { PriorRelatedProbability = null }, table)).Weigh(0, 1, int.MinValue) > 2000);
    }

    [Fact]
    public void Many_more_pairs_of_values_than_the_cache_holds_weigh_the_same()
    {
        string[] values = [.. Enumerable.Range(0, 160).Select(i => $"v{i * 7919 % 1000:D3}")];
        var model = new IdentityModel
        {
            Fields = [new Field { Name = "f" }],
            Comparisons = [new Comparison { Field = "f", Levels = [new("exact", 0.8, 0.1), new("osa <= 1", 0.5, 0.2), new("osa <= 2", 0.3, 0.3), new("else", 0.1, 0.6)] }],
        };
        FieldTable table = TestTable.Of(("f", values));
        var comparer = new PairComparer(new CompiledModel(model, table));
        var plain = new PlainPairWeight(model, (_, record) => values[record]);
        for (int round = 0; round < 2; round++)
        {
            for (int left = 0; left < values.Length; left++)
            {
                for (int right = left + 1; right < values.Length; right += 1 + (left % 5))
                {
                    Assert.Equal(plain.Weigh(left, right), comparer.Weigh(left, right, int.MinValue));
                }
            }
        }
    }

    // A few records over few values, so that equal, close and crosswise values are common, under a random trained model.
    private sealed record World(IdentityModel Model, Dictionary<string, string?[]> Values)
    {
        public int Count => Values[Fields[0]].Length;

        public static World Create(Random random)
        {
            bool related = random.Next(2) == 0;
            int count = random.Next(2, 7);
            var values = Fields.ToDictionary(
                name => name,
                name => Enumerable.Range(0, count).Select(_ => random.Next(6) == 0 ? null : name is "birth" or "note" ? RandomValues.Any(random) : RandomValues.Name(random)).ToArray(),
                StringComparer.Ordinal);
            var model = new IdentityModel
            {
                Fields = [.. Fields.Select(name => new Field { Name = name })],
                Comparisons = [.. Fields.Where(_ => random.Next(5) > 0).Select(name => Compare(random, name, related))],
                Swaps = random.Next(4) > 0 ? [new FieldSwap("given", "surname", 0.001 + (random.NextDouble() * 0.4))] : [],
                PriorMatchProbability = 0.001 + (random.NextDouble() * 0.5),
                PriorRelatedProbability = related ? 0.001 + (random.NextDouble() * 0.5) : null,
            };
            return new World(model, values);
        }

        public PairComparer Comparer()
        {
            RecordKeyIndex keys = TestTable.Keys([.. Enumerable.Range(0, Count).Select(i => ("s", TestTable.Id(i)))]);
            return new PairComparer(new CompiledModel(Model, TestTable.Create(keys, Values.Select(item => (item.Key, item.Value)), shared: true)));
        }

        public PlainPairWeight Plain() => new(Model, (name, record) => Values[name][record]);

        private static Comparison Compare(Random random, string name, bool related)
        {
            string[][] choices =
            [
                ["exact", "nickname", "jaro_winkler >= 0.9", "initial", "else"],
                ["exact", "osa <= 1", "contained", "else"],
                ["osa <= 1", "exact", "else"],
                ["same initial", "else"],
                ["exact", "else"],
            ];
            return new Comparison
            {
                Field = name,
                Levels = [.. choices[random.Next(choices.Length)].Select(when => new ComparisonLevel(when, P(random), P(random), related ? P(random) : null))],
                TermFrequencies = random.Next(2) == 0
                    ? new TermFrequencyTable(P(random), Enumerable.Range(0, 4).Select(_ => RandomValues.Name(random)).Distinct(StringComparer.Ordinal)
                        .ToDictionary(value => value, _ => P(random), StringComparer.Ordinal))
                    : null,
            };
        }

        // Few different numbers, so that ties are common.
        private static double P(Random random) => random.Next(1, 9) / 8.0;
    }
}
