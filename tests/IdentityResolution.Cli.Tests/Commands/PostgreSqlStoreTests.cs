using System.Text.Json;
using IdentityResolution.PostgreSql.Tests;

namespace IdentityResolution.Cli.Tests.Commands;

/// <summary>The store that <c>--lookup postgres:...</c> names, on a real server.</summary>
public sealed class PostgreSqlStoreTests : IClassFixture<PostgreSqlServer>, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PostgreSqlServer _server;

    public PostgreSqlStoreTests(PostgreSqlServer server)
    {
        _server = server;
        server.Require();
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Ids_are_kept_from_run_to_run(bool uri)
    {
        string schema = PostgreSqlServer.NewName();
        string store = uri ? Uri(PostgreSqlServer.Password, schema) : $"{_server.ConnectionString};Schema={schema}";
        string people = await PeopleAsync();
        CliResult first = await CliRun.WithAsync("resolve", people, "--lookup", store, "--output", _folder["first.csv"], "--json");
        CliResult second = await CliRun.WithAsync("resolve", people, "--lookup", store, "--output", _folder["second.csv"], "--json");

        Assert.True((first.ExitCode, second.ExitCode) == (0, 0), first.Error + second.Error);
        Assert.Equal(
            await File.ReadAllTextAsync(_folder["first.csv"], TestContext.Current.CancellationToken),
            await File.ReadAllTextAsync(_folder["second.csv"], TestContext.Current.CancellationToken));
        Assert.NotEqual(0, Created(first));
        Assert.Equal(0, Created(second));
        Assert.Equal(200L, await _server.SqlAsync($"SELECT count(*) FROM {schema}.lookup"));
        Assert.DoesNotContain(PostgreSqlServer.Password, first.Error + first.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_of_another_kind_is_one_line_and_exit_code_2()
    {
        string schema = PostgreSqlServer.NewName();
        await _server.SqlAsync($"CREATE SCHEMA {schema}; CREATE TABLE {schema}.lookup (a text)");
        CliResult result = await CliRun.WithAsync("resolve", await PeopleAsync(), "--lookup", Uri(PostgreSqlServer.Password, schema));

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("idres: postgres:", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_is_one_line_without_it_and_exit_code_1()
    {
        CliResult result = await CliRun.WithAsync("resolve", await PeopleAsync(), "--lookup", Uri("hidden", "mine"));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("password authentication failed", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        CliResult verbose = await CliRun.WithAsync("resolve", await PeopleAsync(), "--lookup", Uri("hidden", "mine"), "--verbose");
        Assert.DoesNotContain("hidden", result.Error + verbose.Error, StringComparison.Ordinal);
    }

    private static int Created(CliResult result)
    {
        using var json = JsonDocument.Parse(result.OutputLines[^1]);
        return json.RootElement.GetProperty("created").GetInt32();
    }

    private string Uri(string password, string schema) =>
        $"postgresql://{PostgreSqlServer.User}:{System.Uri.EscapeDataString(password)}@/postgres?host={System.Uri.EscapeDataString(_server.Folder)}&schema={schema}";

    private async Task<string> PeopleAsync()
    {
        CliResult made = await CliRun.WithAsync("generate", "--records", "200", "--seed", "5", "--output", _folder["people.csv"]);
        Assert.Equal(0, made.ExitCode);
        return _folder["people.csv"];
    }
}
