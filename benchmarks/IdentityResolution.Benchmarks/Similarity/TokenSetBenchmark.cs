using BenchmarkDotNet.Attributes;
using FuzzySharp;
using IdentityResolution.Reference.Similarity;
using IdentityResolution.Similarity;

namespace IdentityResolution.Benchmarks.Similarity;

/// <summary>Token set ratio.</summary>
public class TokenSetBenchmark : PairBenchmark
{
    [Benchmark(Baseline = true, OperationsPerInvoke = PairCount)]
    public double Plain()
    {
        double sum = 0;
        foreach ((string left, string right) in Pairs)
        {
            sum += PlainTokens.TokenSet(left, right);
        }
        return sum;
    }

    [Benchmark(OperationsPerInvoke = PairCount)]
    public double Utf16()
    {
        double sum = 0;
        foreach ((string left, string right) in Pairs)
        {
            sum += TokenSet.Similarity(left, right);
        }
        return sum;
    }

    [Benchmark(OperationsPerInvoke = PairCount)]
    public double FuzzySharp()
    {
        double sum = 0;
        foreach ((string left, string right) in Pairs)
        {
            sum += Fuzz.TokenSetRatio(left, right);
        }
        return sum;
    }
}
