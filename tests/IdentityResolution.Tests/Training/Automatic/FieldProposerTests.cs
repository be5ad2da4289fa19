namespace IdentityResolution.Tests.Training.Automatic;

public class FieldProposerTests
{
    [Fact]
    public void Whole_names_fill_given_name_and_surname_where_these_are_empty()
    {
        SourceRecord[] records = [.. Customers.Generate(300).Select((record, i) => i % 3 > 0
            ? record
            : With(record, ("given_name", null), ("surname", null), ("full_name", $"{Value(record, "given_name")} {Value(record, "surname")}")))];
        IdentityModel model = Infer(records);
        Assert.Equal(
            [NamePart.Given, NamePart.Surname],
            model.Fields.Where(field => field.Kind is FieldKind.GivenName or FieldKind.Surname).Select(field => Assert.Single(Assert.Single(field.Alternatives).Parts).Value));
        Assert.DoesNotContain(model.Fields, field => field.Kind == FieldKind.FullName);
    }

    [Fact]
    public void Phones_whose_numbers_stand_in_either_column_are_one_field()
    {
        SourceRecord[] records = [.. Customers.Generate(300).Select((record, i) => i % 2 == 0
            ? With(record, ("mobile_phone", $"07700 9{i:D5}"))
            : With(record, ("phone", null), ("mobile_phone", Value(record, "phone"))))];
        Field phone = Assert.Single(Infer(records).Fields, field => field.Kind == FieldKind.Phone);
        Assert.Single(phone.Alternatives);
    }

    [Fact]
    public void Identifiers_of_few_records_are_one_field_with_labels()
    {
        SourceRecord[] records = [.. Customers.Generate(300).Select((record, i) => (i % 20) switch
        {
            0 => With(record, ("passport_number", $"P{100_000 + (i / 40 * 7919)}")),
            1 => With(record, ("drivers_license", $"{800_000 + (i / 40 * 104_729)}")),
            _ => record,
        })];
        Field identifiers = Assert.Single(Infer(records).Fields, field => field.Kind == FieldKind.Identifier);
        Assert.Equal(["drivers_license", "passport_number"], identifiers.Alternatives.Select(alternative => alternative.Label).Append(identifiers.Label).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Identifiers_packed_in_one_column_are_found_by_content()
    {
        SourceRecord[] records = [.. Customers.Generate(300).Select((record, i) => With(record, ("extra", $"SSN {100_000 + (i / 2 * 317)}; DL {500_000 + (i * 7)}")))];
        Field packed = Assert.Single(Infer(records).Fields, field => field.Name == "extra");
        Assert.Equal((FieldKind.Identifier, ";"), (packed.Kind, Assert.Single(packed.Separators)));
    }

    [Fact]
    public void A_company_s_own_name_and_somebody_s_employer_stay_apart()
    {
        SourceRecord[] records = [.. Customers.Generate(300).Select((record, i) => i % 3 > 0
            ? With(record, ("employer", $"Firm {i % 40}"))
            : SourceRecord.Create(record.Key.Source, record.Key.Id, ("company_name", $"Firm {i % 40}"), ("city", Value(record, "city"))))];
        Assert.Equal(2, Infer(records).Fields.Count(field => field.Kind == FieldKind.OrganizationName));
    }

    [Fact]
    public void Dates_beside_dates_of_birth_are_left_out()
    {
        Resolution resolution = Resolve([.. Customers.Generate(200).Select((record, i) => With(record, ("visit", $"2024-0{1 + (i % 9)}-1{i % 7}")))]);
        Assert.Single(resolution.Model.Fields, field => field.Kind == FieldKind.BirthDate);
        Assert.Contains(resolution.Decisions, decision => decision.StartsWith("Column visit holds dates beside dates of birth", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("addr_city", "Springfield", FieldKind.City)]
    [InlineData("address_state", "Ohio", FieldKind.Region)]
    [InlineData("address_country", "France", FieldKind.Country)]
    [InlineData("phone_type", "home", FieldKind.Category)]
    [InlineData("home_address", "12 High Street", FieldKind.StreetAddress)]
    public void The_last_word_of_a_column_s_name_says_what_it_holds(string column, string value, FieldKind kind)
    {
        IdentityModel model = Infer([.. Customers.Generate(100).Select((record, i) => With(record, (column, $"{value}{(char)('a' + (i % 5))}")))]);
        Assert.Equal(kind, model.Fields.Single(field => field.ColumnsOf("crm").Concat(field.ColumnsOf("web")).Contains(column, StringComparer.Ordinal)
            || field.Name == column).Kind);
    }

    [Fact]
    public async Task Default_values_that_flood_are_missing_and_F1_is_higher_for_it()
    {
        const int Count = 2000;
        SourceRecord[] flooded = [.. Customers.Generate(Count).Select((record, i) => i % 7 == 0
            ? With(record, ("birth_date", "1970-01-01"))
            : i % 7 == 1 ? With(record, ("email", "info@example.org"), ("phone", "0800 123123")) : record)];
        Resolution resolution = Resolve(flooded);
        string[] ignored = [.. resolution.Model.Fields.SelectMany(field => field.Standardization.IgnoredValues).Order(StringComparer.Ordinal)];
        Assert.Equal(["0800 123123", "1970-01-01", "info@example.org"], ignored);
        Assert.Equal(3, resolution.Decisions.Count(decision => decision.Contains("in far too many records to be somebody's own", StringComparison.Ordinal)));
        Assert.DoesNotContain(resolution.Decisions, decision => decision.Contains("info@example.org", StringComparison.Ordinal));

        IdentityModel trusting = resolution.Model with { Fields = [.. resolution.Model.Fields.Select(field => field with { Standardization = field.Standardization with { IgnoredValues = [] } })] };
        TrainedModel retrained = await IdentityResolver.Create(trusting, Customers.Options).TrainAsync([RecordSet.From(flooded)], cancellationToken: TestContext.Current.CancellationToken);
        double without = F1(IdentityResolver.Create(retrained.Model, Customers.Options).Resolve(RecordSet.From(flooded)), Count);
        double with = F1(resolution, Count);
        Assert.True(with >= without, $"{with:F4} with ignored values, {without:F4} without");
        Assert.True(with > 0.95, $"{with:F4}");
    }

    private static double F1(Resolution resolution, int count) => IdentityResolution.Evaluation.ClusterEvaluator.Evaluate(
        resolution.Lookup.Select(row => new IdentityResolution.Evaluation.ClusterMember(row.Key, row.EntityId)),
        Customers.Truth(count).Select(entry => new IdentityResolution.Evaluation.ClusterMember(entry.Key, entry.Value))).Pairwise.F1;

    private static SourceRecord With(SourceRecord record, params (string Column, string? Value)[] values) => SourceRecord.Create(
        record.Key.Source,
        record.Key.Id,
        [.. record.Values.Where(entry => !values.Any(value => value.Column == entry.Key)).Select(entry => (entry.Key, entry.Value)), .. values]);

    private static string? Value(SourceRecord record, string column) => record.Values.GetValueOrDefault(column);

    private static Resolution Resolve(SourceRecord[] records) => IdentityResolver.CreateAutomatic(options: Customers.Options).Resolve(RecordSet.From(records));

    private static IdentityModel Infer(SourceRecord[] records) => Resolve(records).Model;
}
