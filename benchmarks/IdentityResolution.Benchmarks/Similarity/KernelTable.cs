using FuzzySharp;
using IdentityResolution.Reference.Similarity;
using IdentityResolution.Similarity;

namespace IdentityResolution.Benchmarks.Similarity;

/// <summary>Times every kernel in turns and prints a Markdown table of nanoseconds of processor time a pair.</summary>
/// <remarks>
/// For machines that others use at the same time: processor time does not count waiting for a core, and turns spread what is left of the
/// noise evenly. It is the process's time, so JIT and collector threads count too; the median of the rounds leaves the first ones out.
/// </remarks>
internal static class KernelTable
{
    private const int PairCount = 2000;
    private const int BlockSize = 20;
    private static readonly TimeSpan RoundTime = TimeSpan.FromMilliseconds(15);
    private static double Sink;

    private delegate int Encoder(ReadOnlySpan<char> word, Span<char> destination);

    /// <summary>Measures and prints.</summary>
    public static void Print(TextWriter output, int rounds)
    {
        output.WriteLine($"| kernel | {string.Join(" | ", Enum.GetNames<TextKind>())} |");
        output.WriteLine("|---|" + string.Concat(Enumerable.Repeat("---|", Enum.GetNames<TextKind>().Length)));
        List<(string Name, Action Run)>[] kernels = [.. Enum.GetValues<TextKind>().Select(Kernels)];
        var times = new double[kernels.Length, kernels[0].Count, rounds];
        for (int round = 0; round < rounds; round++)
        {
            for (int kind = 0; kind < kernels.Length; kind++)
            {
                for (int kernel = 0; kernel < kernels[kind].Count; kernel++)
                {
                    times[kind, kernel, round] = Time(kernels[kind][kernel].Run);
                }
            }
        }
        for (int kernel = 0; kernel < kernels[0].Count; kernel++)
        {
            output.Write($"| {kernels[0][kernel].Name} |");
            for (int kind = 0; kind < kernels.Length; kind++)
            {
                double[] sorted = [.. Enumerable.Range(0, rounds).Select(round => times[kind, kernel, round]).Order()];
                output.Write($" {sorted[rounds / 2]:0.#} ({sorted[0]:0.#}) |");
            }
            output.WriteLine();
        }
        PrintCodes(output, rounds);
        GC.KeepAlive(Sink);
    }

    private static void PrintCodes(TextWriter output, int rounds)
    {
        string[] words = [.. TextSamples.Pairs(TextKind.Names, PairCount).Select(pair => pair.Left)];
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
            })).Order()];
            output.WriteLine($"| {name} | {sorted[rounds / 2]:0} ({sorted[0]:0}) |");
        }
    }

    private static double Time(Action run)
    {
        run();
        TimeSpan start = Environment.CpuUsage.TotalTime;
        int count = 0;
        TimeSpan spent;
        do
        {
            run();
            count++;
            spent = Environment.CpuUsage.TotalTime - start;
        }
        while (spent < RoundTime);
        return spent.TotalNanoseconds / ((double)count * PairCount);
    }

    private static List<(string Name, Action Run)> Kernels(TextKind kind)
    {
        (string Left, string Right)[] pairs = TextSamples.Pairs(kind, PairCount);
        (byte[] Left, byte[] Right)[] bytes = [.. pairs.Select(p => (System.Text.Encoding.Latin1.GetBytes(p.Left), System.Text.Encoding.Latin1.GetBytes(p.Right)))];
        return
        [
            Each("Levenshtein, plain twin", pairs, (l, r) => PlainEditDistances.Levenshtein(l, r)),
            Each("Levenshtein, FuzzySharp", pairs, (l, r) => FuzzySharp.Levenshtein.EditDistance(l, r)),
            Each("Levenshtein, UTF-16", pairs, (l, r) => IdentityResolution.Similarity.Levenshtein.Distance(l, r)),
            Each("Levenshtein, bytes", bytes, (l, r) => IdentityResolution.Similarity.Levenshtein.Distance(l, r)),
            Each("Levenshtein, bytes, cut-off 2", bytes, (l, r) => IdentityResolution.Similarity.Levenshtein.Distance(l, r, 2)),
            Many("Levenshtein, one to 20", pairs, BlockSize, (c, left, codes, _, d) => c.Levenshtein(left, codes, d)),
            Many("Levenshtein, one to 20, cut-off 2", pairs, BlockSize, (c, left, codes, _, d) => c.Levenshtein(left, codes, d, 2)),
            Many("Levenshtein, one to 1000", pairs, 1000, (c, left, codes, _, d) => c.Levenshtein(left, codes, d)),
            Block("Levenshtein, prepared block", pairs, (b, text, _, d) => b.Levenshtein(text, d)),
            Block("Levenshtein, prepared block, cut-off 2", pairs, (b, text, _, d) => b.Levenshtein(text, d, 2)),
            Block("Alignment (OSA), prepared block", pairs, (b, text, _, d) => b.OptimalStringAlignment(text, d)),
            Block("Jaro-Winkler, prepared block", pairs, (b, text, s, _) => b.JaroWinkler(text, s)),
            Block("Jaro-Winkler, prepared block, cut-off 0.85", pairs, (b, text, s, _) => b.JaroWinkler(text, s, 0.85)),
            Block("Indel, prepared block", pairs, (b, text, _, d) => b.Indel(text, d)),
            Each("Alignment (OSA), plain twin", pairs, (l, r) => PlainEditDistances.OptimalStringAlignment(l, r)),
            Each("Alignment (OSA), bytes", bytes, (l, r) => OptimalStringAlignment.Distance(l, r)),
            Each("Damerau-Levenshtein, plain twin", pairs, (l, r) => PlainEditDistances.DamerauLevenshtein(l, r)),
            Each("Damerau-Levenshtein, bytes", bytes, (l, r) => DamerauLevenshtein.Distance(l, r)),
            Each("Damerau-Levenshtein, bytes, cut-off 2", bytes, (l, r) => DamerauLevenshtein.Distance(l, r, 2)),
            Each("Jaro-Winkler, plain twin", pairs, (l, r) => PlainJaro.WinklerSimilarity(l, r)),
            Each("Jaro-Winkler, UTF-16", pairs, (l, r) => JaroWinkler.Similarity(l, r)),
            Each("Jaro-Winkler, bytes", bytes, (l, r) => JaroWinkler.Similarity(l, r)),
            Each("Jaro-Winkler, bytes, cut-off 0.85", bytes, (l, r) => JaroWinkler.Similarity(l, r, 0.85)),
            Many("Jaro-Winkler, one to 20", pairs, BlockSize, (c, left, codes, s, _) => c.JaroWinkler(left, codes, s)),
            Many("Jaro-Winkler, one to 20, cut-off 0.85", pairs, BlockSize, (c, left, codes, s, _) => c.JaroWinkler(left, codes, s, 0.85)),
            Many("Jaro-Winkler, one to 1000", pairs, 1000, (c, left, codes, s, _) => c.JaroWinkler(left, codes, s)),
            Each("Indel ratio, plain twin", pairs, (l, r) => PlainEditDistances.Indel(l, r)),
            Each("Indel ratio, FuzzySharp", pairs, (l, r) => Fuzz.Ratio(l, r)),
            Each("Indel ratio, UTF-16", pairs, (l, r) => Indel.NormalizedSimilarity(l, r)),
            Each("Indel ratio, bytes", bytes, (l, r) => Indel.NormalizedSimilarity(l, r)),
            Each("Common substring, UTF-16", pairs, (l, r) => LongestCommonSubstring.Length(l, r)),
            Each("Jaccard of bigrams, plain twin", pairs, (l, r) => PlainTokens.Jaccard(l, r, 2)),
            Each("Jaccard of bigrams, UTF-16", pairs, (l, r) => QGram.Jaccard(l, r)),
            Each("Token sort, FuzzySharp", pairs, (l, r) => Fuzz.TokenSortRatio(l, r)),
            Each("Token sort, UTF-16", pairs, (l, r) => TokenSort.Similarity(l, r)),
            Each("Token set, FuzzySharp", pairs, (l, r) => Fuzz.TokenSetRatio(l, r)),
            Each("Token set, UTF-16", pairs, (l, r) => TokenSet.Similarity(l, r)),
        ];
    }

    private static (string Name, Action Run) Each<TText>(string name, (TText Left, TText Right)[] pairs, Func<TText, TText, double> measure)
    {
        return (name, Run);

        void Run()
        {
            foreach ((TText left, TText right) in pairs)
            {
                Sink += measure(left, right);
            }
        }
    }

    /// <summary>Every thousandth text against a block that was prepared before.</summary>
    private static (string Name, Action Run) Block(
        string name, (string Left, string Right)[] pairs, Action<TextBlock, string, double[], int[]> measure)
    {
        TextBlock block = TextColumn.FromStrings([.. pairs.Select(pair => pair.Right)]).Prepare([.. Enumerable.Range(0, 1000)]);
        string[] texts = [.. pairs.Select(pair => pair.Left)];
        double[] similarities = new double[block.Count];
        int[] distances = new int[block.Count];
        int next = 0;
        return (name, Run);

        void Run()
        {
            for (int i = 0; i < PairCount / block.Count; i++)
            {
                measure(block, texts[next++ % texts.Length], similarities, distances);
            }
            Sink += similarities[0] + distances[0];
        }
    }

    private static (string Name, Action Run) Many(
        string name, (string Left, string Right)[] pairs, int block, Action<TextColumn, int, int[], double[], int[]> measure)
    {
        TextColumn column = TextColumn.FromStrings([.. pairs.Select(pair => pair.Right)]);
        int[][] blocks = [.. Enumerable.Range(0, pairs.Length).Chunk(block)];
        double[] similarities = new double[block];
        int[] distances = new int[block];
        return (name, Run);

        void Run()
        {
            foreach (int[] codes in blocks)
            {
                measure(column, codes[0], codes, similarities, distances);
            }
            Sink += similarities[0] + distances[0];
        }
    }
}
