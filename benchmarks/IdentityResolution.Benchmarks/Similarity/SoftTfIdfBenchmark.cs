using BenchmarkDotNet.Attributes;
using IdentityResolution.Reference.Similarity;
using IdentityResolution.Similarity;

namespace IdentityResolution.Benchmarks.Similarity;

/// <summary>Soft TF-IDF over Jaro-Winkler. The plain twin counts the words of all texts again for each pair, so its ratio says little.</summary>
public class SoftTfIdfBenchmark : PairBenchmark
{
    private string[] _texts = [];
    private SoftTfIdf _measure = new([]);

    [GlobalSetup]
    public void SetupWeights()
    {
        Setup();
        _texts = [.. Pairs.Take(100).Select(pair => pair.Right)];
        _measure = new SoftTfIdf(_texts);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = PairCount)]
    public double Plain()
    {
        double sum = 0;
        foreach ((string left, string right) in Pairs)
        {
            sum += PlainSoftTfIdf.Similarity(_texts, left, right, PlainJaro.WinklerSimilarity, 0.9);
        }
        return sum;
    }

    [Benchmark(OperationsPerInvoke = PairCount)]
    public double Utf16()
    {
        double sum = 0;
        foreach ((string left, string right) in Pairs)
        {
            sum += _measure.Similarity(left, right);
        }
        return sum;
    }
}
