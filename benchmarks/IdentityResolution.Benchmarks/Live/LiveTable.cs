using System.Diagnostics;
using System.Globalization;
using IdentityResolution.Generation;
using IdentityResolution.Sqlite;

namespace IdentityResolution.Benchmarks.Live;

/// <summary>A live index over generated people: loading, sustained upserts, single upserts, searches, opening. Wall time, in one run.</summary>
internal static class LiveTable
{
    private const int TrainingRecords = 100_000;
    private const int LoadBatch = 20_000;
    private const int Batch = 500;
    private const int Batches = 40;
    private const int Singles = 500;
    private const int Searches = 3_000;

    /// <summary>Prints the table.</summary>
    /// <param name="output">Receives the lines.</param>
    /// <param name="records">How many records to load.</param>
    /// <param name="kind"><c>memory</c>, or <c>sqlite</c> for a file in the temporary folder.</param>
    public static async Task PrintAsync(TextWriter output, int records, string kind)
    {
        output.WriteLine($"{records:N0} records, store: {kind}, {Environment.ProcessorCount} processors");
        SourceRecord[] people = Generate(records, 1);
        TrainedModel trained = await IdentityResolver.CreateAutomatic().TrainAsync(Inputs(people.Take(TrainingRecords)));
        string folder = Directory.CreateTempSubdirectory("idres-live").FullName;
        try
        {
            string path = Path.Combine(folder, "customers.db");
            await using ILiveStore store = kind == "memory" ? new InMemoryLookupStore() : SqliteLookupStore.Open(path);
            LiveIndex index = await LiveIndex.OpenAsync(store, trained.Model);
            long start = Stopwatch.GetTimestamp();
            foreach (SourceRecord[] batch in people.Chunk(LoadBatch))
            {
                await index.UpsertAsync(batch);
            }
            Report(output, $"load, {LoadBatch} a batch", records / Seconds(start), "records/s");
            SourceRecord[] news = [.. Generate(records / 4, 2).Select(record => record with { Key = record.Key with { Id = $"n{record.Key.Id}" } })];
            await MeasureAsync(output, index, people, news, "after loading");
            await index.DisposeAsync();
            GC.Collect();
            start = Stopwatch.GetTimestamp();
            index = await LiveIndex.OpenAsync(store);
            Report(output, "open", Seconds(start), "s");
            await MeasureAsync(output, index, people, [.. news.Skip(news.Length / 2)], "after opening");
            output.WriteLine($"managed memory {GC.GetTotalMemory(forceFullCollection: true) / 1e6:N0} MB, records {index.Count:N0}");
            await index.DisposeAsync();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Half of the changes are of records that are there, half are new.
    private static async Task MeasureAsync(TextWriter output, LiveIndex index, SourceRecord[] people, SourceRecord[] news, string when)
    {
        int next = 0;
        int stride = Math.Max(1, people.Length / 7919);
        long start = Stopwatch.GetTimestamp();
        for (int batch = 0; batch < Batches; batch++)
        {
            await index.UpsertAsync([.. Enumerable.Range(0, Batch).Select(_ => Next(people, news, ref next, stride))]);
        }
        Report(output, $"upserts, {Batch} a batch, {when}", Batches * Batch / Seconds(start), "records/s");
        var times = new List<double>();
        for (int i = 0; i < Singles; i++)
        {
            SourceRecord record = Next(people, news, ref next, stride);
            start = Stopwatch.GetTimestamp();
            await index.UpsertAsync(record);
            times.Add(Seconds(start) * 1000);
        }
        Percentiles(output, $"single upsert, {when}", times);
        times.Clear();
        for (int i = 0; i < Searches; i++)
        {
            SourceRecord record = news[(int)((long)i * 31 % news.Length)];
            start = Stopwatch.GetTimestamp();
            await index.SearchAsync(record);
            times.Add(Seconds(start) * 1000);
        }
        Percentiles(output, $"search, {when}", times);
    }

    private static SourceRecord Next(SourceRecord[] people, SourceRecord[] news, ref int next, int stride)
    {
        int i = next++;
        if (i % 2 == 0)
        {
            return news[i / 2 % news.Length];
        }
        // A customer moves: another street and postcode, taken from somebody else.
        SourceRecord record = people[(int)((long)i * stride % people.Length)];
        SourceRecord other = people[(int)(((long)i * stride + 17) % people.Length)];
        var values = new Dictionary<string, string?>(record.Values, StringComparer.Ordinal)
        {
            ["street"] = other.Values["street"],
            ["postcode"] = other.Values["postcode"],
            ["city"] = other.Values["city"],
        };
        return new SourceRecord(record.Key, values);
    }

    private static RecordSet[] Inputs(IEnumerable<SourceRecord> records) =>
        [.. records.GroupBy(record => record.Key.Source, StringComparer.Ordinal).Select(source => RecordSet.From(source, source.Key))];

    private static SourceRecord[] Generate(int records, ulong seed) => [.. PeopleGenerator
        .Generate(new PeopleGeneratorOptions { Records = records, Seed = seed })
        .Select(record => SourceRecord.Create(
            record.Source, record.RecordId,
            ("first_name", record.FirstName), ("surname", record.Surname),
            ("birth_date", record.BirthDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            ("email", record.Email), ("phone", record.Phone), ("street", record.Street), ("city", record.City), ("postcode", record.Postcode)))];

    private static double Seconds(long start) => Stopwatch.GetElapsedTime(start).TotalSeconds;

    private static void Report(TextWriter output, string what, double value, string unit) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-45} {value,12:N1} {unit}"));

    private static void Percentiles(TextWriter output, string what, List<double> times)
    {
        times.Sort();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{what,-45} p50 {times[times.Count / 2]:N3} ms, p99 {times[(int)(times.Count * 0.99)]:N3} ms, max {times[^1]:N3} ms"));
    }
}
