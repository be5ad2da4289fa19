using System.Text.RegularExpressions;
using Npgsql;

namespace IdentityResolution.PostgreSql.Tests;

/// <summary>Neither values of records nor the password are in what the store throws.</summary>
[Collection(PostgreSqlTests.Name)]
public class PrivacyTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 12, 30, 45, TimeSpan.Zero);
    private readonly PostgreSqlServer _server;
    private readonly string _schema = PostgreSqlServer.NewName();

    public PrivacyTests(PostgreSqlServer server)
    {
        _server = server;
        server.Require();
    }

    [Fact]
    public async Task A_password_that_is_wrong_is_not_told()
    {
        await using PostgreSqlLookupStore store = PostgreSqlLookupStore.OpenConnectionString(
            new NpgsqlConnectionStringBuilder(_server.ConnectionString) { Password = "hidden" }.ConnectionString);
        PostgresException error = await Assert.ThrowsAsync<PostgresException>(() => store.LoadAsync(TestContext.Current.CancellationToken));

        Assert.Equal(PostgresErrorCodes.InvalidPassword, error.SqlState);
        Assert.DoesNotContain("hidden", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told_without_the_password()
    {
        await using PostgreSqlLookupStore store = PostgreSqlLookupStore.OpenConnectionString(
            new NpgsqlConnectionStringBuilder(_server.ConnectionString) { Port = 5431, Password = "hidden" }.ConnectionString);
        NpgsqlException error = await Assert.ThrowsAsync<NpgsqlException>(() => store.LoadAsync(TestContext.Current.CancellationToken));
        Assert.DoesNotContain("hidden", error.ToString(), StringComparison.Ordinal);
    }

    // Each breaks a rule in a way that makes the server quote the row, when it is asked for details.
    public static TheoryData<string> Faults => new("sequence", "unknown", "row", "check");

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_commit_that_is_refused_tells_no_value(string fault)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        await using PostgreSqlLookupStore store = PostgreSqlLookupStore.OpenConnectionString(
            new NpgsqlConnectionStringBuilder(_server.ConnectionString) { IncludeErrorDetail = true }.ConnectionString,
            PostgreSqlLookupOptions.Default with { Schema = _schema });
        await store.CommitAsync(Commit("run 1", [new(new RecordKey("hidden source", "hidden id"), "hidden-1", "", null)], [new("hidden-1", 1, null)]), token);
        LookupCommit bad = fault switch
        {
            "sequence" => Commit("run 2", [], [new("hidden-2", 1, null)]),
            "unknown" => Commit("run 2", [new(new RecordKey("hidden source", "hidden id"), "hidden-3", "", null)], []),
            "row" => Commit("run 2", [new(new RecordKey("hidden source", ""), "hidden-1", "", null)], []),
            _ => Commit("run 2", [new(new RecordKey("hidden source", "hidden new"), "hidden-1", "", null)], []),
        };
        if (fault == "check")
        {
            await _server.SqlAsync($"ALTER TABLE {_schema}.lookup ADD CHECK (record_id <> 'hidden new')");
        }
        Exception error = (await Record.ExceptionAsync(() => store.CommitAsync(bad, token)))!;

        Assert.True(error is PostgresException or LookupFormatException, error.ToString());
        Assert.DoesNotMatch(new Regex("hidden", RegexOptions.None, TimeSpan.FromSeconds(1)), error.ToString());
    }

    private static LookupCommit Commit(string run, LookupRow[] rows, EntityState[] entities) => new(run, At, "00", rows, entities, []);
}
