using System.Runtime.CompilerServices;

namespace IdentityResolution.PostgreSql.Tests;

/// <summary>A store that the first release made (tests/data/stores/version1.sql: two runs, four records) is read, and brought up to date by the first write.</summary>
[Collection(PostgreSqlTests.Name)]
public sealed class PostgreSqlMigrationTests : IAsyncLifetime
{
    private static readonly RecordKey First = new("crm", "1");
    private readonly PostgreSqlServer _server;
    private readonly string _schema = PostgreSqlServer.NewName();

    public PostgreSqlMigrationTests(PostgreSqlServer server)
    {
        _server = server;
        server.Require();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        string sql = await File.ReadAllTextAsync(Path.Combine(Repository(), "tests", "data", "stores", "version1.sql"));
        await _server.SqlAsync($"CREATE SCHEMA {_schema}; SET search_path = {_schema}; {sql}");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Reading_a_store_of_version_1_changes_nothing_in_it()
    {
        string tables = await TablesAsync(_schema);
        await using PostgreSqlLookupStore store = Open(_schema);
        LookupState state = await store.LoadAsync(Token);
        Assert.Equal(4, state.Rows.Count);
        Assert.Equal(2, state.RunCount);
        Assert.Equal("CCCBKP2TDX31R1", (await store.FindAsync(First, Token))!.Value.EntityId);
        Assert.Equal("CCCBKP2TDX31R1", await store.ResolveEntityAsync("CCCBKP2TDX31R1", Token));
        Assert.Equal(4, await CountAsync(store.ReadChangesAsync(0, Token)));
        Assert.Equal(2, await CountAsync(store.ReadRunsAsync(Token)));
        Assert.Equal(0, await CountAsync(store.ReadRecordsAsync(Token)));
        await store.VisitRecordsAsync((_, _, _) => Assert.Fail("It keeps no records."), Token);
        Assert.Null(await store.FindModelAsync(Token));

        Assert.Equal("1", await VersionAsync());
        Assert.Equal(tables, await TablesAsync(_schema));
    }

    [Fact]
    public async Task The_first_write_brings_a_store_of_version_1_up_to_date()
    {
        var at = new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);
        await using PostgreSqlLookupStore store = Open(_schema);
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.RollBackAsync("20261122T053743296Z-7912b76b-2", "back", at, Token));
        await store.CommitAsync(
            new LookupCommit("run 3", at, "abc", [new LookupRow(First, "CARN7Q6R77Q8ZD", "email", 1)], [], [])
            {
                ExpectedRunCount = 2,
                Records = [SourceRecord.Create("crm", "1", ("name", "Ann"))],
                RemovedRows = [new RecordKey("crm", "4")],
            },
            Token);

        Assert.Equal("3", await VersionAsync());
        Assert.Equal("CARN7Q6R77Q8ZD", (await store.FindAsync(First, at, Token))!.Value.EntityId);
        Assert.Equal("CCCBKP2TDX31R1", (await store.FindAsync(First, at.AddDays(-1), Token))!.Value.EntityId);
        // What the rows were before the last run of the old version is not known.
        Assert.Null(await store.FindAsync(First, new DateTimeOffset(2026, 11, 22, 5, 37, 42, TimeSpan.Zero), Token));
        await store.RollBackAsync("run 3", "back", at.AddDays(1), Token);
        Assert.Equal("CCCBKP2TDX31R1", (await store.FindAsync(First, Token))!.Value.EntityId);
        Assert.Equal(4, (await store.LoadAsync(Token)).Rows.Count);
        Assert.Null(await store.FindRecordAsync(First, Token));
    }

    [Fact]
    public async Task A_write_that_fails_leaves_a_store_of_version_1_as_it_was()
    {
        string tables = await TablesAsync(_schema);
        await using PostgreSqlLookupStore store = Open(_schema);
        await Assert.ThrowsAsync<LookupConflictException>(
            () => store.CommitAsync(new LookupCommit("run 3", DateTimeOffset.UnixEpoch, "abc", [], [], []) { ExpectedRunCount = 7 }, Token));
        Assert.Equal("1", await VersionAsync());
        Assert.Equal(tables, await TablesAsync(_schema));
    }

    [Fact]
    public async Task A_store_of_version_2_is_read_with_its_records_and_brought_up_to_date_by_the_first_write()
    {
        IdentityModel model = new IdentityModelBuilder().Field("email", FieldKind.Email).MatchOn("email").Build();
        string schema = PostgreSqlServer.NewName();
        await using (PostgreSqlLookupStore made = Open(schema))
        {
            await using LiveIndex index = await LiveIndex.OpenAsync(made, model, cancellationToken: Token);
            await index.UpsertAsync(SourceRecord.Create("crm", "1", ("email", "ann@x.org")), Token);
        }
        await _server.SqlAsync($"""
            DROP TABLE {schema}.record_terms CASCADE;
            UPDATE {schema}.meta SET value = '2' WHERE key = 'schema_version'
            """);
        await using PostgreSqlLookupStore old = PostgreSqlLookupStore.OpenConnectionString(
            _server.ConnectionString, PostgreSqlLookupOptions.Default with { Schema = schema, Terms = RecordTermOptions.Plain });
        Assert.Equal(0, await CountAsync(old.ReadTermsAsync(Token)));
        Assert.True(await old.OwesTermsAsync(Token));
        await using LiveIndex opened = await LiveIndex.OpenAsync(old, cancellationToken: Token);
        Assert.Equal(1, opened.Count);
        await opened.UpsertAsync(SourceRecord.Create("crm", "2", ("email", "ann@x.org")), Token);
        Assert.Equal("3", await _server.SqlAsync($"SELECT value FROM {schema}.meta WHERE key = 'schema_version'"));
        Assert.Equal(4, await CountAsync(old.ReadTermsAsync(Token)));
        Assert.False(await old.OwesTermsAsync(Token));
    }

    [Fact]
    public async Task A_new_store_has_the_tables_of_one_that_was_brought_up_to_date()
    {
        await using (PostgreSqlLookupStore old = Open(_schema))
        {
            await old.CommitAsync(new LookupCommit("run 3", DateTimeOffset.UnixEpoch, "abc", [], [], []), Token);
        }
        string fresh = PostgreSqlServer.NewName();
        await using (PostgreSqlLookupStore store = Open(fresh))
        {
            await store.CommitAsync(new LookupCommit("run 1", DateTimeOffset.UnixEpoch, "abc", [], [], []), Token);
        }
        string migrated = await TablesAsync(_schema);
        Assert.Contains("past_rows", migrated, StringComparison.Ordinal);
        // Rows of the old version count as written by its last run, the second.
        Assert.Equal(await TablesAsync(fresh), migrated.Replace("run_number bigint t 2", "run_number bigint t 0", StringComparison.Ordinal));
    }

    private static async Task<int> CountAsync<T>(IAsyncEnumerable<T> items)
    {
        int count = 0;
        await foreach (T _ in items)
        {
            count++;
        }
        return count;
    }

    private static string Repository([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", ".."));

    private PostgreSqlLookupStore Open(string schema) =>
        PostgreSqlLookupStore.OpenConnectionString(_server.ConnectionString, PostgreSqlLookupOptions.Default with { Schema = schema });

    private async Task<string?> VersionAsync() => (string?)await _server.SqlAsync($"SELECT value FROM {_schema}.meta WHERE key = 'schema_version'");

    // Every column with its type and default, every index and every constraint, without the schema's name.
    private async Task<string> TablesAsync(string schema)
    {
        object? columns = await _server.SqlAsync($"""
            SELECT string_agg(concat_ws(' ', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid)), chr(10) ORDER BY c.relname, a.attname)
            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
            WHERE c.relnamespace = '{schema}'::regnamespace AND c.relkind IN ('r', 'v')
            """);
        object? keys = await _server.SqlAsync($"""
            SELECT string_agg(concat_ws(' ', c.relname, pg_get_indexdef(i.indexrelid)), chr(10) ORDER BY c.relname, pg_get_indexdef(i.indexrelid))
            FROM pg_class c JOIN pg_index i ON i.indrelid = c.oid WHERE c.relnamespace = '{schema}'::regnamespace
            """);
        return $"{columns}\n{keys}".Replace(schema, "store", StringComparison.Ordinal);
    }
}
