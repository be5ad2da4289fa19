using System.Globalization;
using System.Text;
using IdentityResolution.Identity;

namespace IdentityResolution.Tests.Identity;

public class MillionthsTests
{
    [Theory]
    [InlineData(0, "0.000000")]
    [InlineData(1, "0.000001")]
    [InlineData(998_700, "0.998700")]
    [InlineData(999_999, "0.999999")]
    [InlineData(1_000_000, "1.000000")]
    public void Text_has_six_decimals(int millionths, string text)
    {
        var written = new byte[Millionths.TextLength];
        Millionths.Write(millionths, written);

        Assert.Equal(text, Encoding.ASCII.GetString(written));
        Assert.True(Millionths.TryRead(written, out int read));
        Assert.Equal(millionths, read);
    }

    [Theory]
    [InlineData("1", 1_000_000)]
    [InlineData("0", 0)]
    [InlineData("0.5", 500_000)]
    [InlineData("0.", 0)]
    public void Shorter_text_is_read(string text, int millionths)
    {
        Assert.True(Millionths.TryRead(Encoding.ASCII.GetBytes(text), out int read));
        Assert.Equal(millionths, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1.000001")]
    [InlineData("2")]
    [InlineData("-0.5")]
    [InlineData("0.0000001")]
    [InlineData("0,5")]
    [InlineData("0.5e1")]
    [InlineData("NaN")]
    public void Other_text_is_refused(string text) => Assert.False(Millionths.TryRead(Encoding.ASCII.GetBytes(text), out _));

    [Fact]
    public void Every_number_survives_being_a_probability()
    {
        for (int millionths = 0; millionths <= 1_000_000; millionths++)
        {
            double probability = Millionths.ToProbability(millionths)!.Value;
            Assert.Equal(millionths, Millionths.From(probability));
        }
        Assert.Equal(0.9987, Millionths.ToProbability(998_700));
        Assert.Equal("0.9987", Millionths.ToProbability(998_700)!.Value.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void No_probability_is_none()
    {
        Assert.Equal(Millionths.None, Millionths.From(null));
        Assert.Null(Millionths.ToProbability(Millionths.None));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_number_that_is_no_probability_is_refused(double probability) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Millionths.From(probability));
}
