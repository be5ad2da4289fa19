namespace IdentityResolution.Tests;

/// <summary>What rules do to the customers of a run.</summary>
public class ResolveWithRulesTests
{
    [Fact]
    public void Two_national_ids_stay_apart_also_through_a_third_record()
    {
        Resolution resolution = Resolve(
            model => model.ForbidDifferent("national_id").MatchOn("email"),
            Person("1", email: "ann@x.org", nationalId: "QX4821"),
            Person("2", email: "ann@x.org"),
            Person("3", email: "ann@x.org", nationalId: "QX9073"));
        Assert.NotEqual(Customer(resolution, "1"), Customer(resolution, "3"));
        Assert.Equal(2, resolution.Summary.Customers);
        Assert.Contains("match rule 'different national_id' keeps apart", Assert.Single(resolution.Warnings), StringComparison.Ordinal);
        Assert.Equal("email", Assert.Single(resolution.Links).MatchedBy);
    }

    [Fact]
    public void A_rule_above_the_forbidding_one_joins_what_it_keeps_apart()
    {
        Resolution resolution = Resolve(
            model => model.MatchOn("phone").ForbidDifferent("national_id").MatchOn("email"),
            Person("1", email: "ann@x.org", nationalId: "QX4821", phone: "020 7946 0001"),
            Person("2", email: "bob@x.org", nationalId: "QX5516", phone: "020 7946 0001"),
            Person("3", email: "ann@x.org", nationalId: "QX9073"));
        Assert.Equal(Customer(resolution, "1"), Customer(resolution, "2"));
        Assert.NotEqual(Customer(resolution, "1"), Customer(resolution, "3"));
    }

    [Fact]
    public void Who_died_before_the_other_was_born_is_somebody_else()
    {
        Resolution resolution = Resolve(
            model => model.ForbidBefore("died", "born").MatchOn("email"),
            Person("1", email: "smith@x.org", born: "1901-02-03", died: "1970-01-01"),
            Person("2", email: "smith@x.org", born: "1975-06-07"),
            Person("3", email: "smith@x.org", born: "1901-02-03"));
        Assert.Equal(Customer(resolution, "1"), Customer(resolution, "3"));
        Assert.NotEqual(Customer(resolution, "1"), Customer(resolution, "2"));
    }

    [Fact]
    public void Suggested_records_are_scored_though_no_block_holds_both()
    {
        SourceRecord[] records = [.. Customers.Generate(300), Person("a", email: "zoe.quill@x.org", phone: "020 7946 0001"), Person("b", email: "zoe.quill@x.org", phone: "020 7946 0001")];
        static IdentityModelBuilder Describe(IdentityModelBuilder model) => model
            .Field("email", FieldKind.Email).Field("phone", FieldKind.Phone).Field("born", FieldKind.BirthDate).Field("surname", FieldKind.Surname)
            .BlockOn("surname").Compare("email").Compare("phone").LinkAtOrAbove(0.5);
        Resolution without = IdentityResolver.Create(model => Describe(model), Customers.Options).Resolve(Fill(records));
        Assert.NotEqual(Customer(without, "a"), Customer(without, "b"));
        Resolution with = IdentityResolver.Create(model => Describe(model).SuggestOn("phone"), Customers.Options).Resolve(Fill(records));
        Assert.Equal(Customer(with, "a"), Customer(with, "b"));
        Assert.Contains(with.Links, link => (link.Left.Id, link.Right.Id, link.MatchedBy) == ("a", "b", "score"));
    }

    [Fact]
    public void A_suggestion_alone_links_nothing()
    {
        Resolution resolution = Resolve(
            model => model.MatchOn("email").SuggestOn("phone"),
            Person("1", email: "ann@x.org", phone: "020 7946 0001"),
            Person("2", email: "bob@x.org", phone: "020 7946 0001"));
        Assert.Equal(2, resolution.Summary.Customers);
        Assert.Empty(resolution.Links);
    }

    [Fact]
    public void Judgements_stand_above_rules_and_guards()
    {
        SourceRecord[] records =
        [
            Person("1", email: "ann@x.org", nationalId: "QX4821"), Person("2", email: "ann@x.org"), Person("3", email: "bob@x.org", nationalId: "QX9073"),
            Person("4", email: "bob@x.org"),
        ];
        Resolution resolution = IdentityResolver.Create(
            model => model.Field("email", FieldKind.Email).Field("national_id", FieldKind.Identifier).ForbidDifferent("national_id").MatchOn("email").UniqueSources("crm"),
            Customers.Options with
            {
                Judgements =
                [
                    new Judgement(new("crm", "1"), new("crm", "3"), JudgementDecision.Same),
                    new Judgement(new("crm", "2"), new("crm", "1"), JudgementDecision.Different),
                    new Judgement(new("crm", "2"), new("shop", "9"), JudgementDecision.Same),
                ],
            }).Resolve(RecordSet.From(records));
        Assert.Equal(Customer(resolution, "1"), Customer(resolution, "3"));
        Assert.Equal(3, resolution.Summary.Customers);
        Assert.Equal((Link.JudgementName, 1.0, null), Assert.Single(resolution.Links) is var link ? (link.MatchedBy, link.MatchProbability, link.MatchWeight) : default);
        Assert.Equal("judgement", resolution.Lookup.First(row => row.Key.Id == "1").MatchedBy);
        Assert.Contains("1 judgement names a record that is not among the inputs.", resolution.Warnings);
    }

    [Fact]
    public void Records_that_a_rule_joins_are_kept_apart_by_a_judgement_one_by_one()
    {
        Resolution resolution = IdentityResolver.Create(
            model => model.Field("email", FieldKind.Email).MatchOn("email"),
            Customers.Options with { Judgements = [new Judgement(new("crm", "1"), new("crm", "2"), JudgementDecision.Different)] })
            .Resolve(RecordSet.From([Person("1", email: "ann@x.org"), Person("2", email: "ann@x.org"), Person("3", email: "ann@x.org")]));
        Assert.Equal(2, resolution.Summary.Customers);
        Assert.NotEqual(Customer(resolution, "1"), Customer(resolution, "2"));
    }

    [Fact]
    public void A_judgement_on_one_record_is_refused() =>
        Assert.Equal("options.judgements[0]", Assert.Single(Assert.Throws<InvalidModelException>(() => IdentityResolver.CreateAutomatic(
            options: Customers.Options with { Judgements = [new Judgement(new("crm", "1"), new("crm", "1"), JudgementDecision.Same)] })).Errors).Path);

    [Fact]
    public void Where_only_duplicates_are_asked_for_sources_stay_apart()
    {
        SourceRecord Of(string source, string id) => SourceRecord.Create(source, id, ("email", "ann@x.org"));
        RecordSet records = RecordSet.From([Of("crm", "1"), Of("crm", "2"), Of("shop", "3"), Of("shop", "4"), Of("web", "5")]);
        IdentityModel model = new IdentityModelBuilder().Field("email", FieldKind.Email).MatchOn("email").DedupeOnly().Build();
        Resolution resolution = IdentityResolver.Create(IdentityModel.Parse(model.ToJson()), Customers.Options).Resolve(records);
        Assert.Equal(3, resolution.Summary.Customers);
        Assert.Equal(["1 2", "3 4"], resolution.Links.Select(link => $"{link.Left.Id} {link.Right.Id}"));
    }

    [Fact]
    public void A_source_that_rules_name_and_no_input_has_is_told()
    {
        Resolution resolution = Resolve(
            model => model.MatchOn("email").Rule(new MatchRule { Name = "shop only", Keys = ["phone"], Sources = ["crm", "shopp"] }).SourcePrecedence("cmr"),
            Person("1", email: "ann@x.org"));
        Assert.Equal(
            [
                "The precedence of sources names the source cmr, of which there are no records.",
                "Match rule 'shop only' names the source shopp, of which there are no records.",
            ],
            resolution.Warnings);
    }

    private static string Customer(Resolution resolution, string id) => resolution.Lookup.Single(row => row.Key.Id == id).EntityId;

    private static RecordSet Fill(SourceRecord[] records) => RecordSet.From(records);

    private static Resolution Resolve(Action<IdentityModelBuilder> rules, params SourceRecord[] records) => IdentityResolver.Create(
        model =>
        {
            model.Field("email", FieldKind.Email).Field("phone", FieldKind.Phone).Field("national_id", FieldKind.Identifier)
                .Field("born", FieldKind.BirthDate).Field("died", FieldKind.BirthDate);
            rules(model);
        },
        Customers.Options).Resolve(RecordSet.From(records));

    private static SourceRecord Person(string id, string? email = null, string? phone = null, string? nationalId = null, string? born = null, string? died = null) =>
        SourceRecord.Create("crm", id, ("email", email), ("phone", phone), ("national_id", nationalId), ("born", born), ("died", died), ("surname", null));
}
