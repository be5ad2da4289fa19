using System.Runtime.CompilerServices;
using IdentityResolution.Similarity.Kernels;
using IdentityResolution.Similarity.Letters;

namespace IdentityResolution.Similarity;

/// <summary>Runs a measure over letters or code points instead of UTF-16 units.</summary>
/// <remarks>
/// Both texts are rewritten with one 16-bit number per unit: the character itself where it is one, the composed character where there is one,
/// else a number that the pair shares and that stands for nothing else in it. Texts in which every unit is one character already are handed
/// on as they are, so the value is that of the plain call. Symmetric measures stay symmetric.
/// No allocation up to 256 characters a text, pooled memory above; needs no globalization data; safe to call from several threads.
/// Only equality of units and their order have a meaning in the rewritten texts: measures that look at letters (phonetic codes) don't fit.
/// </remarks>
/// <example><c>TextUnits.Compare("Zoe\u0308", "Zo\u00EB", Levenshtein.Distance, int.MaxValue)</c> is 0.</example>
[SkipLocalsInit]
public static class TextUnits
{
    /// <summary>Characters of a pair that fit the stack.</summary>
    private const int StackUnits = 512;

    /// <summary>A distance or a length, counted in other units.</summary>
    /// <param name="left">One text.</param>
    /// <param name="right">The other text.</param>
    /// <param name="measure">The measure, such as <c>Levenshtein.Distance</c>.</param>
    /// <param name="cutOff">The measure's cut-off, in the same units: none is <see cref="int.MaxValue"/> for a distance, 0 for a length.</param>
    /// <param name="unit">What counts as one unit. Default: <see cref="TextUnit.Letter"/>.</param>
    /// <returns>What <paramref name="measure"/> gives.</returns>
    /// <exception cref="ArgumentException">The two hold over 60,000 different units that are not one character each.</exception>
    public static int Compare(
        ReadOnlySpan<char> left, ReadOnlySpan<char> right, TextMeasure measure, int cutOff, TextUnit unit = TextUnit.Letter)
    {
        ArgumentNullException.ThrowIfNull(measure);
        return Compare<int, CountMeasure>(left, right, new CountMeasure(measure, cutOff), unit);
    }

    /// <summary>A similarity, over other units.</summary>
    /// <param name="left">One text.</param>
    /// <param name="right">The other text.</param>
    /// <param name="similarity">The similarity, such as <c>JaroWinkler.Similarity</c>.</param>
    /// <param name="minSimilarity">The similarity's cut-off. Default 0: none.</param>
    /// <param name="unit">What counts as one unit. Default: <see cref="TextUnit.Letter"/>.</param>
    /// <returns>What <paramref name="similarity"/> gives.</returns>
    /// <exception cref="ArgumentException">The two hold over 60,000 different units that are not one character each.</exception>
    public static double Compare(
        ReadOnlySpan<char> left, ReadOnlySpan<char> right, TextSimilarity similarity, double minSimilarity = 0, TextUnit unit = TextUnit.Letter)
    {
        ArgumentNullException.ThrowIfNull(similarity);
        return Compare<double, ShareMeasure>(left, right, new ShareMeasure(similarity, minSimilarity), unit);
    }

    /// <summary>A similarity that works over other units: for <see cref="MongeElkan"/>, <see cref="SoftTfIdf"/> and whatever takes a measure.</summary>
    /// <param name="similarity">The similarity that compares the rewritten texts.</param>
    /// <param name="unit">What counts as one unit. Default: <see cref="TextUnit.Letter"/>.</param>
    /// <returns>A similarity with the same cut-off rule.</returns>
    public static TextSimilarity Over(TextSimilarity similarity, TextUnit unit = TextUnit.Letter)
    {
        ArgumentNullException.ThrowIfNull(similarity);
        return (left, right, minSimilarity) => Compare(left, right, similarity, minSimilarity, unit);
    }

    /// <summary>How many units a text has.</summary>
    /// <param name="text">The text; may hold anything.</param>
    /// <param name="unit">What counts as one unit. Default: <see cref="TextUnit.Letter"/>.</param>
    /// <returns>A count, at least 0.</returns>
    public static int Count(ReadOnlySpan<char> text, TextUnit unit = TextUnit.Letter)
    {
        if (LetterSplitter.IsPlain(text, unit))
        {
            return text.Length;
        }
        int count = 0;
        for (int at = 0; at < text.Length; at += LetterSplitter.NextLength(text[at..], unit))
        {
            count++;
        }
        return count;
    }

    private static TValue Compare<TValue, TMeasure>(ReadOnlySpan<char> left, ReadOnlySpan<char> right, TMeasure measure, TextUnit unit)
        where TMeasure : struct, IMeasure<TValue> =>
        LetterSplitter.IsPlain(left, unit) && LetterSplitter.IsPlain(right, unit)
            ? measure.Of(left, right)
            : CompareRewritten<TValue, TMeasure>(left, right, measure, unit);

    private static TValue CompareRewritten<TValue, TMeasure>(ReadOnlySpan<char> left, ReadOnlySpan<char> right, TMeasure measure, TextUnit unit)
        where TMeasure : struct, IMeasure<TValue>
    {
        int length = checked(left.Length + right.Length);
        using var units = new Scratch<char>(stackalloc char[StackUnits], length);
        using var letters = new Scratch<NumberedLetter>(stackalloc NumberedLetter[StackUnits], length);
        using var keys = new Scratch<int>(stackalloc int[StackUnits * CanonicalForm.MaxExpansion], checked(length * CanonicalForm.MaxExpansion));
        var writer = new UnitWriter(units.Span, letters.Span, keys.Span);
        int leftLength = writer.Add(left, unit);
        int rightLength = writer.Add(right, unit);
        if (!writer.TryNumber())
        {
            throw new ArgumentException("The two texts hold more different letters than can be compared (over 60,000).", nameof(left));
        }
        return measure.Of(units.Span[..leftLength], units.Span.Slice(leftLength, rightLength));
    }

    /// <summary>A measure with its cut-off.</summary>
    private interface IMeasure<out TValue>
    {
        TValue Of(ReadOnlySpan<char> left, ReadOnlySpan<char> right);
    }

    private readonly struct CountMeasure(TextMeasure measure, int cutOff) : IMeasure<int>
    {
        public int Of(ReadOnlySpan<char> left, ReadOnlySpan<char> right) => measure(left, right, cutOff);
    }

    private readonly struct ShareMeasure(TextSimilarity similarity, double minSimilarity) : IMeasure<double>
    {
        public double Of(ReadOnlySpan<char> left, ReadOnlySpan<char> right) => similarity(left, right, minSimilarity);
    }
}
