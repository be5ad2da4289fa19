using BenchmarkDotNet.Attributes;
using IdentityResolution.Similarity;

namespace IdentityResolution.Benchmarks.Similarity;

/// <summary>Phonetic codes of a thousand names; figures are per name. The baseline is Soundex, the simplest; no other library is at hand.</summary>
[MemoryDiagnoser]
[MinColumn]
public class PhoneticBenchmark
{
    private const int Words = 1000;
    private string[] _words = [];

    private delegate int Encoder(ReadOnlySpan<char> word, Span<char> destination);

    [GlobalSetup]
    public void Setup() => _words = [.. TextSamples.Pairs(TextKind.Names, Words).Select(pair => pair.Left)];

    [Benchmark(Baseline = true, OperationsPerInvoke = Words)]
    public int SoundexCode() => Run(Soundex.Encode);

    [Benchmark(OperationsPerInvoke = Words)]
    public int RefinedSoundexCode() => Run(RefinedSoundex.Encode);

    [Benchmark(OperationsPerInvoke = Words)]
    public int MetaphoneCode() => Run((word, code) => Metaphone.Encode(word, code));

    [Benchmark(OperationsPerInvoke = Words)]
    public int DoubleMetaphoneCode() => Run((word, code) => DoubleMetaphone.Encode(word, code[..4], code[4..8], out _));

    [Benchmark(OperationsPerInvoke = Words)]
    public int NysiisCode() => Run((word, code) => Nysiis.Encode(word, code));

    [Benchmark(OperationsPerInvoke = Words)]
    public int MatchRatingCode() => Run(MatchRating.Encode);

    [Benchmark(OperationsPerInvoke = Words)]
    public int Caverphone2Code() => Run(Caverphone2.Encode);

    [Benchmark(OperationsPerInvoke = Words)]
    public int CologneCode() => Run(Cologne.Encode);

    [Benchmark(OperationsPerInvoke = Words)]
    public int DaitchMokotoffCodes() => Run(DaitchMokotoff.EncodeAll);

    private int Run(Encoder encode)
    {
        Span<char> code = stackalloc char[DaitchMokotoff.CodeLength * DaitchMokotoff.MaxCodes];
        int sum = 0;
        foreach (string word in _words)
        {
            sum += encode(word, code);
        }
        return sum;
    }
}
