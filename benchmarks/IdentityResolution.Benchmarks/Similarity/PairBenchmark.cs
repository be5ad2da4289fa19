using System.Text;
using BenchmarkDotNet.Attributes;

namespace IdentityResolution.Benchmarks.Similarity;

/// <summary>A thousand pairs of one kind of text; figures are per pair. Read Ratio, Allocated, and on a busy machine Min; times depend on the machine.</summary>
[MemoryDiagnoser]
[MinColumn]
public abstract class PairBenchmark
{
    protected const int PairCount = 1000;

    [Params(TextKind.Names, TextKind.Emails, TextKind.Addresses)]
    public TextKind Kind { get; set; }

    protected (string Left, string Right)[] Pairs { get; private set; } = [];

    protected (byte[] Left, byte[] Right)[] BytePairs { get; private set; } = [];

    [GlobalSetup]
    public void Setup()
    {
        Pairs = TextSamples.Pairs(Kind, PairCount);
        BytePairs = [.. Pairs.Select(pair => (Encoding.Latin1.GetBytes(pair.Left), Encoding.Latin1.GetBytes(pair.Right)))];
    }
}
