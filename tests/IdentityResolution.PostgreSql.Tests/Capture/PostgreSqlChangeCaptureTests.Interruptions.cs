using IdentityResolution.Sqlite;
using Npgsql;

namespace IdentityResolution.PostgreSql.Tests.Capture;

/// <summary>What a capture does when something is in its way.</summary>
public partial class PostgreSqlChangeCaptureTests
{
    private const string Two = "CREATE TABLE crm (id int PRIMARY KEY, mail text); INSERT INTO crm VALUES (1, 'a@x'), (2, 'b@x')";

    [Theory]
    [InlineData("CREATE TABLE crm (id int, mail text)", "no primary key")]
    [InlineData("CREATE TABLE crm (id int PRIMARY KEY DEFERRABLE, mail text)", "no primary key")]
    [InlineData("CREATE TABLE crm (id int PRIMARY KEY, mail text); ALTER TABLE crm REPLICA IDENTITY NOTHING", "replica identity")]
    [InlineData("CREATE TABLE crm (id int PRIMARY KEY, k int NOT NULL UNIQUE); ALTER TABLE crm REPLICA IDENTITY USING INDEX crm_k_key", "replica identity")]
    [InlineData("CREATE UNLOGGED TABLE crm (id int PRIMARY KEY)", "unlogged")]
    [InlineData("CREATE VIEW crm AS SELECT 1 AS id", "must be a table")]
    [InlineData("SELECT 1", "no table")]
    [InlineData("CREATE TABLE crm (id int PRIMARY KEY); CREATE PUBLICATION given FOR TABLE crm WITH (publish = 'insert, update')", "must publish")]
    [InlineData("CREATE TABLE crm (id int PRIMARY KEY) PARTITION BY RANGE (id); CREATE TABLE crm_1 PARTITION OF crm DEFAULT; CREATE PUBLICATION given FOR TABLE crm", "publish_via_partition_root")]
    public async Task What_can_not_be_captured_without_loss_is_refused(string sql, string reason)
    {
        await using World world = await World.CreateAsync(server, sql);
        await using CaptureRun run = world.Start(world.Options() with { Publication = "given" });
        Exception error = await run.FailsAsync();
        Assert.IsType<ChangeCaptureException>(error);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Equal(0L, await world.Bench.ValueAsync<long>($"SELECT count(*) FROM pg_replication_slots WHERE slot_name = '{world.Slot}'"));
    }

    [Fact]
    public async Task Nothing_is_made_unless_asked_for()
    {
        await using World world = await World.CreateAsync(server, Two);
        PostgreSqlCaptureOptions options = world.Options() with { Create = false };
        await using CaptureRun first = world.Start(options);
        Assert.Contains("no publication", (await first.FailsAsync()).Message, StringComparison.Ordinal);
        await world.SqlAsync("CREATE TABLE other (id int PRIMARY KEY)");
        await world.SqlAsync($"CREATE PUBLICATION {world.Slot} FOR TABLE other");
        await using CaptureRun second = world.Start(options);
        Assert.Contains("lacks the table", (await second.FailsAsync()).Message, StringComparison.Ordinal);
        await world.SqlAsync($"ALTER PUBLICATION {world.Slot} ADD TABLE crm");
        await using CaptureRun third = world.Start(options);
        Assert.Contains("no slot", (await third.FailsAsync()).Message, StringComparison.Ordinal);
        // A slot that someone else made is taken as it stands.
        await world.SqlAsync($"SELECT pg_create_logical_replication_slot('{world.Slot}', 'pgoutput'); INSERT INTO crm VALUES (3, 'b@x')");
        await using CaptureRun fourth = world.Start(options);
        await fourth.CaughtUpAsync();
        Assert.Equal(["1", "2", "3"], world.Ids());
        await fourth.StopAsync();
    }

    [Fact]
    public async Task Captures_that_begin_together_make_one_publication()
    {
        await using World world = await World.CreateAsync(server, Two);
        for (int round = 0; round < 3; round++)
        {
            var runs = new List<CaptureRun>();
            var ends = new List<IAsyncDisposable>();
            for (int i = 0; i < 5; i++)
            {
                var store = new InMemoryLookupStore();
                LiveIndex index = await LiveIndex.OpenAsync(store, CaptureBench.MailModel(), CaptureBench.LiveOptions, TestContext.Current.CancellationToken);
                runs.Add(world.Bench.Start(world.Bench.Options($"{world.Bench.Database}_{round}_{i}", new CaptureTable("public", "crm", "crm")) with { Publication = $"shared_{round}" }, index, store));
                ends.AddRange([store, index, runs[i]]);
            }
            foreach (CaptureRun run in runs)
            {
                await run.CaughtUpAsync();
                await run.StopAsync();
            }
            ends.Reverse();
            foreach (IAsyncDisposable end in ends)
            {
                await end.DisposeAsync();
            }
        }
    }

    [Fact]
    public async Task A_publication_is_made_beside_a_transaction_that_holds_some_of_the_tables()
    {
        await using World world = await World.CreateAsync(server, Two + "; CREATE TABLE web (id int PRIMARY KEY, mail text); INSERT INTO web VALUES (3, 'c@x')");
        await world.SqlAsync("BEGIN; TRUNCATE web");
        await using CaptureRun run = world.Start(world.Options(new CaptureTable("public", "crm", "crm"), new CaptureTable("public", "web", "web")));
        await run.UntilAsync(() => world.Bench.ValueAsync<bool>("SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'web'::regclass)"));
        // Whoever waits for the one and held the other would be in the way here.
        await world.SqlAsync("TRUNCATE crm; INSERT INTO crm VALUES (4, 'd@x'); COMMIT");
        await run.CaughtUpAsync();
        Assert.Equal(["4"], world.Ids());
        await run.StopAsync();
    }

    [Fact]
    public async Task Records_of_a_truncated_table_go_in_order_of_their_keys()
    {
        await using World world = await World.CreateAsync(server, "CREATE TABLE crm (id int PRIMARY KEY, mail text); INSERT INTO crm SELECT i, i || '@x' FROM generate_series(1, 4) i");
        await using CaptureRun run = world.Start(world.Options() with { MaxBatchSize = 1 });
        await run.CaughtUpAsync();
        await world.SqlAsync("BEGIN; TRUNCATE crm; INSERT INTO crm VALUES (1, 'e@x'), (3, 'f@x'); TRUNCATE crm; COMMIT");
        await run.CaughtUpAsync();
        List<NumberedChange> history = await world.Store.ReadChangesAsync(0, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["1", "2", "3", "4"], history.Where(numbered => numbered.Change.Kind == EntityChangeKind.Left).Select(numbered => numbered.Change.Record!.Value.Id));
        await run.StopAsync();
    }

    [Fact]
    public async Task A_dropped_slot_is_an_error_until_all_is_read_anew()
    {
        await using World world = await World.CreateAsync(server, Two);
        await using (CaptureRun run = world.Start())
        {
            await run.CaughtUpAsync();
            await run.StopAsync();
        }
        string? kept = world.Id("2");
        await world.Bench.DropSlotAsync(world.Slot);
        await world.SqlAsync("DELETE FROM crm WHERE id = 1; INSERT INTO crm VALUES (3, 'c@x')");
        await using (CaptureRun run = world.Start())
        {
            Assert.Contains("was dropped", (await run.FailsAsync()).Message, StringComparison.Ordinal);
        }
        await world.SqlAsync($"SELECT pg_create_logical_replication_slot('{world.Slot}', 'pgoutput')");
        await using (CaptureRun run = world.Start())
        {
            Assert.Contains("what lies between is lost", (await run.FailsAsync()).Message, StringComparison.Ordinal);
        }
        Assert.Equal(["1", "2"], world.Ids());
        await using (CaptureRun run = world.Start(world.Options() with { Resnapshot = true }))
        {
            await run.UntilAsync(() => Task.FromResult(world.Ids() is ["2", "3"]));
            await run.CaughtUpAsync();
            await world.SqlAsync("INSERT INTO crm VALUES (4, 'c@x')");
            await run.CaughtUpAsync();
            Assert.Equal(["2", "3", "4"], world.Ids());
            Assert.Equal(kept, world.Id("2"));
            await run.StopAsync();
        }
    }

    [Fact]
    public async Task A_store_that_is_ahead_of_the_server_is_an_error()
    {
        await using World world = await World.CreateAsync(server, Two);
        await using (CaptureRun run = world.Start())
        {
            await run.CaughtUpAsync();
            await run.StopAsync();
        }
        await world.Index.ApplyAsync([], new StreamPosition("postgres:" + world.Slot, "FF/0"), Token);
        await using CaptureRun again = world.Start();
        Assert.Contains("log ends", (await again.FailsAsync()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Columns_that_come_go_and_change_are_followed_for_all_rows()
    {
        await using World world = await World.CreateAsync(server, Two);
        await using CaptureRun run = world.Start();
        await run.CaughtUpAsync();
        await world.SqlAsync("ALTER TABLE crm ADD town text DEFAULT 'york'; UPDATE crm SET mail = 'c@x' WHERE id = 2");
        await run.CaughtUpAsync();
        Assert.Equal([("id", "1"), ("mail", "a@x"), ("town", "york")], await world.ValuesAsync("1"));
        Assert.Equal([("id", "2"), ("mail", "c@x"), ("town", "york")], await world.ValuesAsync("2"));
        await world.SqlAsync("ALTER TABLE crm RENAME town TO city; ALTER TABLE crm ALTER id TYPE text USING id || 'x'; INSERT INTO crm VALUES ('3x', 'd@x', 'leeds')");
        await run.CaughtUpAsync();
        Assert.Equal(["1x", "2x", "3x"], world.Ids());
        Assert.Equal([("city", "york"), ("id", "1x"), ("mail", "a@x")], await world.ValuesAsync("1x"));
        await run.StopAsync();
        // Also while nobody looks.
        await world.SqlAsync("ALTER TABLE crm DROP city; INSERT INTO crm VALUES ('4x', 'e@x'); DROP TABLE crm; CREATE TABLE crm (id int PRIMARY KEY, mail text); INSERT INTO crm VALUES (7, 'f@x')");
        await using CaptureRun again = world.Start();
        await again.CaughtUpAsync();
        Assert.Equal(["7"], world.Ids());
        await again.StopAsync();
    }

    [Fact]
    public async Task A_table_that_is_added_later_is_read_as_a_whole()
    {
        await using World world = await World.CreateAsync(server, Two + "; CREATE TABLE shop (no int PRIMARY KEY, mail text); INSERT INTO shop VALUES (1, 'a@x')");
        await using (CaptureRun run = world.Start())
        {
            await run.CaughtUpAsync();
            await run.StopAsync();
        }
        await world.SqlAsync("UPDATE crm SET mail = 'c@x' WHERE id = 2; INSERT INTO shop VALUES (2, 'c@x')");
        await using CaptureRun both = world.Start(world.Options(new CaptureTable("public", "crm", "crm"), new CaptureTable("public", "shop", "shop")));
        await both.CaughtUpAsync();
        Assert.Equal(world.Id("1"), world.Index.Find(new RecordKey("shop", "1")));
        Assert.Equal(world.Id("2"), world.Index.Find(new RecordKey("shop", "2")));
        await world.SqlAsync("INSERT INTO shop VALUES (3, 'c@x')");
        await both.CaughtUpAsync();
        Assert.Equal(world.Id("2"), world.Index.Find(new RecordKey("shop", "3")));
        await both.StopAsync();
    }

    [Fact]
    public async Task A_second_capture_of_a_slot_waits_and_gives_up()
    {
        await using World world = await World.CreateAsync(server, Two);
        await using CaptureRun first = world.Start();
        await first.CaughtUpAsync();
        await using CaptureRun second = world.Start(world.Options() with { SlotPatience = TimeSpan.Zero });
        PostgresException error = Assert.IsType<PostgresException>(await second.FailsAsync());
        Assert.Equal(PostgresErrorCodes.ObjectInUse, error.SqlState);
        await first.StopAsync();
    }

    [Fact]
    public async Task The_server_gets_its_answers_while_a_batch_takes_long()
    {
        await using World world = await World.CreateAsync(server, Two);
        await world.SqlAsync($"ALTER DATABASE {world.Bench.Database} SET wal_sender_timeout = '2s'");
        int slow = 0;
        await using CaptureRun run = world.Start(onBatch: async (batch, token) =>
        {
            if (batch.Transactions > 0 && Interlocked.Exchange(ref slow, 1) == 0)
            {
                await Task.Delay(TimeSpan.FromSeconds(5), token);
            }
        });
        await run.CaughtUpAsync();
        await world.SqlAsync("INSERT INTO crm VALUES (3, 'a@x')");
        await run.UntilAsync(() => Task.FromResult(Volatile.Read(ref slow) == 1));
        await world.SqlAsync("INSERT INTO crm VALUES (4, 'b@x')");
        await run.CaughtUpAsync();
        await run.UntilAsync(() => Task.FromResult(world.Index.Count == 4));
        Assert.Empty(run.Errors);
        await run.StopAsync();
    }

    [Fact]
    public async Task The_slot_moves_on_while_only_other_tables_change()
    {
        await using World world = await World.CreateAsync(server, Two + "; CREATE TABLE other (id int)");
        await using CaptureRun run = world.Start();
        await run.CaughtUpAsync();
        await world.SqlAsync("INSERT INTO other SELECT generate_series(1, 10000)");
        string end = (await world.Bench.LogEndAsync()).ToString();
        await run.UntilAsync(() => world.Bench.ValueAsync<bool>($"SELECT confirmed_flush_lsn >= '{end}' FROM pg_replication_slots WHERE slot_name = '{world.Slot}'"));
        await run.StopAsync();
        // What the store knows is never behind what the server was told.
        await using CaptureRun again = world.Start();
        await again.CaughtUpAsync();
        await again.StopAsync();
    }

    [Fact]
    public async Task What_a_listener_throws_ends_the_run_and_nothing_is_lost()
    {
        await using World world = await World.CreateAsync(server, Two);
        await using (CaptureRun run = world.Start(onBatch: (_, _) => throw new IOException("The listener is gone.")))
        {
            Assert.Equal("The listener is gone.", Assert.IsType<IOException>(await run.FailsAsync()).Message);
        }
        await using CaptureRun again = world.Start();
        await again.CaughtUpAsync();
        Assert.Equal(["1", "2"], world.Ids());
        await again.StopAsync();
    }

    [Fact]
    public async Task Another_writer_of_the_store_does_not_end_the_capture()
    {
        await using World world = await World.CreateAsync(server, Two);
        await using CaptureRun run = world.Start();
        await run.CaughtUpAsync();
        await using (LiveIndex other = await LiveIndex.OpenAsync(world.Store, null, CaptureBench.LiveOptions with { TimeProvider = new FixedTime(2027) }, Token))
        {
            await other.UpsertAsync(SourceRecord.Create("file", "1", ("mail", "a@x")), Token);
        }
        await world.SqlAsync("INSERT INTO crm VALUES (3, 'a@x')");
        await run.CaughtUpAsync();
        Assert.Equal(world.Index.Find(new RecordKey("file", "1")), world.Id("3"));
        await run.StopAsync();
    }

    [Fact]
    public async Task A_server_that_crashes_is_found_again()
    {
        await using World world = await World.CreateAsync(server, Two);
        await using CaptureRun run = world.Start();
        await run.CaughtUpAsync();
        int victim = await world.Bench.ValueAsync<int>("SELECT pg_backend_pid()");
        using (System.Diagnostics.Process kill = System.Diagnostics.Process.Start("kill", ["-KILL", victim.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync(Token);
        }
        await run.UntilAsync(() => Task.FromResult(run.Errors.Count > 0));
        await server.AnswersAsync();
        await world.Bench.ReconnectAsync();
        await world.SqlAsync("INSERT INTO crm VALUES (3, 'a@x')");
        await run.CaughtUpAsync();
        Assert.Equal(world.Id("1"), world.Id("3"));
        await run.StopAsync();
    }

    [Fact]
    public async Task A_store_in_SQLite_resumes_where_it_was()
    {
        await using World world = await World.CreateAsync(server, Two);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("idres-capture-");
        try
        {
            for (int restart = 0; restart < 3; restart++)
            {
                await using SqliteLookupStore store = SqliteLookupStore.Open(Path.Combine(folder.FullName, "customers.db"));
                await using LiveIndex index = await LiveIndex.OpenAsync(store, restart == 0 ? CaptureBench.MailModel() : null, CaptureBench.LiveOptions, Token);
                await world.SqlAsync($"INSERT INTO crm VALUES ({10 + restart}, 'a@x')");
                await using CaptureRun run = world.Bench.Start(world.Options(), index, store);
                await run.CaughtUpAsync();
                await world.SqlAsync($"INSERT INTO crm VALUES ({20 + restart}, 'b@x'); DELETE FROM crm WHERE id = {9 + restart}");
                await run.CaughtUpAsync();
                Assert.Equal(await world.Bench.ValueAsync<long>("SELECT count(*) FROM crm"), index.Count);
                Assert.Equal(index.Find(new RecordKey("crm", "1")), index.Find(new RecordKey("crm", "12")) ?? index.Find(new RecordKey("crm", "1")));
                Assert.Equal(index.Find(new RecordKey("crm", "2")), index.Find(new RecordKey("crm", "20")));
                await run.StopAsync();
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
