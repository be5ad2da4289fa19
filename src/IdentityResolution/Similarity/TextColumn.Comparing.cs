using System.Runtime.CompilerServices;
using System.Text;
using IdentityResolution.Similarity.Kernels;

namespace IdentityResolution.Similarity;

/// <content>One text against many values.</content>
[SkipLocalsInit]
public sealed partial class TextColumn
{
    /// <summary>The <see cref="Similarity.Levenshtein"/> distance of one text to many values.</summary>
    /// <param name="left">The text.</param>
    /// <param name="codes">The values' codes, in [0, <see cref="Count"/>), in any order, repeated or not.</param>
    /// <param name="distances">Receives a distance for each code; as long as <paramref name="codes"/>.</param>
    /// <param name="maxDistance">The cut-off, at least 0; a greater distance is given as <paramref name="maxDistance"/> + 1. Default: none.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxDistance"/> is negative.</exception>
    /// <exception cref="ArgumentException"><paramref name="distances"/> is not as long as <paramref name="codes"/>.</exception>
    /// <exception cref="IndexOutOfRangeException">A code is out of range.</exception>
    /// <remarks>No allocation where <paramref name="left"/> has up to 256 units. Fastest with blocks of 16 and more codes.</remarks>
    public void Levenshtein(ReadOnlySpan<char> left, ReadOnlySpan<int> codes, Span<int> distances, int maxDistance = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxDistance);
        Compare(left, codes, distances, new LevenshteinMeasure(maxDistance));
    }

    /// <summary>The <see cref="Similarity.OptimalStringAlignment"/> distance of one text to many values.</summary>
    /// <inheritdoc cref="Levenshtein(ReadOnlySpan{char}, ReadOnlySpan{int}, Span{int}, int)"/>
    public void OptimalStringAlignment(ReadOnlySpan<char> left, ReadOnlySpan<int> codes, Span<int> distances, int maxDistance = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxDistance);
        Compare(left, codes, distances, new AlignmentMeasure(maxDistance));
    }

    /// <summary>The <see cref="Similarity.Indel"/> distance of one text to many values.</summary>
    /// <inheritdoc cref="Levenshtein(ReadOnlySpan{char}, ReadOnlySpan{int}, Span{int}, int)"/>
    public void Indel(ReadOnlySpan<char> left, ReadOnlySpan<int> codes, Span<int> distances, int maxDistance = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxDistance);
        Compare(left, codes, distances, new IndelMeasure(maxDistance));
    }

    /// <summary>The <see cref="Similarity.Jaro"/> similarity of one text to many values.</summary>
    /// <inheritdoc cref="JaroWinkler(ReadOnlySpan{char}, ReadOnlySpan{int}, Span{double}, double)"/>
    public void Jaro(ReadOnlySpan<char> left, ReadOnlySpan<int> codes, Span<double> similarities, double minSimilarity = 0) =>
        Compare(left, codes, similarities, new JaroMeasure(minSimilarity, isBoosted: false));

    /// <summary>The <see cref="Similarity.JaroWinkler"/> similarity of one text to many values.</summary>
    /// <param name="left">The text.</param>
    /// <param name="codes">The values' codes, in [0, <see cref="Count"/>), in any order, repeated or not.</param>
    /// <param name="similarities">Receives a similarity in [0, 1] for each code; as long as <paramref name="codes"/>.</param>
    /// <param name="minSimilarity">The cut-off in [0, 1]; a smaller similarity is given as 0. Default 0: none.</param>
    /// <exception cref="ArgumentException"><paramref name="similarities"/> is not as long as <paramref name="codes"/>.</exception>
    /// <exception cref="IndexOutOfRangeException">A code is out of range.</exception>
    /// <remarks>No allocation where <paramref name="left"/> has up to 256 units. Fastest with blocks of 16 and more codes.</remarks>
    public void JaroWinkler(ReadOnlySpan<char> left, ReadOnlySpan<int> codes, Span<double> similarities, double minSimilarity = 0) =>
        Compare(left, codes, similarities, new JaroMeasure(minSimilarity, isBoosted: true));

    /// <summary>The <see cref="Similarity.Levenshtein"/> distance of one value of this column to many.</summary>
    /// <param name="leftCode">The value's code, in [0, <see cref="Count"/>).</param>
    /// <param name="codes">The codes of the values it is compared with, in any order, repeated or not.</param>
    /// <param name="distances">Receives one for each code; as long as <paramref name="codes"/>.</param>
    /// <param name="maxDistance">The cut-off, at least 0; a greater distance is given as <paramref name="maxDistance"/> + 1. Default: none.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxDistance"/> is negative.</exception>
    /// <exception cref="ArgumentException"><paramref name="distances"/> is not as long as <paramref name="codes"/>.</exception>
    /// <exception cref="IndexOutOfRangeException">A code is out of range.</exception>
    public void Levenshtein(int leftCode, ReadOnlySpan<int> codes, Span<int> distances, int maxDistance = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxDistance);
        Compare(leftCode, codes, distances, new LevenshteinMeasure(maxDistance));
    }

    /// <summary>The <see cref="Similarity.OptimalStringAlignment"/> distance of one value of this column to many.</summary>
    /// <param name="leftCode">The value's code, in [0, <see cref="Count"/>).</param>
    /// <param name="codes">The codes of the values it is compared with, in any order, repeated or not.</param>
    /// <param name="distances">Receives one for each code; as long as <paramref name="codes"/>.</param>
    /// <param name="maxDistance">The cut-off, at least 0; a greater distance is given as <paramref name="maxDistance"/> + 1. Default: none.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxDistance"/> is negative.</exception>
    /// <exception cref="ArgumentException"><paramref name="distances"/> is not as long as <paramref name="codes"/>.</exception>
    /// <exception cref="IndexOutOfRangeException">A code is out of range.</exception>
    public void OptimalStringAlignment(int leftCode, ReadOnlySpan<int> codes, Span<int> distances, int maxDistance = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxDistance);
        Compare(leftCode, codes, distances, new AlignmentMeasure(maxDistance));
    }

    /// <summary>The <see cref="Similarity.Indel"/> distance of one value of this column to many.</summary>
    /// <inheritdoc cref="Levenshtein(int, ReadOnlySpan{int}, Span{int}, int)"/>
    public void Indel(int leftCode, ReadOnlySpan<int> codes, Span<int> distances, int maxDistance = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxDistance);
        Compare(leftCode, codes, distances, new IndelMeasure(maxDistance));
    }

    /// <summary>The <see cref="Similarity.Jaro"/> similarity of one value of this column to many.</summary>
    /// <param name="leftCode">The value's code, in [0, <see cref="Count"/>).</param>
    /// <param name="codes">The codes of the values it is compared with, in any order, repeated or not.</param>
    /// <param name="similarities">Receives one for each code; as long as <paramref name="codes"/>.</param>
    /// <param name="minSimilarity">The cut-off in [0, 1]; a smaller similarity is given as 0. Default 0: none.</param>
    /// <exception cref="ArgumentException"><paramref name="similarities"/> is not as long as <paramref name="codes"/>.</exception>
    /// <exception cref="IndexOutOfRangeException">A code is out of range.</exception>
    public void Jaro(int leftCode, ReadOnlySpan<int> codes, Span<double> similarities, double minSimilarity = 0) =>
        Compare(leftCode, codes, similarities, new JaroMeasure(minSimilarity, isBoosted: false));

    /// <summary>The <see cref="Similarity.JaroWinkler"/> similarity of one value of this column to many.</summary>
    /// <param name="leftCode">The value's code, in [0, <see cref="Count"/>).</param>
    /// <param name="codes">The codes of the values it is compared with, in any order, repeated or not.</param>
    /// <param name="similarities">Receives one for each code; as long as <paramref name="codes"/>.</param>
    /// <param name="minSimilarity">The cut-off in [0, 1]; a smaller similarity is given as 0. Default 0: none.</param>
    /// <exception cref="ArgumentException"><paramref name="similarities"/> is not as long as <paramref name="codes"/>.</exception>
    /// <exception cref="IndexOutOfRangeException">A code is out of range.</exception>
    public void JaroWinkler(int leftCode, ReadOnlySpan<int> codes, Span<double> similarities, double minSimilarity = 0) =>
        Compare(leftCode, codes, similarities, new JaroMeasure(minSimilarity, isBoosted: true));

    private void Compare<TMeasure, TResult>(int leftCode, ReadOnlySpan<int> codes, Span<TResult> results, TMeasure measure)
        where TMeasure : struct, IManyMeasure<TResult>
        where TResult : unmanaged
    {
        Value left = _values[leftCode];
        if (left.IsWide)
        {
            Compare(Wide(left), codes, results, measure);
            return;
        }
        ThrowIfLengthsDiffer(codes, results);
        new OneToMany<TMeasure, TResult>(measure, Narrow(left), _bytes, results).Run(codes, _values);
        if (_wideUnits.Length > 0)
        {
            using var scratch = new Scratch<char>(stackalloc char[256], left.Length);
            Encoding.Latin1.GetChars(Narrow(left), scratch.Span);
            CompareWide(scratch.Span, codes, results, measure);
        }
    }

    internal void Compare<TMeasure, TResult>(ReadOnlySpan<char> left, ReadOnlySpan<int> codes, Span<TResult> results, TMeasure measure)
        where TMeasure : struct, IManyMeasure<TResult>
        where TResult : unmanaged
    {
        ThrowIfLengthsDiffer(codes, results);
        if (left.ContainsAnyExceptInRange('\0', '\u00FF'))
        {
            CompareWidened(left, codes, results, measure);
        }
        else
        {
            using var scratch = new Scratch<byte>(stackalloc byte[256], left.Length);
            Encoding.Latin1.GetBytes(left, scratch.Span);
            new OneToMany<TMeasure, TResult>(measure, scratch.Span, _bytes, results).Run(codes, _values);
        }
        if (_wideUnits.Length > 0)
        {
            CompareWide(left, codes, results, measure);
        }
    }

    /// <summary>The values that are UTF-16.</summary>
    private void CompareWide<TMeasure, TResult>(ReadOnlySpan<char> left, ReadOnlySpan<int> codes, Span<TResult> results, TMeasure measure)
        where TMeasure : struct, IManyMeasure<TResult>
        where TResult : unmanaged
    {
        for (int i = 0; i < codes.Length; i++)
        {
            Value value = _values[codes[i]];
            if (value.IsWide)
            {
                results[i] = measure.Compare(left, Wide(value));
            }
        }
    }

    /// <summary>The values that are bytes, against a text that is not.</summary>
    private void CompareWidened<TMeasure, TResult>(ReadOnlySpan<char> left, ReadOnlySpan<int> codes, Span<TResult> results, TMeasure measure)
        where TMeasure : struct, IManyMeasure<TResult>
        where TResult : unmanaged
    {
        Span<char> stack = stackalloc char[256];
        for (int i = 0; i < codes.Length; i++)
        {
            Value value = _values[codes[i]];
            if (!value.IsWide)
            {
                using var scratch = new Scratch<char>(stack, value.Length);
                Encoding.Latin1.GetChars(Narrow(value), scratch.Span);
                results[i] = measure.Compare(left, scratch.Span);
            }
        }
    }

    private static void ThrowIfLengthsDiffer<TResult>(ReadOnlySpan<int> codes, Span<TResult> results)
    {
        if (results.Length != codes.Length)
        {
            throw new ArgumentException($"{codes.Length} codes need as many results, but there is room for {results.Length}.", nameof(results));
        }
    }
}
