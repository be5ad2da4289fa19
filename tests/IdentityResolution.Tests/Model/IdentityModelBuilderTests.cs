namespace IdentityResolution.Tests.Model;

public class IdentityModelBuilderTests
{
    [Fact]
    public void A_model_in_code_is_the_same_as_in_json()
    {
        IdentityModel built = new IdentityModelBuilder()
            .Field("given", FieldKind.GivenName)
            .Field(new Field { Name = "surname", Kind = FieldKind.Surname, Standardization = new() { IgnoredValues = ["unknown"], Titles = ["Pfarrer"] } })
            .Field("email", FieldKind.Email, o => o with { DropEmailTags = false })
            .Nicknames("zebulon: zeb zebby")
            .MatchOn("email", "surname.soundex")
            .BlockOn("surname.prefix:3")
            .BlockOn("email")
            .Compare("given")
            .Compare(new Comparison { Field = "surname", Levels = [new("exact"), new("else")] })
            .AllowSwap("given", "surname")
            .LinkAtOrAbove(0.8)
            .LinkOnly()
            .UniqueSources("crm")
            .Build();
        IdentityModel written = IdentityModel.Parse("""
            {
              "version": 1,
              "linkOnly": true,
              "uniqueSources": ["crm"],
              "nicknames": ["zebulon: zeb zebby"],
              "matchProbabilityThreshold": 0.8,
              "fields": [
                { "name": "given", "kind": "givenName" },
                { "name": "surname", "kind": "surname", "standardization": { "ignoredValues": ["unknown"], "titles": ["Pfarrer"] } },
                { "name": "email", "kind": "email", "standardization": { "dropEmailTags": false } }
              ],
              "matchRules": [ { "name": "email + surname.soundex", "keys": ["email", "surname.soundex"] } ],
              "blockingRules": [ { "keys": ["surname.prefix:3"] }, { "keys": ["email"] } ],
              "swaps": [ { "first": "given", "second": "surname" } ],
              "comparisons": [
                {
                  "field": "given",
                  "adjustForTermFrequency": true,
                  "levels": [
                    { "when": "exact" }, { "when": "nickname" }, { "when": "jaro_winkler >= 0.92" }, { "when": "initial" },
                    { "when": "contained" }, { "when": "jaro_winkler >= 0.8" }, { "when": "else" }
                  ]
                },
                { "field": "surname", "levels": [ { "when": "exact" }, { "when": "else" } ] }
              ]
            }
            """);
        Assert.Equal(written.ToJson(), built.ToJson());
        Assert.Equal(written.Hash, built.Hash);
        Assert.Empty(ModelValidator.Validate(built));
    }

    [Fact]
    public void A_field_is_compared_only_after_it_was_added()
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(() => new IdentityModelBuilder().Compare("email"));
        Assert.StartsWith("'email' is no field; add it with Field first.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_built_model_does_not_change_with_its_builder()
    {
        IdentityModelBuilder builder = new IdentityModelBuilder().Field("email", FieldKind.Email).MatchOn("email");
        IdentityModel model = builder.Build();
        string before = model.ToJson();
        builder.Field("phone", FieldKind.Phone).MatchOn("phone").LinkOnly();
        Assert.Equal(before, model.ToJson());
    }

    [Fact]
    public void Mistakes_come_out_together_when_the_model_is_used()
    {
        InvalidModelException exception = Assert.Throws<InvalidModelException>(() => IdentityResolver.Create(
            model => model.Field("email", FieldKind.Email).MatchOn("phone").BlockOn().LinkAtOrAbove(2),
            ResolverOptions.Default with { Threads = -1, MaxQuarantinedRows = -1 }));
        Assert.Equal(
            ["matchProbabilityThreshold", "matchRules[0].keys[0]", "blockingRules[0].keys", "options.threads", "options.maxQuarantinedRows"],
            exception.Errors.Select(error => error.Path));
    }
}
