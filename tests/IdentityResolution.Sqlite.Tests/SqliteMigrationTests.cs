using System.Security.Cryptography;
using IdentityResolution.Tests.Lookup;
using Microsoft.Data.Sqlite;

namespace IdentityResolution.Sqlite.Tests;

/// <summary>The contract over a file of version 1.</summary>
public sealed class SqliteMigrationTests : StoreMigrationContractTests, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("idres-sqlite-");

    public SqliteMigrationTests() => System.IO.File.Copy(Path.Combine(OldStores(), "version1.db"), File);

    private string File => Path.Combine(_folder.FullName, "customers.db");

    public void Dispose() => _folder.Delete(recursive: true);

    protected override ILiveStore Open(RecordTermOptions? terms = null) => SqliteLookupStore.Open(File, terms);

    protected override Task EmptyAsync()
    {
        System.IO.File.Delete(File);
        return Task.CompletedTask;
    }

    protected override Task PutBackToVersion2Async()
    {
        Sql("""
            DROP VIEW standard_values; DROP VIEW match_keys; DROP VIEW blocking_keys; DROP TABLE record_terms;
            UPDATE meta SET value = '2' WHERE key = 'schema_version'
            """);
        return Task.CompletedTask;
    }

    protected override Task<string?> VersionAsync() => Task.FromResult(Sql("SELECT value FROM meta WHERE key = 'schema_version'"));

    protected override Task<string?> FirstMatchKeyAsync() => Task.FromResult(Sql("SELECT min(key) FROM match_keys WHERE rule = 'email'"));

    protected override async Task<string> ContentsAsync() => Convert.ToHexString(SHA256.HashData(await System.IO.File.ReadAllBytesAsync(File, Token)));

    protected override Task<string> TablesAsync() =>
        Task.FromResult(Sql("SELECT group_concat(replace(sql, 'DEFAULT 2', 'DEFAULT 0'), char(10)) FROM (SELECT sql FROM sqlite_schema ORDER BY name)")!);

    private string? Sql(string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = File, Pooling = false }.ConnectionString);
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() as string;
    }
}
