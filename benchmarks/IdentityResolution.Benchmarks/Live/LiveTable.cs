using System.Diagnostics;
using System.Globalization;
using IdentityResolution.PostgreSql;
using IdentityResolution.Sqlite;

namespace IdentityResolution.Benchmarks.Live;

/// <summary>A live index over generated people who were loaded by a batch: opening, sustained upserts, single upserts, searches. Wall time, in one run.</summary>
internal static class LiveTable
{
    private const int Batches = 100;
    private const int Singles = 2_000;
    private const int Searches = 10_000;
    private const int Moving = 100_000;

    /// <summary>Prints the table.</summary>
    /// <param name="output">Receives the lines.</param>
    /// <param name="records">How many records to load; a store that holds some is used as it is.</param>
    /// <param name="target"><c>memory</c>, <c>sqlite</c> for a file in the temporary folder, <c>sqlite:FILE</c> or a connection string of PostgreSQL.</param>
    /// <param name="batch">Upserts in a transaction; 0 = the store is only opened.</param>
    public static async Task PrintAsync(TextWriter output, int records, string target, int batch)
    {
        output.WriteLine($"{records:N0} records, store: {target.Split(['/', ';'])[0]}, {Environment.ProcessorCount} processors, load {Load()}");
        string folder = Directory.CreateTempSubdirectory("idres-live").FullName;
        try
        {
            await using ILiveStore store = Open(target, Path.Combine(folder, "customers.db"));
            if ((await store.LoadAsync()).RunCount == 0)
            {
                await FillAsync(output, records, store);
            }
            GC.Collect();
            long start = Stopwatch.GetTimestamp();
            double processor = ProcessorSeconds();
            LiveIndex index = await LiveIndex.OpenAsync(store);
            Report(output, "open", Seconds(start), "s");
            Report(output, "  processor time of all threads", ProcessorSeconds() - processor, "s");
            output.WriteLine($"managed memory {GC.GetTotalMemory(forceFullCollection: true) / 1e6:N0} MB, records {index.Count:N0}");
            if (batch > 0)
            {
                await MeasureAsync(output, index, new LiveTraffic(records, Moving), batch);
            }
            output.WriteLine($"managed memory {GC.GetTotalMemory(forceFullCollection: true) / 1e6:N0} MB, records {index.Count:N0}, load {Load()}");
            await index.DisposeAsync();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static ILiveStore Open(string target, string path) => target switch
    {
        "memory" => new InMemoryLookupStore(),
        "sqlite" => SqliteLookupStore.Open(path),
        _ when target.StartsWith("sqlite:", StringComparison.Ordinal) => SqliteLookupStore.Open(target["sqlite:".Length..]),
        _ => PostgreSqlLookupStore.OpenConnectionString(target),
    };

    private static async Task FillAsync(TextWriter output, int records, ILiveStore store)
    {
        long start = Stopwatch.GetTimestamp();
        Resolution resolution = await IdentityResolver.CreateAutomatic().ResolveAsync(
            [.. LiveTraffic.People(records, 1).GroupBy(record => record.Key.Source, StringComparer.Ordinal).Select(source => RecordSet.From(source, source.Key))], store);
        Report(output, "a batch fills the store", Seconds(start), "s");
        Report(output, "  of it writing", resolution.Summary.StageSeconds.FirstOrDefault(stage => stage.Key == "write").Value, "s");
    }

    private static async Task MeasureAsync(TextWriter output, LiveIndex index, LiveTraffic traffic, int batch)
    {
        // Code is compiled, and the files are in memory.
        await index.UpsertAsync(traffic.Next(batch));
        await index.UpsertAsync(traffic.Next(1));
        for (int i = 0; i < Searches / 10; i++)
        {
            await index.SearchAsync(traffic.Stranger(-i));
        }
        SourceRecord[][] changes = [.. Enumerable.Range(0, Batches).Select(_ => traffic.Next(batch))];
        long start = Stopwatch.GetTimestamp();
        double processor = ProcessorSeconds();
        foreach (SourceRecord[] change in changes)
        {
            await index.UpsertAsync(change);
        }
        Report(output, $"upserts, {batch} a batch", (double)Batches * batch / Seconds(start), "records/s");
        Report(output, "  by processor time", (double)Batches * batch / (ProcessorSeconds() - processor), "records/s");
        await EachAsync(output, "single upsert", Singles, _ => traffic.Next(1), record => index.UpsertAsync(record));
        await EachAsync(output, "search", Searches, i => traffic.Stranger(i), record => index.SearchAsync(record));
    }

    private static async Task EachAsync<T>(TextWriter output, string what, int count, Func<int, T> next, Func<T, Task> work)
    {
        var wall = new List<double>(count);
        var processor = new List<double>(count);
        for (int i = 0; i < count; i++)
        {
            T item = next(i);
            double before = ProcessorSeconds();
            long start = Stopwatch.GetTimestamp();
            await work(item);
            wall.Add(Seconds(start) * 1000);
            processor.Add((ProcessorSeconds() - before) * 1000);
        }
        Percentiles(output, what, wall);
        Percentiles(output, "  processor time of all threads", processor);
    }

    // Says what the work costs, however busy the machine is.
    private static double ProcessorSeconds() => Environment.CpuUsage.TotalTime.TotalSeconds;

    private static double Seconds(long start) => Stopwatch.GetElapsedTime(start).TotalSeconds;

    private static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private static void Report(TextWriter output, string what, double value, string unit) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-45} {value,12:N1} {unit}"));

    private static void Percentiles(TextWriter output, string what, List<double> times)
    {
        times.Sort();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{what,-45} p50 {times[times.Count / 2]:N3} ms, p99 {times[(int)(times.Count * 0.99)]:N3} ms, max {times[^1]:N3} ms"));
    }
}
