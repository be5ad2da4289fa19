using System.Text;
using IdentityResolution.Similarity;

namespace IdentityResolution.Tests.Similarity;

public class AllocationTests
{
    private static readonly string Left = string.Concat(Enumerable.Repeat("anna smith-jones ", 16))[..256];
    private static readonly string Right = string.Concat(Enumerable.Repeat("ana smyth jonas ", 16))[..256];

    private delegate double CharMeasure(ReadOnlySpan<char> left, ReadOnlySpan<char> right);

    private delegate double ByteMeasure(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right);

    [Fact]
    public void Measures_allocate_nothing_for_texts_of_256_units()
    {
        CharMeasure[] measures =
        [
            (l, r) => Levenshtein.Distance(l, r), (l, r) => Levenshtein.Distance(l, r, 20), (l, r) => OptimalStringAlignment.Distance(l, r),
            (l, r) => DamerauLevenshtein.Distance(l, r), (l, r) => Indel.Distance(l, r), (l, r) => Hamming.Distance(l, r),
            (l, r) => LongestCommonSubsequence.Length(l, r), (l, r) => LongestCommonSubstring.Length(l, r),
            (l, r) => Jaro.Similarity(l, r), (l, r) => JaroWinkler.Similarity(l, r, 0.8), (l, r) => SmithWaterman.Weight(l, r),
            (l, r) => QGram.Cosine(l, r), (l, r) => QGram.Jaccard(l, r, 3), (l, r) => TokenSort.Similarity(l, r),
            (l, r) => TokenSet.Similarity(l[..100], r[..100]), (l, r) => MongeElkan.Similarity(l[..100], r[..100]),
        ];
        Assert.All(measures, measure => CheckAllocatesNothing(() => measure(Left, Right)));
    }

    [Fact]
    public void Measures_of_bytes_allocate_nothing_for_texts_of_256_units()
    {
        (byte[] left, byte[] right) = (Encoding.Latin1.GetBytes(Left), Encoding.Latin1.GetBytes(Right));
        ByteMeasure[] measures =
        [
            (l, r) => Levenshtein.Distance(l, r), (l, r) => OptimalStringAlignment.Distance(l, r), (l, r) => DamerauLevenshtein.Distance(l, r),
            (l, r) => Indel.Distance(l, r), (l, r) => LongestCommonSubstring.Length(l, r), (l, r) => JaroWinkler.Similarity(l, r),
            (l, r) => SmithWaterman.Weight(l, r), (l, r) => QGram.Dice(l, r),
        ];
        Assert.All(measures, measure => CheckAllocatesNothing(() => measure(left, right)));
    }

    private static void CheckAllocatesNothing(Func<double> run) => Assert.Equal(0, Allocations.Of(() => run()));
}
