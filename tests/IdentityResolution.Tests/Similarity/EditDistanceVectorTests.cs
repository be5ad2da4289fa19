using System.Globalization;
using System.Text;
using IdentityResolution.Similarity;

namespace IdentityResolution.Tests.Similarity;

/// <summary>Every pair of the reference vectors, over UTF-16 and, where both texts are Latin-1, over bytes.</summary>
public class EditDistanceVectorTests
{
    private delegate int CharDistance(ReadOnlySpan<char> left, ReadOnlySpan<char> right, int maxDistance);

    private delegate int ByteDistance(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, int maxDistance);

    private delegate double CharSimilarity(ReadOnlySpan<char> left, ReadOnlySpan<char> right, double minSimilarity);

    private delegate double ByteSimilarity(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, double minSimilarity);

    [Fact]
    public void Levenshtein_agrees_with_the_reference_vectors() =>
        CheckDistance("levenshtein.tsv", Levenshtein.Distance, Levenshtein.Distance);

    [Fact]
    public void Optimal_string_alignment_agrees_with_the_reference_vectors() =>
        CheckDistance("osa.tsv", OptimalStringAlignment.Distance, OptimalStringAlignment.Distance);

    [Fact]
    public void Damerau_levenshtein_agrees_with_the_reference_vectors() =>
        CheckDistance("damerau_levenshtein.tsv", DamerauLevenshtein.Distance, DamerauLevenshtein.Distance);

    [Fact]
    public void Longest_common_subsequence_agrees_with_the_reference_vectors()
    {
        foreach (string[] row in VectorFile.Shared("lcs.tsv").Rows("a", "b", "expected"))
        {
            int expected = int.Parse(row[2], CultureInfo.InvariantCulture);
            Assert.Equal(expected, LongestCommonSubsequence.Length(row[0], row[1]));
            Assert.Equal(expected, LongestCommonSubsequence.Length(row[0], row[1], expected));
            Assert.Equal(0, LongestCommonSubsequence.Length(row[0], row[1], expected + 1));
        }
    }

    [Fact]
    public void Indel_similarity_agrees_with_the_reference_vectors()
    {
        foreach (string[] row in VectorFile.Shared("indel_ratio.tsv").Rows("a", "b", "expected"))
        {
            Assert.Equal(VectorFile.Number(row[2]) / 100, Indel.NormalizedSimilarity(row[0], row[1]), 1e-12);
        }
    }

    [Fact]
    public void Jaro_agrees_with_the_reference_vectors() => CheckSimilarity("jaro.tsv", Jaro.Similarity, Jaro.Similarity);

    [Fact]
    public void Jaro_winkler_agrees_with_the_reference_vectors() =>
        CheckSimilarity("jaro_winkler.tsv", JaroWinkler.Similarity, JaroWinkler.Similarity);

    private static void CheckDistance(string name, CharDistance ofChars, ByteDistance ofBytes)
    {
        foreach (string[] row in VectorFile.Shared(name).Rows("a", "b", "expected"))
        {
            (string left, string right) = (row[0], row[1]);
            int expected = int.Parse(row[2], CultureInfo.InvariantCulture);
            Assert.Equal(expected, ofChars(left, right, int.MaxValue));
            Assert.Equal(expected, ofChars(left, right, expected));
            Assert.Equal(expected, ofChars(right, left, expected + 1));
            if (expected > 0)
            {
                Assert.Equal(expected, ofChars(left, right, expected - 1));
                Assert.Equal((expected / 2) + (expected / 2 < expected ? 1 : 0), ofChars(left, right, expected / 2));
            }
            if (IsLatin1(left) && IsLatin1(right))
            {
                byte[] leftBytes = Encoding.Latin1.GetBytes(left);
                byte[] rightBytes = Encoding.Latin1.GetBytes(right);
                Assert.Equal(expected, ofBytes(leftBytes, rightBytes, int.MaxValue));
                Assert.Equal(expected, ofBytes(leftBytes, rightBytes, expected));
                if (expected > 0)
                {
                    Assert.Equal(expected, ofBytes(leftBytes, rightBytes, expected - 1));
                }
            }
        }
    }

    private static void CheckSimilarity(string name, CharSimilarity ofChars, ByteSimilarity ofBytes)
    {
        foreach (string[] row in VectorFile.Shared(name).Rows("a", "b", "expected"))
        {
            (string left, string right) = (row[0], row[1]);
            double expected = VectorFile.Number(row[2]);
            double actual = ofChars(left, right, 0);
            Assert.Equal(expected, actual, 1e-12);
            Assert.Equal(actual, ofChars(left, right, actual));
            Assert.Equal(0, ofChars(left, right, actual + 1e-9));
            if (IsLatin1(left) && IsLatin1(right))
            {
                byte[] leftBytes = Encoding.Latin1.GetBytes(left);
                byte[] rightBytes = Encoding.Latin1.GetBytes(right);
                Assert.Equal(actual, ofBytes(leftBytes, rightBytes, 0));
                Assert.Equal(actual, ofBytes(leftBytes, rightBytes, actual));
            }
        }
    }

    private static bool IsLatin1(string text) => text.All(c => c <= 0xFF);
}
