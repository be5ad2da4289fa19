using BenchmarkDotNet.Attributes;
using IdentityResolution.Reference.Similarity;
using IdentityResolution.Similarity;

namespace IdentityResolution.Benchmarks.Similarity;

/// <summary>Optimal string alignment distance.</summary>
public class OptimalStringAlignmentBenchmark : PairBenchmark
{
    [Benchmark(Baseline = true, OperationsPerInvoke = PairCount)]
    public double Plain()
    {
        double sum = 0;
        foreach ((string left, string right) in Pairs)
        {
            sum += PlainEditDistances.OptimalStringAlignment(left, right);
        }
        return sum;
    }

    [Benchmark(OperationsPerInvoke = PairCount)]
    public double Utf16()
    {
        double sum = 0;
        foreach ((string left, string right) in Pairs)
        {
            sum += OptimalStringAlignment.Distance(left, right);
        }
        return sum;
    }

    [Benchmark(OperationsPerInvoke = PairCount)]
    public double Bytes()
    {
        double sum = 0;
        foreach ((byte[] left, byte[] right) in BytePairs)
        {
            sum += OptimalStringAlignment.Distance(left, right);
        }
        return sum;
    }

    [Benchmark(OperationsPerInvoke = PairCount)]
    public double BytesWithCutOff()
    {
        double sum = 0;
        foreach ((byte[] left, byte[] right) in BytePairs)
        {
            sum += OptimalStringAlignment.Distance(left, right, 2);
        }
        return sum;
    }
}
