using IdentityResolution.Standardization;

namespace IdentityResolution.Tests.Standardization;

public class OtherKindsTests
{
    [Theory]
    [InlineData("Male", "m")]
    [InlineData("F", "f")]
    [InlineData("woman", "f")]
    [InlineData("1", "m")]
    [InlineData("2", "f")]
    [InlineData("weiblich", "f")]
    [InlineData("Homme", "m")]
    [InlineData("женский", "f")]
    [InlineData("non-binary", "x")]
    [InlineData("X", "x")]
    public void Sexes_become_letters(string raw, string form) => Assert.Equal((form, ValueQuality.Valid), Standard.Of(FieldKind.Sex, raw));

    [Fact]
    public void Slips_in_a_sex_are_kept_and_suspect() => Assert.Equal(("fsmale", ValueQuality.Suspect), Standard.Of(FieldKind.Sex, "fsmale"));

    [Theory]
    [InlineData("0")]
    [InlineData("9")]
    [InlineData("U")]
    [InlineData("Unknown")]
    public void Unknown_sexes_are_missing(string raw) => Assert.Equal(ValueQuality.Missing, Standard.Of(FieldKind.Sex, raw).Quality);

    [Theory]
    [InlineData("$1,234.50", "1234.5")]
    [InlineData("1.234,50 €", "1234.5")]
    [InlineData("1 234,5", "1234.5")]
    [InlineData("1'234.50", "1234.5")]
    [InlineData("1,234", "1234")]
    [InlineData("1,234,567", "1234567")]
    [InlineData("1.234.567", "1234567")]
    [InlineData("12,5", "12.5")]
    [InlineData("0012.500", "12.5")]
    [InlineData(".5", "0.5")]
    [InlineData("(12.5)", "-12.5")]
    [InlineData("-7", "-7")]
    [InlineData("7-", "-7")]
    [InlineData("-0.00", "0")]
    [InlineData("EUR 99", "99")]
    [InlineData("254797.710", "254797.71")]
    [InlineData("0", "0")]
    public void Numbers_become_plain_decimals(string raw, string form) => Assert.Equal((form, ValueQuality.Valid), Standard.Of(FieldKind.Number, raw));

    [Theory]
    [InlineData("about 12", "about 12")]
    [InlineData("12 or 13", "12 or 13")]
    public void Text_in_a_number_is_kept_and_suspect(string raw, string form) => Assert.Equal((form, ValueQuality.Suspect), Standard.Of(FieldKind.Number, raw));

    [Theory]
    [InlineData("818-40-3693", "818403693")]
    [InlineData("MRN-7298486", "mrn7298486")]
    [InlineData("AB 12 34 56 C", "ab123456c")]
    public void Identifiers_are_letters_and_digits(string raw, string form) => Assert.Equal((form, ValueQuality.Valid), Standard.Of(FieldKind.Identifier, raw));

    [Theory]
    [InlineData("000-00-0000")]
    [InlineData("123456789")]
    [InlineData("999999999")]
    [InlineData("XXX-XX-XXXX")]
    [InlineData("N/A")]
    public void Identifiers_of_nobody_are_missing(string raw) => Assert.Equal(ValueQuality.Missing, Standard.Of(FieldKind.Identifier, raw).Quality);

    [Theory]
    [InlineData("Apple MacBook 2.4GHz - MB467LLA", "apple macbook 2.4ghz mb467lla")]
    [InlineData("Crème brûlée, don't", "creme brulee dont")]
    [InlineData("Web, CORBA & databases.", "web corba databases")]
    [InlineData("Panasonic KX-TG4324B 5-pack", "panasonic kxtg4324b 5pack")]
    [InlineData("wi-fi in-wall", "wi fi in wall")]
    [InlineData("1998-2001", "1998 2001")]
    public void Text_becomes_words(string raw, string form) => Assert.Equal((form, ValueQuality.Valid), Standard.Of(FieldKind.Text, raw));
}
