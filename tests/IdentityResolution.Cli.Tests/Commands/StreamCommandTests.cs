using System.Text.Json;
using IdentityResolution.Sqlite;

namespace IdentityResolution.Cli.Tests.Commands;

public sealed class StreamCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public StreamCommandTests()
    {
        IdentityModel model = new IdentityModelBuilder().Field("email", FieldKind.Email).Field("name", FieldKind.FullName).MatchOn("email").Build();
        File.WriteAllText(_folder["model.json"], model.ToJson());
    }

    private string Store => $"sqlite:{_folder["customers.db"]}";

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Changes_of_records_become_changes_of_customers()
    {
        CliResult result = await StreamAsync("""
            {"op":"upsert","source":"crm","id":"1","values":{"email":"ann@x.org","name":"Ann Lee"}}
            {"op":"upsert","source":"shop","id":2,"values":{"email":"ann@x.org"}}
            {"op":"upsert","source":"shop","id":"3","values":{"email":"bob@x.org"}}
            {"op":"judge","left":{"source":"crm","id":"1"},"right":{"source":"shop","id":"3"},"decision":"same","by":"me"}
            {"op":"delete","source":"shop","id":"2"}
            """, "--batch", "1");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(["created", "joined", "created", "merged", "left"], result.OutputLines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("change").GetString()));
        await using SqliteLookupStore store = SqliteLookupStore.Open(_folder["customers.db"]);
        LookupState state = await store.LoadAsync(TestContext.Current.CancellationToken);
        Assert.Single(state.Rows.Select(row => row.EntityId).Distinct());
    }

    [Fact]
    public async Task Debezium_envelopes_are_read_with_and_without_their_schema()
    {
        CliResult result = await StreamAsync("""
            {"schema":{},"payload":{"before":null,"after":{"no":7,"email":"ann@x.org"},"source":{"table":"people","lsn":10},"op":"r"}}
            {"before":null,"after":{"no":8,"email":"ann@x.org"},"source":{"table":"people","lsn":11},"op":"c"}
            {"before":{"no":8},"after":{"no":8,"email":"new@x.org"},"source":{"table":"people","lsn":12},"op":"u"}
            {"before":{"no":7},"after":null,"source":{"table":"people","lsn":13},"op":"d"}
            null
            {"schema":null,"payload":null}
            """, "--batch", "1", "--id", "no");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(["created", "joined", "split", "moved", "left", "retired"], result.OutputLines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("change").GetString()));
        CliResult emptied = await StreamAsync("""{"before":null,"after":null,"source":{"table":"people","lsn":14},"op":"t"}""");
        Assert.Equal(2, emptied.OutputLines.Length);
        Assert.Contains("0 records in the store", emptied.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_lines_are_told_with_line_and_reason_and_the_run_goes_on()
    {
        const string Lines = """
            {"op":"upsert","source":"crm","id":"1","values":{"email":"ann@x.org"}}
            {"op":"upsert","source":"crm",
            {"op":"upsert","source":"crm","values":{}}
            {"op":"turn"}
            {"op":"upsert","source":"crm","id":"2","values":{"email":"ann@x.org"}}
            """;
        CliResult result = await StreamAsync(Lines);
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(2, result.OutputLines.Length - 0);
        Assert.Contains("standard input:2: The line is not JSON", result.Error, StringComparison.Ordinal);
        Assert.Contains("standard input:3: 'id' is missing.", result.Error, StringComparison.Ordinal);
        Assert.Contains("standard input:4: 'op' must be", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("ann@x.org", result.Error, StringComparison.Ordinal);
        CliResult limited = await StreamAsync(Lines, "--max-quarantined", "2");
        Assert.Equal(2, limited.ExitCode);
        Assert.Contains("standard input:4: more than 2 lines can't be read", limited.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restart_goes_on_behind_the_position_and_a_replay_changes_nothing()
    {
        const string First = """
            {"op":"upsert","source":"crm","id":"1","values":{"email":"ann@x.org"}}
            {"op":"upsert","source":"crm","id":"2","values":{"email":"ann@x.org"}}

            """;
        await StreamAsync(First, "--stream", "crm");
        CliResult second = await StreamAsync(First + """{"op":"upsert","source":"crm","id":"3","values":{"email":"ann@x.org"}}""", "--stream", "crm");
        Assert.Contains("3 lines read, 2 of them before; 1 records changed", second.Error, StringComparison.Ordinal);
        Assert.Single(second.OutputLines);
        CliResult replay = await StreamAsync(First);
        Assert.Empty(replay.OutputLines);
        Assert.Contains("2 as they were", replay.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Envelopes_are_skipped_by_log_sequence_number()
    {
        static string Line(int id, int lsn) => $$$"""{"after":{"id":{{{id}}},"email":"x{{{id}}}@x.org"},"source":{"table":"people","lsn":{{{lsn}}}},"op":"c"}""" + "\n";
        await StreamAsync(Line(1, 10) + Line(2, 20), "--stream", "pg", "--resume", "lsn");
        CliResult second = await StreamAsync(Line(1, 10) + Line(3, 20) + Line(4, 30), "--stream", "pg", "--resume", "lsn");
        Assert.Contains("3 lines read, 1 of them before; 2 records changed", second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stores_that_keep_no_records_are_refused()
    {
        CliResult result = await CliRun.WithAsync("stream", "--lookup", $"csv:{_folder["customers.csv"]}");
        Assert.Equal((2, "idres: --lookup: this kind of store keeps no records; use sqlite:FILE\n"), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task Erasing_prints_the_receipt()
    {
        CliResult made = await StreamAsync("""
            {"op":"upsert","source":"crm","id":"1","values":{"email":"ann@x.org"}}
            {"op":"upsert","source":"crm","id":"2","values":{"email":"ann@x.org"}}
            """);
        string customer = JsonDocument.Parse(made.OutputLines[0]).RootElement.GetProperty("customer_id").GetString()!;
        CliResult one = await CliRun.WithAsync("erase", "--lookup", Store, "--record", "crm/1");
        Assert.True(one.ExitCode == 0, one.Error);
        Assert.Equal(customer, JsonDocument.Parse(one.Output).RootElement.GetProperty("customerIds")[0].GetString());
        CliResult rest = await CliRun.WithAsync("erase", "--lookup", Store, "--customer", customer);
        Assert.True(rest.ExitCode == 0, rest.Error);
        await using SqliteLookupStore store = SqliteLookupStore.Open(_folder["customers.db"]);
        Assert.Empty((await store.LoadAsync(TestContext.Current.CancellationToken)).Rows);
        CliResult unknown = await CliRun.WithAsync("erase", "--lookup", Store, "--customer", "nobody");
        Assert.Equal((2, "idres: --customer: the id was never given\n"), (unknown.ExitCode, unknown.Error));
    }

    private Task<CliResult> StreamAsync(string input, params string[] more) =>
        CliRun.WithAsync(["stream", "--lookup", Store, "--model", _folder["model.json"], .. more], input);
}
