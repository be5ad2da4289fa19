using System.Runtime.CompilerServices;
using System.Text;

namespace IdentityResolution.PostgreSql.Tests.Capture;

/// <summary>A database, a store in memory and an index: one table, <c>public.crm</c>, unless other options are given.</summary>
internal sealed class World : IAsyncDisposable
{
    private World(CaptureBench bench, InMemoryLookupStore store, LiveIndex index, string slot)
    {
        Bench = bench;
        Store = store;
        Index = index;
        Slot = slot;
    }

    public CaptureBench Bench { get; }

    public InMemoryLookupStore Store { get; }

    public LiveIndex Index { get; }

    public string Slot { get; }

    public static async Task<World> CreateAsync(PostgreSqlServer server, string sql, [CallerMemberName] string test = "")
    {
        CaptureBench bench = await CaptureBench.CreateAsync(server);
        await bench.SqlAsync(sql);
        var store = new InMemoryLookupStore();
        LiveIndex index = await LiveIndex.OpenAsync(store, CaptureBench.MailModel(), CaptureBench.LiveOptions);
        // Slots are the server's, not the database's.
        string slot = bench.Database + "_" + test.ToLowerInvariant();
        return new World(bench, store, index, slot[..Math.Min(slot.Length, 63)]);
    }

    public PostgreSqlCaptureOptions Options(params CaptureTable[] tables) =>
        Bench.Options(Slot, tables.Length > 0 ? tables : [new CaptureTable("public", "crm", "crm")]);

    public CaptureRun Start(PostgreSqlCaptureOptions? options = null, Func<CapturedBatch, CancellationToken, ValueTask>? onBatch = null) =>
        Bench.Start(options ?? Options(), Index, Store, onBatch);

    public Task SqlAsync(string sql) => Bench.SqlAsync(sql);

    public string? Id(string record) => Index.Find(new RecordKey("crm", record));

    public string[] Ids() => [.. Store.LoadAsync().GetAwaiter().GetResult().Rows.Select(row => row.Key.Id).Order(StringComparer.Ordinal)];

    public async Task<(string Column, string? Value)[]> ValuesAsync(string record)
    {
        SourceRecord? found = await Store.FindRecordAsync(new RecordKey("crm", record), TestContext.Current.CancellationToken);
        Assert.NotNull(found);
        return [.. found.Values.OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => (value.Key, value.Value))];
    }

    public async Task<int> HistoryLengthAsync() => await Store.ReadChangesAsync(0, TestContext.Current.CancellationToken).CountAsync();

    public async ValueTask DisposeAsync()
    {
        await Index.DisposeAsync();
        await Store.DisposeAsync();
        await Bench.DisposeAsync();
    }
}
