using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace IdentityResolution.PostgreSql.Tests;

public class StoredTextTests
{
    private static readonly Arbitrary<string> Texts = Gen.Elements("a", "0", "#", "\0", "␀", "é", "\U0001F600", "␀#", new string('y', 300))
        .ArrayOf().Select(string.Concat).ToArbitrary();

    [Fact]
    public void A_text_comes_back_as_it_was() => Prop.ForAll(Texts, text =>
        StoredText.Unescaped(StoredText.Escaped(text), "store") == text
        && !StoredText.Escaped(text).Contains('\0', StringComparison.Ordinal)).QuickCheckThrowOnFailure();

    [Fact]
    public void A_key_comes_back_as_it_was_and_is_short() => Prop.ForAll(Texts, text =>
    {
        string stored = StoredText.Key(text, out string? whole);
        return Encoding.UTF8.GetByteCount(stored) <= StoredText.LongestKey
            && StoredText.Unescaped(whole ?? stored, "store") == text
            && whole is null != stored.StartsWith(StoredText.Reference, StringComparison.Ordinal);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Two_texts_have_two_keys() => Prop.ForAll(Texts, Texts, (left, right) =>
        (StoredText.Key(left) == StoredText.Key(right)) == (left == right)).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a\0b", "a␀0b")]
    [InlineData("a␀b", "a␀␀b")]
    [InlineData("", "")]
    public void A_text_of_everyday_life_stands_as_it_is(string text, string stored) => Assert.Equal(stored, StoredText.Key(text));

    [Theory]
    [InlineData(1000, false)]
    [InlineData(1001, true)]
    public void A_key_of_more_than_a_thousand_bytes_is_long(int bytes, bool isLong)
    {
        Assert.Equal(isLong, StoredText.Key(new string('x', bytes)).StartsWith(StoredText.Reference, StringComparison.Ordinal));
        Assert.Equal(isLong, StoredText.Key(new string('x', bytes % 2) + new string('é', bytes / 2)).StartsWith(StoredText.Reference, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("␀")]
    [InlineData("␀1")]
    [InlineData("␀#0123")]
    public void A_sign_that_we_do_not_write_is_refused(string stored) =>
        Assert.Throws<LookupFormatException>(() => StoredText.Unescaped(stored, "store"));

    [Fact]
    public void A_broken_surrogate_is_refused() =>
        Assert.ThrowsAny<ArgumentException>(() => StoredText.Key("\uD800" + new string('x', 500)));
}
