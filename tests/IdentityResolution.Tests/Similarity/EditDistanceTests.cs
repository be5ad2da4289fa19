using System.Text;
using FsCheck;
using FsCheck.Fluent;
using IdentityResolution.Reference.Similarity;
using IdentityResolution.Similarity;
using IdentityResolution.Similarity.Kernels;

namespace IdentityResolution.Tests.Similarity;

/// <summary>Every edit distance against its plain twin, over UTF-16 and bytes, with every kind of cut-off.</summary>
public class EditDistanceTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(400).WithReplay(20_240_501, 77);

    private delegate int CharDistance(ReadOnlySpan<char> left, ReadOnlySpan<char> right, int cutOff);

    private delegate int ByteDistance(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, int cutOff);

    private delegate double CharShare(ReadOnlySpan<char> left, ReadOnlySpan<char> right, double cutOff);

    [Fact]
    public void Levenshtein_equals_its_plain_twin() =>
        CheckDistance(PlainEditDistances.Levenshtein, Levenshtein.Distance, Levenshtein.Distance);

    [Fact]
    public void Optimal_string_alignment_equals_its_plain_twin() =>
        CheckDistance(PlainEditDistances.OptimalStringAlignment, OptimalStringAlignment.Distance, OptimalStringAlignment.Distance);

    // U+0161 has the low byte of 'a', U+0100 that of the zeros behind a text in a register.
    [Theory]
    [InlineData(17)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(40)]
    [InlineData(63)]
    [InlineData(64)]
    public void Units_with_the_low_byte_of_another_are_not_equal_to_it(int length)
    {
        string latin = string.Concat(Enumerable.Range(0, length).Select(i => (char)('a' + (i % 3))));
        string alike = string.Concat(latin.Select((unit, i) => i % 2 == 0 ? (char)(unit + 0x100) : unit));
        foreach ((string left, string right) in new[]
        {
            (latin, alike), (alike, latin), (latin, alike[1..]), (latin, alike[..^2] + "\u0100"), (latin + "\0"[..(length % 2)], alike),
        })
        {
            Assert.Equal(PlainEditDistances.Levenshtein(left, right), Levenshtein.Distance(left, right));
            Assert.Equal(PlainEditDistances.OptimalStringAlignment(left, right), OptimalStringAlignment.Distance(left, right));
            Assert.Equal(PlainEditDistances.Indel(left, right), Indel.Distance(left, right));
            Assert.Equal(PlainJaro.WinklerSimilarity(left, right), JaroWinkler.Similarity(left, right));
        }
    }

    [Fact]
    public void Damerau_levenshtein_equals_its_plain_twin() =>
        CheckDistance(PlainEditDistances.DamerauLevenshtein, DamerauLevenshtein.Distance, DamerauLevenshtein.Distance);

    // Which of the two is taken depends on the machine and on the lengths.
    [Fact]
    public void Damerau_levenshtein_by_rows_and_by_cells_equals_its_plain_twin() => Check.One(Thorough, Prop.ForAll(TextPairs.UpTo(120), pair =>
    {
        bool isLeftLonger = pair.Left.Length >= pair.Right.Length;
        (string longer, string shorter) = isLeftLonger ? (pair.Left, pair.Right) : (pair.Right, pair.Left);
        if (shorter.Length == 0)
        {
            return;
        }
        int plain = PlainEditDistances.DamerauLevenshtein(longer, shorter);
        Assert.Equal(plain, DamerauKernel.FillByCells(Units.Of(longer), Units.Of(shorter), int.MaxValue));
        if (DamerauRows.Supports(longer.Length, shorter.Length))
        {
            Assert.Equal(plain, DamerauRows.Distance(Units.Of(longer), Units.Of(shorter)));
            if (pair.IsLatin1)
            {
                Assert.Equal(plain, DamerauRows.Distance<byte>(Encoding.Latin1.GetBytes(longer), Encoding.Latin1.GetBytes(shorter)));
            }
        }
    }));

    [Fact]
    public void Indel_equals_its_plain_twin() => CheckDistance(PlainEditDistances.Indel, Indel.Distance, Indel.Distance);

    [Fact]
    public void Hamming_equals_its_plain_twin() => CheckDistance(PlainEditDistances.Hamming, Hamming.Distance, Hamming.Distance);

    [Fact]
    public void Longest_common_subsequence_equals_its_plain_twin() =>
        CheckLength(PlainEditDistances.Subsequence, LongestCommonSubsequence.Length, LongestCommonSubsequence.Length);

    [Fact]
    public void Longest_common_substring_equals_its_plain_twin() =>
        CheckLength(PlainEditDistances.Substring, LongestCommonSubstring.Length, LongestCommonSubstring.Length);

    [Fact]
    public void Smith_waterman_equals_its_plain_twin() => CheckLength(
        (left, right) => PlainEditDistances.SmithWaterman(left, right, 2, 1, 2, 1),
        (left, right, cutOff) => SmithWaterman.Weight(left, right, cutOff),
        (left, right, cutOff) => SmithWaterman.Weight(left, right, cutOff),
        maxLength: 40);

    [Fact]
    public void Smith_waterman_equals_its_plain_twin_for_other_weights()
    {
        var weights = new AlignmentWeights { Match = 5, Mismatch = 3, GapOpen = 7, GapExtend = 0 };
        CheckLength(
            (left, right) => PlainEditDistances.SmithWaterman(left, right, 5, 3, 7, 0),
            (left, right, cutOff) => SmithWaterman.Weight(left, right, cutOff, weights),
            (left, right, cutOff) => SmithWaterman.Weight(left, right, cutOff, weights),
            maxLength: 40);
    }

    [Fact]
    public void Normalized_values_follow_from_the_distance_and_keep_their_cut_offs()
    {
        CheckNormalized(PlainEditDistances.Levenshtein, Longer, Levenshtein.NormalizedSimilarity, Levenshtein.NormalizedDistance);
        CheckNormalized(
            PlainEditDistances.OptimalStringAlignment, Longer, OptimalStringAlignment.NormalizedSimilarity, OptimalStringAlignment.NormalizedDistance);
        CheckNormalized(PlainEditDistances.DamerauLevenshtein, Longer, DamerauLevenshtein.NormalizedSimilarity, DamerauLevenshtein.NormalizedDistance);
        CheckNormalized(PlainEditDistances.Hamming, Longer, Hamming.NormalizedSimilarity, Hamming.NormalizedDistance);
        CheckNormalized(PlainEditDistances.Indel, (l, r) => l.Length + r.Length, Indel.NormalizedSimilarity, Indel.NormalizedDistance);
        CheckNormalized(
            (l, r) => Longer(l, r) - PlainEditDistances.Subsequence(l, r), Longer,
            LongestCommonSubsequence.NormalizedSimilarity, LongestCommonSubsequence.NormalizedDistance);
        CheckNormalized(
            (l, r) => Longer(l, r) - PlainEditDistances.Substring(l, r), Longer,
            LongestCommonSubstring.NormalizedSimilarity, LongestCommonSubstring.NormalizedDistance);
    }

    [Fact]
    public void A_negative_cut_off_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Levenshtein.Distance("a", "b", -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => OptimalStringAlignment.Distance("a", "b", -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => DamerauLevenshtein.Distance("a", "b", -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Indel.Distance("a", "b", -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Hamming.Distance("a", "b", -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => LongestCommonSubsequence.Length("a", "b", -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => LongestCommonSubstring.Length("a", "b", -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SmithWaterman.Weight("a", "b", -1));
    }

    [Fact]
    public void Weights_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentException>(() => SmithWaterman.Weight("a", "b", 0, new AlignmentWeights { Match = 0 }));
        Assert.Throws<ArgumentException>(() => SmithWaterman.Weight("a", "b", 0, new AlignmentWeights { GapOpen = 1, GapExtend = 2 }));
    }

    [Fact]
    public void Runs_that_may_pass_sixteen_bits_are_counted_the_same() => Check.One(Thorough, Prop.ForAll(TextPairs.UpTo(100), pair =>
        Assert.Equal(
            PlainEditDistances.Substring(pair.Left, pair.Right), LcSubstringKernel.Wide(Units.Of(pair.Left), Units.Of(pair.Right)))));

    private static int Longer(string left, string right) => Math.Max(left.Length, right.Length);

    private static void CheckDistance(Func<string, string, int> plain, CharDistance ofChars, ByteDistance ofBytes) =>
        Check.One(Thorough, Prop.ForAll(TextPairs.UpTo(300), pair =>
        {
            int expected = plain(pair.Left, pair.Right);
            Assert.Equal(expected, ofChars(pair.Left, pair.Right, int.MaxValue));
            foreach (int cutOff in CutOffs(expected))
            {
                int cut = Math.Min(expected, cutOff + 1);
                Assert.Equal(cut, ofChars(pair.Left, pair.Right, cutOff));
                Assert.Equal(cut, ofChars(pair.Right, pair.Left, cutOff));
                if (pair.IsLatin1)
                {
                    Assert.Equal(cut, ofBytes(Encoding.Latin1.GetBytes(pair.Left), Encoding.Latin1.GetBytes(pair.Right), cutOff));
                }
            }
        }));

    private static void CheckLength(Func<string, string, int> plain, CharDistance ofChars, ByteDistance ofBytes, int maxLength = 300) =>
        Check.One(Thorough, Prop.ForAll(TextPairs.UpTo(maxLength), pair =>
        {
            int expected = plain(pair.Left, pair.Right);
            Assert.Equal(expected, ofChars(pair.Left, pair.Right, 0));
            foreach (int cutOff in CutOffs(expected))
            {
                int cut = expected >= cutOff ? expected : 0;
                Assert.Equal(cut, ofChars(pair.Left, pair.Right, cutOff));
                Assert.Equal(cut, ofChars(pair.Right, pair.Left, cutOff));
                if (pair.IsLatin1)
                {
                    Assert.Equal(cut, ofBytes(Encoding.Latin1.GetBytes(pair.Left), Encoding.Latin1.GetBytes(pair.Right), cutOff));
                }
            }
        }));

    private static void CheckNormalized(
        Func<string, string, int> plain, Func<string, string, int> longest, CharShare similarity, CharShare distance) =>
        Check.One(Thorough.WithMaxTest(60), Prop.ForAll(TextPairs.UpTo(80), pair =>
        {
            (int cost, int most) = (plain(pair.Left, pair.Right), longest(pair.Left, pair.Right));
            double expected = most == 0 ? 1 : 1 - ((double)cost / most);
            Assert.Equal(expected, similarity(pair.Left, pair.Right, 0));
            Assert.Equal(expected, similarity(pair.Left, pair.Right, expected));
            Assert.Equal(0, similarity(pair.Left, pair.Right, expected + 1e-9));
            double share = most == 0 ? 0 : (double)cost / most;
            Assert.Equal(share, distance(pair.Left, pair.Right, 1));
            Assert.Equal(share, distance(pair.Left, pair.Right, share));
            Assert.Equal(share == 0 ? 0 : 1, distance(pair.Left, pair.Right, Math.Max(0, share - 1e-9)));
        }));

    private static IEnumerable<int> CutOffs(int expected) =>
        new[] { 0, 1, 2, 3, 5, expected / 2, expected - 2, expected - 1, expected, expected + 1, expected + 70 }.Where(c => c >= 0).Distinct();
}
