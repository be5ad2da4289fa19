using IdentityResolution.Tests.Lookup;
using Microsoft.Data.Sqlite;

namespace IdentityResolution.Sqlite.Tests;

public sealed class SqliteLookupStoreTests : LiveStoreContractTests, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("idres-sqlite-");

    private string File => Path.Combine(_folder.FullName, "customers.db");

    protected override ILiveStore OpenLive() => SqliteLookupStore.Open(File);

    protected override ILiveStore OpenEmpty() => SqliteLookupStore.Open(Path.Combine(_folder.FullName, $"{_folder.GetFiles().Length}.db"));

    protected override ILiveStore OpenWith(RecordTermOptions? terms) => SqliteLookupStore.Open(File, terms);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public Task Terms_are_kept_in_the_form_that_was_chosen() => KeptTerms.CheckAsync(OpenWith, Token);

    [Fact]
    public async Task Reading_makes_no_file()
    {
        await using ILookupStore store = Open();
        await store.LoadAsync(Token);
        await store.FindAsync(new RecordKey("crm", "1"), Token);

        Assert.Empty(_folder.GetFiles());
    }

    [Fact]
    public async Task A_full_disk_changes_nothing()
    {
        await using (ILookupStore store = Open())
        {
            await store.CommitAsync(FirstRun(), Token);
        }

        await using SqliteLookupStore full = SqliteLookupStore.Open(File, connection => Execute(connection, "PRAGMA max_page_count = 40"));
        Contents before = await Read(full);
        SqliteException error = await Assert.ThrowsAsync<SqliteException>(() => full.CommitAsync(ManyRows(50_000, _ => { }), Token));
        Assert.Equal(13, error.SqliteErrorCode);
        Assert.Equal(before, await Read(full));

        await using ILookupStore reopened = Open();
        Assert.Equal(before, await Read(reopened));
        await reopened.CommitAsync(ManyRows(50_000, _ => { }), Token);
        Assert.Equal(50_002, (await reopened.LoadAsync(Token)).Rows.Count);
    }

    [Fact]
    public async Task A_crash_before_the_end_of_a_commit_leaves_the_state_before_it()
    {
        string crashed = Path.Combine(_folder.FullName, "crashed.db");
        await using ILookupStore store = Open();
        await store.CommitAsync(FirstRun(), Token);
        Contents before = await Read(store);
        // A small cache makes SQLite write pages of the unfinished transaction to the log.
        await using SqliteLookupStore writer = SqliteLookupStore.Open(File, connection => Execute(connection, "PRAGMA cache_size = 5"));
        await writer.CommitAsync(
            ManyRows(20_000, row =>
            {
                if (row == 19_999)
                {
                    Assert.True(new FileInfo(File + "-wal").Length > 100_000);
                    System.IO.File.Copy(File, crashed);
                    System.IO.File.Copy(File + "-wal", crashed + "-wal");
                }
            }),
            Token);

        await using SqliteLookupStore reopened = SqliteLookupStore.Open(crashed);
        Assert.Equal(before, await Read(reopened));
        Assert.Equal(20_002, (await store.LoadAsync(Token)).Rows.Count);
    }

    [Fact]
    public async Task A_crash_in_a_large_first_commit_leaves_an_empty_store()
    {
        string crashed = Path.Combine(_folder.FullName, "crashed.db");
        // A small cache makes SQLite write pages of the unfinished transaction to the file: a large first commit has no write-ahead log.
        await using (SqliteLookupStore writer = SqliteLookupStore.Open(File, connection => Execute(connection, "PRAGMA cache_size = 5")))
        {
            await writer.CommitAsync(
                ManyRows(60_000, row =>
                {
                    if (row == 50_000)
                    {
                        Assert.False(System.IO.File.Exists(File + "-wal"));
                        System.IO.File.Copy(File + "-journal", crashed + "-journal");
                        System.IO.File.Copy(File, crashed);
                    }
                }) with
                { ExpectedRunCount = 0 },
                Token);
            Assert.True(new FileInfo(crashed).Length > 100_000);
            // From here on it has one.
            await writer.CommitAsync(new LookupCommit("run 3", DateTimeOffset.UnixEpoch, "abc", [], [], []), Token);
            Assert.True(System.IO.File.Exists(File + "-wal"));
            Assert.Equal(60_000, (await writer.LoadAsync(Token)).Rows.Count);
        }

        await using SqliteLookupStore reopened = SqliteLookupStore.Open(crashed);
        Assert.Equal(0, (await reopened.LoadAsync(Token)).RunCount);
        await reopened.CommitAsync(FirstRun(), Token);
        Assert.Equal(2, (await reopened.LoadAsync(Token)).Rows.Count);
    }

    [Fact]
    public async Task A_second_writer_gets_the_drivers_error_and_changes_nothing()
    {
        await using ILookupStore store = Open();
        await store.CommitAsync(FirstRun(), Token);
        Contents before = await Read(store);
        await using var other = new SqliteConnection($"Data Source={File}");
        await other.OpenAsync(Token);
        Execute(other, "BEGIN IMMEDIATE");

        await using SqliteLookupStore impatient = SqliteLookupStore.OpenConnectionString($"Data Source={File};Default Timeout=1;Pooling=False");
        SqliteException error = await Assert.ThrowsAsync<SqliteException>(() => impatient.CommitAsync(Merge(), Token));
        Assert.Equal(5, error.SqliteErrorCode);
        Assert.Equal(before, await Read(store));

        Execute(other, "ROLLBACK");
        await impatient.CommitAsync(Merge(), Token);
        Assert.Equal(2, (await store.LoadAsync(Token)).RunCount);
        SqliteConnection.ClearPool(other);
    }

    [Fact]
    public async Task Two_stores_of_one_file_see_each_others_runs()
    {
        await using ILookupStore left = Open();
        await using ILookupStore right = Open();
        await left.CommitAsync(FirstRun(), Token);
        await right.CommitAsync(Merge(), Token);

        Assert.Equal(await Read(right), await Read(left));
        await Assert.ThrowsAsync<LookupConflictException>(() => left.CommitAsync(Merge() with { RunId = "run 3" }, Token));
    }

    [Theory]
    [InlineData("file:x.db?mode=memory")]
    [InlineData(":memory:")]
    [InlineData("a b;Mode=ReadOnly;.db")]
    [InlineData("quote'\"%20#.db")]
    [InlineData("-rf")]
    [InlineData("|DataDirectory|x")]
    [InlineData("line\nfeed \U0001F600.db")]
    public async Task Any_name_of_a_file_will_do(string name)
    {
        string path = Path.Combine(_folder.FullName, name);
        await using (SqliteLookupStore store = SqliteLookupStore.Open(path))
        {
            await store.CommitAsync(FirstRun(), Token);
        }

        Assert.True(System.IO.File.Exists(path));
        await using SqliteLookupStore reopened = SqliteLookupStore.Open(path);
        Assert.Equal(2, (await reopened.LoadAsync(Token)).Rows.Count);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_the_drivers_error()
    {
        await using SqliteLookupStore store = SqliteLookupStore.Open(Path.Combine(_folder.FullName, "no", "customers.db"));
        SqliteException error = await Assert.ThrowsAsync<SqliteException>(() => store.CommitAsync(FirstRun(), Token));
        Assert.Equal(14, error.SqliteErrorCode);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_and_left_alone()
    {
        byte[] foreign = "source,record_id,customer_id\n1,2,3\n"u8.ToArray();
        await System.IO.File.WriteAllBytesAsync(File, foreign, Token);
        await using ILookupStore store = Open();

        await Assert.ThrowsAsync<LookupFormatException>(() => store.LoadAsync(Token));
        await Assert.ThrowsAsync<LookupFormatException>(() => store.CommitAsync(FirstRun(), Token));
        Assert.Equal(foreign, await System.IO.File.ReadAllBytesAsync(File, Token));
    }

    [Theory]
    [InlineData("CREATE TABLE lookup (a)")]
    [InlineData("CREATE TABLE meta (a)")]
    [InlineData("CREATE TABLE meta (key, value); INSERT INTO meta VALUES ('format', 'x')")]
    public async Task A_database_of_another_kind_is_refused_and_left_alone(string tables)
    {
        Sql(tables);
        await using ILookupStore store = Open();

        LookupFormatException error = await Assert.ThrowsAsync<LookupFormatException>(() => store.LoadAsync(Token));
        Assert.Equal(store.Description, error.Store);
        await Assert.ThrowsAsync<LookupFormatException>(() => store.CommitAsync(FirstRun(), Token));
        Assert.Equal(1L, Sql("SELECT count(*) FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'"));
    }

    [Fact]
    public async Task A_later_schema_version_is_refused()
    {
        await using (ILookupStore store = Open())
        {
            await store.CommitAsync(FirstRun(), Token);
        }
        Sql("UPDATE meta SET value = '4' WHERE key = 'schema_version'");

        await using ILookupStore reopened = Open();
        LookupFormatException error = await Assert.ThrowsAsync<LookupFormatException>(() => reopened.LoadAsync(Token));
        Assert.Contains("version 3", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<LookupFormatException>(() => reopened.CommitAsync(Merge(), Token));
    }

    [Fact]
    public async Task A_row_of_an_unknown_customer_is_refused()
    {
        await using (ILookupStore store = Open())
        {
            await store.CommitAsync(FirstRun(), Token);
        }
        Sql("PRAGMA foreign_keys = OFF; UPDATE lookup SET customer_id = 'gone' WHERE record_id = '1'");

        await using ILookupStore reopened = Open();
        await Assert.ThrowsAsync<LookupFormatException>(() => reopened.LoadAsync(Token));
    }

    [Fact]
    public async Task The_history_can_be_read_as_a_view()
    {
        await using (ILookupStore store = Open())
        {
            await store.CommitAsync(FirstRun(), Token);
            await store.CommitAsync(Merge(), Token);
        }

        Assert.Equal("run 2", Sql("SELECT run_id FROM history WHERE kind = 'merged' AND customer_id = 'C2' AND related_id = 'C1' AND reason = 'email'"));
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private object? Sql(string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = File, Pooling = false }.ConnectionString);
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
