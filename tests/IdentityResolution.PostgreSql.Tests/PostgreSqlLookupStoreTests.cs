using System.Globalization;
using IdentityResolution.Tests.Lookup;
using Npgsql;

namespace IdentityResolution.PostgreSql.Tests;

[Collection(PostgreSqlTests.Name)]
public sealed partial class PostgreSqlLookupStoreTests : LiveStoreContractTests
{
    private readonly PostgreSqlServer _server;
    private readonly PostgreSqlLookupOptions _options = PostgreSqlLookupOptions.Default with { Schema = PostgreSqlServer.NewName() };

    public PostgreSqlLookupStoreTests(PostgreSqlServer server)
    {
        _server = server;
        server.Require();
    }

    protected override int Histories => 25;

    protected override ILiveStore OpenLive() => PostgreSqlLookupStore.OpenConnectionString(_server.ConnectionString, _options);

    protected override ILiveStore OpenEmpty() =>
        PostgreSqlLookupStore.OpenConnectionString(_server.ConnectionString, _options with { Schema = PostgreSqlServer.NewName() });

    protected override ILiveStore OpenWith(RecordTermOptions? terms) =>
        PostgreSqlLookupStore.OpenConnectionString(_server.ConnectionString, _options with { Terms = terms });

    [Fact]
    public Task Terms_are_kept_in_the_form_that_was_chosen() => KeptTerms.CheckAsync(OpenWith, Token);

    [Fact]
    public async Task Many_terms_are_kept_too()
    {
        // More than go as parameters: 5,000 records in one commit.
        await using ILiveStore store = OpenWith(RecordTermOptions.Plain);
        IdentityModel model = new IdentityModelBuilder().Field("email", FieldKind.Email).MatchOn("email").Build();
        foreach (int version in (int[])[1, 2])
        {
            await store.CommitAsync(
                FirstRun() with
                {
                    RunId = $"run {version}",
                    ExpectedRunCount = version - 1,
                    Model = model.ToJson(),
                    Records = [.. Enumerable.Range(0, 5_000).Select(n => SourceRecord.Create("crm", $"{n}", ("email", $"{n}.{version}@x.org")))],
                },
                Token);
            Assert.Equal(10_000L, await _server.SqlAsync($"SELECT count(*) FROM {_options.Schema}.record_terms"));
            Assert.Equal(5_000L, await _server.SqlAsync($"SELECT count(*) FROM {_options.Schema}.match_keys WHERE key LIKE '%.{version}@x.org%'"));
        }
    }

    [Fact]
    public async Task A_store_that_prepares_nothing_writes_the_same()
    {
        await using ILookupStore plain = PostgreSqlLookupStore.OpenConnectionString(_server.ConnectionString + ";Prepare=false", _options);
        await using ILookupStore prepared = PostgreSqlLookupStore.OpenConnectionString(
            new NpgsqlConnectionStringBuilder(_server.ConnectionString) { Pooling = true }.ConnectionString, _options with { Schema = PostgreSqlServer.NewName() });
        foreach (ILookupStore store in (ILookupStore[])[plain, prepared])
        {
            await store.CommitAsync(FirstRun(), Token);
            await store.CommitAsync(Merge(), Token);
            await store.CommitAsync(ManyRows(10, _ => { }), Token);
        }
        Assert.Equal(await Read(plain), await Read(prepared));
    }

    [Fact]
    public async Task A_schema_that_is_dropped_meanwhile_is_made_anew()
    {
        await using PostgreSqlLookupStore store = PostgreSqlLookupStore.OpenConnectionString(
            new NpgsqlConnectionStringBuilder(_server.ConnectionString) { Pooling = true }.ConnectionString, _options);
        await store.CommitAsync(FirstRun(), Token);
        await store.CommitAsync(Merge(), Token);
        await _server.SqlAsync($"DROP SCHEMA {_options.Schema} CASCADE");
        await store.CommitAsync(FirstRun(), Token);
        await store.CommitAsync(Merge(), Token);

        Assert.Equal(2, (await store.LoadAsync(Token)).RunCount);
        Assert.Equal("C1", await store.ResolveEntityAsync("C2", Token));
    }

    [Fact]
    public async Task Reading_makes_no_schema()
    {
        await using ILookupStore store = Open();
        await store.LoadAsync(Token);
        await store.FindAsync(new RecordKey("crm", "1"), Token);

        Assert.Equal(0L, await _server.SqlAsync($"SELECT count(*) FROM pg_namespace WHERE nspname = '{_options.Schema}'"));
    }

    [Fact]
    public async Task A_failed_first_run_makes_no_schema()
    {
        await using ILookupStore store = Open();
        await Assert.ThrowsAsync<LookupFormatException>(() => store.CommitAsync(FirstRun() with { Entities = [] }, Token));

        Assert.Equal(0L, await _server.SqlAsync($"SELECT count(*) FROM pg_namespace WHERE nspname = '{_options.Schema}'"));
    }

    [Theory]
    [InlineData("a\"b")]
    [InlineData("\"; DROP SCHEMA public CASCADE; --")]
    [InlineData("' || pg_sleep(9) || '")]
    [InlineData("Two Words")]
    [InlineData("select")]
    [InlineData("a.b")]
    [InlineData("$1 @p :p {0} \\")]
    [InlineData("café \U0001F600")]
    [InlineData("line\nfeed")]
    public async Task Any_name_of_a_schema_will_do(string schema)
    {
        PostgreSqlLookupOptions named = _options with { Schema = schema };
        await using (PostgreSqlLookupStore store = PostgreSqlLookupStore.OpenConnectionString(_server.ConnectionString, named))
        {
            await store.CommitAsync(FirstRun(), Token);
            await store.CommitAsync(Merge(), Token);
            Assert.DoesNotContain('\n', store.Description);
        }

        await using PostgreSqlLookupStore reopened = PostgreSqlLookupStore.OpenConnectionString(_server.ConnectionString, named);
        Assert.Equal(2, (await reopened.LoadAsync(Token)).Rows.Count);
        Assert.Equal("C1", await reopened.ResolveEntityAsync("C2", Token));
        Assert.Equal(3, (await Changes(reopened)).Length);
        Assert.Equal("C1", (await reopened.FindAsync(new RecordKey("crm", "2"), Token))!.Value.EntityId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("pg_mine")]
    [InlineData("a\0b")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123")]
    [InlineData("ééééééééééééééééééééééééééééééééé")]
    public void A_name_that_the_server_would_refuse_or_cut_is_refused(string schema) => Assert.Throws<ArgumentException>(
        () => PostgreSqlLookupStore.OpenConnectionString("Host=db", _options with { Schema = schema }));

    [Fact]
    public async Task Stores_in_two_schemas_do_not_know_of_each_other()
    {
        await using ILookupStore store = Open();
        await using PostgreSqlLookupStore other = PostgreSqlLookupStore.OpenConnectionString(
            _server.ConnectionString, _options with { Schema = PostgreSqlServer.NewName() });
        await store.CommitAsync(FirstRun(), Token);

        Assert.Empty((await other.LoadAsync(Token)).Rows);
        await other.CommitAsync(FirstRun(), Token);
        await store.CommitAsync(Merge(), Token);
        Assert.Equal(1, (await other.LoadAsync(Token)).RunCount);
    }

    [Fact]
    public async Task What_else_stands_on_the_search_path_is_not_touched()
    {
        string evil = PostgreSqlServer.NewName();
        await _server.SqlAsync($"""
            CREATE SCHEMA {evil};
            CREATE TABLE {evil}.new_rows (a text); CREATE TABLE {evil}.new_customers (a text); CREATE TABLE {evil}.lookup (a text);
            CREATE FUNCTION {evil}.pg_advisory_xact_lock(bigint) RETURNS void LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''evil''; END';
            CREATE FUNCTION {evil}.unnest(text[], text[]) RETURNS SETOF text LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''evil''; END';
            CREATE FUNCTION {evil}.same(text, text) RETURNS boolean LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''evil''; END';
            CREATE OPERATOR {evil}.= (FUNCTION = {evil}.same, LEFTARG = text, RIGHTARG = text);
            """);
        string connection = new NpgsqlConnectionStringBuilder(_server.ConnectionString) { SearchPath = $"{evil}, pg_catalog" }.ConnectionString;
        await using PostgreSqlLookupStore store = PostgreSqlLookupStore.OpenConnectionString(connection, _options);
        await store.CommitAsync(FirstRun(), Token);
        await store.CommitAsync(Merge(), Token);

        Assert.Equal(2, (await store.LoadAsync(Token)).RunCount);
        Assert.Equal("C1", (await store.FindAsync(new RecordKey("crm", "2"), Token))!.Value.EntityId);
        Assert.Equal("C1", await store.ResolveEntityAsync("C2", Token));
        Assert.Equal(3, (await Changes(store)).Length);
        Assert.Equal(0L, await _server.SqlAsync($"SELECT (SELECT count(*) FROM {evil}.new_rows) + (SELECT count(*) FROM {evil}.lookup)"));
    }

    [Theory]
    [InlineData("CREATE TABLE lookup (a text)", 1)]
    [InlineData("CREATE TABLE history (a text)", 1)]
    [InlineData("CREATE TABLE meta (a text)", 1)]
    [InlineData("CREATE VIEW meta AS SELECT 'format' AS key, 'identity-resolution lookup store' AS value", 1)]
    [InlineData("CREATE TABLE meta (key integer, value text); INSERT INTO meta VALUES (1, 'x')", 1)]
    public async Task A_schema_of_another_kind_is_refused_and_left_alone(string tables, long count)
    {
        await _server.SqlAsync($"CREATE SCHEMA {_options.Schema}; SET search_path = {_options.Schema}; {tables}");
        await using ILookupStore store = Open();

        LookupFormatException error = await Assert.ThrowsAsync<LookupFormatException>(() => store.LoadAsync(Token));
        Assert.Equal(store.Description, error.Store);
        await Assert.ThrowsAsync<LookupFormatException>(() => store.CommitAsync(FirstRun(), Token));
        Assert.Equal(count, await _server.SqlAsync(
            $"SELECT count(*) FROM pg_class WHERE relnamespace = '{_options.Schema}'::regnamespace AND relkind IN ('r', 'v')"));
    }

    [Fact]
    public async Task A_store_stands_beside_tables_of_other_names()
    {
        await _server.SqlAsync($"CREATE SCHEMA {_options.Schema}; CREATE TABLE {_options.Schema}.orders (a text)");
        await using ILookupStore store = Open();
        await store.CommitAsync(FirstRun(), Token);

        Assert.Equal(2, (await store.LoadAsync(Token)).Rows.Count);
    }

    [Fact]
    public async Task A_later_schema_version_is_refused()
    {
        await using (ILookupStore store = Open())
        {
            await store.CommitAsync(FirstRun(), Token);
        }
        await _server.SqlAsync($"UPDATE {_options.Schema}.meta SET value = '4' WHERE key = 'schema_version'");

        await using ILookupStore reopened = Open();
        LookupFormatException error = await Assert.ThrowsAsync<LookupFormatException>(() => reopened.LoadAsync(Token));
        Assert.Contains("version 3", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<LookupFormatException>(() => reopened.CommitAsync(Merge(), Token));
    }

    [Fact]
    public async Task A_row_of_an_unknown_customer_is_refused()
    {
        await using ILookupStore store = Open();
        await store.CommitAsync(FirstRun(), Token);
        await _server.SqlAsync($"UPDATE {_options.Schema}.lookup SET customer_id = 'gone' WHERE record_id = '1'");

        await Assert.ThrowsAsync<LookupFormatException>(() => store.LoadAsync(Token));
    }

    [Fact]
    public async Task A_long_text_that_somebody_removed_is_noticed()
    {
        await using ILookupStore store = Open();
        await store.CommitAsync(FirstRun() with { Rows = [new(new RecordKey("crm", new string('x', 5_000)), "C1", "", null)] }, Token);
        await _server.SqlAsync($"DELETE FROM {_options.Schema}.long_texts");

        await Assert.ThrowsAsync<LookupFormatException>(() => store.LoadAsync(Token));
    }

    [Fact]
    public async Task The_tables_can_be_read_by_anyone()
    {
        await using ILookupStore store = Open();
        await store.CommitAsync(FirstRun(), Token);
        await store.CommitAsync(Merge(), Token);

        Assert.Equal("run 2", await _server.SqlAsync(
            $"SELECT run_id FROM {_options.Schema}.history WHERE kind = 'merged' AND customer_id = 'C2' AND related_id = 'C1' AND reason = 'email'"));
        Assert.Equal("crm/1 C1, crm/2 C1", await _server.SqlAsync(
            $"SELECT string_agg(source || '/' || record_id || ' ' || customer_id, ', ' ORDER BY record_id) FROM {_options.Schema}.lookup"));
        Assert.Equal(new DateTime(2026, 3, 1, 10, 30, 45, 123, DateTimeKind.Utc), await _server.SqlAsync($"SELECT at FROM {_options.Schema}.runs WHERE run_number = 1"));
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00.0000000+00:00")]
    [InlineData("9999-12-31T23:59:59.9999999+00:00")]
    [InlineData("2026-03-01T12:30:45.1234567-09:30")]
    public async Task A_moment_comes_back_to_the_tick(string at)
    {
        DateTimeOffset moment = DateTimeOffset.ParseExact(at, "O", CultureInfo.InvariantCulture);
        await using ILookupStore store = Open();
        await store.CommitAsync(FirstRun() with { At = moment }, Token);

        Assert.All(await Changes(store), change => Assert.Equal(at, change.At.ToString("O", CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task A_data_source_of_the_caller_stays_open()
    {
        await using NpgsqlDataSource dataSource = NpgsqlDataSource.Create(_server.ConnectionString);
        PostgreSqlLookupStore store = PostgreSqlLookupStore.Open(dataSource, _options);
        await store.CommitAsync(FirstRun(), Token);
        await store.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.LoadAsync(Token));
        await using NpgsqlCommand still = dataSource.CreateCommand($"SELECT count(*) FROM {_options.Schema}.lookup");
        Assert.Equal(2L, await still.ExecuteScalarAsync(Token));
    }

    [Fact]
    public async Task A_database_that_keeps_another_encoding_is_refused()
    {
        string database = PostgreSqlServer.NewName();
        await _server.SqlAsync($"CREATE DATABASE {database} ENCODING 'LATIN1' TEMPLATE template0");
        await using PostgreSqlLookupStore store = PostgreSqlLookupStore.OpenConnectionString(
            new NpgsqlConnectionStringBuilder(_server.ConnectionString) { Database = database }.ConnectionString, _options);

        LookupFormatException error = await Assert.ThrowsAsync<LookupFormatException>(() => store.CommitAsync(FirstRun(), Token));
        Assert.Contains("LATIN1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_may_write_in_a_schema_that_was_made_for_it()
    {
        string role = PostgreSqlServer.NewName();
        await _server.SqlAsync($"CREATE ROLE {role} LOGIN PASSWORD 'p'; CREATE SCHEMA {_options.Schema} AUTHORIZATION {role}");
        await using PostgreSqlLookupStore store = PostgreSqlLookupStore.OpenConnectionString(
            new NpgsqlConnectionStringBuilder(_server.ConnectionString) { Username = role, Password = "p" }.ConnectionString, _options);
        await store.CommitAsync(FirstRun(), Token);

        Assert.Equal(2, (await store.LoadAsync(Token)).Rows.Count);
    }

    [Fact]
    public async Task A_role_that_may_only_read_reads()
    {
        await using ILookupStore store = Open();
        await store.CommitAsync(FirstRun(), Token);
        string role = PostgreSqlServer.NewName();
        await _server.SqlAsync(
            $"CREATE ROLE {role} LOGIN PASSWORD 'p'; GRANT USAGE ON SCHEMA {_options.Schema} TO {role}; GRANT SELECT ON ALL TABLES IN SCHEMA {_options.Schema} TO {role}");
        await using PostgreSqlLookupStore reader = PostgreSqlLookupStore.OpenConnectionString(
            new NpgsqlConnectionStringBuilder(_server.ConnectionString) { Username = role, Password = "p" }.ConnectionString, _options);

        Assert.Equal(await Read(store), await Read(reader));
        PostgresException error = await Assert.ThrowsAsync<PostgresException>(() => reader.CommitAsync(Merge(), Token));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, error.SqlState);
    }
}
