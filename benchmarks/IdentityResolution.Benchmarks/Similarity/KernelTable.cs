using IdentityResolution.Similarity;

namespace IdentityResolution.Benchmarks.Similarity;

/// <summary>Times every kernel in turns and prints a Markdown table of nanoseconds of processor time a pair, beside those of rapidfuzz-cpp.</summary>
/// <remarks>
/// For machines that others use at the same time: a thread's processor time does not count waiting for a core, and turns spread what is left
/// of the noise evenly. The minimum of the rounds is the figure to go by. Kernels of ours that allocate stop the run.
/// </remarks>
internal static class KernelTable
{
    private const double RoundTime = 15e6;
    private const double ClockTime = 1e6;
    private static double Sink;

    private delegate int Encoder(ReadOnlySpan<char> word, Span<char> destination);

    /// <summary>Measures and prints.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="rounds">How often each kernel is timed.</param>
    /// <param name="filter">What a kernel's name must hold; empty for all.</param>
    public static void Print(TextWriter output, int rounds, string filter)
    {
        IReadOnlyList<Kernel>[] kernels = [.. Enum.GetValues<TextKind>().Select(kind =>
            KernelList.Of(kind).Where(kernel => kernel.Name.Contains(filter, StringComparison.OrdinalIgnoreCase)).ToArray())];
        int count = kernels[0].Count;
        var times = new double[kernels.Length, count, rounds];
        for (int round = 0; round < rounds; round++)
        {
            for (int kind = 0; kind < kernels.Length; kind++)
            {
                for (int kernel = 0; kernel < count; kernel++)
                {
                    times[kind, kernel, round] = Time(kernels[kind][kernel].Run, KernelList.PairCount);
                }
            }
        }
        output.WriteLine("Minimum (median) of the rounds, nanoseconds a pair. C++: rapidfuzz-cpp f34fe29 as measured elsewhere on this kind of machine.");
        output.WriteLine();
        output.WriteLine($"| kernel | {string.Join(" | ", Enum.GetNames<TextKind>().Select(kind => $"{kind} | C++"))} |");
        output.WriteLine("|---|" + string.Concat(Enumerable.Repeat("---|---|", kernels.Length)));
        for (int kernel = 0; kernel < count; kernel++)
        {
            output.Write($"| {kernels[0][kernel].Name} |");
            for (int kind = 0; kind < kernels.Length; kind++)
            {
                double[] sorted = [.. Enumerable.Range(0, rounds).Select(round => times[kind, kernel, round]).Order()];
                CppFigure? cpp = kernels[kind][kernel].Cpp;
                output.Write($" {Format(sorted[0])} ({Format(sorted[rounds / 2])}) |");
                output.Write(cpp is null ? " |" : $" {cpp.Value.Minimum:0.#} ({cpp.Value.Median:0.#}) |");
            }
            output.WriteLine();
        }
        foreach (IReadOnlyList<Kernel> kind in kernels)
        {
            ThrowIfAnyAllocates(kind);
        }
        output.WriteLine();
        output.WriteLine($"{kernels[0].Count(kernel => kernel.IsOurs)} kernels of ours allocated 0 bytes for each kind of text.");
        PrintCodes(output, rounds);
        GC.KeepAlive(Sink);
    }

    private static void ThrowIfAnyAllocates(IReadOnlyList<Kernel> kernels)
    {
        foreach (Kernel kernel in kernels.Where(kernel => kernel.IsOurs))
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            kernel.Run();
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (allocated != 0)
            {
                throw new InvalidOperationException($"{kernel.Name} allocated {allocated} bytes in {KernelList.PairCount} pairs.");
            }
        }
    }

    private static string Format(double nanoseconds) => nanoseconds < 10 ? $"{nanoseconds:0.##}" : $"{nanoseconds:0}";

    private static void PrintCodes(TextWriter output, int rounds)
    {
        string[] words = [.. TextSamples.Pairs(TextKind.Names, KernelList.PairCount).Select(pair => pair.Left)];
        (string Name, Encoder Encode)[] encoders =
        [
            ("Soundex", Soundex.Encode), ("RefinedSoundex", RefinedSoundex.Encode), ("Metaphone", (w, c) => Metaphone.Encode(w, c)),
            ("DoubleMetaphone, both codes", (w, c) => DoubleMetaphone.Encode(w, c[..4], c[4..8], out _)), ("Nysiis", (w, c) => Nysiis.Encode(w, c)),
            ("MatchRating", MatchRating.Encode), ("Caverphone2", Caverphone2.Encode), ("Cologne", Cologne.Encode),
            ("DaitchMokotoff, all codes", DaitchMokotoff.EncodeAll),
        ];
        output.WriteLine();
        output.WriteLine("| code | ns a name |");
        output.WriteLine("|---|---|");
        char[] code = new char[DaitchMokotoff.CodeLength * DaitchMokotoff.MaxCodes];
        foreach ((string name, Encoder encode) in encoders)
        {
            double[] sorted = [.. Enumerable.Range(0, rounds).Select(_ => Time(() =>
            {
                foreach (string word in words)
                {
                    Sink += encode(word, code);
                }
            }, words.Length)).Order()];
            output.WriteLine($"| {name} | {Format(sorted[0])} ({Format(sorted[rounds / 2])}) |");
        }
    }

    private static double Time(Action run, int pairs)
    {
        // Asking the clock takes as long as hundreds of pairs of the fastest kernels: it is asked once in a while.
        double start = ThreadClock.Now();
        run();
        int batch = (int)Math.Clamp(ClockTime / (ThreadClock.Now() - start), 1, 1000);
        start = ThreadClock.Now();
        long count = 0;
        double spent;
        do
        {
            for (int i = 0; i < batch; i++)
            {
                run();
            }
            count += batch;
            spent = ThreadClock.Now() - start;
        }
        while (spent < RoundTime);
        return spent / ((double)count * pairs);
    }
}
