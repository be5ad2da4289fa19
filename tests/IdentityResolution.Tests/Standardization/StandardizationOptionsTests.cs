using IdentityResolution.Standardization;

namespace IdentityResolution.Tests.Standardization;

public class StandardizationOptionsTests
{
    private static StandardizationOptions Default => StandardizationOptions.Default;

    [Fact]
    public void Tags_and_dots_of_mailboxes_stay_where_the_user_wants_them()
    {
        const string raw = "J.Doe+x@googlemail.com";
        Assert.Equal("jdoe@gmail.com", Standard.Form(FieldKind.Email, raw));
        Assert.Equal("jdoe+x@gmail.com", Standard.Form(FieldKind.Email, raw, Default with { DropEmailTags = false }));
        Assert.Equal("j.doe@gmail.com", Standard.Form(FieldKind.Email, raw, Default with { DropEmailDots = false }));
        Assert.Equal("j.doe+x@gmail.com", Standard.Form(FieldKind.Email, raw, Default with { DropEmailDots = false, DropEmailTags = false }));
    }

    [Theory]
    [InlineData(FieldKind.FullName, "Public, Dr. John Q., Jr.", "john q public", "dr john q public jr")]
    [InlineData(FieldKind.FullName, "Prof. John Public III", "john public", "prof john public iii")]
    [InlineData(FieldKind.Surname, "Public Jr.", "public", "public jr")]
    public void Titles_and_suffixes_stay_where_the_user_wants_them(FieldKind kind, string raw, string dropped, string kept)
    {
        Assert.Equal(dropped, Standard.Form(kind, raw));
        Assert.Equal(kept, Standard.Form(kind, raw, Default with { DropTitles = false }));
    }

    [Theory]
    [InlineData("Pfarrer John Public", "john public")]
    [InlineData("Lt. Col. John Public F.R.C.S.", "john public")]
    [InlineData("Public, John, FRCS", "john public")]
    [InlineData("Public, Lt Col John, f.r.c.s.", "john public")]
    [InlineData("Pfarrer", "pfarrer")]
    public void Titles_and_suffixes_of_the_user_are_dropped_too(string raw, string form)
    {
        StandardizationOptions options = Default with { Titles = ["Pfarrer", "Lt. Col."], Suffixes = ["FRCS", "F.R.C.S."] };
        Assert.Equal(form, Standard.Form(FieldKind.FullName, raw, options));
        Assert.Equal(form.Split(' ')[^1], PersonName.Parse(raw, options).Surname);
    }

    [Fact]
    public void Titles_and_suffixes_of_the_user_are_parts_of_a_name()
    {
        PersonName name = PersonName.Parse("Lt. Col. Dr. John Q. Public Jr. F.R.C.S.", Default with { Titles = ["Lt Col"], Suffixes = ["F.R.C.S."] });
        Assert.Equal(new PersonName("lt col dr", "john", "q", "public", "jr f r c s", ""), name);
    }

    [Theory]
    [InlineData("Müller Stiftung", "muller")]
    [InlineData("Müller e. Gen.", "muller")]
    [InlineData("Müller Stiftung & Co. KG", "muller")]
    [InlineData("Stiftung", "stiftung")]
    public void Legal_forms_of_the_user_are_dropped_too(string raw, string form) =>
        Assert.Equal(form, Standard.Form(FieldKind.OrganizationName, raw, Default with { LegalForms = ["Stiftung", "e.Gen."] }));

    [Fact]
    public void Legal_forms_stay_where_the_user_wants_them()
    {
        Assert.Equal("the acme ltd", Standard.Form(FieldKind.OrganizationName, "The Acme Ltd.", Default with { DropLegalForm = false }));
        Assert.Equal(new OrganizationName("muller", "stiftung"), OrganizationName.Parse("Müller Stiftung", Default with { LegalForms = ["Stiftung"] }));
    }

    [Theory]
    [InlineData(FieldKind.FullName, "Иван ПЕТРОВ", "ivan petrov", "иван петров")]
    [InlineData(FieldKind.Surname, "Müller", "muller", "muller")]
    [InlineData(FieldKind.Surname, "ＳＭＩＴＨ", "smith", "smith")]
    [InlineData(FieldKind.City, "Αθήνα", "athina", "αθήνα")]
    [InlineData(FieldKind.Text, "김 ﬁn", "gim fin", "김 fin")]
    public void Other_scripts_stay_where_the_user_wants_them(FieldKind kind, string raw, string spelled, string kept)
    {
        Assert.Equal(spelled, Standard.Form(kind, raw));
        StandardizationOptions options = Default with { Transliterate = false };
        Assert.Equal(kept, Standard.Form(kind, raw, options));
        Assert.Equal(kept, Standard.Form(kind, kept, options));
    }

    [Fact]
    public void Identifiers_that_break_their_scheme_are_suspect()
    {
        StandardizationOptions options = Default with { IdentifierScheme = "nl-bsn" };
        Assert.Equal(("111222333", ValueQuality.Valid), Standard.Of(FieldKind.Identifier, "1112.22.333", options));
        Assert.Equal(("111222334", ValueQuality.Suspect), Standard.Of(FieldKind.Identifier, "1112.22.334", options));
        Assert.Equal(ValueQuality.Valid, Standard.Of(FieldKind.Identifier, "1112.22.334").Quality);
    }

    [Theory]
    [InlineData(FieldKind.Phone, "+44 20 7946 0958", "020 7946 0958")]
    [InlineData(FieldKind.BirthDate, "01.02.1970", "1970-02-01")]
    [InlineData(FieldKind.Email, "Shop@Example.org", "shop+1@example.org")]
    public void Ignored_values_count_in_every_spelling_of_their_kind(FieldKind kind, string ignored, string raw)
    {
        StandardizationOptions options = Default with { DefaultRegion = "GB", IgnoredValues = [ignored] };
        Assert.Equal(ValueQuality.Missing, Standard.Of(kind, raw, options).Quality);
        Assert.Equal(ValueQuality.Valid, Standard.Of(kind, raw, options with { IgnoredValues = [] }).Quality);
    }

    [Fact]
    public void Ignored_values_count_before_and_after_the_steps()
    {
        StandardizationOptions options = Default with { Steps = ["after:-"], IgnoredValues = ["kto-000815", "4711"] };
        Assert.Equal(ValueQuality.Missing, Standard.Of(FieldKind.Identifier, "KTO-000815", options).Quality);
        Assert.Equal(ValueQuality.Missing, Standard.Of(FieldKind.Identifier, "KTO-4711", options).Quality);
        Assert.Equal("0816", Standard.Form(FieldKind.Identifier, "KTO-0816", options));
    }

    [Fact]
    public void All_options_out_of_range_are_told_at_once()
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(() => Standardizers.For(
            FieldKind.Text, new() { DefaultRegion = "USA", TwoDigitYearPivot = 26, Steps = ["shout"], IdentifierScheme = "x", Titles = null! }));
        Assert.All(["Titles: ", "Steps[0]: ", "TwoDigitYearPivot: ", "DefaultRegion: ", "IdentifierScheme: "], part => Assert.Contains(part, exception.Message, StringComparison.Ordinal));
    }
}
