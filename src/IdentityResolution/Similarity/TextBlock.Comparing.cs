using IdentityResolution.Similarity.Kernels;

namespace IdentityResolution.Similarity;

/// <content>The measures.</content>
public sealed partial class TextBlock
{
    /// <summary>The <see cref="Similarity.Levenshtein"/> distance of a text to every value.</summary>
    /// <param name="text">The text.</param>
    /// <param name="distances">Receives a distance for each of <see cref="Codes"/>; as long as <see cref="Count"/>.</param>
    /// <param name="maxDistance">The cut-off, at least 0; a greater distance is given as <paramref name="maxDistance"/> + 1. Default: none.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxDistance"/> is negative.</exception>
    /// <exception cref="ArgumentException"><paramref name="distances"/> is not as long as <see cref="Count"/>.</exception>
    /// <remarks>No allocation where <paramref name="text"/> has up to 256 units.</remarks>
    public void Levenshtein(ReadOnlySpan<char> text, Span<int> distances, int maxDistance = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxDistance);
        Compare(text, distances, new LevenshteinMeasure(maxDistance));
    }

    /// <summary>The <see cref="Similarity.OptimalStringAlignment"/> distance of a text to every value.</summary>
    /// <inheritdoc cref="Levenshtein(ReadOnlySpan{char}, Span{int}, int)"/>
    public void OptimalStringAlignment(ReadOnlySpan<char> text, Span<int> distances, int maxDistance = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxDistance);
        Compare(text, distances, new AlignmentMeasure(maxDistance));
    }

    /// <summary>The <see cref="Similarity.Indel"/> distance of a text to every value.</summary>
    /// <inheritdoc cref="Levenshtein(ReadOnlySpan{char}, Span{int}, int)"/>
    /// <remarks>No allocation where <paramref name="text"/> has up to 256 units, but for one call after many without a cut-off (see <see cref="TextBlock"/>).</remarks>
    public void Indel(ReadOnlySpan<char> text, Span<int> distances, int maxDistance = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxDistance);
        Compare(text, distances, new IndelMeasure(maxDistance));
    }

    /// <summary>The <see cref="Similarity.Jaro"/> similarity of a text to every value.</summary>
    /// <inheritdoc cref="JaroWinkler(ReadOnlySpan{char}, Span{double}, double)"/>
    public void Jaro(ReadOnlySpan<char> text, Span<double> similarities, double minSimilarity = 0) =>
        Compare(text, similarities, new JaroMeasure(minSimilarity, isBoosted: false));

    /// <summary>The <see cref="Similarity.JaroWinkler"/> similarity of a text to every value.</summary>
    /// <param name="text">The text.</param>
    /// <param name="similarities">Receives a similarity in [0, 1] for each of <see cref="Codes"/>; as long as <see cref="Count"/>.</param>
    /// <param name="minSimilarity">The cut-off in [0, 1]; a smaller similarity is given as 0. Default 0: none.</param>
    /// <exception cref="ArgumentException"><paramref name="similarities"/> is not as long as <see cref="Count"/>.</exception>
    /// <remarks>No allocation where <paramref name="text"/> has up to 256 units.</remarks>
    public void JaroWinkler(ReadOnlySpan<char> text, Span<double> similarities, double minSimilarity = 0) =>
        Compare(text, similarities, new JaroMeasure(minSimilarity, isBoosted: true));
}
