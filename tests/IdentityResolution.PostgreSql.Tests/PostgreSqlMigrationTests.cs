using IdentityResolution.Tests.Lookup;

namespace IdentityResolution.PostgreSql.Tests;

/// <summary>The contract over a schema of version 1.</summary>
[Collection(PostgreSqlTests.Name)]
public sealed class PostgreSqlMigrationTests : StoreMigrationContractTests, IAsyncLifetime
{
    private readonly PostgreSqlServer _server;
    private readonly string _schema = PostgreSqlServer.NewName();

    public PostgreSqlMigrationTests(PostgreSqlServer server)
    {
        _server = server;
        server.Require();
    }

    public async ValueTask InitializeAsync()
    {
        string sql = await File.ReadAllTextAsync(Path.Combine(OldStores(), "version1.sql"));
        await _server.SqlAsync($"CREATE SCHEMA {_schema}; SET search_path = {_schema}; {sql}");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected override ILiveStore Open(RecordTermOptions? terms = null) => PostgreSqlLookupStore.OpenConnectionString(
        _server.ConnectionString, PostgreSqlLookupOptions.Default with { Schema = _schema, Terms = terms });

    protected override Task EmptyAsync() => _server.SqlAsync($"DROP SCHEMA {_schema} CASCADE");

    protected override Task PutBackToVersion2Async() => _server.SqlAsync($"""
        DROP TABLE {_schema}.record_terms CASCADE;
        UPDATE {_schema}.meta SET value = '2' WHERE key = 'schema_version'
        """);

    protected override async Task<string?> VersionAsync() => (string?)await _server.SqlAsync($"SELECT value FROM {_schema}.meta WHERE key = 'schema_version'");

    protected override async Task<string?> FirstMatchKeyAsync() => (string?)await _server.SqlAsync($"SELECT min(key) FROM {_schema}.match_keys WHERE rule = 'email'");

    // What reading could change are the tables and the version.
    protected override Task<string> ContentsAsync() => TablesAsync();

    // Every column with its type and default, every index and every constraint.
    protected override async Task<string> TablesAsync()
    {
        object? columns = await _server.SqlAsync($"""
            SELECT string_agg(concat_ws(' ', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid)), chr(10) ORDER BY c.relname, a.attname)
            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
            WHERE c.relnamespace = '{_schema}'::regnamespace AND c.relkind IN ('r', 'v')
            """);
        object? keys = await _server.SqlAsync($"""
            SELECT string_agg(concat_ws(' ', c.relname, pg_get_indexdef(i.indexrelid)), chr(10) ORDER BY c.relname, pg_get_indexdef(i.indexrelid))
            FROM pg_class c JOIN pg_index i ON i.indrelid = c.oid WHERE c.relnamespace = '{_schema}'::regnamespace
            """);
        return $"{columns}\n{keys}".Replace("run_number bigint t 2", "run_number bigint t 0", StringComparison.Ordinal);
    }
}
