using System.Globalization;
using System.Text;
using IdentityResolution.Tests;
using IdentityResolution.Tests.Live;

namespace IdentityResolution.PostgreSql.Tests.Capture;

/// <summary>Whatever happens to tables, and whenever the capture is stopped, the index ends where a batch over the final rows ends.</summary>
[Collection(PostgreSqlTests.Name)]
public class CaptureLawTests(PostgreSqlServer server)
{
    private static readonly string[] Columns = ["first", "last", "mail", "town", "tags", "nid", "mail2", "alias", "passport", "born", "died"];
    private static readonly ResolverOptions BatchOptions = ResolverOptions.Default with { Threads = 1, TimeProvider = CaptureBench.LiveOptions.TimeProvider };
    private static int Runs;

    [Fact]
    public async Task Any_changes_with_any_interruptions_end_where_a_batch_ends()
    {
        await using CaptureBench bench = await CaptureBench.CreateAsync(server);
        Law.Holds(random => InterruptedAsync(bench, random).GetAwaiter().GetResult(), 25);
    }

    [Fact]
    public async Task Interruptions_leave_no_trace_in_the_history()
    {
        await using CaptureBench bench = await CaptureBench.CreateAsync(server);
        Law.Holds(random => SameHistoryAsync(bench, random).GetAwaiter().GetResult(), 15);
    }

    private static async Task InterruptedAsync(CaptureBench bench, Random random)
    {
        IdentityModel model = LiveWorld.Model(random);
        string slot = string.Create(CultureInfo.InvariantCulture, $"law_{Interlocked.Increment(ref Runs)}");
        await CreateTablesAsync(bench, random);
        int ids = random.Next(2, 9);
        await RunTransactionsAsync(bench, random, random.Next(4), ids);
        await using var store = new InMemoryLookupStore();
        await using LiveIndex index = await LiveIndex.OpenAsync(store, model, CaptureBench.LiveOptions);
        PostgreSqlCaptureOptions options = Options(bench, slot) with
        {
            MaxBatchSize = random.Next(1, 12),
            MaxDelay = TimeSpan.FromMilliseconds(LiveWorld.Chance(random, 0.3) ? 0 : random.Next(30)),
        };
        var positions = new List<StreamPosition>();
        ValueTask Keep(CapturedBatch batch, CancellationToken cancellationToken)
        {
            // The first run may end while the snapshot is read.
            if (batch.Position is { } position)
            {
                positions.Add(position);
            }
            return ValueTask.CompletedTask;
        }
        CaptureRun run = bench.Start(options, index, store, Keep);
        await using var last = new Last(() => run);
        int steps = random.Next(1, 6);
        for (int step = 0; step < steps; step++)
        {
            await RunTransactionsAsync(bench, random, random.Next(1, 5), ids);
            double what = random.NextDouble();
            if (what < 0.4)
            {
                await run.DisposeAsync();
                if (LiveWorld.Chance(random, 0.5))
                {
                    await RunTransactionsAsync(bench, random, random.Next(1, 5), ids);
                }
                run = bench.Start(options with { MaxBatchSize = random.Next(1, 12) }, index, store, Keep);
            }
            else if (what < 0.7)
            {
                await bench.KillAsync(slot);
            }
            else if (what < 0.8)
            {
                await run.CaughtUpAsync();
            }
        }
        await run.CaughtUpAsync();
        await CompareAsync(bench, index, store, model);
        await run.StopAsync();
        Assert.All(positions.Zip(positions.Skip(1)), pair => Assert.True(
            IsNoStepBack(pair.First.Position, pair.Second.Position), $"{pair.First.Position} was followed by {pair.Second.Position}."));
        await bench.DropSlotAsync(slot);
    }

    // One capture is interrupted, the other is not. Each transaction is a run of its own, so that both must write the same.
    private static async Task SameHistoryAsync(CaptureBench bench, Random random)
    {
        IdentityModel model = LiveWorld.Model(random);
        string slot = string.Create(CultureInfo.InvariantCulture, $"law_{Interlocked.Increment(ref Runs)}");
        await CreateTablesAsync(bench, random);
        int ids = random.Next(2, 9);
        await RunTransactionsAsync(bench, random, 2, ids);
        await using var calmStore = new InMemoryLookupStore();
        await using LiveIndex calm = await LiveIndex.OpenAsync(calmStore, model, CaptureBench.LiveOptions);
        await using var store = new InMemoryLookupStore();
        await using LiveIndex index = await LiveIndex.OpenAsync(store, model, CaptureBench.LiveOptions);
        PostgreSqlCaptureOptions options = Options(bench, slot) with { MaxBatchSize = random.Next(1, 8), MaxDelay = TimeSpan.Zero };
        await using CaptureRun calmRun = bench.Start(options with { Slot = slot + "_calm" }, calm, calmStore);
        CaptureRun run = bench.Start(options, index, store);
        await using var last = new Last(() => run);
        await calmRun.CaughtUpAsync();
        await run.CaughtUpAsync();
        for (int step = random.Next(2, 5); step > 0; step--)
        {
            await RunTransactionsAsync(bench, random, random.Next(1, 5), ids);
            if (LiveWorld.Chance(random, 0.5))
            {
                await bench.KillAsync(slot);
            }
            else
            {
                await run.DisposeAsync();
                run = bench.Start(options, index, store);
            }
        }
        await calmRun.CaughtUpAsync();
        await run.CaughtUpAsync();
        Assert.Empty(calmRun.Errors);
        await calmRun.StopAsync();
        await run.StopAsync();
        // Which transactions are written together, and so the order of their rows, depends on when the connection was lost.
        Assert.Equal((await HistoryAsync(calmStore)).Order(StringComparer.Ordinal), (await HistoryAsync(store)).Order(StringComparer.Ordinal));
        await bench.DropSlotAsync(slot);
        await bench.DropSlotAsync(slot + "_calm");
    }

    private static PostgreSqlCaptureOptions Options(CaptureBench bench, string slot) => bench.Options(
        slot, [.. LiveWorld.Sources.Select(source => new CaptureTable("public", source, source) { Columns = Columns })]) with
    { Publication = "law" };

    // Each replica identity that there is.
    private static async Task CreateTablesAsync(CaptureBench bench, Random random)
    {
        foreach (string table in LiveWorld.Sources)
        {
            string identity = random.Next(3) switch
            {
                0 => "DEFAULT",
                1 => "FULL",
                _ => $"USING INDEX {table}_key",
            };
            string columns = string.Join(", ", Columns.Select(column => column + " text"));
            await bench.SqlAsync($"""
                DROP TABLE IF EXISTS {table};
                CREATE TABLE {table} (id int PRIMARY KEY, {columns}, CONSTRAINT {table}_key UNIQUE (id));
                ALTER TABLE {table} REPLICA IDENTITY {identity};
                """);
        }
    }

    private static async Task RunTransactionsAsync(CaptureBench bench, Random random, int count, int ids)
    {
        for (int transaction = 0; transaction < count; transaction++)
        {
            var sql = new StringBuilder("BEGIN;\n");
            for (int i = LiveWorld.Chance(random, 0.1) ? 30 : random.Next(1, 6); i > 0; i--)
            {
                sql.AppendLine(Statement(random, ids));
            }
            sql.Append(LiveWorld.Chance(random, 0.1) ? "ROLLBACK;" : "COMMIT;");
            await bench.SqlAsync(sql.ToString());
        }
    }

    private static string Statement(Random random, int ids)
    {
        SourceRecord record = LiveWorld.Record(random, ids);
        (string table, string id) = (record.Key.Source, record.Key.Id);
        string values = string.Join(", ", Columns.Select(column => Literal(record.Values[column])));
        string set = string.Join(", ", Columns.Select(column => $"{column} = {Literal(record.Values[column])}"));
        int other = random.Next(ids);
        double kind = random.NextDouble();
        return kind switch
        {
            < 0.55 => $"INSERT INTO {table} VALUES ({id}, {values}) ON CONFLICT (id) DO UPDATE SET {set};",
            < 0.65 => $"UPDATE {table} SET town = {Literal(record.Values["town"])};",
            < 0.80 => $"DELETE FROM {table} WHERE id = {id};",
            // A key changes when the new one is free.
            < 0.93 => $"UPDATE {table} SET id = {other}, mail = {Literal(record.Values["mail"])} WHERE id = {id} AND NOT EXISTS (SELECT 1 FROM {table} WHERE id = {other});",
            < 0.96 => $"TRUNCATE {table};",
            _ => "TRUNCATE a, c;",
        };
    }

    private static string Literal(string? value) => value is null ? "NULL" : $"'{value}'";

    private static async Task CompareAsync(CaptureBench bench, LiveIndex index, InMemoryLookupStore store, IdentityModel model)
    {
        var records = new List<SourceRecord>();
        foreach (string table in LiveWorld.Sources)
        {
            string[] rows = await bench.ValueAsync<string[]>($"SELECT coalesce(array_agg(row_to_json(t)::text), ARRAY[]::text[]) FROM {table} t");
            foreach (string row in rows)
            {
                using var json = System.Text.Json.JsonDocument.Parse(row);
                records.Add(new SourceRecord(
                    new RecordKey(table, json.RootElement.GetProperty("id").GetRawText()),
                    Columns.ToDictionary(column => column, column => json.RootElement.GetProperty(column).GetString())));
            }
        }
        Assert.Equal(records.Count, index.Count);
        LookupState state = await store.LoadAsync();
        Assert.Equal(records.Select(record => record.Key).Order(), state.Rows.Select(row => row.Key).Order());
        if (records.Count == 0)
        {
            return;
        }
        RecordSet[] inputs = [.. records.GroupBy(record => record.Key.Source).Select(source => RecordSet.From(source.ToArray(), source.Key))];
        string[] sources = [.. records.Select(record => record.Key.Source).Distinct()];
        IdentityModel possible = model with { UniqueSources = [.. model.UniqueSources.Where(sources.Contains)] };
        Resolution batch = IdentityResolver.Create(possible, BatchOptions).Resolve(inputs);
        Assert.Equal(Partition(batch.Lookup), Partition(state.Rows));
        Resolution again = await IdentityResolver.Create(possible, BatchOptions with { DryRun = true }).ResolveAsync(inputs, store);
        Assert.Empty(again.Changes);
        foreach (SourceRecord record in records)
        {
            SourceRecord? stored = await store.FindRecordAsync(record.Key);
            Assert.Equal(record.Values.OrderBy(value => value.Key), stored!.Values.OrderBy(value => value.Key));
        }
    }

    private static string Partition(IEnumerable<LookupRow> rows) => string.Join(" | ", rows
        .GroupBy(row => row.EntityId)
        .Select(customer => string.Join(",", customer.Select(row => row.Key).Order()))
        .Order(StringComparer.Ordinal));

    private static async Task<List<string>> HistoryAsync(InMemoryLookupStore store)
    {
        var history = new List<string>();
        await foreach (NumberedChange numbered in store.ReadChangesAsync(0))
        {
            EntityChange change = numbered.Change;
            history.Add($"{change.Kind} {change.EntityId} {change.RelatedEntityId} {change.Record} {change.Reason}");
        }
        return history;
    }

    private static bool IsNoStepBack(string first, string second) =>
        !IdentityResolution.PostgreSql.Capture.CapturePosition.Parse(first, "").IsAfter(IdentityResolution.PostgreSql.Capture.CapturePosition.Parse(second, ""));

    /// <summary>Ends the capture that runs last, also where the test fails.</summary>
    private sealed class Last(Func<CaptureRun> run) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => run().DisposeAsync();
    }
}
