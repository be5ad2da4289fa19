using FsCheck;
using FsCheck.Fluent;
using IdentityResolution.Similarity;

namespace IdentityResolution.Tests.Similarity;

/// <summary>Published codes, and what holds for any input: no exception, capitals and digits alone, no allocation beyond the string.</summary>
public class PhoneticEncoderTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(20_240_505, 77);

    private static readonly (string Name, Encoder Encode, int Length)[] Encoders =
    [
        ("Soundex", Soundex.Encode, 4),
        ("RefinedSoundex", RefinedSoundex.Encode, 700),
        ("Metaphone", (word, code) => Metaphone.Encode(word, code, 64), 64),
        ("DoubleMetaphone", (word, code) => DoubleMetaphone.Encode(word, code, 64), 64),
        ("DoubleMetaphone alternate", (word, code) => DoubleMetaphone.EncodeAlternate(word, code, 64), 64),
        ("Nysiis", (word, code) => Nysiis.Encode(word, code, 64), 64),
        ("MatchRating", MatchRating.Encode, 6),
        ("Caverphone2", Caverphone2.Encode, 10),
        ("Cologne", Cologne.Encode, 1300),
        ("DaitchMokotoff", DaitchMokotoff.Encode, 6),
    ];

    private delegate int Encoder(ReadOnlySpan<char> word, Span<char> destination);

    [Fact]
    public void Any_text_has_a_code_of_capitals_and_digits() => Check.One(Thorough, Prop.ForAll(TextPairs.UpTo(300), pair =>
    {
        foreach ((string name, Encoder encode, int length) in Encoders)
        {
            string code = Encode(encode, pair.Left, length);
            Assert.True(code.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c)), $"{name}: {code}");
        }
        Assert.All(DaitchMokotoff.EncodeAll(pair.Left), code => Assert.Equal(6, code.Length));
        Assert.Equal(DaitchMokotoff.Encode(pair.Left), DaitchMokotoff.EncodeAll(pair.Left)[0]);
    }));

    [Fact]
    public void Case_does_not_count() => Check.One(Thorough, Prop.ForAll(TextPairs.UpTo(60), pair =>
    {
        string ascii = new([.. pair.Left.Where(char.IsAscii)]);
        foreach ((string name, Encoder encode, int length) in Encoders)
        {
            Assert.Equal(name + Encode(encode, ascii.ToUpperInvariant(), length), name + Encode(encode, ascii.ToLowerInvariant(), length));
        }
    }));

    [Theory]
    [InlineData("M\u00FCller", "Muller")]
    [InlineData("Mu\u0308ller", "Muller")]
    [InlineData("N\u00FA\u00F1ez", "Nunez")]
    [InlineData("\u0141ukasz", "Lukasz")]
    [InlineData("Bj\u00F8rn", "Bjorn")]
    [InlineData("Stra\u00DFe", "Strasse")]
    [InlineData("\u00DE\u00F3r", "Thor")]
    [InlineData("Nguy\u1EC5n", "Nguyen")]
    [InlineData("\uFF21\uFF42e", "Abe")]
    public void Latin_letters_count_as_their_base_letters(string accented, string plain)
    {
        foreach ((string name, Encoder encode, int length) in Encoders)
        {
            Assert.Equal(name + Encode(encode, plain, length), name + Encode(encode, accented, length));
        }
    }

    [Fact]
    public void Other_scripts_have_no_sound()
    {
        string[] empty = [.. Encoders.Select(e => Encode(e.Encode, "\u738B\u5C0F\u660E \u043F\u0440", e.Length)).Distinct(StringComparer.Ordinal)];
        Assert.Equal(["", "1111111111", "000000"], empty);
    }

    [Fact]
    public void A_short_destination_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Soundex.Encode("a", new char[3]));
        Assert.Throws<ArgumentException>(() => Caverphone2.Encode("a", new char[9]));
        Assert.Throws<ArgumentException>(() => MatchRating.Encode("a", new char[5]));
        Assert.Throws<ArgumentException>(() => DaitchMokotoff.Encode("a", new char[5]));
        Assert.Throws<ArgumentException>(() => Nysiis.Encode("a", new char[5]));
        Assert.Throws<ArgumentException>(() => Metaphone.Encode("a", new char[3]));
        Assert.Throws<ArgumentException>(() => DoubleMetaphone.Encode("a", new char[3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Nysiis.Encode("a", new char[5], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Metaphone.Encode("a", new char[5], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => DoubleMetaphone.EncodeAlternate("a", new char[5], 0));
    }

    [Fact]
    public void Codes_without_a_fixed_length_are_cut_where_the_destination_ends()
    {
        Assert.Equal("M80", Encode(RefinedSoundex.Encode, "Muller", 3));
        Assert.Equal("6", Encode(Cologne.Encode, "Muller", 1));
        Assert.Equal(1, DaitchMokotoff.EncodeAll("Peters", new char[11]));
    }

    // Wikipedia, "Match rating approach".
    [Theory]
    [InlineData("Byrne", "BYRN", "Boern", "BRN", 5, 4, true)]
    [InlineData("Smith", "SMTH", "Smyth", "SMYTH", 5, 3, true)]
    [InlineData("Catherine", "CTHRN", "Kathryn", "KTHRYN", 4, 3, true)]
    public void Match_ratings_come_out_as_published(
        string left, string leftCode, string right, string rightCode, int rating, int minRating, bool areAlike)
    {
        Assert.Equal(leftCode, MatchRating.Encode(left));
        Assert.Equal(rightCode, MatchRating.Encode(right));
        Assert.True(MatchRating.TryRate(left, right, out int actual, out int actualMin));
        Assert.Equal((rating, minRating), (actual, actualMin));
        Assert.Equal(areAlike, MatchRating.AreAlike(left, right));
        Assert.Equal(areAlike, MatchRating.AreAlike(right, left));
    }

    [Fact]
    public void What_cannot_be_rated_is_not_alike()
    {
        Assert.False(MatchRating.AreAlike("A", "A"));
        Assert.False(MatchRating.AreAlike("Bo", "Christopher"));
        Assert.False(MatchRating.AreAlike("Smith", "Karamazov"));
    }

    [Fact]
    public void Encoding_into_a_span_allocates_nothing()
    {
        foreach ((_, Encoder encode, int length) in Encoders)
        {
            char[] code = new char[length];
            Assert.Equal(0, Allocations.Of(() => encode("Schwarzenegger", code)));
        }
    }

    private static string Encode(Encoder encode, string word, int length)
    {
        char[] code = new char[length];
        return new string(code, 0, encode(word, code));
    }
}
