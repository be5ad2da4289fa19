using System.Text;
using BenchmarkDotNet.Attributes;
using IdentityResolution.Similarity;

namespace IdentityResolution.Benchmarks.Similarity;

/// <summary>Phonetic codes of a thousand names as Latin-1 bytes; figures are per name, to be read beside <see cref="PhoneticBenchmark"/>.</summary>
[MemoryDiagnoser]
[MinColumn]
public class PhoneticBytesBenchmark
{
    private const int Words = 1000;
    private byte[][] _words = [];

    private delegate int Encoder(ReadOnlySpan<byte> word, Span<char> destination);

    [GlobalSetup]
    public void Setup() => _words = [.. TextSamples.Pairs(TextKind.Names, Words).Select(pair => Encoding.Latin1.GetBytes(pair.Left))];

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
        foreach (byte[] word in _words)
        {
            sum += encode(word, code);
        }
        return sum;
    }
}
