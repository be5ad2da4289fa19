namespace IdentityResolution.PostgreSql.Tests.Capture;

/// <summary>Change capture against a real server: what rows become.</summary>
[Collection(PostgreSqlTests.Name)]
public partial class PostgreSqlChangeCaptureTests(PostgreSqlServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_that_stand_there_and_changes_that_follow_become_records()
    {
        await using World world = await World.CreateAsync(server, "CREATE TABLE crm (id int PRIMARY KEY, mail text, name text); INSERT INTO crm VALUES (1, 'a@x', 'Ann'), (2, 'b@x', NULL)");
        await using CaptureRun run = world.Start();
        await run.CaughtUpAsync();
        Assert.Equal(2, world.Index.Count);
        Assert.NotEqual(world.Id("1"), world.Id("2"));
        await world.SqlAsync("UPDATE crm SET mail = 'a@x' WHERE id = 2; INSERT INTO crm VALUES (3, 'c@x', 'Cid'), (4, 'a@x', 'Ann'); DELETE FROM crm WHERE id = 3");
        await run.CaughtUpAsync();
        Assert.Equal(3, world.Index.Count);
        Assert.Equal(world.Id("1"), world.Id("2"));
        Assert.Equal(world.Id("1"), world.Id("4"));
        Assert.Null(world.Id("3"));
        Assert.Equal([("id", "2"), ("mail", "a@x"), ("name", null)], await world.ValuesAsync("2"));
        Assert.Empty(run.Errors);
        await run.StopAsync();
    }

    [Fact]
    public async Task Every_type_has_one_text_whatever_the_settings_and_whether_it_was_read_or_streamed()
    {
        const string Row = """
            true, 12.50, 0.1, 1e100, '2024-02-29', '2024-02-29 23:30:00.25+09', '2024-02-29 23:30:00', '23:30:00', '1 year 2 days 03:04:05', '\x00ff',
            'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', '{"a": 1}', '{1,NULL,2}', 'happy', 'ab', 1234.5, '10.0.0.1', 'straße 東京', '', 'x'
            """;
        await using World world = await World.CreateAsync(server, $$"""
            CREATE TYPE mood AS ENUM ('happy', 'sad');
            CREATE DOMAIN short AS text CHECK (length(value) < 5);
            CREATE TABLE crm (id bigint PRIMARY KEY, c01 bool, c02 numeric, c03 real, c04 double precision, c05 date, c06 timestamptz, c07 timestamp, c08 time, c09 interval,
                c10 bytea, c11 uuid, c12 jsonb, c13 int[], c14 mood, c15 char(4), c16 money, c17 inet, c18 varchar(20), c19 text, c20 short, c21 int GENERATED ALWAYS AS (1) STORED);
            INSERT INTO crm VALUES (1, {{Row}});
            DO $body$ BEGIN
                EXECUTE format('ALTER DATABASE %I SET DateStyle = ''German''', current_database());
                EXECUTE format('ALTER DATABASE %I SET TimeZone = ''Asia/Tokyo''', current_database());
                EXECUTE format('ALTER DATABASE %I SET extra_float_digits = -5', current_database());
                EXECUTE format('ALTER DATABASE %I SET bytea_output = ''escape''', current_database());
                EXECUTE format('ALTER DATABASE %I SET IntervalStyle = ''postgres_verbose''', current_database());
            END $body$;
            """);
        await using CaptureRun run = world.Start();
        await run.CaughtUpAsync();
        await world.SqlAsync($"INSERT INTO crm VALUES (2, {Row})");
        await run.CaughtUpAsync();
        string?[] expected =
        [
            "true", "12.50", "0.1", "1e+100", "2024-02-29", "2024-02-29 14:30:00.25+00", "2024-02-29 23:30:00", "23:30:00", "P1Y2DT3H4M5S", "\\x00ff",
            "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "{\"a\": 1}", "{1,NULL,2}", "happy", "ab  ", "$1,234.50", "10.0.0.1", "straße 東京", "", "x",
        ];
        Assert.Equal(expected, (await world.ValuesAsync("1")).Where(value => value.Column != "id").Select(value => value.Value));
        Assert.Equal(expected, (await world.ValuesAsync("2")).Where(value => value.Column != "id").Select(value => value.Value));
        await run.StopAsync();
    }

    [Theory]
    [InlineData("DEFAULT")]
    [InlineData("FULL")]
    [InlineData("USING INDEX crm_key")]
    public async Task A_long_value_that_is_not_sent_again_is_kept(string identity)
    {
        await using World world = await World.CreateAsync(server, $"""
            CREATE TABLE crm (id int PRIMARY KEY, mail text, note text, CONSTRAINT crm_key UNIQUE (id));
            ALTER TABLE crm ALTER note SET STORAGE EXTERNAL;
            ALTER TABLE crm REPLICA IDENTITY {identity};
            """);
        await using CaptureRun run = world.Start();
        await world.SqlAsync("INSERT INTO crm SELECT i, 'a@x', repeat(i::text, 20000) FROM generate_series(1, 3) i");
        await run.CaughtUpAsync();
        await world.SqlAsync("UPDATE crm SET mail = 'b@x' WHERE id = 1; UPDATE crm SET id = 20, mail = 'b@x' WHERE id = 2; UPDATE crm SET id = 30 WHERE id = 3; UPDATE crm SET id = 40 WHERE id = 30;");
        await run.CaughtUpAsync();
        Assert.Equal([("id", "1"), ("mail", "b@x"), ("note", new string('1', 20000))], await world.ValuesAsync("1"));
        Assert.Equal([("id", "20"), ("mail", "b@x"), ("note", new string('2', 20000))], await world.ValuesAsync("20"));
        Assert.Equal([("id", "40"), ("mail", "a@x"), ("note", new string('3', 20000))], await world.ValuesAsync("40"));
        Assert.Equal(3, world.Index.Count);
        // What was erased comes back as it stands in the table.
        await world.Index.EraseAsync(new RecordKey("crm", "1"), Token);
        await world.SqlAsync("UPDATE crm SET mail = 'c@x' WHERE id = 1");
        await run.CaughtUpAsync();
        Assert.Equal([("id", "1"), ("mail", "c@x"), ("note", new string('1', 20000))], await world.ValuesAsync("1"));
        await run.StopAsync();
    }

    [Fact]
    public async Task Ids_of_several_columns_are_never_mistaken_for_each_other()
    {
        await using World world = await World.CreateAsync(server, """
            CREATE TABLE crm (a text, b text, mail text, PRIMARY KEY (a, b));
            INSERT INTO crm VALUES ('x|y', 'z', 'a@x'), ('x', 'y|z', 'b@x'), ('x\', '|', 'c@x'), ('', '', 'd@x');
            """);
        await using CaptureRun run = world.Start();
        await run.CaughtUpAsync();
        await world.SqlAsync("""INSERT INTO crm VALUES ('x\|', '', 'e@x'); DELETE FROM crm WHERE b = 'z'; UPDATE crm SET b = 'w' WHERE b = 'y|z'""");
        await run.CaughtUpAsync();
        Assert.Equal(["x\\\\\\||", "x\\\\|\\|", "x|w", "|"], world.Ids());
        await run.StopAsync();
    }

    [Fact]
    public async Task Names_may_hold_any_sign()
    {
        const string Odd = "we\"ird '.=; DROP TABLE crm; -- é";
        string quoted = "\"" + Odd.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
        await using World world = await World.CreateAsync(server, $"CREATE SCHEMA {quoted}; CREATE TABLE {quoted}.{quoted} ({quoted} int PRIMARY KEY, mail text, \"Mail\" text); INSERT INTO {quoted}.{quoted} VALUES (1, 'a@x', 'B')");
        await using CaptureRun run = world.Start(world.Options(new CaptureTable(Odd, Odd, "crm")) with { Publication = Odd });
        await run.CaughtUpAsync();
        await world.SqlAsync($"INSERT INTO {quoted}.{quoted} VALUES (2, 'a@x', NULL)");
        await run.CaughtUpAsync();
        Assert.Equal(world.Id("1"), world.Id("2"));
        Assert.Equal([("Mail", "B"), ("mail", "a@x"), (Odd, "1")], await world.ValuesAsync("1"));
        await run.StopAsync();
    }

    [Fact]
    public async Task Columns_and_rows_that_are_not_published_or_not_asked_for_are_left_out()
    {
        await using World world = await World.CreateAsync(server, """
            CREATE TABLE crm (id int PRIMARY KEY, mail text, secret text, more text);
            INSERT INTO crm VALUES (1, 'a@x', 's', 'm'), (-2, 'b@x', 's', 'm');
            CREATE PUBLICATION part FOR TABLE crm (id, mail, more) WHERE (id > 0);
            """);
        await using CaptureRun run = world.Start(world.Options(new CaptureTable("public", "crm", "crm") { Columns = ["mail"] }) with { Publication = "part" });
        await run.CaughtUpAsync();
        Assert.Equal(["1"], world.Ids());
        await world.SqlAsync("INSERT INTO crm VALUES (3, 'c@x', 's', 'm'), (-3, 'c@x', 's', 'm'); UPDATE crm SET id = 2 WHERE id = -2; UPDATE crm SET id = -1 WHERE id = 1");
        await run.CaughtUpAsync();
        Assert.Equal(["2", "3"], world.Ids());
        Assert.Equal([("mail", "b@x")], await world.ValuesAsync("2"));
        await run.StopAsync();
    }

    [Fact]
    public async Task Partitions_are_captured_as_their_table()
    {
        await using World world = await World.CreateAsync(server, """
            CREATE TABLE crm (id int PRIMARY KEY, mail text) PARTITION BY RANGE (id);
            CREATE TABLE crm_1 PARTITION OF crm FOR VALUES FROM (0) TO (100);
            CREATE TABLE crm_2 PARTITION OF crm FOR VALUES FROM (100) TO (200);
            INSERT INTO crm VALUES (1, 'a@x'), (101, 'a@x');
            """);
        await using CaptureRun run = world.Start();
        await run.CaughtUpAsync();
        await world.SqlAsync("UPDATE crm SET id = 150 WHERE id = 1; INSERT INTO crm_1 VALUES (2, 'b@x')");
        await run.CaughtUpAsync();
        Assert.Equal(["101", "150", "2"], world.Ids());
        await world.SqlAsync("TRUNCATE crm");
        await run.CaughtUpAsync();
        Assert.Empty(world.Ids());
        await run.StopAsync();
    }

    [Fact]
    public async Task Rows_that_can_be_no_record_are_told_and_take_their_record_with_them()
    {
        await using World world = await World.CreateAsync(server, "CREATE TABLE crm (id text PRIMARY KEY, mail text); INSERT INTO crm VALUES ('', 'a@x'), ('1', 'a@x'), ('2', repeat('x', 1048577)), ('3', 'a@x')");
        await using CaptureRun run = world.Start();
        await run.CaughtUpAsync();
        Assert.Equal(["1", "3"], world.Ids());
        await world.SqlAsync("UPDATE crm SET mail = repeat('y', 1048577) WHERE id = '1'; INSERT INTO crm VALUES ('4', 'b@x')");
        await run.CaughtUpAsync();
        Assert.Equal(["3", "4"], world.Ids());
        QuarantinedRow[] bad = [.. run.Batches.SelectMany(batch => batch.Quarantined)];
        Assert.Equal([QuarantineReason.MissingRecordId, QuarantineReason.FieldTooLong, QuarantineReason.FieldTooLong], bad.Select(row => row.Reason));
        Assert.DoesNotContain(bad, row => row.Message.Contains("xx", StringComparison.Ordinal) || row.Message.Contains("yy", StringComparison.Ordinal));
        await run.StopAsync();
    }

    [Fact]
    public async Task A_table_that_is_emptied_and_filled_again_changes_no_customer()
    {
        await using World world = await World.CreateAsync(server, "CREATE TABLE crm (id int PRIMARY KEY, mail text); INSERT INTO crm SELECT i, i / 2 || '@x' FROM generate_series(1, 300) i");
        await using CaptureRun run = world.Start(world.Options() with { MaxBatchSize = 40 });
        await run.CaughtUpAsync();
        int before = await world.HistoryLengthAsync();
        await world.SqlAsync("BEGIN; TRUNCATE crm; INSERT INTO crm SELECT i, i / 2 || '@x' FROM generate_series(1, 300) i; COMMIT");
        await run.CaughtUpAsync();
        Assert.Equal(300, world.Index.Count);
        Assert.Equal(before, await world.HistoryLengthAsync());
        await world.SqlAsync("BEGIN; TRUNCATE crm; INSERT INTO crm SELECT i, i / 2 || '@x' FROM generate_series(1, 100) i; COMMIT");
        await run.CaughtUpAsync();
        Assert.Equal(100, world.Index.Count);
        await run.StopAsync();
    }

    [Fact]
    public async Task A_large_transaction_is_written_in_pieces()
    {
        await using World world = await World.CreateAsync(server, "CREATE TABLE crm (id int PRIMARY KEY, mail text)");
        await using CaptureRun run = world.Start(world.Options() with { MaxBatchSize = 100 });
        await run.CaughtUpAsync();
        await world.SqlAsync("INSERT INTO crm SELECT i, i / 2 || '@x' FROM generate_series(1, 2030) i");
        await run.CaughtUpAsync();
        Assert.Equal(2030, world.Index.Count);
        Assert.All(run.Batches, batch => Assert.InRange(batch.Result.ChangedRecords, 0, 100));
        Assert.Equal(20, run.Batches.Count(batch => batch.Position?.Position.EndsWith("00", StringComparison.Ordinal) == true && batch.Transactions == 0 && batch.Result.ChangedRecords == 100));
        Assert.Equal(30, run.Batches.Last(batch => batch.Result.ChangedRecords > 0).Result.ChangedRecords);
        await run.StopAsync();
    }
}
