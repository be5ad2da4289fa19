using BenchmarkDotNet.Attributes;
using FuzzySharp;
using IdentityResolution.Reference.Similarity;
using IdentityResolution.Similarity;

namespace IdentityResolution.Benchmarks.Similarity;

/// <summary>Token sort ratio.</summary>
public class TokenSortBenchmark : PairBenchmark
{
    [Benchmark(Baseline = true, OperationsPerInvoke = PairCount)]
    public double Plain()
    {
        double sum = 0;
        foreach ((string left, string right) in Pairs)
        {
            sum += PlainTokens.TokenSort(left, right);
        }
        return sum;
    }

    [Benchmark(OperationsPerInvoke = PairCount)]
    public double Utf16()
    {
        double sum = 0;
        foreach ((string left, string right) in Pairs)
        {
            sum += TokenSort.Similarity(left, right);
        }
        return sum;
    }

    [Benchmark(OperationsPerInvoke = PairCount)]
    public double FuzzySharp()
    {
        double sum = 0;
        foreach ((string left, string right) in Pairs)
        {
            sum += Fuzz.TokenSortRatio(left, right);
        }
        return sum;
    }
}
