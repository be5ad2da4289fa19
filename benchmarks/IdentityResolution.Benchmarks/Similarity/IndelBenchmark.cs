using BenchmarkDotNet.Attributes;
using FuzzySharp;
using IdentityResolution.Reference.Similarity;
using IdentityResolution.Similarity;

namespace IdentityResolution.Benchmarks.Similarity;

/// <summary>Indel similarity, the "ratio".</summary>
public class IndelBenchmark : PairBenchmark
{
    [Benchmark(Baseline = true, OperationsPerInvoke = PairCount)]
    public double Plain()
    {
        double sum = 0;
        foreach ((string left, string right) in Pairs)
        {
            sum += PlainEditDistances.Indel(left, right);
        }
        return sum;
    }

    [Benchmark(OperationsPerInvoke = PairCount)]
    public double Utf16()
    {
        double sum = 0;
        foreach ((string left, string right) in Pairs)
        {
            sum += Indel.NormalizedSimilarity(left, right);
        }
        return sum;
    }

    [Benchmark(OperationsPerInvoke = PairCount)]
    public double Bytes()
    {
        double sum = 0;
        foreach ((byte[] left, byte[] right) in BytePairs)
        {
            sum += Indel.NormalizedSimilarity(left, right);
        }
        return sum;
    }

    [Benchmark(OperationsPerInvoke = PairCount)]
    public double BytesWithCutOff()
    {
        double sum = 0;
        foreach ((byte[] left, byte[] right) in BytePairs)
        {
            sum += Indel.NormalizedSimilarity(left, right, 0.85);
        }
        return sum;
    }

    [Benchmark(OperationsPerInvoke = PairCount)]
    public double FuzzySharp()
    {
        double sum = 0;
        foreach ((string left, string right) in Pairs)
        {
            sum += Fuzz.Ratio(left, right);
        }
        return sum;
    }
}
