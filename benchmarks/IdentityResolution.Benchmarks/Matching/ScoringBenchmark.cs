using BenchmarkDotNet.Attributes;

namespace IdentityResolution.Benchmarks.Matching;

/// <summary>
/// Scores all candidate pairs of 100,000 generated people on one thread, with six fuzzy comparisons that weigh rare values more. Divide
/// the pairs that <c>-- pairs</c> prints by Mean. Allocated is what the links and the caches take: nothing per pair.
/// </summary>
[MemoryDiagnoser]
public class ScoringBenchmark
{
    private ScoringWorld _world = null!;

    [GlobalSetup]
    public void Setup() => _world = ScoringWorld.Generate(100_000);

    [Benchmark(Baseline = true)]
    public long EveryWeight() => _world.Score(1, int.MinValue).Pairs;

    [Benchmark]
    public long Links() => _world.Score(1, null).Pairs;
}
