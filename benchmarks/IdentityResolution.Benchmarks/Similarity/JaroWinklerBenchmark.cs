using BenchmarkDotNet.Attributes;
using IdentityResolution.Reference.Similarity;
using IdentityResolution.Similarity;

namespace IdentityResolution.Benchmarks.Similarity;

/// <summary>Jaro-Winkler similarity.</summary>
public class JaroWinklerBenchmark : PairBenchmark
{
    [Benchmark(Baseline = true, OperationsPerInvoke = PairCount)]
    public double Plain()
    {
        double sum = 0;
        foreach ((string left, string right) in Pairs)
        {
            sum += PlainJaro.WinklerSimilarity(left, right);
        }
        return sum;
    }

    [Benchmark(OperationsPerInvoke = PairCount)]
    public double Utf16()
    {
        double sum = 0;
        foreach ((string left, string right) in Pairs)
        {
            sum += JaroWinkler.Similarity(left, right);
        }
        return sum;
    }

    [Benchmark(OperationsPerInvoke = PairCount)]
    public double Bytes()
    {
        double sum = 0;
        foreach ((byte[] left, byte[] right) in BytePairs)
        {
            sum += JaroWinkler.Similarity(left, right);
        }
        return sum;
    }

    [Benchmark(OperationsPerInvoke = PairCount)]
    public double BytesWithCutOff()
    {
        double sum = 0;
        foreach ((byte[] left, byte[] right) in BytePairs)
        {
            sum += JaroWinkler.Similarity(left, right, 0.85);
        }
        return sum;
    }
}
