using FsCheck;
using FsCheck.Fluent;
using IdentityResolution.Reference.Similarity;
using IdentityResolution.Similarity;

namespace IdentityResolution.Tests.Similarity;

/// <summary>The encoders against plain twins written rule by rule. Double Metaphone has none: a second list of its rules would be the first one again.</summary>
public class PhoneticTwinTests
{
    // Letters, and the groups that the rules of the encoders look for.
    private static readonly string[] Parts =
    [
        .. Enumerable.Range('A', 26).Select(c => ((char)c).ToString()), "A", "E", "I", "O", "U", "SCH", "TCH", "KN", "GN", "PN", "WR", "WH", "AE", "MAC", "PH", "PF",
        "EV", "GH", "GHT", "DGE", "TIO", "TIA", "CIA", "SCE", "CK", "MB", "MN", "NM", "NN", "SS", "EE", "IE", "ND", "NT", "AY", "COUGH", "ENOUGH", "TROUGH", "CQ", "Y",
        "STCH", "SHTCH", "ZDZ", "RZ", "RS", "CHS", "KS", "TSCH", "AU", "EU", "UE", "AJ", "CZ", "TTSZ", "X", "H", "W",
    ];

    private static readonly Arbitrary<string> Words = (
        from length in Gen.Choose(1, 7)
        from parts in Gen.Elements(Parts).ArrayOf(length)
        select string.Concat(parts)).ToArbitrary();

    private delegate int Encoder(ReadOnlySpan<char> word, Span<char> destination);

    [Fact]
    public void Soundex_equals_its_plain_twin() => CheckTwin(PlainSoundex.Soundex, Soundex.Encode);

    [Fact]
    public void Refined_soundex_equals_its_plain_twin() => CheckTwin(PlainSoundex.Refined, RefinedSoundex.Encode);

    [Fact]
    public void Metaphone_equals_its_plain_twin() => CheckTwin(PlainMetaphone.Encode, (word, code) => Metaphone.Encode(word, code, 64));

    [Fact]
    public void Nysiis_equals_its_plain_twin() => CheckTwin(PlainNysiis.Encode, (word, code) => Nysiis.Encode(word, code, 64));

    [Fact]
    public void Caverphone_equals_its_plain_twin() => CheckTwin(PlainCaverphone.Encode, Caverphone2.Encode);

    [Fact]
    public void Cologne_equals_its_plain_twin() => CheckTwin(PlainCologne.Encode, Cologne.Encode);

    [Fact]
    public void Match_rating_equals_its_plain_twin()
    {
        CheckTwin(PlainMatchRating.Codex, MatchRating.Encode);
        Law.Holds(
            Words.Generator.Two().ToArbitrary(),
            pair =>
            {
                bool isRated = MatchRating.TryRate(pair.Item1, pair.Item2, out int rating, out int minRating);
                Assert.Equal(PlainMatchRating.Rate(pair.Item1, pair.Item2), isRated ? rating : null);
                Assert.Equal(PlainMatchRating.MinRating(pair.Item1, pair.Item2), minRating);
                Assert.Equal(isRated && rating >= minRating, MatchRating.AreAlike(pair.Item1, pair.Item2));
            },
            tests: 500);
    }

    [Fact]
    public void Daitch_mokotoff_equals_its_plain_twin() => Law.Holds(
        Words,
        word =>
        {
            string[] expected = PlainDaitchMokotoff.EncodeAll(word);
            string[] actual = DaitchMokotoff.EncodeAll(word);
            Assert.True(expected.Length <= DaitchMokotoff.MaxCodes, "the words of this test are short enough that no code is dropped");
            Assert.Equal(expected, actual.Order(StringComparer.Ordinal));
        },
        tests: 500);

    private static void CheckTwin(Func<string, string> plain, Encoder encode) => Law.Holds(
        Words,
        word =>
        {
            char[] code = new char[256];
            Assert.Equal($"{word}: {plain(word)}", $"{word}: {new string(code, 0, encode(word, code))}");
        },
        tests: 500);
}
