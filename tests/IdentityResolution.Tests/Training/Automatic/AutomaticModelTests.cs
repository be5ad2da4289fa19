using IdentityResolution.Training;

namespace IdentityResolution.Tests.Training.Automatic;

public class AutomaticModelTests
{
    private static readonly string[] Given = ["Anna", "Robert", "Maria", "John", "Susan", "Peter", "Laura", "David"];
    private static readonly string[] Surnames = ["Smith", "Jones", "Taylor", "Brown", "Davies", "Evans", "Wilson"];

    [Fact]
    public void Columns_are_known_by_name_and_by_content()
    {
        IdentityModel model = Infer([.. Enumerable.Range(0, 80).Select(i => SourceRecord.Create(
            "crm",
            TestTable.Id(i),
            ("First Name", Given[i % 40 % 8]),
            ("last_name", Surnames[i % 40 % 7]),
            ("a1", $"{Given[i % 40 % 8]}.{i % 40}@example.org"),
            ("DateOfBirth", $"19{50 + (i % 40)}-0{1 + (i % 9)}-1{i % 9}"),
            ("tel", $"+44 20 7946 0{100 + (i % 40)}"),
            ("zip", $"{10_000 + (i % 40 * 37)}"),
            ("gender", i % 2 == 0 ? "m" : "f"),
            ("constant", "same"),
            ("row_key", $"K{i}"),
            ("empty", null)))]);
        Assert.Equal(
            [
                "a_1 Email", "dateofbirth BirthDate", "first_name GivenName", "gender Sex", "last_name Surname", "tel Phone", "zip PostalCode",
            ],
            model.Fields.Select(field => $"{field.Name} {field.Kind}".Replace("date_of_birth", "dateofbirth", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Empty(ModelValidator.Validate(model));
        Assert.Equal([new FieldSwap("first_name", "last_name")], model.Swaps.Select(swap => swap with { SwapProbability = 0.01 }));
        Assert.NotEmpty(model.BlockingRules);
        Assert.NotEmpty(model.MatchRules);
    }

    [Fact]
    public void What_the_user_says_of_columns_counts()
    {
        var options = new AutomaticModelOptions
        {
            IgnoredColumns = ["NOTE"],
            ColumnKinds = new Dictionary<string, FieldKind>(StringComparer.Ordinal) { ["x"] = FieldKind.Surname },
            MatchProbabilityThreshold = 0.7,
        };
        SourceRecord[] records = [.. Enumerable.Range(0, 60).Select(i => SourceRecord.Create(
            "crm", TestTable.Id(i), ("X", Surnames[i % 30 % 7]), ("email", $"p{i % 30}@example.org"), ("note", $"note {i % 30}")))];
        IdentityModel model = IdentityResolver.CreateAutomatic(options, Customers.Options).Resolve(RecordSet.From(records)).Model;
        Assert.Equal(["email Email", "x Surname"], model.Fields.Select(field => $"{field.Name} {field.Kind}").Order(StringComparer.Ordinal));
        Assert.Equal(0.7, model.MatchProbabilityThreshold);
    }

    [Fact]
    public void A_date_in_three_columns_is_one_field()
    {
        IdentityModel model = Infer([.. Enumerable.Range(0, 60).Select(i => SourceRecord.Create(
            "crm", TestTable.Id(i), ("surname", Surnames[i % 30 % 7]), ("birth_day", $"{1 + (i % 28)}"), ("birth_month", $"{1 + (i % 12)}"), ("birth_year", $"{1950 + (i % 30)}")))]);
        Field birth = Assert.Single(model.Fields, field => field.Kind == FieldKind.BirthDate);
        Assert.Equal(["birth_year", "birth_month", "birth_day"], birth.ColumnsOf("records"));
        Assert.Equal(2, model.Fields.Count);
    }

    [Fact]
    public void Sources_with_names_in_one_column_and_in_two_meet()
    {
        RecordSet crm = RecordSet.From(
            Enumerable.Range(0, 40).Select(i => SourceRecord.Create("crm", TestTable.Id(i), ("first_name", Given[i % 8]), ("surname", Surnames[i % 7]), ("postcode", $"{10_000 + i}"))), "crm");
        RecordSet shop = RecordSet.From(
            Enumerable.Range(0, 40).Select(i => SourceRecord.Create("shop", TestTable.Id(i), ("name", $"{Given[i % 8]} {Surnames[i % 7]}"), ("zip", $"{10_000 + i}"))), "shop");
        Resolution resolution = IdentityResolver.CreateAutomatic(options: Customers.Options).Resolve(crm, shop);
        Field given = resolution.Model.Fields.Single(field => field.Kind == FieldKind.GivenName);
        Assert.Equal((NamePart.Whole, NamePart.Given), (given.PartOf("crm"), given.PartOf("shop")));
        Assert.Equal(["name"], given.ColumnsOf("shop"));
        Field place = resolution.Model.Fields.Single(field => field.Kind == FieldKind.PostalCode);
        Assert.Equal(["postcode"], place.ColumnsOf("crm"));
        Assert.Equal(["zip"], place.ColumnsOf("shop"));
        Assert.Contains(resolution.Decisions, decision => decision.Contains("holds whole names and is split into given name and surname.", StringComparison.Ordinal));
        Assert.Contains(resolution.Decisions, decision => decision.StartsWith("Field postcode: postalCode, from postcode (crm), zip (shop)", StringComparison.Ordinal));
    }

    [Fact]
    public void Father_and_son_of_one_name_and_address_are_two_people()
    {
        // Every third name is that of a senior and of a junior, each with two records.
        SourceRecord[] records = [.. Enumerable.Range(0, 120).Select(i => SourceRecord.Create(
            "crm",
            TestTable.Id(i),
            ("first_name", Given[i % 30 % 8]),
            ("last_name", Surnames[i % 30 % 7] + (i % 30 % 3 > 0 ? "" : i < 60 ? " Sr" : " Jr")),
            ("email", $"{Given[i % 30 % 8]}.{i % 30}@example.org"),
            ("zip", $"{10_000 + (i % 30 * 37)}")))];
        Resolution resolution = IdentityResolver.CreateAutomatic(options: Customers.Options).Resolve(RecordSet.From(records));
        Assert.Equal(MatchRuleEffect.Forbid, resolution.Model.MatchRules[0].Effect);
        Assert.DoesNotContain(resolution.Model.Comparisons, comparison => comparison.Field == GenerationProposer.FieldName);
        Assert.Empty(ModelValidator.Validate(resolution.Model));
        Assert.Equal(40, resolution.Summary.Customers);
    }

    [Fact]
    public void Without_generations_nothing_is_forbidden()
    {
        IdentityModel model = Infer([.. Enumerable.Range(0, 80).Select(i => SourceRecord.Create(
            "crm", TestTable.Id(i), ("first_name", Given[i % 40 % 8]), ("last_name", Surnames[i % 40 % 7] + (i == 3 ? " Jr" : "")), ("email", $"p{i % 40}@example.org")))]);
        Assert.DoesNotContain(model.MatchRules, rule => rule.Effect == MatchRuleEffect.Forbid);
    }

    [Fact]
    public void Few_records_are_compared_in_broad_blocks_too()
    {
        IdentityModel model = Infer([.. Enumerable.Range(0, 80).Select(i => SourceRecord.Create(
            "crm", TestTable.Id(i), ("first_name", Given[i % 40 % 8]), ("last_name", Surnames[i % 40 % 7]), ("address", $"{1 + (i % 40)} Elm Street"), ("zip", $"{10_000 + (i % 40 * 37)}")))]);
        Assert.Contains(model.BlockingRules, rule => rule.Keys is ["last_name"]);
        Assert.Contains(model.BlockingRules, rule => rule.Keys is ["address"]);
        Assert.Equal(model.BlockingRules.Count, model.BlockingRules.Select(rule => string.Join('+', rule.Keys)).Distinct().Count());
    }

    private static IdentityModel Infer(SourceRecord[] records) => IdentityResolver.CreateAutomatic(options: Customers.Options).Resolve(RecordSet.From(records)).Model;
}
