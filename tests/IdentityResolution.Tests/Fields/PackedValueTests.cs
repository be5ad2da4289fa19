using IdentityResolution.Fields;

namespace IdentityResolution.Tests.Fields;

public class PackedValueTests
{
    [Theory]
    [InlineData("SSN 123-45-6789; DL 4711", "ssn=123-45-6789 dl=4711")]
    [InlineData("passport: X99; x1", "passport=X99 x1")]
    [InlineData("[\"a12\";\"b34\"]", "a12 b34")]
    [InlineData("{\"tax id\": \"DE123\"}", "taxid=DE123")]
    [InlineData(" ; ;77", "77")]
    [InlineData("AB12 34", "AB12 34")]
    public void Identifiers_are_taken_apart_with_their_labels(string text, string expected) =>
        Assert.Equal(expected, Split(text, FieldKind.Identifier));

    [Theory]
    [InlineData("call 12;34", "call 12 34")]
    [InlineData("('x@y.z');\"a@b.c\"", "x@y.z a@b.c")]
    public void Other_values_have_no_labels(string text, string expected) => Assert.Equal(expected, Split(text, FieldKind.Phone));

    [Fact]
    public void Without_separators_a_text_is_one_value() =>
        Assert.Equal([new PackedValue(null, "SSN 1; DL 2")], PackedValue.Split("SSN 1; DL 2", new Field { Name = "id", Kind = FieldKind.Identifier }));

    private static string Split(string text, FieldKind kind) => string.Join(' ', PackedValue
        .Split(text, new Field { Name = "id", Kind = kind, Separators = [";"] })
        .Select(value => value.Label is null ? value.Text : $"{value.Label}={value.Text}"));
}
