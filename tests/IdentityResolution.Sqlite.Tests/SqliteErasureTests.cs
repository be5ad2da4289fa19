using System.Text;
using Microsoft.Data.Sqlite;

namespace IdentityResolution.Sqlite.Tests;

/// <summary>After an erasure no byte of the files holds a value of the record.</summary>
public sealed class SqliteErasureTests : IDisposable
{
    private const string Secret = "Xanthippe-Wolkenstein";
    private static readonly DateTimeOffset At = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly RecordKey Erased = new("crm", "secret-id-4711");
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
        int runs = await FillAsync(store, seed);
        Assert.True(Holds(Secret));
        Assert.True(Holds(Erased.Id));

        ErasureReceipt receipt = await store.EraseAsync(Erasure(runs), Token);
        Assert.Empty(receipt.Notes);
        Assert.Equal(["C0"], receipt.EntityIds);
        Assert.False(Holds(Secret));
        Assert.False(Holds(Erased.Id));
        Assert.True(Holds("neighbour"));
        await store.CommitAsync(new LookupCommit("after", At, "abc", [], [], []), Token);
        Assert.False(Holds(Secret));
    }

    [Fact]
    public async Task No_byte_of_the_files_holds_a_standard_value_or_a_key_of_an_erased_record()
    {
        await using SqliteLookupStore store = SqliteLookupStore.Open(File, RecordTermOptions.Plain);
        int runs = await FillAsync(store, 1);
        IdentityModel model = new IdentityModelBuilder().Field("name", FieldKind.Text).MatchOn("name").BlockOn("name.words").Build();
        await store.CommitAsync(new LookupCommit("model", At.AddHours(1), "abc", [], [], []) { Model = model.ToJson() }, Token);
        string standard = Secret.Replace('-', ' ').ToLowerInvariant();
        Assert.True(Holds(standard));

        ErasureReceipt receipt = await store.EraseAsync(Erasure(runs + 1), Token);
        Assert.Equal(4, receipt.RemovedRows["record_terms"]); // its value, its match key, a blocking key for each of two words
        Assert.False(Holds(standard));
        Assert.False(Holds(standard.Split(' ')[0]));
        Assert.False(Holds(Erased.Id));
        Assert.True(Holds("neighbour"));
    }

    [Fact]
    public async Task A_reader_that_is_in_the_way_is_told_and_the_next_writer_makes_up_for_it()
    {
        await using SqliteLookupStore filled = SqliteLookupStore.Open(File);
        int runs = await FillAsync(filled, 1);
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
            ErasureReceipt receipt = await store.EraseAsync(Erasure(runs), Token);
            Assert.Single(receipt.Notes);
            Assert.Null(await store.FindRecordAsync(Erased, Token));
        }
        await reader.CloseAsync();

        await using SqliteLookupStore next = SqliteLookupStore.Open(File);
        await next.CommitAsync(new LookupCommit("after", At, "abc", [], [], []), Token);
        Assert.False(Holds(Secret));
        Assert.False(Holds(Erased.Id));
    }

    private static LookupCommit Erasure(int runs) => new("erase", At.AddDays(1), "abc", [], [new EntityState("C0", 1, null) { IsRetired = true }], [])
    {
        RemovedRows = [Erased],
        ExpectedRunCount = runs,
    };

    // Records come, change and go in between, so that pages are split and merged around the one that will be erased.
    private static async Task<int> FillAsync(SqliteLookupStore store, int seed)
    {
        var random = new Random(seed);
        int runs = 0;
        for (; runs < 25; runs++)
        {
            RecordKey[] keys = [.. Enumerable.Range(0, 60).Select(_ => new RecordKey("crm", $"secret-ie-{random.Next(1, 900)}")).Distinct()];
            RecordKey[] removed = [.. keys.Take(random.Next(30))];
            RecordKey[] kept = [.. keys.Except(removed), Erased];
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
                            key.Source, key.Id, ("name", (key == Erased ? Secret : "neighbour") + new string('x', random.Next(400))), ("n", $"{runs}"))),
                    ],
                    Links = [.. kept.Where(key => key != Erased).Select(key => new Link(key, Erased, "email", 1, null))],
                    Judgements = [new Judgement(kept[0], Erased, JudgementDecision.Same) { Note = Secret }],
                    ExpectedRunCount = runs,
                },
                Token);
        }
        return runs;
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
