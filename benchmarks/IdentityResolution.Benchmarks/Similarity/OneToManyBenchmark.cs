using BenchmarkDotNet.Attributes;
using IdentityResolution.Similarity;

namespace IdentityResolution.Benchmarks.Similarity;

/// <summary>One value against a block of others: pair by pair (the baseline), as codes of a column, and as blocks prepared before. Figures are per pair.</summary>
[MemoryDiagnoser]
[MinColumn]
public class OneToManyBenchmark
{
    private const int Values = 1000;
    private readonly int[] _codes = new int[Values];
    private readonly double[] _similarities = new double[Values];
    private readonly int[] _distances = new int[Values];
    private string[] _texts = [];
    private TextColumn _column = TextColumn.FromStrings([]);
    private TextBlock[] _blocks = [];

    [Params(TextKind.Names, TextKind.Emails, TextKind.Addresses)]
    public TextKind Kind { get; set; }

    /// <summary>How many values each text is compared with: 20 is a usual block.</summary>
    [Params(20, 1000)]
    public int BlockSize { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _texts = [.. TextSamples.Pairs(Kind, Values).Select(pair => pair.Right)];
        _column = TextColumn.FromStrings(_texts);
        for (int i = 0; i < Values; i++)
        {
            _codes[i] = i;
        }
        _blocks = [.. _codes.Chunk(BlockSize).Select(codes => _column.Prepare(codes))];
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Values)]
    public double JaroWinklerPairs()
    {
        double sum = 0;
        for (int from = 0; from < Values; from += BlockSize)
        {
            for (int i = from; i < from + BlockSize; i++)
            {
                sum += JaroWinkler.Similarity(_texts[from], _texts[i]);
            }
        }
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Values)]
    public double JaroWinklerMany()
    {
        for (int from = 0; from < Values; from += BlockSize)
        {
            _column.JaroWinkler(from, _codes.AsSpan(from, BlockSize), _similarities.AsSpan(from, BlockSize));
        }
        return _similarities[^1];
    }

    [Benchmark(OperationsPerInvoke = Values)]
    public double JaroWinklerManyWithCutOff()
    {
        for (int from = 0; from < Values; from += BlockSize)
        {
            _column.JaroWinkler(from, _codes.AsSpan(from, BlockSize), _similarities.AsSpan(from, BlockSize), 0.85);
        }
        return _similarities[^1];
    }

    [Benchmark(OperationsPerInvoke = Values)]
    public double LevenshteinPairs()
    {
        double sum = 0;
        for (int from = 0; from < Values; from += BlockSize)
        {
            for (int i = from; i < from + BlockSize; i++)
            {
                sum += Levenshtein.Distance(_texts[from], _texts[i]);
            }
        }
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Values)]
    public double LevenshteinMany()
    {
        for (int from = 0; from < Values; from += BlockSize)
        {
            _column.Levenshtein(from, _codes.AsSpan(from, BlockSize), _distances.AsSpan(from, BlockSize));
        }
        return _distances[^1];
    }

    [Benchmark(OperationsPerInvoke = Values)]
    public double LevenshteinManyWithCutOff()
    {
        for (int from = 0; from < Values; from += BlockSize)
        {
            _column.Levenshtein(from, _codes.AsSpan(from, BlockSize), _distances.AsSpan(from, BlockSize), 2);
        }
        return _distances[^1];
    }

    [Benchmark(OperationsPerInvoke = Values)]
    public double JaroWinklerPrepared()
    {
        foreach (TextBlock block in _blocks)
        {
            block.JaroWinkler(_texts[0], _similarities.AsSpan(0, BlockSize));
        }
        return _similarities[0];
    }

    [Benchmark(OperationsPerInvoke = Values)]
    public double JaroWinklerPreparedWithCutOff()
    {
        foreach (TextBlock block in _blocks)
        {
            block.JaroWinkler(_texts[0], _similarities.AsSpan(0, BlockSize), 0.85);
        }
        return _similarities[0];
    }

    [Benchmark(OperationsPerInvoke = Values)]
    public double LevenshteinPrepared()
    {
        foreach (TextBlock block in _blocks)
        {
            block.Levenshtein(_texts[0], _distances.AsSpan(0, BlockSize));
        }
        return _distances[0];
    }

    [Benchmark(OperationsPerInvoke = Values)]
    public double AlignmentPrepared()
    {
        foreach (TextBlock block in _blocks)
        {
            block.OptimalStringAlignment(_texts[0], _distances.AsSpan(0, BlockSize));
        }
        return _distances[0];
    }

    [Benchmark(OperationsPerInvoke = Values)]
    public double IndelPrepared()
    {
        foreach (TextBlock block in _blocks)
        {
            block.Indel(_texts[0], _distances.AsSpan(0, BlockSize));
        }
        return _distances[0];
    }
}
