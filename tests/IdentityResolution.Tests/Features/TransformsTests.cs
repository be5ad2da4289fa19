using IdentityResolution.Features;
using IdentityResolution.Fields;

namespace IdentityResolution.Tests.Features;

public class TransformsTests
{
    [Theory]
    [InlineData("soundex", "mc grane", "M265")]
    [InlineData("soundex", "mcgrane", "M265")]
    [InlineData("soundex", "van der berg", "V536")]
    [InlineData("soundex", "garcia lopez", "G620")]
    [InlineData("prefix:3", "smith", "smi")]
    [InlineData("prefix:3", "li", "")]
    [InlineData("suffix:3", "smith", "ith")]
    [InlineData("suffix:6", "smith", "")]
    [InlineData("initial", "smith", "s")]
    [InlineData("first", "anna maria", "anna")]
    [InlineData("first", "anna", "anna")]
    [InlineData("last", "anna maria", "maria")]
    [InlineData("last", "anna", "anna")]
    [InlineData("sorted", "lee ann bo", "ann bo lee")]
    [InlineData("digits", "12a high st 3", "123")]
    [InlineData("digits", "high st", "")]
    [InlineData("soundex", "robert smith", "R163")]
    [InlineData("metaphone", "smith", "SM0")]
    [InlineData("metaphone", "123", "")]
    [InlineData("formal", "zzyzx", "zzyzx")]
    [InlineData("year", "1980-03-04", "1980")]
    [InlineData("year", "1980", "1980")]
    [InlineData("year", "198x", "")]
    [InlineData("year", "19800304", "")]
    [InlineData("year_month", "1980-03-04", "1980-03")]
    [InlineData("year_month", "1980", "")]
    [InlineData("month_day", "1980-03-04", "03-04")]
    [InlineData("month_day", "1980-03", "")]
    [InlineData("generation", "david dobbins jr", "2")]
    [InlineData("generation", "morris ii klein", "2")]
    [InlineData("generation", "david dobbins, sr.", "1")]
    [InlineData("generation", "john smith iii", "3")]
    [InlineData("generation", "david dobbins", "")]
    [InlineData("generation", "junior", "")]
    [InlineData("local", "ann@example.com", "ann")]
    [InlineData("local", "ann", "")]
    [InlineData("local", "@example.com", "")]
    [InlineData("domain", "ann@example.com", "example.com")]
    [InlineData("domain", "ann", "")]
    public void A_transform_makes_a_feature_of_a_value(string transform, string value, string feature)
    {
        TransformStep step = TransformStep.Parse(transform, out _)!.Value;
        var destination = new char[64];
        Assert.Equal(feature, new string(destination, 0, Transforms.Apply(step, value, destination)));
    }

    [Fact]
    public void A_nickname_becomes_the_formal_name_of_its_group() => Assert.Equal(Formal("robert"), Formal("bob"));

    [Fact]
    public void Transforms_take_any_value() => Law.Holds(
        random =>
        {
            string value = string.Concat(Enumerable.Range(0, random.Next(1, 400)).Select(_ => RandomUnit(random)));
            var destination = new char[Math.Max(64, value.Length)];
            foreach (Transform transform in Enum.GetValues<Transform>())
            {
                int argument = transform is Transform.Prefix or Transform.Suffix ? random.Next(1, 101) : 0;
                Assert.InRange(Transforms.Apply(new TransformStep(transform, argument), value, destination), 0, destination.Length);
            }
        });

    [Fact]
    public void Values_with_equal_features_have_equal_codes_in_chains_of_any_length()
    {
        var table = TestTable.Of(("email", ["ann.smith@a.com", "ANN", null, "anna@b.com", new string('x', 600) + "@c.com", "ann.smith@z.com"]));
        FeatureMap map = table.Prepare("email.local.prefix:3");
        Assert.Equal([0, -1, -1, 0, 1, 0], Enumerable.Range(0, 6).Select(map.CodeOf));
        Assert.Same(map, table.Prepare("email.local.prefix:3"));
        Assert.Equal([0, 1, -1, 2, 3, 4], Enumerable.Range(0, 6).Select(table.Prepare("email").CodeOf));
    }

    private static string Formal(string name)
    {
        var destination = new char[64];
        return new string(destination, 0, Transforms.Apply(new TransformStep(Transform.Formal, 0), name, destination));
    }

    private static string RandomUnit(Random random) => random.Next(10) switch
    {
        0 => " ",
        1 => "@",
        2 => "-",
        3 => "🙂",
        4 => ((char)random.Next(0xC0, 0x250)).ToString(),
        5 => ((char)('0' + random.Next(10))).ToString(),
        _ => ((char)('a' + random.Next(26))).ToString(),
    };
}
