using FsCheck;
using FsCheck.Fluent;
using IdentityResolution.Standardization;

namespace IdentityResolution.Tests.Standardization;

public class StandardizersTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(20_261_121UL, 77UL);

    private static readonly StandardizationOptions[] Variants =
    [
        StandardizationOptions.Default,
        new() { DefaultRegion = "US", DateOrder = DateOrder.MonthDayYear },
        new() { DefaultRegion = "gb", DateOrder = DateOrder.DayMonthYear, DropEmailTags = false },
    ];

    // Pieces that the standardizers look for, between any characters at all.
    private static readonly string[] Pieces =
    [
        "dr", "jr.", "st", "mc", "o'", "van der", "ph.d.", "Inc.", "GmbH & Co. KG", "the", "and", "s.a.", "n/a", "unknown", "@", "gmail.com", "+", "00", "011", "ext 5",
        "0", "1", "12", "31", "1980", "19460931", "mar", "T10:20", "--", "apt", "#", "n", "nw", "strasse", "via", "no.", "(", ")", "<", ">", "\"", ",", ".", "-", "/", " ",
        "  ", "\t", "'", "ß", "é", "Щ", "刘", "김", "きゃ", "っ", "😀", "\uD800", "\u0301", "İ", "ﷺ", "mailto:", "?", "44", "(0)", "a", "b c", "x", "male", "$", "1,234.50",
        "usa", "po box", "unit", "bis", "city of", "10115", "d-", "12345-6789", "sp z o.o.", "ooo", "i", "iv", "md", "o", "e", "&", ";", ":", "de", "u.s.", "rue",
    ];

    private static readonly Arbitrary<string> Texts = Gen.OneOf(
        Gen.Elements(Pieces).ListOf().Select(parts => string.Concat(parts)),
        Gen.Elements(Pieces).ListOf().Select(parts => string.Join(' ', parts)),
        Gen.Choose(0, char.MaxValue).ListOf().Select(codes => string.Concat(codes.Select(code => (char)code))),
        Gen.Choose(32, 126).ListOf().Select(codes => string.Concat(codes.Select(code => (char)code)))).ToArbitrary();

    public static TheoryData<FieldKind> Kinds => [.. Enum.GetValues<FieldKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_standard_form_is_its_own_standard_form(FieldKind kind) => Check.One(Thorough, Prop.ForAll(Texts, text =>
        Variants.All(options =>
        {
            IStandardizer standardizer = Standardizers.For(kind, options);
            (string form, ValueQuality quality) = Standard.Of(standardizer, text);
            (string again, ValueQuality qualityAgain) = Standard.Of(standardizer, form);
            return form == again && quality == qualityAgain
                ? true
                : throw new InvalidOperationException($"[{text}] -> [{form}] {quality} -> [{again}] {qualityAgain}");
        })));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Any_text_fits_its_longest_form_and_gives_well_formed_text(FieldKind kind) => Check.One(Thorough, Prop.ForAll(Texts, text =>
    {
        IStandardizer standardizer = Standardizers.For(kind);
        (string form, ValueQuality quality) = Standard.Of(standardizer, text);
        bool wellFormed = System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(form)) == form;
        return wellFormed && (form.Length == 0) == (quality == ValueQuality.Missing) && form.Trim() == form;
    }));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Case_does_not_matter(FieldKind kind) => Check.One(Thorough, Prop.ForAll(Texts, text =>
        !System.Text.Ascii.IsValid(text)
        || Standard.Of(kind, text.ToUpperInvariant()) == Standard.Of(kind, text.ToLowerInvariant())));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Nothing_is_missing(FieldKind kind)
    {
        foreach (string nothing in new[] { "", " ", "\t \n", "-", "--", "?", "...", "n/a", "N/A", "unknown", "not available", "Not Provided" })
        {
            Assert.Equal(("", ValueQuality.Missing), Standard.Of(kind, nothing));
        }
    }

    [Theory]
    [InlineData(FieldKind.GivenName, "null", true)]
    [InlineData(FieldKind.GivenName, "Nan", false)]
    [InlineData(FieldKind.City, "NONE", true)]
    [InlineData(FieldKind.Country, "na", false)]
    [InlineData(FieldKind.Category, "no", false)]
    [InlineData(FieldKind.Category, "null", true)]
    [InlineData(FieldKind.Number, "NaN", true)]
    [InlineData(FieldKind.Sex, "na", true)]
    [InlineData(FieldKind.Identifier, "x", true)]
    [InlineData(FieldKind.OrganizationName, "None", true)]
    [InlineData(FieldKind.OrganizationName, "Null Ltd", false)]
    [InlineData(FieldKind.MiddleName, "X", false)]
    public void Words_that_can_be_values_are_placeholders_only_where_they_cannot_be(FieldKind kind, string raw, bool missing) =>
        Assert.Equal(missing, Standard.Of(kind, raw).Quality == ValueQuality.Missing);

    [Fact]
    public void Threads_share_a_standardizer()
    {
        IStandardizer standardizer = Standardizers.For(FieldKind.FullName);
        string[] names = [.. Enumerable.Range(0, 2000).Select(i => $"Dr. Müller-{i}, Jürgen {i % 7}")];
        string[] expected = [.. names.Select(name => Standard.Of(standardizer, name).Form)];
        string[] actual = [.. names.AsParallel().AsOrdered().WithDegreeOfParallelism(4).Select(name => Standard.Of(standardizer, name).Form)];
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Ignored_values_are_missing_however_they_are_spelled()
    {
        var options = new StandardizationOptions { IgnoredValues = ["Kunde ohne Namen"] };
        Assert.Equal(ValueQuality.Missing, Standard.Of(FieldKind.Surname, "KUNDE  ohne-Namen", options).Quality);
        Assert.Equal(ValueQuality.Valid, Standard.Of(FieldKind.Surname, "Kunde", options).Quality);
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Standardizers.For(FieldKind.Text, new() { DefaultRegion = "USA" }));
        Assert.Throws<ArgumentException>(() => Standardizers.For(FieldKind.Text, new() { TwoDigitYearPivot = 26 }));
        Assert.Throws<ArgumentException>(() => Standardizers.For(FieldKind.Text, new() { DateOrder = (DateOrder)9 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Standardizers.For((FieldKind)99));
    }
}
