using System.Text;
using IdentityResolution.Tests.Lookup;
using Npgsql;

namespace IdentityResolution.PostgreSql.Tests;

/// <summary>After an erasure no file of the cluster holds a value of the record; of the write-ahead log that is so where the server removes old segments.</summary>
public sealed class PostgreSqlErasureTests : IClassFixture<PostgreSqlServer>
{
    private const string Secret = "Xanthippe-Wolkenstein";
    private static readonly RecordKey Erased = new("crm", "secret-id-4711");
    private readonly PostgreSqlServer _server;
    private readonly string _schema = PostgreSqlServer.NewName();

    public PostgreSqlErasureTests(PostgreSqlServer server)
    {
        _server = server;
        server.Require();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("on")]
    [InlineData("off")]
    public async Task No_file_of_the_cluster_holds_an_erased_value(string recycle)
    {
        await _server.SqlAsync($"ALTER SYSTEM SET wal_recycle = {recycle}");
        await _server.SqlAsync("SELECT pg_reload_conf()");
        await using PostgreSqlLookupStore store = Open(_server.ConnectionString);
        (string secret, RecordKey erased) = ($"{Secret}-{recycle}", Erased with { Id = $"{Erased.Id}-{recycle}" });
        ErasureWorld world = await FillAsync(store, secret, erased);
        // The planner's statistics hold ids too, and those of an earlier time stay in their table until it is vacuumed.
        await _server.SqlAsync($"ANALYZE {_schema}.lookup; ANALYZE {_schema}.records; ANALYZE {_schema}.links");
        await _server.SqlAsync("CHECKPOINT");
        Assert.Contains(Holding(secret), file => file.StartsWith("base", StringComparison.Ordinal));
        Assert.Contains(Holding(erased.Id), file => file.StartsWith("base", StringComparison.Ordinal));

        ErasureReceipt receipt = await store.EraseAsync(world.Erasure, Token);
        Assert.Equal(["C0"], receipt.EntityIds);
        // What it can't do is told: of a superuser's erasure that is the log, and what was copied.
        Assert.Contains("write-ahead log", Assert.Single(receipt.Notes), StringComparison.Ordinal);
        // Where segments of the log are used again, one may hold what it held until it is overwritten; where they are removed, none is left.
        Assert.DoesNotContain(Holding(secret).Concat(Holding(erased.Id)), file => recycle == "off" || !file.StartsWith("pg_wal", StringComparison.Ordinal));
        Assert.NotEmpty(Holding(ErasureWorld.Neighbour));
        Assert.Equal(world.Runs + 1, (await store.LoadAsync(Token)).RunCount);
    }

    [Fact]
    public async Task No_file_of_the_cluster_holds_a_standard_value_or_a_key_of_an_erased_record()
    {
        await _server.SqlAsync("ALTER SYSTEM SET wal_recycle = off");
        await _server.SqlAsync("SELECT pg_reload_conf()");
        await using PostgreSqlLookupStore store = PostgreSqlLookupStore.OpenConnectionString(
            _server.ConnectionString, PostgreSqlLookupOptions.Default with { Schema = _schema, Terms = RecordTermOptions.Plain });
        (string secret, RecordKey erased) = ("Kunigunde-Termwald", Erased with { Id = $"{Erased.Id}-terms" });
        ErasureWorld world = await FillAsync(store, secret, erased);
        await world.AddModelAsync(store, Token);
        await _server.SqlAsync($"ANALYZE {_schema}.record_terms");
        await _server.SqlAsync("CHECKPOINT");
        Assert.Contains(Holding("kunigunde"), file => file.StartsWith("base", StringComparison.Ordinal));

        ErasureReceipt receipt = await store.EraseAsync(world.Erasure, Token);
        Assert.Equal(4, receipt.RemovedRows["record_terms"]);
        Assert.Empty(Holding("kunigunde").Concat(Holding("termwald")).Concat(Holding(erased.Id)));
        Assert.NotEmpty(Holding(ErasureWorld.Neighbour));
    }

    [Fact]
    public async Task A_transaction_that_may_still_read_what_was_erased_is_told_and_the_next_erasure_makes_up_for_it()
    {
        await _server.SqlAsync("ALTER SYSTEM SET wal_recycle = off");
        await _server.SqlAsync("SELECT pg_reload_conf()");
        await using PostgreSqlLookupStore store = Open(_server.ConnectionString);
        (string secret, RecordKey erased) = ($"{Secret}-read", Erased with { Id = $"{Erased.Id}-read" });
        ErasureWorld world = await FillAsync(store, secret, erased);
        await using (var reader = new NpgsqlConnection(_server.ConnectionString))
        {
            await reader.OpenAsync(Token);
            await using var command = new NpgsqlCommand("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM pg_class", reader);
            await command.ExecuteScalarAsync(Token);
            await using PostgreSqlLookupStore hasty = PostgreSqlLookupStore.OpenConnectionString(
                _server.ConnectionString, PostgreSqlLookupOptions.Default with { Schema = _schema, LockTimeout = TimeSpan.FromSeconds(1) });
            ErasureReceipt receipt = await hasty.EraseAsync(world.Erasure, Token);
            Assert.Contains("VACUUM FULL on the tables", receipt.Notes[1], StringComparison.Ordinal);
            Assert.Null(await store.FindRecordAsync(erased, Token));
        }

        LookupCommit next = world.Erasure with { RunId = "erase again", Entities = [], RemovedRows = [new RecordKey("crm", "unknown")], ExpectedRunCount = world.Runs + 1 };
        Assert.Single((await store.EraseAsync(next, Token)).Notes);
        Assert.Empty(Holding(secret).Concat(Holding(erased.Id)));
    }

    [Fact]
    public async Task A_role_that_may_not_clean_statistics_is_told()
    {
        string role = PostgreSqlServer.NewName();
        await _server.SqlAsync($"CREATE ROLE {role} LOGIN PASSWORD 'x'; CREATE SCHEMA {_schema} AUTHORIZATION {role}");
        await using PostgreSqlLookupStore store = Open(new NpgsqlConnectionStringBuilder(_server.ConnectionString) { Username = role, Password = "x" }.ConnectionString);
        ErasureWorld world = await FillAsync(store, Secret, Erased);

        ErasureReceipt receipt = await store.EraseAsync(world.Erasure, Token);
        Assert.Equal(2, receipt.Notes.Count);
        Assert.Contains("pg_statistic", receipt.Notes[1], StringComparison.Ordinal);
        Assert.Null(await store.FindRecordAsync(Erased, Token));
    }

    private static async Task<ErasureWorld> FillAsync(PostgreSqlLookupStore store, string secret, RecordKey erased)
    {
        var world = new ErasureWorld(secret, erased);
        await world.FillAsync(store, runs: 12, seed: 1, Token);
        return world;
    }

    private PostgreSqlLookupStore Open(string connection) =>
        PostgreSqlLookupStore.OpenConnectionString(connection, PostgreSqlLookupOptions.Default with { Schema = _schema });

    // The files of the cluster that hold a value, by their path in it.
    private List<string> Holding(string value)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        string folder = Path.Combine(_server.Folder, "data");
        var found = new List<string>();
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            try
            {
                if (File.ReadAllBytes(file).AsSpan().IndexOf(bytes) >= 0)
                {
                    found.Add(Path.GetRelativePath(folder, file));
                }
            }
            catch (FileNotFoundException)
            {
                // The server removed it meanwhile.
            }
        }
        return found;
    }
}
