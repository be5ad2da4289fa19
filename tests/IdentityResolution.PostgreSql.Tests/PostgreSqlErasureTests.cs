using System.Text;
using Npgsql;

namespace IdentityResolution.PostgreSql.Tests;

/// <summary>After an erasure no file of the cluster holds a value of the record; of the write-ahead log that is so where the server removes old segments.</summary>
public sealed class PostgreSqlErasureTests : IClassFixture<PostgreSqlServer>
{
    private const string Secret = "Xanthippe-Wolkenstein";
    private static readonly DateTimeOffset At = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
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
        int runs = await FillAsync(store, secret, erased);
        // The planner's statistics hold ids too, and those of an earlier time stay in their table until it is vacuumed.
        await _server.SqlAsync($"ANALYZE {_schema}.lookup; ANALYZE {_schema}.records; ANALYZE {_schema}.links");
        await _server.SqlAsync("CHECKPOINT");
        Assert.Contains(Holding(secret), file => file.StartsWith("base", StringComparison.Ordinal));
        Assert.Contains(Holding(erased.Id), file => file.StartsWith("base", StringComparison.Ordinal));

        ErasureReceipt receipt = await store.EraseAsync(Erasure(runs, erased), Token);
        Assert.Equal(["C0"], receipt.EntityIds);
        // What it can't do is told: of a superuser's erasure that is the log, and what was copied.
        Assert.Contains("write-ahead log", Assert.Single(receipt.Notes), StringComparison.Ordinal);
        // Where segments of the log are used again, one may hold what it held until it is overwritten; where they are removed, none is left.
        Assert.DoesNotContain(Holding(secret).Concat(Holding(erased.Id)), file => recycle == "off" || !file.StartsWith("pg_wal", StringComparison.Ordinal));
        Assert.NotEmpty(Holding("neighbour"));
        Assert.Equal(runs + 1, (await store.LoadAsync(Token)).RunCount);
    }

    [Fact]
    public async Task No_file_of_the_cluster_holds_a_standard_value_or_a_key_of_an_erased_record()
    {
        await _server.SqlAsync("ALTER SYSTEM SET wal_recycle = off");
        await _server.SqlAsync("SELECT pg_reload_conf()");
        await using PostgreSqlLookupStore store = PostgreSqlLookupStore.OpenConnectionString(
            _server.ConnectionString, PostgreSqlLookupOptions.Default with { Schema = _schema, Terms = RecordTermOptions.Plain });
        (string secret, RecordKey erased) = ("Kunigunde-Termwald", Erased with { Id = $"{Erased.Id}-terms" });
        int runs = await FillAsync(store, secret, erased);
        IdentityModel model = new IdentityModelBuilder().Field("name", FieldKind.Text).MatchOn("name").BlockOn("name.words").Build();
        await store.CommitAsync(new LookupCommit("model", At.AddHours(1), "abc", [], [], []) { Model = model.ToJson() }, Token);
        await _server.SqlAsync($"ANALYZE {_schema}.record_terms");
        await _server.SqlAsync("CHECKPOINT");
        Assert.Contains(Holding("kunigunde"), file => file.StartsWith("base", StringComparison.Ordinal));

        ErasureReceipt receipt = await store.EraseAsync(Erasure(runs + 1, erased), Token);
        Assert.Equal(4, receipt.RemovedRows["record_terms"]);
        Assert.Empty(Holding("kunigunde").Concat(Holding("termwald")).Concat(Holding(erased.Id)));
        Assert.NotEmpty(Holding("neighbour"));
    }

    [Fact]
    public async Task A_transaction_that_may_still_read_what_was_erased_is_told_and_the_next_erasure_makes_up_for_it()
    {
        await _server.SqlAsync("ALTER SYSTEM SET wal_recycle = off");
        await _server.SqlAsync("SELECT pg_reload_conf()");
        await using PostgreSqlLookupStore store = Open(_server.ConnectionString);
        (string secret, RecordKey erased) = ($"{Secret}-read", Erased with { Id = $"{Erased.Id}-read" });
        int runs = await FillAsync(store, secret, erased);
        await using (var reader = new NpgsqlConnection(_server.ConnectionString))
        {
            await reader.OpenAsync(Token);
            await using var command = new NpgsqlCommand("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM pg_class", reader);
            await command.ExecuteScalarAsync(Token);
            await using PostgreSqlLookupStore hasty = PostgreSqlLookupStore.OpenConnectionString(
                _server.ConnectionString, PostgreSqlLookupOptions.Default with { Schema = _schema, LockTimeout = TimeSpan.FromSeconds(1) });
            ErasureReceipt receipt = await hasty.EraseAsync(Erasure(runs, erased), Token);
            Assert.Contains("VACUUM FULL on the tables", receipt.Notes[1], StringComparison.Ordinal);
            Assert.Null(await store.FindRecordAsync(erased, Token));
        }

        LookupCommit next = Erasure(runs + 1, new RecordKey("crm", "unknown")) with { RunId = "erase again", Entities = [] };
        Assert.Single((await store.EraseAsync(next, Token)).Notes);
        Assert.Empty(Holding(secret).Concat(Holding(erased.Id)));
    }

    [Fact]
    public async Task A_role_that_may_not_clean_statistics_is_told()
    {
        string role = PostgreSqlServer.NewName();
        await _server.SqlAsync($"CREATE ROLE {role} LOGIN PASSWORD 'x'; CREATE SCHEMA {_schema} AUTHORIZATION {role}");
        await using PostgreSqlLookupStore store = Open(new NpgsqlConnectionStringBuilder(_server.ConnectionString) { Username = role, Password = "x" }.ConnectionString);
        int runs = await FillAsync(store, Secret, Erased);

        ErasureReceipt receipt = await store.EraseAsync(Erasure(runs, Erased), Token);
        Assert.Equal(2, receipt.Notes.Count);
        Assert.Contains("pg_statistic", receipt.Notes[1], StringComparison.Ordinal);
        Assert.Null(await store.FindRecordAsync(Erased, Token));
    }

    private static LookupCommit Erasure(int runs, RecordKey erased) => new("erase", At.AddDays(1), "abc", [], [new EntityState("C0", 1, null) { IsRetired = true }], [])
    {
        RemovedRows = [erased],
        ExpectedRunCount = runs,
    };

    // Records come, change and go in between, so that pages hold old versions of the one that will be erased.
    private static async Task<int> FillAsync(PostgreSqlLookupStore store, string secret, RecordKey erased)
    {
        var random = new Random(1);
        int runs = 0;
        for (; runs < 12; runs++)
        {
            RecordKey[] keys = [.. Enumerable.Range(0, 60).Select(_ => new RecordKey("crm", $"secret-ie-{random.Next(1, 900)}")).Distinct()];
            RecordKey[] removed = [.. keys.Take(random.Next(30))];
            RecordKey[] kept = [.. keys.Except(removed), erased];
            await store.CommitAsync(
                new LookupCommit(
                    $"run {runs}",
                    At.AddMinutes(runs),
                    "abc",
                    [.. kept.Select(key => new LookupRow(key, "C0", "email", random.Next(1_000_000) / 1e6))],
                    runs == 0 ? [new EntityState("C0", 1, null)] : [],
                    [.. kept.Select(key => new EntityChange(EntityChangeKind.Joined, "C0", null, key, "email", $"run {runs}", At.AddMinutes(runs)))])
                {
                    RemovedRows = runs == 0 ? [] : removed,
                    Records =
                    [
                        .. kept.Select(key => SourceRecord.Create(
                            key.Source, key.Id, ("name", (key == erased ? secret : "neighbour") + new string('x', random.Next(400))), ("n", $"{runs}"))),
                    ],
                    Links = [.. kept.Where(key => key != erased).Select(key => new Link(key, erased, "email", 1, null))],
                    Judgements = [new Judgement(kept[0], erased, JudgementDecision.Same) { Note = secret }],
                    ExpectedRunCount = runs,
                },
                Token);
        }
        return runs;
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
