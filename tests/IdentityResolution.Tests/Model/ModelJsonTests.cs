using System.Reflection;
using IdentityResolution.Standardization;

namespace IdentityResolution.Tests.Model;

public class ModelJsonTests
{
    [Fact]
    public void What_is_written_reads_back_the_same() => Law.Holds(random =>
    {
        string json = RandomModels.Create(random).ToJson();
        IdentityModel read = IdentityModel.Parse(json);
        Assert.Equal(json, read.ToJson());
    });

    [Fact]
    public void Reading_keeps_every_member() => Law.Holds(random =>
    {
        IdentityModel model = RandomModels.Create(random);
        IdentityModel read = IdentityModel.Parse(model.ToJson());
        Assert.Equal(model.MatchRules.Select(Describe), read.MatchRules.Select(Describe));
        Assert.Equal(model.BlockingRules.Select(rule => (string.Join('|', rule.Keys), rule.MaxBlockSize, string.Join('|', rule.DivideBy), rule.Window)),
            read.BlockingRules.Select(rule => (string.Join('|', rule.Keys), rule.MaxBlockSize, string.Join('|', rule.DivideBy), rule.Window)));
        Assert.Equal(model.Swaps, read.Swaps);
        Assert.Equal(model.UniqueSources, read.UniqueSources);
        Assert.Equal(model.Nicknames, read.Nicknames);
        Assert.Equal(model.SourcePrecedence, read.SourcePrecedence);
        Assert.Equal((model.MaxClusterSize, model.SplitOverMerged), (read.MaxClusterSize, read.SplitOverMerged));
        Assert.Equal(
            (model.PriorMatchProbability, model.PriorRelatedProbability, model.MatchProbabilityThreshold, model.LinkOnly, model.IsTrained),
            (read.PriorMatchProbability, read.PriorRelatedProbability, read.MatchProbabilityThreshold, read.LinkOnly, read.IsTrained));
        for (int i = 0; i < model.Fields.Count; i++)
        {
            (Field field, Field other) = (model.Fields[i], read.Fields[i]);
            Assert.Equal((field.Name, field.Kind), (other.Name, other.Kind));
            AssertEqual(field.Standardization, other.Standardization);
            Assert.Equal(field.SourceStandardization.Keys.Order(StringComparer.Ordinal), other.SourceStandardization.Keys.Order(StringComparer.Ordinal));
            foreach ((string source, StandardizationOptions options) in field.SourceStandardization)
            {
                AssertEqual(options, other.SourceStandardization[source]);
            }
            Assert.Equal(field.Columns, other.Columns);
            Assert.Equal(field.Parts, other.Parts);
        }
        for (int i = 0; i < model.Comparisons.Count; i++)
        {
            (Comparison comparison, Comparison other) = (model.Comparisons[i], read.Comparisons[i]);
            Assert.Equal(comparison.Levels, other.Levels);
            Assert.Equal((comparison.Field, comparison.AdjustForTermFrequency), (other.Field, other.AdjustForTermFrequency));
            Assert.Equal(comparison.TermFrequencies?.Default, other.TermFrequencies?.Default);
            Assert.Equal(comparison.TermFrequencies?.Values, other.TermFrequencies?.Values);
            Assert.Equal(comparison.GramFrequencies?.Default, other.GramFrequencies?.Default);
            Assert.Equal(comparison.GramFrequencies?.Values, other.GramFrequencies?.Values);
        }
    });

    [Fact]
    public void Every_option_of_standardization_is_written_and_read()
    {
        // Sets every member to what it is not by default, so that a new option can't be forgotten.
        var options = new StandardizationOptions();
        foreach (PropertyInfo member in typeof(StandardizationOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            member.SetValue(options, member.GetValue(options) switch
            {
                bool flag => !flag,
                int number => number - 1,
                DateOrder => DateOrder.MonthDayYear,
                IReadOnlyList<string> => new[] { "digits" },
                null => "luhn",
                object other => throw new InvalidOperationException($"{member.Name} has a type that this test does not know: {other}."),
            });
        }
        var model = new IdentityModel { Fields = [new Field { Name = "a", Standardization = options }] };
        var errors = new List<ModelError>();
        IdentityModel? read = ModelJsonReader.Read(model.ToJson(), errors);
        Assert.Empty(errors);
        AssertEqual(options, read!.Fields[0].Standardization);
    }

    [Fact]
    public void Equal_models_have_equal_hashes_and_a_changed_one_another() => Law.Holds(
        random =>
        {
            IdentityModel model = RandomModels.Create(random);
            Assert.Equal(model.Hash, IdentityModel.Parse(model.ToJson()).Hash);
            Assert.NotEqual(model.Hash, (model with { LinkOnly = !model.LinkOnly }).Hash);
            Assert.Matches("^[0-9a-f]{64}$", model.Hash);
        },
        tests: 50);

    [Fact]
    public void Comments_trailing_commas_and_defaults_are_allowed()
    {
        IdentityModel model = IdentityModel.Parse("""
            {
              // what a person writes
              "version": 1,
              "fields": [ { "name": "email", "kind": "EMAIL", "standardization": { "defaultRegion": null } }, ],
              "matchRules": [ { "name": "same e-mail", "keys": ["email"] }, ],
            }
            """);
        Assert.Equal(FieldKind.Email, model.Fields[0].Kind);
        Assert.Equal(["email"], model.Fields[0].ColumnsOf("anything"));
        Assert.Equal(100, model.MatchRules[0].MaxRecordsPerKey);
        Assert.Equal((1e-4, null, 0.9, false), (model.PriorMatchProbability, model.PriorRelatedProbability, model.MatchProbabilityThreshold, model.LinkOnly));
        Assert.True(model.IsTrained);
    }

    [Fact]
    public void Text_has_line_feeds_only_and_ends_with_one()
    {
        string json = new IdentityModelBuilder().Field("email", FieldKind.Email).MatchOn("email").Build().ToJson();
        Assert.DoesNotContain('\r', json);
        Assert.EndsWith("}\n", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_of_a_source_take_the_place_of_the_field_s()
    {
        IdentityModel model = IdentityModel.Parse("""
            {
              "version": 1,
              "fields": [
                {
                  "name": "phone", "kind": "phone",
                  "standardization": { "defaultRegion": "GB", "steps": ["before:;"] },
                  "sourceStandardization": { "us_shop": { "defaultRegion": "US" } }
                }
              ],
              "matchRules": [ { "name": "phone", "keys": ["phone"] } ]
            }
            """);
        Field phone = model.Fields[0];
        Assert.Equal(("GB", 1), (phone.StandardizationOf("crm").DefaultRegion, phone.StandardizationOf("crm").Steps.Count));
        Assert.Equal(("US", 0), (phone.StandardizationOf("us_shop").DefaultRegion, phone.StandardizationOf("us_shop").Steps.Count));
    }

    private static void AssertEqual(StandardizationOptions expected, StandardizationOptions actual)
    {
        foreach (PropertyInfo member in typeof(StandardizationOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            (object? left, object? right) = (member.GetValue(expected), member.GetValue(actual));
            Assert.True(left is IReadOnlyList<string> texts ? texts.SequenceEqual((IReadOnlyList<string>)right!) : Equals(left, right), member.Name);
        }
    }

    [Fact]
    public void Columns_and_parts_of_a_source_come_before_those_of_all_others()
    {
        var field = new Field
        {
            Name = "given",
            Columns = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["crm"] = ["first"], ["*"] = ["name"] },
            Parts = new Dictionary<string, NamePart>(StringComparer.Ordinal) { ["*"] = NamePart.Given, ["crm"] = NamePart.Whole },
        };
        Assert.Equal(["first"], field.ColumnsOf("crm"));
        Assert.Equal(["name"], field.ColumnsOf("shop"));
        Assert.Equal(NamePart.Whole, field.PartOf("crm"));
        Assert.Equal(NamePart.Given, field.PartOf("shop"));
        Field only = field with { Columns = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["crm"] = ["first"] }, Parts = new Dictionary<string, NamePart>(StringComparer.Ordinal) };
        Assert.Empty(only.ColumnsOf("shop"));
        Assert.Equal(NamePart.Whole, only.PartOf("shop"));
    }

    private static string Describe(MatchRule rule) => string.Join(
        '/', rule.Name, rule.Effect, string.Join('|', rule.Keys), string.Join('|', rule.Different), string.Join('|', rule.Before),
        string.Join('|', rule.Sources), rule.MaxRecordsPerKey);
}
