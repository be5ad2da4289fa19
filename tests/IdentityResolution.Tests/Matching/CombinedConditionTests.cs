using IdentityResolution.Fields;
using IdentityResolution.Matching;
using IdentityResolution.Records;

namespace IdentityResolution.Tests.Matching;

public class CombinedConditionTests
{
    private static readonly string[] Fields = ["given", "surname", "email"];

    private static readonly string[] Conditions =
    [
        "exact and given: exact", "exact or given: exact", "swapped with given", "equals given", "within email", "given: within email",
        "initial and same metaphone", "(exact or jaro_winkler >= 0.8) and (given: initial or given: nickname)", "jaro >= 0.5 and email: same local or swapped with given",
    ];

    [Fact]
    public void A_comparison_of_several_fields_weighs_as_its_plain_twin_whatever_the_floor() => Law.Holds(random =>
    {
        World world = new(random);
        var comparer = new PairComparer(new CompiledModel(world.Model, world.Table));
        var levels = new byte[world.Model.Comparisons.Count];
        for (int left = 0; left < World.Count; left++)
        {
            for (int right = 0; right < World.Count; right++)
            {
                int expected = world.Weigh(left, right);
                comparer.Compare(left, right, levels);
                Assert.Equal(world.Levels(left, right).Select(level => (byte)(level ?? PairComparer.Missing)), levels);
                int weight = comparer.Weigh(left, right, int.MinValue);
                Assert.Equal(expected, weight);
                Assert.Equal(weight, comparer.Weigh(right, left, int.MinValue));
                Assert.Equal(weight, comparer.Weigh(left, right, weight));
                Assert.Equal(int.MinValue, comparer.Weigh(left, right, weight + 1));
            }
        }
    }, tests: 60);

    [Theory]
    [InlineData("swapped with given", "lee", "anna", "anna", "lee", true)]
    [InlineData("swapped with given", "lee", "anna", "anna", "kim", false)]
    [InlineData("equals given", "lee", "anna", "anna", "kim", true)]
    [InlineData("equals given", "lee", null, "kim", null, false)]
    [InlineData("given: exact and osa <= 1", "smith", "anna", "smyth", "anna", true)]
    [InlineData("given: exact and osa <= 1", "smith", "anna", "smyth", null, false)]
    [InlineData("given: exact or osa <= 1", "smith", null, "smyth", "anna", true)]
    public void A_level_looks_at_two_columns(string condition, string surname, string? given, string otherSurname, string? otherGiven, bool holds)
    {
        FieldTable table = TestTable.Of(("surname", [surname, otherSurname]), ("given", [given, otherGiven]));
        Assert.Equal(holds ? 0 : 1, Level(condition, table));
    }

    [Theory]
    [InlineData("jones", "ann.smith@x.org", "smith", "bob@y.org", true)]
    [InlineData("jones", "bob@y.org", "smith", "ann_jones1@x.org", true)]
    [InlineData("van der berg", "bob@y.org", "smith", "vanderberg@x.org", true)]
    [InlineData("jones", "jones@y.org", "smith", "smith@x.org", false)]
    [InlineData("jones", "bob@y.org", "smith", "ann@jones.org", false)]
    [InlineData("li", "bob@y.org", "smith", "elisa@x.org", false)]
    [InlineData("jones", null, "smith", "ann@x.org", false)]
    public void A_name_stands_within_the_local_part_of_the_others_address(string surname, string? email, string otherSurname, string? otherEmail, bool holds)
    {
        FieldTable table = TestTable.Of(("surname", [surname, otherSurname]), ("email", [email, otherEmail]));
        Assert.Equal(holds ? 0 : 1, Level("within email", table));
    }

    [Theory]
    [InlineData("common >= 2", "a b", "b a c", true)]
    [InlineData("common >= 2", "a b", "b c", false)]
    [InlineData("common >= 1", "a", "a", true)]
    [InlineData("common >= 2", "a", "a", false)]
    [InlineData("common_share >= 0.66", "a b", "a b c", true)]
    [InlineData("common_share >= 0.67", "a b", "a b c", false)]
    [InlineData("common >= 2 and jaro >= 1", "a b", "b a c", true)]
    [InlineData("common >= 2 or exact", "a b", "b c", true)]
    public void Values_in_common_are_counted(string condition, string left, string right, bool holds)
    {
        var values = new ValueDictionary();
        var sets = new ValueSets(values);
        int[] codes = [.. new[] { left, right }.Select(text => sets.GetOrAdd([.. text.Split(' ').Select(value => values.GetOrAdd(System.Text.Encoding.UTF8.GetBytes(value)))]))];
        var table = new FieldTable(TestTable.Keys(("s", "a"), ("s", "b")), [new FieldColumn("surname", values, codes) { Sets = sets }]);
        Assert.Equal(holds ? 0 : 1, Level(condition, table));
    }

    [Fact]
    public void A_comparison_of_several_fields_has_no_screen_and_counts_for_its_maximum()
    {
        FieldTable table = TestTable.Of(("surname", ["lee", "kim"]), ("given", ["ann", "bob"]));
        var comparison = new CompiledComparison(
            new Comparison { Field = "surname", Levels = [new("exact", 0.8, 0.05), new("given: exact", 0.1, 0.2), new("else", 0.1, 0.75)] }, table);
        Assert.Null(comparison.Screen);
        Assert.Equal(comparison.MaxWeight, new WeightStep(0, comparison).Most);
    }

    [Theory]
    [InlineData("levels[0].when", "nobody: exact", "'nobody' is no field; fields are given, surname.")]
    [InlineData("levels[0].when", "equals surname", "'equals surname' must name another field than the one it looks at.")]
    [InlineData("levels[0].when", "given: grams >= 0.5", "'given: grams >= 0.5' looks at another field; 'grams' only knows how common the triples of 'surname' are.")]
    public void What_is_wrong_is_told_with_its_path(string path, string condition, string message)
    {
        InvalidModelException error = Assert.Throws<InvalidModelException>(() => IdentityModel.Parse($$"""
            { "version": 1, "fields": [{ "name": "given" }, { "name": "surname" }], "blockingRules": [{ "keys": ["given"] }],
              "comparisons": [{ "field": "surname", "levels": [{ "when": "{{condition}}" }, { "when": "else" }] }] }
            """));
        Assert.Contains(new ModelError($"comparisons[0].{path}", message), error.Errors);
    }

    [Fact]
    public void A_field_that_is_compared_together_with_others_is_not_swapped()
    {
        InvalidModelException error = Assert.Throws<InvalidModelException>(() => IdentityModel.Parse("""
            { "version": 1, "fields": [{ "name": "given" }, { "name": "surname" }], "blockingRules": [{ "keys": ["given"] }],
              "swaps": [{ "first": "given", "second": "surname" }],
              "comparisons": [{ "field": "surname", "levels": [{ "when": "swapped with given" }, { "when": "else" }] }] }
            """));
        Assert.Equal("swaps[0].second", Assert.Single(error.Errors).Path);
    }

    private static byte Level(string condition, FieldTable table)
    {
        var model = new IdentityModel
        {
            Fields = [new Field { Name = "surname" }],
            Comparisons = [new Comparison { Field = "surname", Levels = [new(condition, 0.5, 0.5), new("else", 0.5, 0.5)] }],
        };
        var comparer = new PairComparer(new CompiledModel(model, table));
        var levels = new byte[1];
        comparer.Compare(0, 1, levels);
        byte level = levels[0];
        comparer.Compare(1, 0, levels);
        Assert.Equal(level, levels[0]);
        return level;
    }

    private sealed class World
    {
        public const int Count = 7;
        private readonly Dictionary<string, string?[]> _values;

        public World(Random random)
        {
            _values = Fields.ToDictionary(
                field => field,
                field => Enumerable.Range(0, Count).Select(_ => random.Next(7) == 0 ? null : field == "email" ? $"{RandomValues.Name(random)}@{RandomValues.Name(random)}" : RandomValues.Name(random)).ToArray(),
                StringComparer.Ordinal);
            bool related = random.Next(2) == 0;
            string[] own = [.. Conditions.Where(_ => random.Next(3) == 0)];
            string[] surname = random.Next(3) > 0 ? ["exact", .. own, "else"] : [.. own, "exact", "else"];
            Model = new IdentityModel
            {
                Fields = [.. Fields.Select(name => new Field { Name = name })],
                Comparisons =
                [
                    Compare(random, "surname", surname, related),
                    Compare(random, "email", ["exact", "osa <= 2", "else"], related),
                ],
                PriorMatchProbability = 0.001 + (random.NextDouble() * 0.5),
                PriorRelatedProbability = related ? 0.001 + (random.NextDouble() * 0.5) : null,
            };
            Table = TestTable.Of([.. Fields.Select(field => (field, _values[field]))]);
        }

        public IdentityModel Model { get; }

        public FieldTable Table { get; }

        public int?[] Levels(int left, int right) => [.. Model.Comparisons.Select(comparison => PlainLevel.Of(comparison, field => _values[field][left], field => _values[field][right]))];

        public int Weigh(int left, int right)
        {
            (int coincidence, int kinship) = (MatchWeights.FromProbability(Model.PriorMatchProbability), 0);
            foreach (Comparison comparison in Model.Comparisons)
            {
                if (PlainLevel.Of(comparison, field => _values[field][left], field => _values[field][right]) is { } level)
                {
                    coincidence += PlainLevel.Weigh(comparison, level, _values[comparison.Field][left]!, _values[comparison.Field][right]!);
                    kinship += comparison.Levels[level].WeightAgainstRelated;
                }
            }
            return Model.PriorRelatedProbability is { } related ? Math.Min(coincidence, kinship + MatchWeights.FromRatio(Model.PriorMatchProbability, related)) : coincidence;
        }

        private static Comparison Compare(Random random, string field, string[] conditions, bool related) => new()
        {
            Field = field,
            Levels = [.. conditions.Select(when => new ComparisonLevel(when, P(random), P(random), related ? P(random) : null)
            {
                TermFrequencyWeight = when is not ("exact" or "else") && random.Next(2) == 0 ? random.Next(1, 5) / 4.0 : 0,
            })],
            AdjustForTermFrequency = true,
            TermFrequencies = random.Next(4) == 0 ? null : new TermFrequencyTable(P(random), Enumerable.Range(0, 4).Select(_ => RandomValues.Name(random)).Distinct(StringComparer.Ordinal)
                .ToDictionary(value => value, _ => P(random), StringComparer.Ordinal)),
        };

        private static double P(Random random) => random.Next(1, 9) / 8.0;
    }
}
