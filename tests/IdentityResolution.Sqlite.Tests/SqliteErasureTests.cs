using System.Text;
using IdentityResolution.Tests.Lookup;
using Microsoft.Data.Sqlite;

namespace IdentityResolution.Sqlite.Tests;

/// <summary>After an erasure no byte of the files holds a value of the record.</summary>
public sealed class SqliteErasureTests : IDisposable
{
    private const string Secret = "Xanthippe-Wolkenstein";
    private const int Runs = 25;
    private static readonly RecordKey Erased = new("crm", "secret-id-4711");
    private readonly ErasureWorld _world = new(Secret, Erased);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("idres-sqlite-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string File => Path.Combine(_folder.FullName, "customers.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task No_byte_of_the_files_holds_an_erased_value(int seed)
    {
        await using SqliteLookupStore store = SqliteLookupStore.Open(File);
        await _world.FillAsync(store, Runs, seed, Token);
        Assert.True(Holds(Secret));
        Assert.True(Holds(Erased.Id));

        ErasureReceipt receipt = await store.EraseAsync(_world.Erasure, Token);
        Assert.Empty(receipt.Notes);
        Assert.Equal(["C0"], receipt.EntityIds);
        Assert.False(Holds(Secret));
        Assert.False(Holds(Erased.Id));
        Assert.True(Holds(ErasureWorld.Neighbour));
        await store.CommitAsync(new LookupCommit("after", ErasureWorld.At, "abc", [], [], []), Token);
        Assert.False(Holds(Secret));
    }

    [Fact]
    public async Task No_byte_of_the_files_holds_a_standard_value_or_a_key_of_an_erased_record()
    {
        await using SqliteLookupStore store = SqliteLookupStore.Open(File, RecordTermOptions.Plain);
        await _world.FillAsync(store, Runs, seed: 1, Token);
        await _world.AddModelAsync(store, Token);
        string standard = Secret.Replace('-', ' ').ToLowerInvariant();
        Assert.True(Holds(standard));

        ErasureReceipt receipt = await store.EraseAsync(_world.Erasure, Token);
        Assert.Equal(4, receipt.RemovedRows["record_terms"]); // its value, its match key, a blocking key for each of two words
        Assert.False(Holds(standard));
        Assert.False(Holds(standard.Split(' ')[0]));
        Assert.False(Holds(Erased.Id));
        Assert.True(Holds(ErasureWorld.Neighbour));
    }

    [Fact]
    public async Task A_reader_that_is_in_the_way_is_told_and_the_next_writer_makes_up_for_it()
    {
        await using SqliteLookupStore filled = SqliteLookupStore.Open(File);
        await _world.FillAsync(filled, Runs, seed: 1, Token);
        await filled.DisposeAsync();
        await using var reader = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = File, Pooling = false }.ConnectionString);
        await reader.OpenAsync(Token);
        await using (SqliteLookupStore store = SqliteLookupStore.OpenConnectionString($"Data Source={File};Default Timeout=1;Pooling=False"))
        {
            await using SqliteTransaction transaction = reader.BeginTransaction(deferred: true);
            await using SqliteCommand count = reader.CreateCommand();
            count.Transaction = transaction;
            count.CommandText = "SELECT count(*) FROM lookup";
            await count.ExecuteScalarAsync(Token);
            ErasureReceipt receipt = await store.EraseAsync(_world.Erasure, Token);
            Assert.Single(receipt.Notes);
            Assert.Null(await store.FindRecordAsync(Erased, Token));
        }
        await reader.CloseAsync();

        await using SqliteLookupStore next = SqliteLookupStore.Open(File);
        await next.CommitAsync(new LookupCommit("after", ErasureWorld.At, "abc", [], [], []), Token);
        Assert.False(Holds(Secret));
        Assert.False(Holds(Erased.Id));
    }

    private bool Holds(string value)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        foreach (FileInfo file in _folder.GetFiles())
        {
            using FileStream stream = new(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            if (copy.ToArray().AsSpan().IndexOf(bytes) >= 0)
            {
                return true;
            }
        }
        return false;
    }
}
