using System.Diagnostics;
using System.Globalization;
using IdentityResolution.Standardization;

namespace IdentityResolution.Benchmarks.Standardization;

/// <summary>Standardizes many generated values of mixed kinds, on one thread and on all, and prints values a second and allocated bytes.</summary>
/// <remarks>
/// A quarter each of names (whole, given and family names), e-mail addresses, telephone numbers and dates, in turns, as raw as people write
/// them. Every value is standardized, repeated ones too; a run standardizes each distinct value once, so it is quicker. Making the values is
/// not timed. Where others use the machine too, look at values a processor second: waiting for a core does not count in it.
/// </remarks>
internal static class MixedValues
{
    private static readonly FieldKind[] Kinds =
    [
        FieldKind.FullName, FieldKind.Email, FieldKind.Phone, FieldKind.BirthDate,
        FieldKind.GivenName, FieldKind.Email, FieldKind.Phone, FieldKind.BirthDate,
        FieldKind.Surname, FieldKind.Email, FieldKind.Phone, FieldKind.BirthDate,
    ];

    /// <summary>Measures and prints.</summary>
    public static void Print(TextWriter output, int count, int rounds)
    {
        string[] values = SyntheticValues.CreateMixed(Kinds, count, seed: 42);
        // Tables are loaded and code is compiled by the first round, which does not count.
        Run(values, [.. Kinds.Select(_ => true)], 1);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count:N0} values, {values.Average(value => value.Length):0.0} characters on average, best of {rounds} rounds."));
        output.WriteLine();
        output.WriteLine("| values | threads | seconds | million values a second | million values a processor second | allocated bytes |");
        output.WriteLine("|---|---|---|---|---|---|");
        foreach ((string name, FieldKind[] kinds) in Enumerable.Concat(
            [("all, mixed", Kinds)], Kinds.GroupBy(Named).Select(group => (group.Key, group.ToArray()))))
        {
            bool[] wanted = [.. Kinds.Select(kind => kinds.Contains(kind))];
            int selected = Enumerable.Range(0, count).Count(number => wanted[number % Kinds.Length]);
            foreach (int threads in new[] { 1, Environment.ProcessorCount }.Distinct())
            {
                (TimeSpan Time, TimeSpan Processor, long Bytes)[] runs = [.. Enumerable.Range(0, rounds).Select(_ => Run(values, wanted, threads))];
                TimeSpan time = runs.Min(run => run.Time);
                TimeSpan processor = runs.Min(run => run.Processor);
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {threads} | {time.TotalSeconds:0.00} | {selected / time.TotalSeconds / 1e6:0.0} | {selected / processor.TotalSeconds / 1e6:0.0} | {runs.Max(run => run.Bytes):N0} |"));
            }
        }
    }

    private static string Named(FieldKind kind) => kind switch
    {
        FieldKind.Email => "e-mail addresses",
        FieldKind.Phone => "telephone numbers",
        FieldKind.BirthDate => "dates",
        _ => "names",
    };

    private static (TimeSpan Time, TimeSpan Processor, long Bytes) Run(string[] values, bool[] wanted, int threads)
    {
        IStandardizer[] standardizers = [.. Kinds.Select(kind => Standardizers.For(kind, new StandardizationOptions { DefaultRegion = "US" }))];
        var bytes = new long[threads];
        Thread[] workers = [.. Enumerable.Range(0, threads).Select(thread => new Thread(() =>
        {
            Span<char> form = new char[1024];
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = (int)((long)values.Length * thread / threads); i < (int)((long)values.Length * (thread + 1) / threads); i++)
            {
                int kind = i % standardizers.Length;
                if (wanted[kind])
                {
                    standardizers[kind].Standardize(values[i], form);
                }
            }
            bytes[thread] = GC.GetAllocatedBytesForCurrentThread() - before;
        }))];
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        Stopwatch clock = Stopwatch.StartNew();
        foreach (Thread worker in workers)
        {
            worker.Start();
        }
        foreach (Thread worker in workers)
        {
            worker.Join();
        }
        return (clock.Elapsed, Environment.CpuUsage.TotalTime - processor, bytes.Sum());
    }
}
