using IdentityResolution.Fields;
using IdentityResolution.Internals;
using IdentityResolution.Matching;
using IdentityResolution.Records;
using IdentityResolution.Standardization;

namespace IdentityResolution.Tests.Features;

public class FieldTableBuilderTests
{
    [Fact]
    public async Task A_field_reads_the_column_of_its_name_without_case_and_its_standard_form()
    {
        FieldTable table = await BuildAsync(
            [new Field { Name = "email", Kind = FieldKind.Email }],
            [],
            RecordSet.From([SourceRecord.Create("crm", "1", ("E-Mail", "x"), ("EMAIL", " Ann@Example.ORG "))], "crm"),
            RecordSet.From([SourceRecord.Create("shop", "1", ("email", "ann@example.org")), SourceRecord.Create("shop", "2", ("email", "n/a"))], "shop"));
        AssertValues(table, "email", "ann@example.org", "ann@example.org", null);
        Assert.Equal(table["email"].Codes[0], table["email"].Codes[1]);
        Assert.Equal([2], table["email"].CountValues());
    }

    [Fact]
    public async Task Each_source_has_its_columns_and_several_are_joined()
    {
        FieldTable table = await BuildAsync(
            [new Field { Name = "birth", Kind = FieldKind.BirthDate, Columns = Columns(("crm", ["y", "m", "d"]), ("*", ["dob"])) }],
            [],
            RecordSet.From(
                [
                    SourceRecord.Create("crm", "1", ("y", "1980"), ("m", "3"), ("d", "4")),
                    SourceRecord.Create("crm", "2", ("y", null), ("m", ""), ("d", null)),
                    SourceRecord.Create("crm", "3", ("y", "1980"), ("m", "03"), ("d", "04")),
                ],
                "crm"),
            RecordSet.From([SourceRecord.Create("shop", "1", ("dob", "4 March 1980"))], "shop"));
        AssertValues(table, "birth", "1980-03-04", null, "1980-03-04", "1980-03-04");
    }

    [Fact]
    public async Task A_source_without_columns_has_the_field_missing()
    {
        FieldTable table = await BuildAsync(
            [new Field { Name = "name", Kind = FieldKind.Surname, Columns = Columns(("crm", ["surname"])) }],
            [],
            RecordSet.From([SourceRecord.Create("crm", "1", ("surname", "Smith"))], "crm"),
            RecordSet.From([SourceRecord.Create("shop", "1", ("surname", "Smith"))], "shop"));
        AssertValues(table, "name", "smith", null);
    }

    [Fact]
    public async Task A_whole_name_can_feed_two_fields()
    {
        Dictionary<string, NamePart> Part(NamePart part) => new(StringComparer.Ordinal) { ["shop"] = part };
        FieldTable table = await BuildAsync(
            [
                new Field { Name = "given", Kind = FieldKind.GivenName, Columns = Columns(("crm", ["given"]), ("shop", ["name"])), Parts = Part(NamePart.Given) },
                new Field { Name = "surname", Kind = FieldKind.Surname, Columns = Columns(("crm", ["surname"]), ("shop", ["name"])), Parts = Part(NamePart.Surname) },
            ],
            [new FieldSwap("given", "surname")],
            RecordSet.From([SourceRecord.Create("crm", "1", ("given", "Ann"), ("surname", "Smith"))], "crm"),
            RecordSet.From([SourceRecord.Create("shop", "1", ("name", "Smith, Ann")), SourceRecord.Create("shop", "2", ("name", "Ann Smith"))], "shop"));
        AssertValues(table, "given", "ann", "ann", "ann");
        AssertValues(table, "surname", "smith", "smith", "smith");
        Assert.Same(table["given"].Values, table["surname"].Values);
    }

    [Fact]
    public async Task Ignored_values_are_missing_however_they_are_written()
    {
        FieldTable table = await BuildAsync(
            [new Field { Name = "surname", Kind = FieldKind.Surname, Standardization = new() { IgnoredValues = ["SMITH ", "o'brien"] } }, new Field { Name = "note" }],
            [],
            RecordSet.From(
                [
                    SourceRecord.Create("crm", "1", ("surname", "smith"), ("note", "smith")),
                    SourceRecord.Create("crm", "2", ("surname", "O'Brien"), ("note", null)),
                    SourceRecord.Create("crm", "3", ("surname", "Smithson"), ("note", "tall")),
                ],
                "crm"));
        AssertValues(table, "surname", null, null, "smithson");
        AssertValues(table, "note", "smith", null, "tall");
        Assert.NotSame(table["surname"].Values, table["note"].Values);
    }

    [Fact]
    public async Task A_source_s_dates_are_read_in_the_order_of_the_field()
    {
        Field field = new() { Name = "dob", Kind = FieldKind.BirthDate, Standardization = new() { DateOrder = DateOrder.MonthDayYear } };
        RecordSet records = RecordSet.From([SourceRecord.Create("crm", "1", ("dob", "03/04/1980"))], "crm");
        AssertValues(await BuildAsync([field], [], records), "dob", "1980-03-04");
        AssertValues(await BuildAsync([field with { Standardization = StandardizationOptions.Default }], [], records), "dob", "1980-04-03");
    }

    [Fact]
    public async Task A_source_can_have_options_of_its_own()
    {
        Field field = new()
        {
            Name = "phone",
            Kind = FieldKind.Phone,
            Standardization = new() { DefaultRegion = "GB" },
            SourceStandardization = new Dictionary<string, StandardizationOptions>(StringComparer.Ordinal) { ["shop"] = new() { DefaultRegion = "US", Steps = ["before:;"] } },
        };
        FieldTable table = await BuildAsync(
            [field],
            [],
            RecordSet.From([SourceRecord.Create("crm", "1", ("phone", "020 7946 0958"))], "crm"),
            RecordSet.From([SourceRecord.Create("shop", "1", ("phone", "404 231 5733; home"))], "shop"));
        AssertValues(table, "phone", "+442079460958", "+14042315733");
    }

    [Fact]
    public async Task Titles_and_suffixes_can_be_fields_and_steps_come_before_parts()
    {
        Field name = new()
        {
            Name = "suffix",
            Kind = FieldKind.Category,
            Columns = Columns(("crm", ["name"])),
            Parts = new Dictionary<string, NamePart>(StringComparer.Ordinal) { ["crm"] = NamePart.Suffix },
            Standardization = new() { Steps = ["before:;"] },
        };
        Dictionary<string, NamePart> title = new(StringComparer.Ordinal) { ["crm"] = NamePart.Title };
        FieldTable table = await BuildAsync(
            [name, name with { Name = "title", Parts = title }],
            [],
            RecordSet.From([SourceRecord.Create("crm", "1", ("name", "Dr. John Public Jr.; customer")), SourceRecord.Create("crm", "2", ("name", "Ann Lee"))], "crm"));
        AssertValues(table, "suffix", "jr", null);
        AssertValues(table, "title", "dr", null);
    }

    [Fact]
    public async Task Nicknames_of_the_model_count_in_features_and_comparisons()
    {
        RecordTable records = await RecordTableReader.ReadAsync(
            [RecordSet.From([SourceRecord.Create("crm", "1", ("given", "Zebby")), SourceRecord.Create("crm", "2", ("given", "Zebulon")), SourceRecord.Create("crm", "3", ("given", "Bob"))], "crm")],
            new RecordTableBuilder(), null, null, TestContext.Current.CancellationToken);
        var model = new IdentityModel { Fields = [new Field { Name = "given", Kind = FieldKind.GivenName }], Nicknames = ["Zebulon: Zebby"] };
        FieldTable table = FieldTableBuilder.Build(records, model, new Workers(1, TestContext.Current.CancellationToken));
        Assert.Equal(table.Prepare("given.formal").CodeOf(0), table.Prepare("given.formal").CodeOf(1));
        Assert.True(table.Nicknames.AreVariants("bob", "robert"));
        var comparison = new CompiledComparison(new Comparison { Field = "given", Levels = [new("nickname"), new("else")] }, table);
        Assert.Equal([0, 1], new[] { comparison.CreateEvaluator().Level(0, 1), comparison.CreateEvaluator().Level(0, 2) }.Select(level => (int)level));
    }

    [Fact]
    public async Task Very_long_values_are_standardized_too()
    {
        string value = string.Join(' ', Enumerable.Range(0, 2000).Select(i => $"Wört{i}"));
        FieldTable table = await BuildAsync([new Field { Name = "note" }], [], RecordSet.From([SourceRecord.Create("crm", "1", ("note", value)), SourceRecord.Create("crm", "2", ("note", "short"))], "crm"));
        Assert.Equal(2000, Values(table, "note")[0]!.Split(' ').Length);
        Assert.Equal("short", Values(table, "note")[1]);
        Assert.Equal([0, 1], Enumerable.Range(0, 2).Select(table.Prepare("note.first").CodeOf));
        Assert.Equal([0, -1], Enumerable.Range(0, 2).Select(table.Prepare("note.sorted.suffix:100").CodeOf));
    }

    [Fact]
    public async Task Several_threads_give_the_values_and_codes_of_one()
    {
        SourceRecord[] people = [.. Enumerable.Range(0, 40_000).Select(i => SourceRecord.Create(
            i % 2 == 0 ? "crm" : "shop", $"{i}", ("given", $"Name {i * 7 % 20_011}"), ("surname", $"NAME {i * 3 % 30_011}"), ("phone", i % 9 == 0 ? "n/a" : $"0{7_700_900_000 + (i / 2)}")))];
        RecordTable records = await RecordTableReader.ReadAsync(
            [RecordSet.From(people.Take(25_000), "crm"), RecordSet.From(people.Skip(25_000), "crm")],
            new RecordTableBuilder(), null, null, TestContext.Current.CancellationToken);
        var model = new IdentityModel
        {
            Fields = [new Field { Name = "given" }, new Field { Name = "surname" }, new Field { Name = "phone", Kind = FieldKind.Phone }],
            Swaps = [new FieldSwap("given", "surname")],
        };
        FieldTable one = FieldTableBuilder.Build(records, model, new Workers(1, TestContext.Current.CancellationToken));
        FieldTable several = FieldTableBuilder.Build(records, model, new Workers(3, TestContext.Current.CancellationToken));

        Assert.Same(several["given"].Values, several["surname"].Values);
        foreach (string field in model.Fields.Select(field => field.Name))
        {
            Assert.Equal(one[field].Codes.ToArray(), several[field].Codes.ToArray());
            Assert.Equal(Values(one, field), Values(several, field));
            int[] met = [.. one[field].Codes.ToArray().Where(code => code >= 0).Distinct()];
            Assert.Equal(field == "surname" ? met : met.Order(), met);
        }
    }

    private static async Task<FieldTable> BuildAsync(Field[] fields, FieldSwap[] swaps, params RecordSet[] inputs)
    {
        RecordTable records = await RecordTableReader.ReadAsync(inputs, new RecordTableBuilder(), null, null, TestContext.Current.CancellationToken);
        return FieldTableBuilder.Build(records, new IdentityModel { Fields = fields, Swaps = swaps }, new Workers(2, TestContext.Current.CancellationToken));
    }

    private static void AssertValues(FieldTable table, string field, params string?[] expected) => Assert.Equal(expected.AsEnumerable(), Values(table, field));

    private static string?[] Values(FieldTable table, string field) =>
        [.. table[field].Codes.ToArray().Select(code => code < 0 ? null : table[field].Values.GetString(code))];

    private static Dictionary<string, IReadOnlyList<string>> Columns(params (string Source, string[] Columns)[] columns) =>
        columns.ToDictionary(item => item.Source, item => (IReadOnlyList<string>)item.Columns, StringComparer.Ordinal);
}
