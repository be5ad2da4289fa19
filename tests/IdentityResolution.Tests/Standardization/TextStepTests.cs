using IdentityResolution.Standardization;
using IdentityResolution.Standardization.Text;

namespace IdentityResolution.Tests.Standardization;

public class TextStepTests
{
    private static readonly string[] Names =
    [
        "remove:a", "remove:ab", "replace:a=>bcd", "replace:ab=>", "replace:b=>aa", "before:b", "after:b", "no_brackets", "no_digits", "no_punctuation", "digits", "letters",
        "no_leading_zeros", "pad_zeros:7",
    ];

    [Theory]
    [InlineData("remove:ltd.", "Acme LTD. (ltd.)", "Acme  ()")]
    [InlineData("remove: ", "a b  c", "abc")]
    [InlineData("replace:&=> and ", "Smith&Sons", "Smith and Sons")]
    [InlineData("replace:ss=>ß", "Strasse", "Straße")]
    [InlineData("replace:a=>", "banana", "bnn")]
    [InlineData("before:;", "020 7946 0958; 020 7946 0959", "020 7946 0958")]
    [InlineData("before:;", "020 7946 0958", "020 7946 0958")]
    [InlineData("after:Tel:", "TEL: 123", " 123")]
    [InlineData("no_brackets", "Anna (née Ray) Lee [x", "Anna   Lee [x")]
    [InlineData("no_brackets", "(a)(b)c>", "  c>")]
    [InlineData("no_digits", "smith2 ٣", "smith ")]
    [InlineData("no_punctuation", "a.b-c d", "a b c d")]
    [InlineData("digits", "SSN 12-34", "1234")]
    [InlineData("letters", "O'Neil 2nd", "ONeil nd")]
    [InlineData("no_leading_zeros", " 00120 ", "120")]
    [InlineData("no_leading_zeros", "000", "0")]
    [InlineData("pad_zeros:5", "123", "00123")]
    [InlineData("pad_zeros:5", "123456", "123456")]
    [InlineData("pad_zeros:5", "", "")]
    public void A_step_changes_the_text(string step, string text, string expected)
    {
        TextStep parsed = TextStep.Parse(step, out _)!;
        var destination = new char[parsed.MaxLength(text.Length)];
        Assert.Equal(expected, new string(destination, 0, parsed.Apply(text, destination)));
    }

    [Fact]
    public void Any_steps_fit_their_longest_text() => Law.Holds(random =>
    {
        string text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => "abAB01 (.)-;"[random.Next(12)]));
        string[] steps = [.. Enumerable.Range(0, random.Next(5)).Select(_ => Names[random.Next(Names.Length)])];
        string expected = TextStep.ApplyAll(steps, text).ToString();
        IStandardizer stepped = Standardizers.For(FieldKind.Text, new() { Steps = steps });
        Assert.Equal(Standard.Of(FieldKind.Text, expected), Standard.Of(stepped, text));
    });

    [Fact]
    public void Steps_do_not_allocate()
    {
        IStandardizer standardizer = Standardizers.For(FieldKind.Identifier, new() { Steps = ["after:-", "no_leading_zeros", "pad_zeros:12"] });
        var buffer = new char[standardizer.MaxLength(12)];
        Assert.Equal(0, Allocations.Of(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                standardizer.Standardize("kto-00004711", buffer);
            }
        }));
    }
}
