using System.Globalization;
using System.Text;
using IdentityResolution.Matching;

namespace IdentityResolution.Tests.Matching;

public class StandardDatesTests
{
    [Fact]
    public void Dates_are_compared_as_the_calendar_does() => Law.Holds(random =>
    {
        var left = DateOnly.FromDayNumber(random.Next(DateOnly.MaxValue.DayNumber));
        var right = random.Next(3) switch
        {
            0 => left.AddYears(left.Year < 9000 ? 1 : -1),
            1 when left.Day <= 12 => new DateOnly(left.Year, left.Day, left.Month),
            _ => DateOnly.FromDayNumber(random.Next(DateOnly.MaxValue.DayNumber)),
        };
        byte[] one = Text(left);
        byte[] other = Text(right);
        int equal = (left.Year == right.Year ? 1 : 0) + (left.Month == right.Month ? 1 : 0) + (left.Day == right.Day ? 1 : 0);
        Assert.Equal(equal, StandardDates.EqualParts(one, other));
        Assert.Equal(left.Year == right.Year && left.Month == right.Day && left.Day == right.Month, StandardDates.DayMonthSwapped(one, other));
        Assert.Equal(Math.Abs(left.DayNumber - right.DayNumber), StandardDates.DaysBetween(one, other));
    });

    [Theory]
    [InlineData("")]
    [InlineData("1980")]
    [InlineData("1980-03")]
    [InlineData("1980-3-04x")]
    [InlineData("80-03-1984")]
    [InlineData("1980-13-01")]
    [InlineData("1980-02-30")]
    [InlineData("0000-01-01")]
    [InlineData("abcd-ef-gh")]
    public void What_is_no_date_is_infinitely_far_from_one(string value) =>
        Assert.Equal(double.PositiveInfinity, StandardDates.DaysBetween(Encoding.UTF8.GetBytes(value), "1980-03-04"u8));

    private static byte[] Text(DateOnly date) => Encoding.UTF8.GetBytes(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
}
