using Microsoft.Extensions.Logging;

namespace IdentityResolution.Tests;

public class ResolveErrorTests
{
    // A word that stands in values only; wherever it comes out, a value came out.
    private const string Secret = "Qzxlvokrin";

    [Fact]
    public void Columns_that_an_input_lacks_are_told_together_with_those_it_has()
    {
        IdentityResolver resolver = IdentityResolver.Create(
            model => model
                .Field(new Field { Name = "email", Columns = Columns(("*", ["mail"])) })
                .Field(new Field { Name = "surname", Columns = Columns(("crm", ["last_name"]), ("shop", ["family", "name2"])) })
                .Field("birth_date", FieldKind.BirthDate)
                .MatchOn("email"),
            Customers.Options);
        InvalidModelException exception = Assert.Throws<InvalidModelException>(() => resolver.Resolve(
            RecordSet.From([SourceRecord.Create("crm", "1", ("email", Secret), ("last_name", Secret))], "crm", "crm.csv"),
            RecordSet.From([SourceRecord.Create("shop", "1", ("Mail", Secret), ("family", Secret))], "shop", "shop.csv")));
        Assert.Equal(
            [
                new ModelError("fields[0].columns", "'mail' is no column of crm.csv; its columns are email, last_name."),
                new ModelError("fields[1].columns", "'name2' is no column of shop.csv; its columns are Mail, family."),
                new ModelError("fields[2]", "no input has a column 'birth_date'; columns are email, last_name, Mail, family."),
            ],
            exception.Errors);
        Assert.DoesNotContain(Secret, exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_unique_source_that_no_record_has_is_told_with_the_sources()
    {
        IdentityResolver resolver = IdentityResolver.CreateAutomatic(AutomaticModelOptions.Default with { UniqueSources = ["web"] }, Customers.Options);
        InvalidModelException exception = Assert.Throws<InvalidModelException>(() => resolver.Resolve(RecordSet.From(Customers.Generate(50), "crm")));
        Assert.Equal("uniqueSources[0]", Assert.Single(exception.Errors).Path);
    }

    [Fact]
    public void Without_records_no_model_is_inferred_and_a_model_resolves_nothing()
    {
        IdentityResolver automatic = IdentityResolver.CreateAutomatic(options: Customers.Options);
        InvalidRecordException exception = Assert.Throws<InvalidRecordException>(() => automatic.Resolve(RecordSet.From([], name: "crm.csv")));
        Assert.Contains("crm.csv: there are no records, so no model can be inferred.", exception.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidRecordException>(() => automatic.Resolve());
        Resolution resolution = IdentityResolverTests.Resolver(automatic: false).Resolve(RecordSet.From([]));
        Assert.Empty(resolution.Lookup);
        Assert.Equal((0, 0, 0), (resolution.Summary.Records, resolution.Summary.Customers, resolution.Summary.Links));
        Assert.Equal("source,record_id,customer_id,matched_by,match_probability\n", Customers.Csv(resolution.Lookup));
    }

    [Fact]
    public void One_record_is_one_customer()
    {
        Resolution resolution = IdentityResolverTests.Resolver(automatic: false).Resolve(RecordSet.From(Customers.Generate(1)));
        Assert.Equal((1, 1, 0), (resolution.Lookup.Count, resolution.Summary.Customers, resolution.Summary.Links));
    }

    [Fact]
    public void Where_no_column_tells_who_somebody_is_the_columns_are_told()
    {
        InvalidModelException exception = Assert.Throws<InvalidModelException>(() => IdentityResolver.CreateAutomatic(options: Customers.Options).Resolve(
            RecordSet.From(Enumerable.Range(0, 30).Select(i => SourceRecord.Create("crm", TestTable.Id(i), ("country", Secret), ("note", ""))))));
        Assert.Equal(new ModelError("", "No column was found that tells who a record is about; columns are country, note."), Assert.Single(exception.Errors));
    }

    [Fact]
    public void More_quarantined_rows_than_allowed_stop_the_run()
    {
        SourceRecord[] records = [.. Customers.Generate(20), SourceRecord.Create("crm", "", ("email", Secret))];
        Resolution resolution = IdentityResolverTests.Resolver(automatic: false, Customers.Options with { MaxQuarantinedRows = 1 }).Resolve(RecordSet.From(records));
        Assert.Equal((20, 1), (resolution.Summary.Records, resolution.Summary.Quarantined));
        Assert.Equal(QuarantineReason.MissingRecordId, Assert.Single(resolution.Quarantine).Reason);
        Assert.Throws<InvalidRecordException>(() =>
            IdentityResolverTests.Resolver(automatic: false, Customers.Options with { MaxQuarantinedRows = 0 }).Resolve(RecordSet.From(records)));
    }

    [Fact]
    public void Arguments_are_checked()
    {
        Assert.Throws<ArgumentNullException>(() => IdentityResolver.Create((IdentityModel)null!));
        Assert.Throws<ArgumentNullException>(() => IdentityResolver.Create((Action<IdentityModelBuilder>)null!));
        Assert.Throws<ArgumentNullException>(() => IdentityResolverTests.Resolver(automatic: true).Resolve(null!));
        InvalidModelException exception = Assert.Throws<InvalidModelException>(() =>
            IdentityResolver.CreateAutomatic(AutomaticModelOptions.Default with { MatchProbabilityThreshold = 1 }, ResolverOptions.Default with { Threads = 1025 }));
        Assert.Equal(["automatic.matchProbabilityThreshold", "options.threads"], exception.Errors.Select(error => error.Path));
    }

    [Fact]
    public void No_value_comes_out_in_messages_decisions_warnings_or_logs() => Law.Holds(
        random =>
        {
            SourceRecord[] records = [.. Enumerable.Range(0, random.Next(1, 60)).Select(i => BadRecord(random, i))];
            RecordSet[] inputs = random.Next(3) == 0 ? [RecordSet.From(records)] : [RecordSet.From(records.Take(20)), RecordSet.From(records.Skip(20), "shop", "shop.csv")];
            var log = new ListLogger();
            ResolverOptions options = Customers.Options with { MaxQuarantinedRows = random.Next(2) == 0 ? null : random.Next(3) };
            try
            {
                IdentityResolver resolver = random.Next(3) switch
                {
                    0 => IdentityResolver.CreateAutomatic(AutomaticModelOptions.Default with { LinkOnly = random.Next(2) == 0 }, options, log),
                    1 => IdentityResolver.Create(Customers.Describe, options, log),
                    _ => IdentityResolver.Create(model => model.Field("email", FieldKind.Email).Field("fax", FieldKind.Phone).MatchOn("email"), options, log),
                };
                Resolution resolution = resolver.Resolve(inputs);
                Assert.All(resolution.Decisions.Concat(resolution.Warnings), text => Assert.DoesNotContain(Secret, text, StringComparison.OrdinalIgnoreCase));
                Assert.All(resolution.Quarantine, row => Assert.DoesNotContain(Secret, row.ToString(), StringComparison.OrdinalIgnoreCase));
            }
            catch (IdentityResolutionException exception)
            {
                Assert.DoesNotContain(Secret, exception.ToString(), StringComparison.OrdinalIgnoreCase);
            }
            Assert.All(log.Lines, line => Assert.DoesNotContain(Secret, line, StringComparison.OrdinalIgnoreCase));
        },
        tests: 60);

    [Fact]
    public void A_run_logs_its_numbers_and_its_warnings()
    {
        var log = new ListLogger();
        IdentityResolver.Create(model => model.Field("email", FieldKind.Email).MatchOn("email"), Customers.Options, log)
            .Resolve(RecordSet.From(Enumerable.Range(0, 101).Select(i => SourceRecord.Create("crm", TestTable.Id(i), ("email", "info@example.org")))));
        Assert.StartsWith("Resolved 101 records into 101 customers: 0 candidate pairs, 0 links, ", log.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith("Match rule 'email' met 1 hot key shared by more than 100 records", log.Lines[1], StringComparison.Ordinal);
        Assert.Equal(2, log.Lines.Count);
    }

    private static SourceRecord BadRecord(Random random, int i)
    {
        string id = random.Next(8) == 0 ? "" : random.Next(8) == 0 ? "r0001" : TestTable.Id(i);
        string Value() => random.Next(6) switch
        {
            0 => "",
            1 => Secret + '\ud800',
            2 => string.Concat(Enumerable.Repeat(Secret + ' ', 40)),
            3 => $"{Secret}{random.Next(10)}@{Secret}.example",
            4 => $"31.02.{Secret}",
            _ => $"{Secret}{random.Next(4)}",
        };
        return SourceRecord.Create(
            "crm", id, ("given_name", Value()), ("surname", Value()), ("birth_date", Value()), ("email", Value()), ("postcode", random.Next(4) == 0 ? null : Value()));
    }

    private static Dictionary<string, IReadOnlyList<string>> Columns(params (string Source, string[] Columns)[] columns) =>
        columns.ToDictionary(item => item.Source, item => (IReadOnlyList<string>)item.Columns, StringComparer.Ordinal);

    private sealed class ListLogger : ILogger<IdentityResolver>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));
    }
}
