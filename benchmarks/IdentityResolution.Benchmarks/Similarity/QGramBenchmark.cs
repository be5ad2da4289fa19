using BenchmarkDotNet.Attributes;
using IdentityResolution.Reference.Similarity;
using IdentityResolution.Similarity;

namespace IdentityResolution.Benchmarks.Similarity;

/// <summary>Jaccard similarity of bigrams.</summary>
public class QGramBenchmark : PairBenchmark
{
    [Benchmark(Baseline = true, OperationsPerInvoke = PairCount)]
    public double Plain()
    {
        double sum = 0;
        foreach ((string left, string right) in Pairs)
        {
            sum += PlainTokens.Jaccard(left, right, 2);
        }
        return sum;
    }

    [Benchmark(OperationsPerInvoke = PairCount)]
    public double Utf16()
    {
        double sum = 0;
        foreach ((string left, string right) in Pairs)
        {
            sum += QGram.Jaccard(left, right);
        }
        return sum;
    }

    [Benchmark(OperationsPerInvoke = PairCount)]
    public double Bytes()
    {
        double sum = 0;
        foreach ((byte[] left, byte[] right) in BytePairs)
        {
            sum += QGram.Jaccard(left, right);
        }
        return sum;
    }
}
