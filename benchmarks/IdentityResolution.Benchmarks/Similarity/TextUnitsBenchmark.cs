using BenchmarkDotNet.Attributes;
using IdentityResolution.Similarity;

namespace IdentityResolution.Benchmarks.Similarity;

/// <summary>What counting letters costs over the plain call: a thousand pairs of names; figures are per pair. Read Ratio and Allocated.</summary>
[MemoryDiagnoser]
[MinColumn]
public class TextUnitsBenchmark
{
    private const int PairCount = 1000;
    private (string Left, string Right)[] _plain = [];
    private (string Left, string Right)[] _cyrillic = [];
    private (string Left, string Right)[] _marked = [];

    [GlobalSetup]
    public void Setup()
    {
        _plain = TextSamples.Pairs(TextKind.Names, PairCount);
        _cyrillic = [.. _plain.Select(pair => (Shift(pair.Left), Shift(pair.Right)))];
        _marked = [.. _plain.Select(pair => (Mark(pair.Left), Mark(pair.Right)))];
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = PairCount)]
    public double PlainCall() => _plain.Sum(pair => JaroWinkler.Similarity(pair.Left, pair.Right));

    [Benchmark(OperationsPerInvoke = PairCount)]
    public double LettersOfPlainTexts() => _plain.Sum(pair => TextUnits.Compare(pair.Left, pair.Right, JaroWinkler.Similarity));

    [Benchmark(OperationsPerInvoke = PairCount)]
    public double LettersOfCyrillicTexts() => _cyrillic.Sum(pair => TextUnits.Compare(pair.Left, pair.Right, JaroWinkler.Similarity));

    [Benchmark(OperationsPerInvoke = PairCount)]
    public double LettersOfMarkedTexts() => _marked.Sum(pair => TextUnits.Compare(pair.Left, pair.Right, JaroWinkler.Similarity));

    [Benchmark(OperationsPerInvoke = PairCount)]
    public double CodePointsOfMarkedTexts() =>
        _marked.Sum(pair => TextUnits.Compare(pair.Left, pair.Right, JaroWinkler.Similarity, unit: TextUnit.CodePoint));

    private static string Shift(string text) => string.Concat(text.Select(letter => (char)(letter - 'a' + '\u0430')));

    // A combining acute accent after each e, and a letter outside the basic plane at the end.
    private static string Mark(string text) => text.Replace("e", "e\u0301", StringComparison.Ordinal) + "\U00020000";
}
