using System.Text;
using IdentityResolution.Matching;

namespace IdentityResolution.Tests.Matching;

public class NumbersTests
{
    [Theory]
    [InlineData("10", "12.5", 2.5, 20)]
    [InlineData("12.5", "10", 2.5, 20)]
    [InlineData("-10", "10", 20, 200)]
    [InlineData("0", "0", 0, 0)]
    [InlineData("0", "5", 5, 100)]
    [InlineData("1e3", "1000", 0, 0)]
    [InlineData("ten", "10", double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData("10", "", double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData("10 ", "10", double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData("NaN", "10", double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData("1e999", "10", double.PositiveInfinity, double.PositiveInfinity)]
    public void Numbers_differ_by_so_much(string left, string right, double difference, double percent)
    {
        Assert.Equal(difference, Numbers.Difference(Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right)), 12);
        Assert.Equal(percent, Numbers.Percent(Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right)), 12);
    }
}
