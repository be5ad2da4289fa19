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
        Assert.Equal(model.BlockingRules.Select(rule => (string.Join('|', rule.Keys), rule.MaxBlockSize)),
            read.BlockingRules.Select(rule => (string.Join('|', rule.Keys), rule.MaxBlockSize)));
        Assert.Equal(model.Swaps, read.Swaps);
        Assert.Equal(model.UniqueSources, read.UniqueSources);
        Assert.Equal(model.SourcePrecedence, read.SourcePrecedence);
        Assert.Equal((model.MaxClusterSize, model.SplitOverMerged), (read.MaxClusterSize, read.SplitOverMerged));
        Assert.Equal(
            (model.PriorMatchProbability, model.PriorRelatedProbability, model.MatchProbabilityThreshold, model.LinkOnly, model.IsTrained),
            (read.PriorMatchProbability, read.PriorRelatedProbability, read.MatchProbabilityThreshold, read.LinkOnly, read.IsTrained));
        for (int i = 0; i < model.Fields.Count; i++)
        {
            (Field field, Field other) = (model.Fields[i], read.Fields[i]);
            Assert.Equal((field.Name, field.Kind, field.DateOrder, field.Region), (other.Name, other.Kind, other.DateOrder, other.Region));
            Assert.Equal(field.IgnoredValues, other.IgnoredValues);
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
        }
    });

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
              "fields": [ { "name": "email", "kind": "EMAIL", "region": null }, ],
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
