using System.Text.Json;

namespace IdentityResolution.Cli.Benchmarking;

/// <summary>One run of <c>idres resolve</c>, from the file on disk to the lookup table on disk, in figures.</summary>
/// <param name="Records">Records read.</param>
/// <param name="CandidatePairs">Distinct candidate pairs scored.</param>
/// <param name="Links">Links accepted.</param>
/// <param name="Customers">Customers found.</param>
/// <param name="WallSeconds">From the start of the process to its exit.</param>
/// <param name="ProcessorSeconds">Processor time over all threads, up to the summary.</param>
/// <param name="PeakMemoryBytes">The most memory the process had in use.</param>
/// <param name="StageSeconds">Wall time of each stage, in order.</param>
internal sealed record Measurement(
    long Records,
    long CandidatePairs,
    long Links,
    long Customers,
    double WallSeconds,
    double ProcessorSeconds,
    long PeakMemoryBytes,
    IReadOnlyList<KeyValuePair<string, double>> StageSeconds)
{
    /// <summary>Pairwise F1 against the truth, in [0, 1]; null when there is no truth.</summary>
    public double? F1 { get; init; }

    /// <summary>Records a second of wall time.</summary>
    public double RecordsPerSecond => Records / WallSeconds;

    /// <summary>Pairs scored a second in the stage that scores; null when nothing was scored.</summary>
    public double? PairsPerSecond => CandidatePairs > 0 && Stage("score") is > 0 and var seconds ? CandidatePairs / seconds : null;

    /// <summary>Peak memory for each record.</summary>
    public double BytesPerRecord => (double)PeakMemoryBytes / Records;

    /// <summary>The seconds of a stage; 0 when the run had no such stage.</summary>
    public double Stage(string name) => StageSeconds.FirstOrDefault(stage => stage.Key == name).Value;

    /// <summary>Reads the summary that <c>resolve --json</c> prints.</summary>
    public static Measurement Parse(string summary, TimeSpan wall)
    {
        using var document = JsonDocument.Parse(summary);
        JsonElement root = document.RootElement;
        return new Measurement(
            root.GetProperty("records").GetInt64(),
            root.GetProperty("candidatePairs").GetInt64(),
            root.GetProperty("links").GetInt64(),
            root.GetProperty("customers").GetInt64(),
            wall.TotalSeconds,
            root.GetProperty("processorSeconds").GetDouble(),
            root.GetProperty("peakMemoryBytes").GetInt64(),
            [.. root.GetProperty("seconds").EnumerateObject().Where(stage => stage.Name != "total").Select(stage => KeyValuePair.Create(stage.Name, stage.Value.GetDouble()))]);
    }

    /// <summary>How a cost grew from a smaller run to a larger one: the exponent e of cost = records^e.</summary>
    public static double Exponent(double cost, double smallerCost, long records, long smallerRecords) =>
        Math.Log(cost / smallerCost) / Math.Log((double)records / smallerRecords);
}
