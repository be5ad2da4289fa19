using IdentityResolution.Standardization;

namespace IdentityResolution.Tests.Standardization;

public class StandardValueTests
{
    [Theory]
    [InlineData(FieldKind.Email, "info@gmail.com", "info@gmail.com", ValueQuality.Valid, ValueTraits.RoleAddress | ValueTraits.PublicProvider)]
    [InlineData(FieldKind.Email, "ann@mailinator.com", "ann@mailinator.com", ValueQuality.Valid, ValueTraits.DisposableAddress | ValueTraits.PublicProvider)]
    [InlineData(FieldKind.Email, "ann@firm.com", "ann@firm.com", ValueQuality.Valid, ValueTraits.None)]
    [InlineData(FieldKind.Phone, "404 231 5733", "4042315733", ValueQuality.Valid, ValueTraits.CountryUnknown)]
    [InlineData(FieldKind.Phone, "+1 404 231 5733", "+14042315733", ValueQuality.Valid, ValueTraits.None)]
    [InlineData(FieldKind.BirthDate, "30.02.1980", "1980-02-30", ValueQuality.Suspect, ValueTraits.ImpossibleDate)]
    [InlineData(FieldKind.BirthDate, "1980-13-01", "1980-13-01", ValueQuality.Suspect, ValueTraits.ImpossibleDate)]
    [InlineData(FieldKind.BirthDate, "28.02.1980", "1980-02-28", ValueQuality.Valid, ValueTraits.None)]
    [InlineData(FieldKind.BirthDate, "1980", "1980", ValueQuality.Valid, ValueTraits.PartialDate)]
    [InlineData(FieldKind.BirthDate, "March 1980", "1980-03", ValueQuality.Valid, ValueTraits.PartialDate)]
    [InlineData(FieldKind.BirthDate, "--02-29", "--02-29", ValueQuality.Suspect, ValueTraits.PartialDate)]
    [InlineData(FieldKind.BirthDate, "sometime", "sometime", ValueQuality.Suspect, ValueTraits.None)]
    [InlineData(FieldKind.Surname, "Sm1th", "sm1th", ValueQuality.Suspect, ValueTraits.DigitsInName)]
    [InlineData(FieldKind.Surname, "n/a", "", ValueQuality.Missing, ValueTraits.None)]
    public void A_value_is_told_with_its_raw_text_and_what_is_worth_knowing(FieldKind kind, string raw, string form, ValueQuality quality, ValueTraits traits) =>
        Assert.Equal(new StandardValue(raw, form, quality, traits), StandardValue.Of(kind, raw));

    [Fact]
    public void An_identifier_is_judged_by_the_scheme_of_its_field()
    {
        StandardizationOptions options = new() { IdentifierScheme = "NL-BSN" };
        Assert.Equal(ValueTraits.BrokenIdentifier, StandardValue.Of(FieldKind.Identifier, "111222334", options).Traits);
        Assert.Equal(ValueTraits.None, StandardValue.Of(FieldKind.Identifier, "111222333", options).Traits);
        Assert.Equal(ValueTraits.None, StandardValue.Of(FieldKind.Identifier, "111222334").Traits);
    }
}
