using System.Diagnostics;
using System.Globalization;
using IdentityResolution.Matching;

namespace IdentityResolution.Benchmarks.Matching;

/// <summary>Scores all candidate pairs of a set, on one thread and on all, and prints pairs a second.</summary>
/// <remarks>
/// Preparing and training are not timed. "links" is what a run does: pairs stop as soon as they can't link. "every weight" works out the
/// weight of every pair and keeps it. Where others use the machine too, look at pairs a processor second: waiting for a core does not count in it.
/// </remarks>
internal static class PairTable
{
    /// <summary>Measures and prints.</summary>
    /// <param name="output">Receives a table.</param>
    /// <param name="file">A CSV file of people; null = 300,000 generated records.</param>
    /// <param name="rounds">Rounds, of which the best counts.</param>
    public static void Print(TextWriter output, string? file, int rounds)
    {
        ScoringWorld world = file is null ? ScoringWorld.Generate(300_000) : ScoringWorld.Read(file);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{world.Records:N0} records, {world.Model.Comparisons.Length} comparisons, best of {rounds} rounds."));
        output.WriteLine();
        output.WriteLine("| kept | threads | pairs | kept pairs | seconds | million pairs a second | million pairs a processor second |");
        output.WriteLine("|---|---|---|---|---|---|---|");
        foreach ((string kept, int? floor) in new (string, int?)[] { ("links", null), ("every weight", int.MinValue) })
        {
            foreach (int threads in new[] { 1, Environment.ProcessorCount }.Distinct())
            {
                // Code is compiled by the first round, which does not count.
                ScoredPairs scored = world.Score(threads, floor);
                (TimeSpan Time, TimeSpan Processor)[] runs = [.. Enumerable.Range(0, rounds).Select(_ => Run(world, threads, floor))];
                (double time, double processor) = (runs.Min(run => run.Time).TotalSeconds, runs.Min(run => run.Processor).TotalSeconds);
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {kept} | {threads} | {scored.Pairs:N0} | {scored.Links.Count + scored.Below.Count:N0} | {time:0.00} | {scored.Pairs / time / 1e6:0.0} | {scored.Pairs / processor / 1e6:0.0} |"));
            }
        }
    }

    private static (TimeSpan Time, TimeSpan Processor) Run(ScoringWorld world, int threads, int? floor)
    {
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        world.Score(threads, floor);
        return (clock.Elapsed, Environment.CpuUsage.TotalTime - processor);
    }
}
