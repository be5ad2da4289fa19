using IdentityResolution.Similarity.Kernels;

namespace IdentityResolution.Similarity;

/// <summary>Measures on q-grams: the runs of q units that a text holds. They see common parts wherever those stand.</summary>
/// <remarks>
/// Jaccard, Dice and overlap look at the set of distinct grams, cosine and the distance at how often each occurs. Nothing is padded and
/// no blank is collapsed. A text shorter than q has no gram: it is like an equal text and like nothing else. Time O(n log n); no allocation up to 256 grams.
/// Sources: Ukkonen (1992), "Approximate string-matching with q-grams and maximal matches", Theoretical Computer Science 92;
/// Jaccard (1912); Dice (1945); Sorensen (1948); Simpson (1943), the overlap coefficient.
/// </remarks>
public static class QGram
{
    /// <summary>The share of distinct grams of either text that both hold, over UTF-16 units.</summary>
    /// <param name="left">One text.</param>
    /// <param name="right">The other text.</param>
    /// <param name="q">The length of a gram, in [1, 4]. Default 2.</param>
    /// <returns>A similarity in [0, 1]; 1 for equal texts, 0 when one is shorter than <paramref name="q"/> and they differ.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="q"/> is out of range.</exception>
    public static double Jaccard(ReadOnlySpan<char> left, ReadOnlySpan<char> right, int q = 2) =>
        Jaccard(QGramCounts.Of(Units.Of(left), Units.Of(right), q));

    /// <summary>The share of distinct grams of either text that both hold; every byte is one character, as in ASCII or Latin-1.</summary>
    /// <inheritdoc cref="Jaccard(ReadOnlySpan{char}, ReadOnlySpan{char}, int)"/>
    public static double Jaccard(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, int q = 2) =>
        Jaccard(QGramCounts.Of(left, right, q));

    /// <summary>Twice the number of distinct grams that both texts hold, divided by the sum of their numbers, over UTF-16 units.</summary>
    /// <param name="left">One text.</param>
    /// <param name="right">The other text.</param>
    /// <param name="q">The length of a gram, in [1, 4]. Default 2.</param>
    /// <returns>A similarity in [0, 1]; 1 for equal texts, 0 when one is shorter than <paramref name="q"/> and they differ.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="q"/> is out of range.</exception>
    public static double Dice(ReadOnlySpan<char> left, ReadOnlySpan<char> right, int q = 2) =>
        Dice(QGramCounts.Of(Units.Of(left), Units.Of(right), q));

    /// <summary>Twice the number of distinct grams that both texts hold, divided by the sum of their numbers; every byte is one character, as in ASCII or Latin-1.</summary>
    /// <inheritdoc cref="Dice(ReadOnlySpan{char}, ReadOnlySpan{char}, int)"/>
    public static double Dice(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, int q = 2) =>
        Dice(QGramCounts.Of(left, right, q));

    /// <summary>The share of the distinct grams of the text with fewer of them that the other holds too, over UTF-16 units.</summary>
    /// <param name="left">One text.</param>
    /// <param name="right">The other text.</param>
    /// <param name="q">The length of a gram, in [1, 4]. Default 2.</param>
    /// <returns>A similarity in [0, 1]; 1 for equal texts, 0 when one is shorter than <paramref name="q"/> and they differ.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="q"/> is out of range.</exception>
    public static double Overlap(ReadOnlySpan<char> left, ReadOnlySpan<char> right, int q = 2) =>
        Overlap(QGramCounts.Of(Units.Of(left), Units.Of(right), q));

    /// <summary>The share of the distinct grams of the text with fewer of them that the other holds too; every byte is one character, as in ASCII or Latin-1.</summary>
    /// <inheritdoc cref="Overlap(ReadOnlySpan{char}, ReadOnlySpan{char}, int)"/>
    public static double Overlap(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, int q = 2) =>
        Overlap(QGramCounts.Of(left, right, q));

    /// <summary>The cosine between the two vectors of gram counts, over UTF-16 units.</summary>
    /// <param name="left">One text.</param>
    /// <param name="right">The other text.</param>
    /// <param name="q">The length of a gram, in [1, 4]. Default 2.</param>
    /// <returns>A similarity in [0, 1]; 1 for equal texts, 0 when one is shorter than <paramref name="q"/> and they differ.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="q"/> is out of range.</exception>
    public static double Cosine(ReadOnlySpan<char> left, ReadOnlySpan<char> right, int q = 2) =>
        Cosine(QGramCounts.Of(Units.Of(left), Units.Of(right), q));

    /// <summary>The cosine between the two vectors of gram counts; every byte is one character, as in ASCII or Latin-1.</summary>
    /// <inheritdoc cref="Cosine(ReadOnlySpan{char}, ReadOnlySpan{char}, int)"/>
    public static double Cosine(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, int q = 2) =>
        Cosine(QGramCounts.Of(left, right, q));

    /// <summary>The q-gram distance: over all grams, the sum of the differences of their counts, over UTF-16 units.</summary>
    /// <param name="left">One text.</param>
    /// <param name="right">The other text.</param>
    /// <param name="q">The length of a gram, in [1, 4]. Default 2.</param>
    /// <returns>A distance of at least 0. Texts of the same grams have distance 0 without being equal.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="q"/> is out of range.</exception>
    public static int Distance(ReadOnlySpan<char> left, ReadOnlySpan<char> right, int q = 2) =>
        QGramCounts.Of(Units.Of(left), Units.Of(right), q).Distance;

    /// <summary>The q-gram distance; every byte is one character, as in ASCII or Latin-1.</summary>
    /// <inheritdoc cref="Distance(ReadOnlySpan{char}, ReadOnlySpan{char}, int)"/>
    public static int Distance(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, int q = 2) => QGramCounts.Of(left, right, q).Distance;

    private static double Jaccard(QGramCounts counts) => Share(counts, counts.Common, counts.Left + counts.Right - counts.Common);

    private static double Dice(QGramCounts counts) => Share(counts, 2.0 * counts.Common, counts.Left + counts.Right);

    private static double Overlap(QGramCounts counts) => Share(counts, counts.Common, Math.Min(counts.Left, counts.Right));

    private static double Cosine(QGramCounts counts) =>
        Math.Min(1, Share(counts, counts.Product, Math.Sqrt((double)counts.LeftSquares * counts.RightSquares)));

    private static double Share(QGramCounts counts, double part, double whole) =>
        part > 0 ? part / whole : counts.AreEqual ? 1 : 0;
}
