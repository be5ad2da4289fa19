using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace IdentityResolution.Sqlite.Tests;

/// <summary>A file that the first release of the store made (tests/data/stores/version1.db: two runs, four records) is read, and brought up to date by the first write.</summary>
public sealed class SqliteMigrationTests : IDisposable
{
    private static readonly RecordKey First = new("crm", "1");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("idres-sqlite-");

    public SqliteMigrationTests() => System.IO.File.Copy(Path.Combine(Repository(), "tests", "data", "stores", "version1.db"), File);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string File => Path.Combine(_folder.FullName, "customers.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Reading_a_store_of_version_1_changes_nothing_in_it()
    {
        byte[] before = await System.IO.File.ReadAllBytesAsync(File, Token);
        await using (SqliteLookupStore store = SqliteLookupStore.Open(File))
        {
            LookupState state = await store.LoadAsync(Token);
            Assert.Equal(4, state.Rows.Count);
            Assert.Equal(2, state.RunCount);
            Assert.Equal("CCCBKP2TDX31R1", (await store.FindAsync(First, Token))!.Value.EntityId);
            Assert.Equal("CCCBKP2TDX31R1", await store.ResolveEntityAsync("CCCBKP2TDX31R1", Token));
            Assert.Equal(4, await CountAsync(store.ReadChangesAsync(0, Token)));
            Assert.Equal(2, await CountAsync(store.ReadRunsAsync(Token)));
            Assert.Equal(0, await CountAsync(store.ReadRecordsAsync(Token)));
            Assert.Null(await store.FindModelAsync(Token));
        }
        Assert.Equal(before, await System.IO.File.ReadAllBytesAsync(File, Token));
        Assert.Equal("1", Sql("SELECT value FROM meta WHERE key = 'schema_version'"));
    }

    [Fact]
    public async Task The_first_write_brings_a_store_of_version_1_up_to_date()
    {
        var at = new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);
        await using SqliteLookupStore store = SqliteLookupStore.Open(File);
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => store.RollBackAsync((string)Sql("SELECT run_id FROM runs WHERE run_number = 2")!, "back", at, Token));
        await store.CommitAsync(
            new LookupCommit("run 3", at, "abc", [new LookupRow(First, "CARN7Q6R77Q8ZD", "email", 1)], [], [])
            {
                ExpectedRunCount = 2,
                Records = [SourceRecord.Create("crm", "1", ("name", "Ann"))],
                RemovedRows = [new RecordKey("crm", "4")],
            },
            Token);

        Assert.Equal("3", Sql("SELECT value FROM meta WHERE key = 'schema_version'"));
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
    public async Task A_store_of_version_2_is_read_with_its_records_and_brought_up_to_date_by_the_first_write()
    {
        IdentityModel model = new IdentityModelBuilder().Field("email", FieldKind.Email).MatchOn("email").Build();
        System.IO.File.Delete(File);
        await using (SqliteLookupStore made = SqliteLookupStore.Open(File))
        {
            await using LiveIndex index = await LiveIndex.OpenAsync(made, model, cancellationToken: Token);
            await index.UpsertAsync(SourceRecord.Create("crm", "1", ("email", "ann@x.org")), Token);
        }
        Sql("""
            DROP VIEW standard_values; DROP VIEW match_keys; DROP VIEW blocking_keys; DROP TABLE record_terms;
            UPDATE meta SET value = '2' WHERE key = 'schema_version'
            """);
        await using (SqliteLookupStore old = SqliteLookupStore.Open(File, RecordTermOptions.Plain))
        {
            Assert.Equal(0, await CountAsync(old.ReadTermsAsync(Token)));
            Assert.True(await old.OwesTermsAsync(Token));
            await using LiveIndex index = await LiveIndex.OpenAsync(old, cancellationToken: Token);
            Assert.Equal(1, index.Count);
            Assert.Equal("2", Sql("SELECT value FROM meta WHERE key = 'schema_version'"));
            await index.UpsertAsync(SourceRecord.Create("crm", "2", ("email", "ann@x.org")), Token);
            Assert.Equal("3", Sql("SELECT value FROM meta WHERE key = 'schema_version'"));
            Assert.Equal(4, await CountAsync(old.ReadTermsAsync(Token)));
            Assert.False(await old.OwesTermsAsync(Token));
        }
        Assert.Equal("[\"ann@x.org\"]", Sql("SELECT min(key) FROM match_keys WHERE rule = 'email'"));
    }

    [Fact]
    public async Task A_new_store_has_the_tables_of_one_that_was_brought_up_to_date()
    {
        await using (SqliteLookupStore old = SqliteLookupStore.Open(File))
        {
            await old.CommitAsync(new LookupCommit("run 3", DateTimeOffset.UnixEpoch, "abc", [], [], []), Token);
        }
        const string Schema = "SELECT group_concat(replace(sql, 'DEFAULT 2', 'DEFAULT 0'), char(10)) FROM (SELECT sql FROM sqlite_schema ORDER BY name)";
        object? migrated = Sql(Schema);
        System.IO.File.Delete(File);
        await using (SqliteLookupStore fresh = SqliteLookupStore.Open(File))
        {
            await fresh.CommitAsync(new LookupCommit("run 1", DateTimeOffset.UnixEpoch, "abc", [], [], []), Token);
        }
        Assert.Equal(migrated, Sql(Schema));
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

    private object? Sql(string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = File, Pooling = false }.ConnectionString);
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
