using IdentityResolution.Similarity;

namespace IdentityResolution.Tests.Similarity;

/// <summary>The examples of docs/reference/similarity.md, and measures from elsewhere that plug in.</summary>
public class TextSimilarityTests
{
    private interface IStringMetric
    {
        double Similarity(string left, string right);
    }

    [Fact]
    public void The_examples_of_the_reference_page_come_out()
    {
        Assert.Equal(0.961, JaroWinkler.Similarity("MARTHA", "MARHTA"), 0.0005);
        Assert.Equal(3, Levenshtein.Distance("kitten", "sitting"));
        Assert.Equal(3, Levenshtein.Distance("kitten", "sitting", 2));
        Assert.Equal("XMT", DoubleMetaphone.Encode("Schmidt"));

        TextColumn names = TextColumn.FromStrings(["SMITH", "SMYTH", "SCHMIDT", "JONES"]);
        double[] similarities = new double[3];
        names.JaroWinkler(0, [1, 2, 3], similarities, minSimilarity: 0.8);
        Assert.Equal([0.893, 0, 0], similarities.Select(s => Math.Round(s, 3)));
    }

    [Fact]
    public void Every_similarity_of_two_texts_fits_the_delegate()
    {
        TextSimilarity[] similarities =
        [
            Jaro.Similarity, JaroWinkler.Similarity, TokenSort.Similarity, TokenSet.Similarity,
            Levenshtein.NormalizedSimilarity, OptimalStringAlignment.NormalizedSimilarity, DamerauLevenshtein.NormalizedSimilarity,
            Indel.NormalizedSimilarity, Hamming.NormalizedSimilarity,
            LongestCommonSubsequence.NormalizedSimilarity, LongestCommonSubstring.NormalizedSimilarity,
            (left, right, min) => SmithWaterman.NormalizedSimilarity(left, right, min),
            (left, right, min) => MongeElkan.Similarity(left, right, minSimilarity: min),
            new SoftTfIdf(["anna", "anne"]).Similarity,
        ];
        foreach (TextSimilarity similarity in similarities)
        {
            Assert.Equal(1, similarity("anna", "anna", 0), 1e-12);
            Assert.Equal(1, similarity("", "", 0));
            Assert.Equal(0, similarity("anna", "", 0));
            Assert.Equal(0, similarity("", "anna", 0));
            Assert.Equal(similarity("anna", "anne", 0), similarity("anne", "anna", 0), 1e-15);
            Assert.Equal(0, similarity("anna", "anne", 0.999999));
        }
    }

    [Fact]
    public void A_measure_of_strings_plugs_in()
    {
        IStringMetric metric = new FirstLetter();
        TextSimilarity similarity = (left, right, min) =>
            metric.Similarity(left.ToString(), right.ToString()) is var value && value >= min ? value : 0;
        Assert.Equal(1, MongeElkan.Similarity("anna bauer", "berg ana", similarity));
        Assert.Equal(0, MongeElkan.Similarity("anna", "berg", similarity));
    }

    private sealed class FirstLetter : IStringMetric
    {
        public double Similarity(string left, string right) => left[0] == right[0] ? 1 : 0;
    }
}
