using System.Text;
using FuzzySharp;
using IdentityResolution.Reference.Similarity;
using IdentityResolution.Similarity;
using IdentityResolution.Similarity.Kernels;

namespace IdentityResolution.Benchmarks.Similarity;

/// <summary>The kernels of the table over the pairs of one kind.</summary>
internal sealed class KernelList
{
    /// <summary>How many pairs a run works through.</summary>
    public const int PairCount = 2000;

    private const int BlockSize = 1000;

    private readonly TextKind _kind;
    private readonly (string Left, string Right)[] _pairs;
    private readonly (byte[] Left, byte[] Right)[] _bytes;
    private readonly List<Kernel> _kernels = [];
    private double _sink;

    private KernelList(TextKind kind)
    {
        _kind = kind;
        _pairs = TextSamples.Pairs(kind, PairCount);
        _bytes = [.. _pairs.Select(p => (Encoding.Latin1.GetBytes(p.Left), Encoding.Latin1.GetBytes(p.Right)))];
        AddEditFamily();
        AddJaroFamily();
        AddWordFamily();
    }

    /// <summary>All kernels, in the same order for every kind.</summary>
    public static IReadOnlyList<Kernel> Of(TextKind kind) => new KernelList(kind)._kernels;

    private void AddEditFamily()
    {
        int cutOff = _kind switch { TextKind.Names => 2, TextKind.Emails => 3, _ => 5 };
        Other("Levenshtein, plain twin", (l, r) => PlainEditDistances.Levenshtein(l, r));
        Other("Levenshtein, FuzzySharp", (l, r) => FuzzySharp.Levenshtein.EditDistance(l, r));
        Texts("Levenshtein, UTF-16", (l, r) => IdentityResolution.Similarity.Levenshtein.Distance(l, r), CppFigures.Levenshtein);
        Bytes("Levenshtein, bytes", (l, r) => IdentityResolution.Similarity.Levenshtein.Distance(l, r), CppFigures.Levenshtein);
        Bytes("Levenshtein, bytes, cut-off 2, 3, 5", (l, r) => IdentityResolution.Similarity.Levenshtein.Distance(l, r, cutOff), CppFigures.LevenshteinCutOff);
        Column("Levenshtein, one to 20", 20, (c, left, codes, _, d) => c.Levenshtein(left, codes, d), null);
        Column("Levenshtein, one to 1000", BlockSize, (c, left, codes, _, d) => c.Levenshtein(left, codes, d), CppFigures.LevenshteinCached);
        Block("Levenshtein, prepared block", (b, text, _, d) => b.Levenshtein(text, d), CppFigures.LevenshteinSimd);
        Block("Levenshtein, prepared block, cut-off 2, 3, 5", (b, text, _, d) => b.Levenshtein(text, d, cutOff), null);
        Other("Alignment (OSA), plain twin", (l, r) => PlainEditDistances.OptimalStringAlignment(l, r));
        Texts("Alignment (OSA), UTF-16", (l, r) => OptimalStringAlignment.Distance(l, r), CppFigures.Alignment);
        Bytes("Alignment (OSA), bytes", (l, r) => OptimalStringAlignment.Distance(l, r), CppFigures.Alignment);
        Block("Alignment (OSA), prepared block", (b, text, _, d) => b.OptimalStringAlignment(text, d), CppFigures.AlignmentSimd);
        Other("Damerau-Levenshtein, plain twin", (l, r) => PlainEditDistances.DamerauLevenshtein(l, r));
        Texts("Damerau-Levenshtein, UTF-16", (l, r) => DamerauLevenshtein.Distance(l, r), CppFigures.Damerau);
        Bytes("Damerau-Levenshtein, bytes", (l, r) => DamerauLevenshtein.Distance(l, r), CppFigures.Damerau);
        Bytes("Damerau-Levenshtein, bytes, cut-off 2, 3, 5", (l, r) => DamerauLevenshtein.Distance(l, r, cutOff), null);
        Other("Indel ratio, plain twin", (l, r) => PlainEditDistances.Indel(l, r));
        Other("Indel ratio, FuzzySharp", (l, r) => Fuzz.Ratio(l, r));
        Texts("Indel ratio, UTF-16", (l, r) => Indel.NormalizedSimilarity(l, r), CppFigures.Ratio);
        Bytes("Indel ratio, bytes", (l, r) => Indel.NormalizedSimilarity(l, r), CppFigures.Ratio);
        Bytes("Common subsequence, bytes", (l, r) => LongestCommonSubsequence.Length(l, r), CppFigures.Subsequence);
        Block("Indel, prepared block", (b, text, _, d) => b.Indel(text, d), CppFigures.IndelSimd);
        Texts("Common substring, UTF-16", (l, r) => LongestCommonSubstring.Length(l, r), null);
    }

    private void AddJaroFamily()
    {
        Bytes("Jaro, bytes", (l, r) => Jaro.Similarity(l, r), CppFigures.Jaro);
        Other("Jaro-Winkler, plain twin", (l, r) => PlainJaro.WinklerSimilarity(l, r));
        Texts("Jaro-Winkler, UTF-16", (l, r) => JaroWinkler.Similarity(l, r), CppFigures.JaroWinkler);
        Bytes("Jaro-Winkler, bytes", (l, r) => JaroWinkler.Similarity(l, r), CppFigures.JaroWinkler);
        Bytes("Jaro-Winkler, bytes, cut-off 0.85", (l, r) => JaroWinkler.Similarity(l, r, 0.85), CppFigures.JaroWinklerCutOff);
        Column("Jaro-Winkler, one to 20", 20, (c, left, codes, s, _) => c.JaroWinkler(left, codes, s), null);
        Column("Jaro-Winkler, one to 1000", BlockSize, (c, left, codes, s, _) => c.JaroWinkler(left, codes, s), CppFigures.JaroWinklerCached);
        Block("Jaro-Winkler, prepared block", (b, text, s, _) => b.JaroWinkler(text, s), CppFigures.JaroWinklerSimd);
        Block("Jaro-Winkler, prepared block, cut-off 0.85", (b, text, s, _) => b.JaroWinkler(text, s, 0.85), CppFigures.JaroWinklerCutOffSimd);
        AddPreparing();
        AddHalfRegisters();
    }

    /// <summary>The prepared block as machines without AVX-512 take it.</summary>
    private void AddHalfRegisters()
    {
        if (LanePaths.Best != LanePath.Registers512)
        {
            return;
        }
        Block("Levenshtein, prepared block, AVX2", (b, text, _, d) => b.Levenshtein(text, d), CppFigures.LevenshteinSimd, LanePath.Registers256);
        Block(
            "Alignment (OSA), prepared block, AVX2",
            (b, text, _, d) => b.OptimalStringAlignment(text, d),
            CppFigures.AlignmentSimd,
            LanePath.Registers256);
        Block("Indel, prepared block, AVX2", (b, text, _, d) => b.Indel(text, d), CppFigures.IndelSimd, LanePath.Registers256);
        Block("Jaro-Winkler, prepared block, AVX2", (b, text, s, _) => b.JaroWinkler(text, s), CppFigures.JaroWinklerSimd, LanePath.Registers256);
        Block(
            "Jaro-Winkler, prepared block, cut-off 0.85, AVX2",
            (b, text, s, _) => b.JaroWinkler(text, s, 0.85),
            CppFigures.JaroWinklerCutOffSimd,
            LanePath.Registers256);
    }

    private void AddWordFamily()
    {
        Other("Jaccard of bigrams, plain twin", (l, r) => PlainTokens.Jaccard(l, r, 2));
        Texts("Jaccard of bigrams, UTF-16", (l, r) => QGram.Jaccard(l, r), null);
        Other("Token sort, FuzzySharp", (l, r) => Fuzz.TokenSortRatio(l, r));
        Texts("Token sort, UTF-16", (l, r) => TokenSort.Similarity(l, r), CppFigures.TokenSort);
        Other("Token set, FuzzySharp", (l, r) => Fuzz.TokenSetRatio(l, r));
        Texts("Token set, UTF-16", (l, r) => TokenSet.Similarity(l, r), CppFigures.TokenSet);
        var softTfIdf = new SoftTfIdf(_pairs.Select(pair => pair.Right));
        Texts("Soft TF-IDF, UTF-16", (l, r) => softTfIdf.Similarity(l, r), null);
        Texts("Monge-Elkan, UTF-16", (l, r) => MongeElkan.Similarity(l, r), null);
    }

    private void Other(string name, Func<string, string, double> measure) => Each(name, _pairs, measure, isOurs: false, null);

    private void Texts(string name, Func<string, string, double> measure, CppFigure[]? cpp) => Each(name, _pairs, measure, isOurs: true, cpp);

    private void Bytes(string name, Func<byte[], byte[], double> measure, CppFigure[]? cpp) => Each(name, _bytes, measure, isOurs: true, cpp);

    private void Each<TText>(string name, (TText Left, TText Right)[] pairs, Func<TText, TText, double> measure, bool isOurs, CppFigure[]? cpp) => Add(
        name,
        () =>
        {
            foreach ((TText left, TText right) in pairs)
            {
                _sink += measure(left, right);
            }
        },
        isOurs,
        cpp);

    /// <summary>A list of codes, whose texts are turned on their side for each call.</summary>
    private void Column(string name, int size, Action<TextColumn, int, int[], double[], int[]> measure, CppFigure[]? cpp)
    {
        TextColumn column = TextColumn.FromStrings([.. _pairs.Select(pair => pair.Right)]);
        int[][] blocks = [.. Enumerable.Range(0, PairCount).Chunk(size)];
        double[] similarities = new double[size];
        int[] distances = new int[size];
        Add(
            name,
            () =>
            {
                foreach (int[] codes in blocks)
                {
                    measure(column, codes[0], codes, similarities, distances);
                }
                _sink += similarities[0] + distances[0];
            },
            isOurs: true,
            cpp);
    }

    /// <summary>One text after the other against a block of 1,000 values that was prepared before.</summary>
    private void Block(string name, Action<TextBlock, string, double[], int[]> measure, CppFigure[]? cpp, LanePath? path = null)
    {
        TextColumn column = TextColumn.FromStrings([.. _pairs.Select(pair => pair.Right)]);
        var block = new TextBlock(column, [.. Enumerable.Range(0, BlockSize)], path ?? LanePaths.Best);
        double[] similarities = new double[BlockSize];
        int[] distances = new int[BlockSize];
        int next = 0;
        Add(
            name,
            () =>
            {
                for (int i = 0; i < PairCount / BlockSize; i++)
                {
                    measure(block, _pairs[next++ % PairCount].Left, similarities, distances);
                }
                _sink += similarities[0] + distances[0];
            },
            isOurs: true,
            cpp);
    }

    /// <summary>The work that a prepared block saves: what it takes to prepare a value.</summary>
    private void AddPreparing()
    {
        TextColumn column = TextColumn.FromStrings([.. _pairs.Select(pair => pair.Right)]);
        int[] codes = [.. Enumerable.Range(0, BlockSize)];
        Add(
            "Preparing a block of 1000 (a value)",
            () =>
            {
                for (int i = 0; i < PairCount / BlockSize; i++)
                {
                    _sink += column.Prepare(codes).Count;
                }
            },
            isOurs: false,
            null);
    }

    private void Add(string name, Action run, bool isOurs, CppFigure[]? cpp) => _kernels.Add(new Kernel(name, run, isOurs, cpp?[(int)_kind]));
}
