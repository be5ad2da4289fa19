using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using IdentityResolution.Reference.Similarity;
using IdentityResolution.Similarity;
using IdentityResolution.Similarity.Letters;

namespace IdentityResolution.Tests.Similarity;

/// <summary>Measures over letters and code points, against their plain twins over lists of letters.</summary>
public class TextUnitsTests
{
    private static readonly Arbitrary<TextPair> Mixed = (
        from left in Gen.Elements(PlainTextUnits.Alphabet).ListOf()
        from isRelated in Gen.Elements(true, false)
        from right in Gen.Elements(PlainTextUnits.Alphabet).ListOf()
        from cut in Gen.Choose(0, 100)
        let half = left.Take(cut * left.Count / 100)
        select new TextPair(string.Concat(left), string.Concat(isRelated ? half.Concat(right.Take(3)).Concat(left.Skip(half.Count() + 1)) : right))).ToArbitrary();

    [Theory]
    [InlineData("Zoe\u0308", "Zo\u00EB", 0, 2)]
    [InlineData("\u1EC7", "e\u0302\u0323", 0, 3)]
    [InlineData("\u212B", "\u00C5", 0, 1)]
    [InlineData("\uD55C", "\u1112\u1161\u11AB", 0, 3)]
    [InlineData("a\U0001F600b", "ab", 1, 1)]
    [InlineData("\U0001F468\u200D\U0001F469\u200D\U0001F467", "\U0001F468", 1, 4)]
    [InlineData("\U0001F1E9\U0001F1EA", "\U0001F1E9\U0001F1EB", 1, 1)]
    [InlineData("\U00020000\U00020001", "\U00020001\U00020000", 2, 2)]
    [InlineData("a\r\nb", "a\nb", 1, 1)]
    [InlineData("x\u0301", "x", 1, 1)]
    [InlineData("x\u0301", "y\u0301", 1, 1)]
    public void Distances_count_letters_or_code_points(string left, string right, int letters, int codePoints)
    {
        Assert.Equal(letters, TextUnits.Compare(left, right, Levenshtein.Distance, int.MaxValue));
        Assert.Equal(codePoints, TextUnits.Compare(left, right, Levenshtein.Distance, int.MaxValue, TextUnit.CodePoint));
    }

    [Theory]
    [InlineData("", 0, 0)]
    [InlineData("Zoe\u0308", 3, 4)]
    [InlineData("\U0001F468\u200D\U0001F469\u200D\U0001F467!", 2, 6)]
    [InlineData("a\r\nb", 4, 4)]
    [InlineData("\u0301", 1, 1)]
    public void Units_are_counted(string text, int letters, int codePoints)
    {
        Assert.Equal(letters, TextUnits.Count(text));
        Assert.Equal(codePoints, TextUnits.Count(text, TextUnit.CodePoint));
    }

    [Fact]
    public void A_lone_surrogate_is_a_unit_like_no_other()
    {
        foreach (TextUnit unit in Enum.GetValues<TextUnit>())
        {
            Assert.Equal(2, TextUnits.Count("\uD83D\uD83D\uDE00", unit));
            Assert.Equal(1, TextUnits.Compare("\uD83D", "\uDE00", Levenshtein.Distance, int.MaxValue, unit));
            Assert.Equal(0, TextUnits.Compare("a\uD83D", "a\uD83D", Levenshtein.Distance, int.MaxValue, unit));
            Assert.Equal(1, TextUnits.Compare("\uD800", "\U0001F600", Levenshtein.Distance, int.MaxValue, unit));
        }
    }

    [Fact]
    public void Measures_over_letters_equal_their_plain_twins() => CheckTwins(TextUnit.Letter, PlainTextUnits.Letters);

    [Fact]
    public void Measures_over_code_points_equal_their_plain_twins() => CheckTwins(TextUnit.CodePoint, PlainTextUnits.CodePoints);

    [Fact]
    public void Counts_equal_their_plain_twins() => Law.Holds(Mixed, pair =>
    {
        Assert.Equal(PlainTextUnits.Letters(pair.Left).Count, TextUnits.Count(pair.Left));
        Assert.Equal(PlainTextUnits.CodePoints(pair.Left).Count, TextUnits.Count(pair.Left, TextUnit.CodePoint));
    });

    [Fact]
    public void Where_every_unit_is_one_character_the_value_is_that_of_the_plain_call() => Law.Holds(TextPairs.UpTo(300), pair =>
    {
        // What could combine, or be another spelling, is left out; what remains of the basic plane reaches far past Latin.
        (string left, string right) = (Keep(pair.Left), Keep(pair.Right));
        foreach (TextUnit unit in Enum.GetValues<TextUnit>())
        {
            Assert.Equal(OptimalStringAlignment.Distance(left, right), TextUnits.Compare(left, right, OptimalStringAlignment.Distance, int.MaxValue, unit));
            Assert.Equal(JaroWinkler.Similarity(left, right, 0.6), TextUnits.Compare(left, right, JaroWinkler.Similarity, 0.6, unit));
            Assert.Equal(TokenSort.Similarity(left, right), TextUnits.Compare(left, right, TokenSort.Similarity, 0, unit));
        }

        static string Keep(string text) => string.Concat(text.Where(c => c is < '\u0300' or (>= '\u0400' and < '\u0483') or (>= '\u4E00' and < '\u9FA0')));
    });

    [Fact]
    public void Plain_letters_never_join_each_other() => Law.Holds(
        random =>
        {
            char[] pair = [Plain(random), Plain(random)];
            Assert.True(pair is ['\r', '\n'] || StringInfo.GetNextTextElementLength(pair) == 1, $"{(int)pair[0]:X4} {(int)pair[1]:X4}");
            Assert.Equal(2, TextUnits.Count(pair));

            static char Plain(Random random)
            {
                char[] drawn = [.. Enumerable.Range(0, 200).Select(_ => (char)random.Next(0x10000)).Where(PlainLetters.Contains)];
                return drawn[0];
            }
        },
        tests: 2000);

    [Fact]
    public void All_that_is_not_looked_up_is_plain() => Assert.All(Enumerable.Range(0, 0x300), c => Assert.True(PlainLetters.Contains((char)c)));

    [Theory]
    [InlineData('\u00E9', true)]
    [InlineData('\u0436', true)]
    [InlineData('\u1EC7', true)]
    [InlineData('\u738B', true)]
    [InlineData('\uAC01', true)]
    [InlineData('\u0301', false)]
    [InlineData('\u212B', false)]
    [InlineData('\u1100', false)]
    [InlineData('\u200D', false)]
    public void Plain_letters_are_known(char character, bool isPlain) => Assert.Equal(isPlain, PlainLetters.Contains(character));

    [Fact]
    public void Sides_can_be_swapped() => Law.Holds(Mixed, pair =>
    {
        foreach (TextUnit unit in Enum.GetValues<TextUnit>())
        {
            Assert.Equal(
                TextUnits.Compare(pair.Left, pair.Right, TokenSort.Similarity, 0, unit), TextUnits.Compare(pair.Right, pair.Left, TokenSort.Similarity, 0, unit));
            Assert.Equal(
                TextUnits.Compare(pair.Left, pair.Right, DamerauLevenshtein.Distance, 3, unit),
                TextUnits.Compare(pair.Right, pair.Left, DamerauLevenshtein.Distance, 3, unit));
        }
    });

    [Fact]
    public void Canonically_equivalent_texts_are_equal()
    {
        foreach (string[] row in VectorFile.Committed("canonical.tsv").Rows("text", "decomposed", "composed"))
        {
            foreach (string other in row)
            {
                Assert.Equal(0, TextUnits.Compare(row[0], other, Levenshtein.Distance, int.MaxValue));
                Assert.Equal(TextUnits.Count(row[1]), TextUnits.Count(other));
            }
        }
    }

    [Fact]
    public void Letters_that_are_not_equivalent_differ()
    {
        string[] forms = [.. VectorFile.Committed("canonical.tsv").Rows("composed").Select(row => row[0]).Distinct(StringComparer.Ordinal)];
        for (int i = 1; i < forms.Length; i++)
        {
            Assert.NotEqual(0, TextUnits.Compare(forms[i - 1], forms[i], Levenshtein.Distance, int.MaxValue));
        }
    }

    [Fact]
    public void A_similarity_over_letters_plugs_in_where_words_are_compared()
    {
        TextSimilarity letters = TextUnits.Over(Levenshtein.NormalizedSimilarity);
        Assert.Equal(1, MongeElkan.Similarity("Zoe\u0308 Mu\u0308ller", "M\u00FCller, Zo\u00EB".Replace(",", "", StringComparison.Ordinal), letters));
        Assert.Equal(0.5, letters("a\U0001F600", "b\U0001F600", 0.5));
        Assert.Equal(0, letters("a\U0001F600", "b\U0001F600", 0.51));
        Assert.Equal(0.5, TextUnits.Over(Levenshtein.NormalizedSimilarity, TextUnit.CodePoint)("ae\u0301", "ae", 0) * 0.75);
    }

    [Fact]
    public void More_different_letters_than_surrogates_are_told_apart() => Law.Holds(
        random =>
        {
            string[] letters = [.. Enumerable.Range(0, 3000).Select(i => char.ConvertFromUtf32(0x20000 + i))];
            List<string> left = [.. letters.Where(_ => random.Next(10) > 0), "\uFFFF", "\uFFFE", "\u3000"];
            List<string> right = [.. letters.Where(_ => random.Next(10) > 0)];
            (string plainLeft, string plainRight) = PlainTextUnits.Rewrite(left, right);
            Assert.Equal(
                Levenshtein.Distance(plainLeft, plainRight),
                TextUnits.Compare(string.Concat(left), string.Concat(right), Levenshtein.Distance, int.MaxValue));
        },
        tests: 5);

    [Fact]
    public void More_different_letters_than_numbers_are_refused()
    {
        string text = string.Concat(Enumerable.Range(0, 66_000).Select(i => char.ConvertFromUtf32(0x20000 + i)));
        Assert.Throws<ArgumentException>(() => TextUnits.Compare(text, "a", Hamming.Distance, int.MaxValue));
    }

    [Fact]
    public void Unknown_units_and_missing_measures_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => TextUnits.Count("a", (TextUnit)2));
        Assert.Throws<ArgumentOutOfRangeException>(() => TextUnits.Compare("a", "b", Levenshtein.Distance, 1, (TextUnit)(-1)));
        Assert.Throws<ArgumentNullException>(() => TextUnits.Compare("a", "b", (TextMeasure)null!, 1));
        Assert.Throws<ArgumentNullException>(() => TextUnits.Over(null!));
    }

    [Fact]
    public void Texts_of_256_characters_allocate_nothing()
    {
        string left = string.Concat(Enumerable.Repeat("Zoe\u0308 \U0001F600 \u1EC7!", 40))[..256];
        string right = string.Concat(Enumerable.Repeat("zo\u00EB \U0001F600\u200D\U0001F467 e", 40))[..256];
        foreach (TextUnit unit in Enum.GetValues<TextUnit>())
        {
            Assert.Equal(0, Allocations.Of(() => Run(unit)));
        }

        void Run(TextUnit unit)
        {
            TextUnits.Compare(left, right, Levenshtein.Distance, int.MaxValue, unit);
            TextUnits.Compare(left, right, JaroWinkler.Similarity, 0.8, unit);
            TextUnits.Count(left, unit);
        }
    }

    private static void CheckTwins(TextUnit unit, Func<string, List<string>> split) => Law.Holds(
        Mixed,
        pair =>
        {
            (string left, string right) = PlainTextUnits.Rewrite(split(pair.Left), split(pair.Right));
            Assert.Equal(PlainEditDistances.Levenshtein(left, right), Distance(Levenshtein.Distance));
            Assert.Equal(PlainEditDistances.OptimalStringAlignment(left, right), Distance(OptimalStringAlignment.Distance));
            Assert.Equal(PlainEditDistances.DamerauLevenshtein(left, right), Distance(DamerauLevenshtein.Distance));
            Assert.Equal(PlainEditDistances.Indel(left, right), Distance(Indel.Distance));
            Assert.Equal(PlainEditDistances.Hamming(left, right), Distance(Hamming.Distance));
            Assert.Equal(PlainEditDistances.Subsequence(left, right), TextUnits.Compare(pair.Left, pair.Right, LongestCommonSubsequence.Length, 0, unit));
            Assert.Equal(PlainEditDistances.Substring(left, right), TextUnits.Compare(pair.Left, pair.Right, LongestCommonSubstring.Length, 0, unit));
            Assert.Equal(PlainJaro.Similarity(left, right), TextUnits.Compare(pair.Left, pair.Right, Jaro.Similarity, 0, unit), 1e-15);
            Assert.Equal(PlainJaro.WinklerSimilarity(left, right), TextUnits.Compare(pair.Left, pair.Right, JaroWinkler.Similarity, 0, unit), 1e-15);

            int Distance(TextMeasure measure) => TextUnits.Compare(pair.Left, pair.Right, measure, int.MaxValue, unit);
        },
        tests: 500);
}
