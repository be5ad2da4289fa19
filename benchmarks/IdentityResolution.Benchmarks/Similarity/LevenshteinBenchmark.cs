using BenchmarkDotNet.Attributes;
using IdentityResolution.Reference.Similarity;
using IdentityResolution.Similarity;

namespace IdentityResolution.Benchmarks.Similarity;

/// <summary>Levenshtein distance. FuzzySharp.Levenshtein.EditDistance is the same distance by a matrix.</summary>
public class LevenshteinBenchmark : PairBenchmark
{
    [Benchmark(Baseline = true, OperationsPerInvoke = PairCount)]
    public double Plain()
    {
        double sum = 0;
        foreach ((string left, string right) in Pairs)
        {
            sum += PlainEditDistances.Levenshtein(left, right);
        }
        return sum;
    }

    [Benchmark(OperationsPerInvoke = PairCount)]
    public double Utf16()
    {
        double sum = 0;
        foreach ((string left, string right) in Pairs)
        {
            sum += Levenshtein.Distance(left, right);
        }
        return sum;
    }

    [Benchmark(OperationsPerInvoke = PairCount)]
    public double Bytes()
    {
        double sum = 0;
        foreach ((byte[] left, byte[] right) in BytePairs)
        {
            sum += Levenshtein.Distance(left, right);
        }
        return sum;
    }

    [Benchmark(OperationsPerInvoke = PairCount)]
    public double BytesWithCutOff()
    {
        double sum = 0;
        foreach ((byte[] left, byte[] right) in BytePairs)
        {
            sum += Levenshtein.Distance(left, right, 2);
        }
        return sum;
    }

    [Benchmark(OperationsPerInvoke = PairCount)]
    public double FuzzySharp()
    {
        double sum = 0;
        foreach ((string left, string right) in Pairs)
        {
            sum += global::FuzzySharp.Levenshtein.EditDistance(left, right);
        }
        return sum;
    }
}
