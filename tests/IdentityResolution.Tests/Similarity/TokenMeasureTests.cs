using System.Text;
using FsCheck;
using FsCheck.Fluent;
using IdentityResolution.Reference.Similarity;
using IdentityResolution.Similarity;

namespace IdentityResolution.Tests.Similarity;

public class TokenMeasureTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(400).WithReplay(20_240_504, 77);

    // Words over few letters, so that texts share some; sometimes more than fit the stack.
    private static readonly Arbitrary<(string Left, string Right)> Texts = (
        from most in Gen.Elements(3, 6, 50)
        from left in Text(most)
        from right in Gen.OneOf(Text(most), Gen.Constant(left), Gen.Shuffle(left.Split(' ')).Select(words => string.Join(' ', words)))
        select (left, right)).ToArbitrary();

    [Fact]
    public void Token_measures_equal_their_plain_twins() => Check.One(Thorough, Prop.ForAll(Texts, texts =>
    {
        (string left, string right) = texts;
        CheckCutOff(PlainTokens.TokenSort(left, right), cutOff => TokenSort.Similarity(left, right, cutOff));
        CheckCutOff(PlainTokens.TokenSet(left, right), cutOff => TokenSet.Similarity(left, right, cutOff));
        CheckCutOff(
            PlainTokens.MongeElkan(left, right, PlainJaro.WinklerSimilarity),
            cutOff => MongeElkan.Similarity(left, right, minSimilarity: cutOff));
        CheckCutOff(
            PlainTokens.MongeElkan(left, right, (a, b) => a == b ? 1 : 0),
            cutOff => MongeElkan.Similarity(left, right, (a, b, min) => a.SequenceEqual(b) ? 1 : 0, cutOff));
    }));

    [Fact]
    public void Soft_tf_idf_equals_its_plain_twin() => Check.One(
        Thorough.WithMaxTest(200),
        Prop.ForAll(Texts.Generator.Select(pair => new[] { pair.Left, pair.Right }).ArrayOf(5).ToArbitrary(), pairs =>
        {
            string[] texts = [.. pairs.Skip(1).SelectMany(pair => pair)];
            (string left, string right) = pairs.Length == 0 ? ("", "") : (pairs[0][0], pairs[0][1]);
            foreach (double minWordSimilarity in new[] { 0.5, 0.9, 1 })
            {
                var winkler = new SoftTfIdf(texts, minWordSimilarity: minWordSimilarity);
                double plain = PlainSoftTfIdf.Similarity(texts, left, right, PlainJaro.WinklerSimilarity, minWordSimilarity);
                CheckCutOff(plain, cutOff => winkler.Similarity(left, right, cutOff));
                var levenshtein = new SoftTfIdf(texts, Levenshtein.NormalizedSimilarity, minWordSimilarity);
                plain = PlainSoftTfIdf.Similarity(texts, left, right, (a, b) => Levenshtein.NormalizedSimilarity(a, b), minWordSimilarity);
                CheckCutOff(plain, cutOff => levenshtein.Similarity(left, right, cutOff));
            }
        }));

    [Fact]
    public void Q_gram_measures_equal_their_plain_twins() => Check.One(Thorough, Prop.ForAll(TextPairs.UpTo(300), pair =>
    {
        (string left, string right) = (pair.Left, pair.Right);
        for (int q = 1; q <= 4; q++)
        {
            Assert.Equal(PlainTokens.Jaccard(left, right, q), QGram.Jaccard(left, right, q), 1e-15);
            Assert.Equal(PlainTokens.Dice(left, right, q), QGram.Dice(left, right, q), 1e-15);
            Assert.Equal(PlainTokens.Overlap(left, right, q), QGram.Overlap(left, right, q), 1e-15);
            Assert.Equal(PlainTokens.Cosine(left, right, q), QGram.Cosine(left, right, q), 1e-14);
            Assert.Equal(PlainTokens.QGramDistance(left, right, q), QGram.Distance(left, right, q));
            if (pair.IsLatin1)
            {
                (byte[] leftBytes, byte[] rightBytes) = (Encoding.Latin1.GetBytes(left), Encoding.Latin1.GetBytes(right));
                Assert.Equal(QGram.Jaccard(left, right, q), QGram.Jaccard(leftBytes, rightBytes, q));
                Assert.Equal(QGram.Dice(left, right, q), QGram.Dice(leftBytes, rightBytes, q));
                Assert.Equal(QGram.Overlap(left, right, q), QGram.Overlap(leftBytes, rightBytes, q));
                Assert.Equal(QGram.Cosine(left, right, q), QGram.Cosine(leftBytes, rightBytes, q));
                Assert.Equal(QGram.Distance(left, right, q), QGram.Distance(leftBytes, rightBytes, q));
            }
        }
    }));

    [Fact]
    public void Q_gram_measures_agree_with_the_reference_vectors()
    {
        CheckVectors("jaccard_q2.tsv", (left, right) => QGram.Jaccard(left, right));
        CheckVectors("dice_q2.tsv", (left, right) => QGram.Dice(left, right));
        CheckVectors("cosine_q2.tsv", (left, right) => QGram.Cosine(left, right));
        CheckVectors("qgram_q2.tsv", (left, right) => QGram.Distance(left, right));
        CheckVectors("token_sort_ratio.tsv", (left, right) => 100 * TokenSort.Similarity(left, right));
    }

    [Fact]
    public void Q_out_of_range_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => QGram.Jaccard("a", "b", 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => QGram.Jaccard("a", "b", 5));
    }

    [Fact]
    public void Published_examples_of_the_token_ratios_come_out()
    {
        Assert.Equal(1, TokenSort.Similarity("fuzzy wuzzy was a bear", "wuzzy fuzzy was a bear"));
        Assert.Equal(0.84, TokenSort.Similarity("fuzzy was a bear", "fuzzy fuzzy was a bear"), 0.005);
        Assert.Equal(1, TokenSet.Similarity("fuzzy was a bear", "fuzzy fuzzy was a bear"));
        Assert.Equal(1, TokenSet.Similarity("new york mets", "new york mets vs atlanta braves"));
    }

    [Fact]
    public void Soft_tf_idf_weighs_rare_words_more_and_forgives_slips()
    {
        var measure = new SoftTfIdf(["anna smith inc", "bert smith inc", "cora smith inc", "acme inc", "delta inc"]);
        Assert.Equal(1, measure.Similarity("anna smith", "smith anna"), 1e-12);
        Assert.True(measure.Similarity("acme inc", "acme") > measure.Similarity("acme inc", "delta inc"));
        Assert.True(measure.Similarity("anna smith", "anna smyth") > 0.4);
        Assert.InRange(measure.Similarity("anna smith", "anna smitth"), 0.9, 0.9999);
        Assert.Equal(measure.Similarity("anna smith inc", "bert smith"), measure.Similarity("bert smith", "anna smith inc"));
        Assert.Equal(1, measure.Similarity("", " "));
        Assert.Equal(0, measure.Similarity("anna", ""));
        Assert.Equal(0, measure.Similarity("anna smith", "anna smitth", 0.99999));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SoftTfIdf([], minWordSimilarity: 0));
    }

    [Fact]
    public void Soft_tf_idf_of_exact_words_is_the_cosine_of_their_weights()
    {
        // Two texts in all; "b" stands in both: weight 1. "a" and "c" stand in one: weight 1 + ln(3/2), all times ln 2.
        var measure = new SoftTfIdf(["a b", "b c"], minWordSimilarity: 1);
        double rare = 1 + Math.Log(1.5);
        Assert.Equal(1 / (1 + (rare * rare)), measure.Similarity("a b", "b c"), 1e-12);
    }

    private static Gen<string> Text(int most) =>
        from count in Gen.Choose(0, most)
        from words in Gen.Elements("anna", "ana", "bert", "berta", "von", "de", "la", "x", "y", "zz", "smith", "smyth").ArrayOf(count)
        from blank in Gen.Elements(" ", "  ", "\t")
        select string.Join(blank, words);

    private static void CheckCutOff(double expected, Func<double, double> actual)
    {
        Assert.Equal(expected, actual(0), 1e-12);
        Assert.Equal(actual(0), actual(actual(0)));
        Assert.Equal(0, actual(expected + 1e-9));
    }

    private static void CheckVectors(string name, Func<string, string, double> measure)
    {
        int rows = 0;
        foreach (string[] row in VectorFile.Shared(name).Rows("a", "b", "expected"))
        {
            if (row[2] != "undef")
            {
                Assert.Equal(VectorFile.Number(row[2]), measure(row[0], row[1]), 1e-10);
                rows++;
            }
        }
        Assert.True(rows > 1000);
    }
}
