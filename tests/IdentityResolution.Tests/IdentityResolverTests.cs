using IdentityResolution.Evaluation;

namespace IdentityResolution.Tests;

public class IdentityResolverTests
{
    [Fact]
    public void Records_with_equal_match_keys_are_one_customer()
    {
        IdentityResolver resolver = IdentityResolver.Create(
            model => model.Field("email", FieldKind.Email).Field("phone", FieldKind.Phone).MatchOn("email").MatchOn("phone"), Customers.Options);
        Resolution resolution = resolver.Resolve(RecordSet.From(
            [
                SourceRecord.Create("shop", "7", ("email", "ANN@Example.org "), ("phone", null)),
                SourceRecord.Create("crm", "1", ("email", "ann@example.org"), ("phone", "+44 20 7946 0001")),
                SourceRecord.Create("crm", "2", ("email", ""), ("phone", "+442079460001")),
                SourceRecord.Create("crm", "3", ("email", "bob@example.org"), ("phone", "")),
            ]));
        Assert.Equal(["crm/1", "crm/2", "crm/3", "shop/7"], resolution.Lookup.Select(row => row.Key.ToString()));
        string[] ids = [.. resolution.Lookup.Select(row => row.EntityId)];
        Assert.Equal([ids[0], ids[0], ids[2], ids[0]], ids);
        Assert.NotEqual(ids[0], ids[2]);
        Assert.Equal(["crm/1 crm/2 phone 1", "crm/1 shop/7 email 1"], resolution.Links.Select(link => $"{link.Left} {link.Right} {link.MatchedBy} {link.MatchProbability}"));
        Assert.Equal((4, 2, 2, 2, 0, 0, 0), (
            resolution.Summary.Records, resolution.Summary.Links, resolution.Summary.Customers, resolution.Summary.Created,
            resolution.Summary.Merged, resolution.Summary.Split, resolution.Summary.CandidatePairs));
        Assert.Equal(resolution.Model.Hash, resolution.Summary.ModelHash);
        Assert.Empty(resolution.Warnings);
        Assert.Empty(resolution.Quarantine);
    }

    [Fact]
    public void Scored_pairs_are_kept_when_asked_for_and_change_nothing()
    {
        RecordSet records = RecordSet.From(Customers.Generate(400));
        Resolution plain = Resolver(automatic: true).Resolve(records);
        Resolution kept = IdentityResolver.CreateAutomatic(options: Customers.Options with { ScoredPairsFrom = 0 }).Resolve(records);
        Assert.Empty(plain.ScoredPairs);
        Assert.Equal(plain.Links, kept.Links);
        Assert.Equal(plain.Lookup.Select(row => row.EntityId), kept.Lookup.Select(row => row.EntityId));
        int rules = kept.ScoredPairs.Count(pair => pair.Weight == ScoredPair.RuleWeight);
        Assert.Equal(kept.Links.Count(link => link.MatchWeight is null), rules);
        Assert.Equal(kept.Summary.CandidatePairs, kept.ScoredPairs.Count - rules);
        Assert.Equal(kept.ScoredPairs.Select(pair => (pair.Left, pair.Right)).Order(), kept.ScoredPairs.Select(pair => (pair.Left, pair.Right)));
        Assert.All(kept.ScoredPairs, pair => Assert.True(pair.Left < pair.Right));
        Resolution some = IdentityResolver.CreateAutomatic(options: Customers.Options with { ScoredPairsFrom = 0.5 }).Resolve(records);
        Assert.Equal(kept.ScoredPairs.Where(pair => pair.Weight >= 0), some.ScoredPairs);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_probability_from_which_pairs_are_kept_is_checked(double from) => Assert.Equal(
        "options.scoredPairsFrom",
        Assert.Single(Assert.Throws<InvalidModelException>(
            () => IdentityResolver.CreateAutomatic(options: ResolverOptions.Default with { ScoredPairsFrom = from })).Errors).Path);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_record_has_one_row_and_the_numbers_agree(bool automatic)
    {
        SourceRecord[] records = Customers.Generate(800);
        Resolution resolution = Resolver(automatic).Resolve(RecordSet.From(records));
        Assert.Equal(records.Select(record => record.Key).Order(), resolution.Lookup.Select(row => row.Key));
        Assert.Equal(resolution.Summary.Customers, resolution.Lookup.Select(row => row.EntityId).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(resolution.Summary.Customers, resolution.Summary.Created);
        Assert.Equal(resolution.Summary.Created, resolution.Changes.Count(change => change.Kind == EntityChangeKind.Created));
        Assert.Equal(resolution.Summary.Links, resolution.Links.Count);
        Assert.All(resolution.Links, link => Assert.Equal(resolution.Lookup.Find(link.Left)!.Value.EntityId, resolution.Lookup.Find(link.Right)!.Value.EntityId));
        Assert.True(resolution.Model.IsTrained);
        Assert.NotEmpty(resolution.Decisions);
        Assert.True(resolution.Summary.CandidatePairs > resolution.Summary.Links / 2);
        Assert.All(resolution.Summary.StageSeconds, stage => Assert.InRange(stage.Value, 0, resolution.Summary.TotalSeconds));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Most_duplicates_are_found_and_few_strangers_are_joined(bool automatic)
    {
        Dictionary<RecordKey, string> truth = Customers.Truth(800);
        Resolution resolution = Resolver(automatic).Resolve(RecordSet.From(Customers.Generate(800)));
        LookupRow[] rows = [.. resolution.Lookup];
        (double both, double predicted, double real) = (0, 0, 0);
        for (int i = 0; i < rows.Length; i++)
        {
            for (int j = i + 1; j < rows.Length; j++)
            {
                bool together = rows[i].EntityId == rows[j].EntityId;
                bool same = truth[rows[i].Key] == truth[rows[j].Key];
                both += together && same ? 1 : 0;
                predicted += together ? 1 : 0;
                real += same ? 1 : 0;
            }
        }
        Assert.InRange(both / predicted, 0.9, 1);
        Assert.InRange(both / real, 0.6, 1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Order_of_rows_and_threads_do_not_change_a_byte(bool automatic)
    {
        SourceRecord[] records = Customers.Generate(700);
        Resolution one = Resolver(automatic).Resolve(RecordSet.From(records));
        new Random(5).Shuffle(records);
        Resolution other = Resolver(automatic, Customers.Options with { Threads = 2 }).Resolve(RecordSet.From(records));
        Assert.Equal(one.Model.ToJson(), other.Model.ToJson());
        Assert.Equal(Customers.Csv(one.Lookup), Customers.Csv(other.Lookup));
        Assert.Equal(one.Links, other.Links);
        Assert.Equal(one.Changes, other.Changes);
        Assert.Equal(one.Decisions, other.Decisions);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void Order_of_inputs_does_not_change_a_byte(bool automatic, bool linkOnly)
    {
        RecordSet[] inputs = [.. Customers.Generate(700)
            .GroupBy(record => record.Key.Source, StringComparer.Ordinal)
            .Select(source => RecordSet.From(source, source.Key))];
        IdentityResolver resolver = linkOnly
            ? IdentityResolver.CreateAutomatic(AutomaticModelOptions.Default with { LinkOnly = true }, Customers.Options)
            : Resolver(automatic);
        Resolution one = resolver.Resolve(inputs);
        Resolution other = resolver.Resolve([.. inputs.Reverse()]);
        Assert.Equal(one.Model.ToJson(), other.Model.ToJson());
        Assert.Equal(Customers.Csv(one.Lookup), Customers.Csv(other.Lookup));
    }

    [Fact]
    public async Task A_trained_model_decides_as_the_run_that_trained_it()
    {
        RecordSet records = RecordSet.From(Customers.Generate(700));
        TrainedModel trained = await Resolver(automatic: true).TrainAsync([records], cancellationToken: TestContext.Current.CancellationToken);
        Resolution direct = Resolver(automatic: true).Resolve(records);
        Assert.Equal(direct.Model.ToJson(), trained.Model.ToJson());
        Assert.Equal(direct.Decisions, trained.Decisions);
        Resolution with = IdentityResolver.Create(IdentityModel.Parse(trained.Model.ToJson()), Customers.Options).Resolve(records);
        Assert.Equal(Customers.Csv(direct.Lookup), Customers.Csv(with.Lookup));
        Assert.Empty(with.Decisions);
        TrainedModel again = await IdentityResolver.Create(trained.Model, Customers.Options).TrainAsync([records], cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(trained.Model.ToJson(), again.Model.ToJson());
    }

    [Fact]
    public void Sources_are_only_linked_across_where_that_is_asked_for()
    {
        SourceRecord[] records = Customers.Generate(700);
        Resolution across = IdentityResolver.CreateAutomatic(AutomaticModelOptions.Default with { LinkOnly = true }, Customers.Options)
            .Resolve([.. records.GroupBy(record => record.Key.Source, StringComparer.Ordinal).Select(source => RecordSet.From(source, source.Key))]);
        Assert.NotEmpty(across.Links);
        Assert.All(across.Links, link => Assert.NotEqual(link.Left.Source, link.Right.Source));
    }

    [Fact]
    public void A_unique_source_has_no_two_records_of_one_customer_and_refused_links_are_told()
    {
        Resolution resolution = IdentityResolver.Create(
            model =>
            {
                Customers.Describe(model);
                model.UniqueSources("crm");
            },
            Customers.Options).Resolve(RecordSet.From(Customers.Generate(700)));
        string[] ids = [.. resolution.Lookup.Where(row => row.Key.Source == "crm").Select(row => row.EntityId)];
        Assert.Equal(ids.Length, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.True(resolution.Summary.Customers < 700);

        Resolution refused = IdentityResolver.Create(
            model => model.Field("email", FieldKind.Email).Field("phone", FieldKind.Phone).MatchOn("email").MatchOn("phone").UniqueSources("crm"), Customers.Options)
            .Resolve(RecordSet.From(
                [
                    SourceRecord.Create("crm", "1", ("email", "ann@example.org"), ("phone", null)),
                    SourceRecord.Create("shop", "1", ("email", "ann@example.org"), ("phone", "020 7946 0001")),
                    SourceRecord.Create("crm", "2", ("email", null), ("phone", "020 7946 0001")),
                ]));
        Assert.Equal(refused.Lookup.Find(new RecordKey("crm", "1"))!.Value.EntityId, refused.Lookup.Find(new RecordKey("shop", "1"))!.Value.EntityId);
        Assert.Equal(2, refused.Summary.Customers);
        Assert.Contains("1 link was not followed, because it would join two records of a source that holds no duplicates.", refused.Warnings);
    }

    [Fact]
    public void Hot_keys_are_told()
    {
        var model = new IdentityModel
        {
            Fields = [new Field { Name = "email", Kind = FieldKind.Email }, new Field { Name = "surname", Kind = FieldKind.Surname }],
            MatchRules = [new MatchRule { Name = "same e-mail", Keys = ["email"], MaxRecordsPerKey = 2 }],
            BlockingRules = [new BlockingRule { Keys = ["surname"], MaxBlockSize = 3 }],
            Comparisons = [new Comparison { Field = "surname", Levels = [new("exact", 0.9, 0.001), new("else", 0.1, 0.999)] }],
        };
        Resolution resolution = IdentityResolver.Create(model, Customers.Options).Resolve(RecordSet.From(
            Enumerable.Range(0, 5).Select(i => SourceRecord.Create("crm", TestTable.Id(i), ("email", "info@example.org"), ("surname", "Smith")))));
        Assert.Equal(
            [
                "Match rule 'same e-mail' met 1 hot key shared by more than 2 records (the largest by 5) and joined none of them.",
                "Blocking rule surname met 1 hot key shared by more than 3 records (the largest by 5) and compared none of them under this rule.",
            ],
            resolution.Warnings);
        Assert.Equal(5, resolution.Summary.Customers);
    }

    [Fact]
    public void Divided_hot_keys_are_told()
    {
        var model = new IdentityModel
        {
            Fields = [new Field { Name = "town", Kind = FieldKind.City }, new Field { Name = "surname", Kind = FieldKind.Surname }],
            BlockingRules = [new BlockingRule { Keys = ["surname"], MaxBlockSize = 3, DivideBy = ["town"] }],
            Comparisons = [new Comparison { Field = "surname", Levels = [new("exact", 0.9, 0.001), new("else", 0.1, 0.999)] }],
        };
        string[] towns = ["York", "York", "Bath", "Bath", "Bath", "Bath", "Hull"];
        Resolution resolution = IdentityResolver.Create(model, Customers.Options).Resolve(RecordSet.From(
            towns.Select((town, i) => SourceRecord.Create("crm", TestTable.Id(i), ("town", town), ("surname", "Smith")))));
        Assert.Equal(
            [
                "Blocking rule surname met 1 hot key shared by more than 3 records (the largest by 7) and compared only those that share town too.",
                "Blocking rule surname, divided, met 1 hot key shared by more than 3 records (the largest by 4) and compared none of them under this rule.",
            ],
            resolution.Warnings);
        Assert.Equal(1, resolution.Summary.CandidatePairs);
    }

    internal static IdentityResolver Resolver(bool automatic, ResolverOptions? options = null) => automatic
        ? IdentityResolver.CreateAutomatic(null, options ?? Customers.Options)
        : IdentityResolver.Create(Customers.Describe, options ?? Customers.Options);
}
