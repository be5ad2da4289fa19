using System.Text;
using FsCheck;
using FsCheck.Fluent;
using IdentityResolution.Similarity;

namespace IdentityResolution.Tests.Similarity;

/// <summary>The encoders over bytes: the code of Latin-1 bytes is that of the same characters.</summary>
public class PhoneticByteTests
{
    private static readonly (string Name, Encoder OfChars, ByteEncoder OfBytes, int Length)[] Encoders =
    [
        ("Soundex", Soundex.Encode, Soundex.Encode, 4),
        ("RefinedSoundex", RefinedSoundex.Encode, RefinedSoundex.Encode, 700),
        ("Metaphone", (word, code) => Metaphone.Encode(word, code, 64), (word, code) => Metaphone.Encode(word, code, 64), 64),
        ("DoubleMetaphone", (word, code) => DoubleMetaphone.Encode(word, code, 64), (word, code) => DoubleMetaphone.Encode(word, code, 64), 64),
        ("alternate", (word, code) => DoubleMetaphone.EncodeAlternate(word, code, 64), (word, code) => DoubleMetaphone.EncodeAlternate(word, code, 64), 64),
        ("both", (word, code) => DoubleMetaphone.Encode(word, code[..64], code[64..], out _), (word, code) => DoubleMetaphone.Encode(word, code[..64], code[64..], out _), 128),
        ("Nysiis", (word, code) => Nysiis.Encode(word, code, 64), (word, code) => Nysiis.Encode(word, code, 64), 64),
        ("MatchRating", MatchRating.Encode, MatchRating.Encode, 6),
        ("Caverphone2", Caverphone2.Encode, Caverphone2.Encode, 10),
        ("Cologne", Cologne.Encode, Cologne.Encode, 1300),
        ("DaitchMokotoff", DaitchMokotoff.Encode, DaitchMokotoff.Encode, 6),
        ("DaitchMokotoff all", DaitchMokotoff.EncodeAll, DaitchMokotoff.EncodeAll, 768),
    ];

    private delegate int Encoder(ReadOnlySpan<char> word, Span<char> destination);

    private delegate int ByteEncoder(ReadOnlySpan<byte> word, Span<char> destination);

    [Fact]
    public void Bytes_have_the_codes_of_their_latin_1_characters() => Law.Holds(Latin1(300), word =>
    {
        foreach ((string name, Encoder ofChars, ByteEncoder ofBytes, int length) in Encoders)
        {
            (char[] expected, char[] actual) = (new char[length], new char[length]);
            Assert.Equal(ofChars(word, expected), ofBytes(Encoding.Latin1.GetBytes(word), actual));
            Assert.Equal(name + new string(expected), name + new string(actual));
        }
    });

    [Fact]
    public void Codes_of_bytes_come_as_strings_too() => Law.Holds(Latin1(20), word =>
    {
        byte[] bytes = Encoding.Latin1.GetBytes(word);
        Assert.Equal(Soundex.Encode(word), Soundex.Encode(bytes));
        Assert.Equal(RefinedSoundex.Encode(word), RefinedSoundex.Encode(bytes));
        Assert.Equal(Metaphone.Encode(word), Metaphone.Encode(bytes));
        Assert.Equal(DoubleMetaphone.Encode(word), DoubleMetaphone.Encode(bytes));
        Assert.Equal(DoubleMetaphone.EncodeAlternate(word), DoubleMetaphone.EncodeAlternate(bytes));
        Assert.Equal(Nysiis.Encode(word), Nysiis.Encode(bytes));
        Assert.Equal(MatchRating.Encode(word), MatchRating.Encode(bytes));
        Assert.Equal(Caverphone2.Encode(word), Caverphone2.Encode(bytes));
        Assert.Equal(Cologne.Encode(word), Cologne.Encode(bytes));
        Assert.Equal(DaitchMokotoff.Encode(word), DaitchMokotoff.Encode(bytes));
        Assert.Equal(DaitchMokotoff.EncodeAll(word), DaitchMokotoff.EncodeAll(bytes));
    });

    [Fact]
    public void Names_sound_alike_over_bytes()
    {
        Assert.True(MatchRating.AreAlike("Catherine"u8, "Kathryn"u8));
        Assert.False(MatchRating.AreAlike("Smith"u8, "Karamazov"u8));
        Assert.True(MatchRating.TryRate("Byrne"u8, "Boern"u8, out int rating, out int minRating));
        Assert.Equal((5, 4), (rating, minRating));
        Assert.Equal("M460", Soundex.Encode([(byte)'M', 0xFC, (byte)'l', (byte)'l', (byte)'e', (byte)'r']));
    }

    [Fact]
    public void A_blank_beside_what_has_no_sound_is_no_beginning()
    {
        Assert.Equal(DoubleMetaphone.Encode("Knight"), DoubleMetaphone.Encode("\u738B Knight"));
        Assert.Equal(DoubleMetaphone.Encode("Knight"), DoubleMetaphone.Encode(" \u00A0 Knight "));
    }

    [Fact]
    public void Encoding_bytes_into_a_span_allocates_nothing()
    {
        byte[] word = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat("Schwarzenegger M\u00FCller ", 12))[..256]);
        foreach ((_, _, ByteEncoder encode, int length) in Encoders)
        {
            char[] code = new char[length];
            Assert.Equal(0, Allocations.Of(() => encode(word, code)));
        }
    }

    [Fact]
    public void A_short_destination_is_refused_for_bytes()
    {
        Assert.Throws<ArgumentException>(() => Soundex.Encode("a"u8, new char[3]));
        Assert.Throws<ArgumentException>(() => Nysiis.Encode("a"u8, new char[5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Metaphone.Encode("a"u8, new char[5], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => DoubleMetaphone.EncodeAlternate("a"u8, new char[5], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => DoubleMetaphone.Encode("a"u8, new char[5], 0));
    }

    private static Arbitrary<string> Latin1(int maxLength) => (
        from length in Gen.Choose(0, maxLength)
        from isName in Gen.Elements(true, false)
        from letters in (isName ? Gen.OneOf(Gen.Choose('A', 'Z'), Gen.Choose('a', 'z'), Gen.Choose(0xC0, 0xFF)) : Gen.Choose(0, 0xFF)).ArrayOf(length)
        select new string([.. letters.Select(letter => (char)letter)])).ToArbitrary();
}
