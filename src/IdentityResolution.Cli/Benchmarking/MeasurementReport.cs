using System.Globalization;
using System.Text.Json;

namespace IdentityResolution.Cli.Benchmarking;

/// <summary>Measurements for people, as Markdown, and as JSON.</summary>
internal static class MeasurementReport
{
    private const double Megabyte = 1e6;

    /// <summary>The table of all runs.</summary>
    public static IReadOnlyList<string[]> Table(IReadOnlyList<Measurement> runs) =>
    [
        ["records", "wall s", "CPU s", "records/s", "pairs", "pairs/s", "peak MB", "bytes/record", "F1", "growth"],
        .. runs.Select((run, i) => (string[])
        [
            Whole(run.Records), Number(run.WallSeconds), Number(run.ProcessorSeconds), Whole(run.RecordsPerSecond), Whole(run.CandidatePairs),
            run.PairsPerSecond is { } pairs ? Whole(pairs) : "", Whole(run.PeakMemoryBytes / Megabyte), Whole(run.BytesPerRecord),
            run.F1?.ToString("0.0000", CultureInfo.InvariantCulture) ?? "", i == 0 ? "" : Number(Growth(run, runs[i - 1])),
        ]),
    ];

    /// <summary>The table of stages, a column for each run.</summary>
    public static IReadOnlyList<string[]> Stages(IReadOnlyList<Measurement> runs) =>
    [
        ["stage", .. runs.Select(run => Whole(run.Records))],
        .. runs.SelectMany(run => run.StageSeconds.Select(stage => stage.Key)).Distinct(StringComparer.Ordinal)
            .Select(stage => (string[])[stage, .. runs.Select(run => Number(run.Stage(stage)))]),
    ];

    /// <summary>Both tables as Markdown.</summary>
    public static string Markdown(IReadOnlyList<Measurement> runs, string command) =>
        $"""
        {Environment()}

        ```
        {command}
        ```

        {MarkdownTable(Table(runs))}

        Wall time is of the whole process, from the file on disk to the lookup table on disk, training included. CPU is processor time over all threads. Growth is
        the exponent of CPU time against the run above. Pairs a second are of the stage that scores. Seconds by stage:

        {MarkdownTable(Stages(runs))}
        """.ReplaceLineEndings("\n") + "\n";

    /// <summary>What the figures depend on: processor count, system, runtime, version.</summary>
    public static string Environment()
    {
        string version = typeof(IdentityResolver).Assembly.GetName().Version!.ToString(3);
        return string.Create(CultureInfo.InvariantCulture,
            $"idres {version}, {System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}, {System.Environment.ProcessorCount} processors " +
            $"({System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture}), {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9:0} GB, " +
            $"{System.Runtime.InteropServices.RuntimeInformation.OSDescription}");
    }

    /// <summary>The runs as an array.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<Measurement> runs)
    {
        json.WriteString("environment", Environment());
        json.WriteStartArray("runs");
        for (int i = 0; i < runs.Count; i++)
        {
            Write(json, runs[i], i == 0 ? null : runs[i - 1]);
        }
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, Measurement run, Measurement? before)
    {
        json.WriteStartObject();
        json.WriteNumber("records", run.Records);
        json.WriteNumber("candidatePairs", run.CandidatePairs);
        json.WriteNumber("links", run.Links);
        json.WriteNumber("customers", run.Customers);
        json.WriteNumber("wallSeconds", Math.Round(run.WallSeconds, 3));
        json.WriteNumber("processorSeconds", Math.Round(run.ProcessorSeconds, 3));
        json.WriteNumber("peakMemoryBytes", run.PeakMemoryBytes);
        if (run.F1 is { } f1)
        {
            json.WriteNumber("f1", Math.Round(f1, 6));
        }
        if (before is not null)
        {
            json.WriteNumber("growth", Math.Round(Growth(run, before), 3));
        }
        json.WriteStartObject("seconds");
        foreach ((string stage, double seconds) in run.StageSeconds)
        {
            json.WriteNumber(stage, seconds);
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static double Growth(Measurement run, Measurement before) =>
        Measurement.Exponent(run.ProcessorSeconds, before.ProcessorSeconds, run.Records, before.Records);

    private static string MarkdownTable(IReadOnlyList<string[]> rows) => string.Join('\n',
        ((string[])[Row(rows[0]), "|" + string.Concat(Enumerable.Repeat("---|", rows[0].Length))]).Concat(rows.Skip(1).Select(Row)));

    private static string Row(string[] cells) => $"| {string.Join(" | ", cells)} |";

    private static string Whole(double number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Number(double number) => number.ToString("0.00", CultureInfo.InvariantCulture);
}
