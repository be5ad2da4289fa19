using IdentityResolution.Similarity;

namespace IdentityResolution.Tests.Similarity;

public class NumericSimilarityTests
{
    [Fact]
    public void Curves_are_one_up_to_the_offset_and_one_half_a_scale_later()
    {
        foreach (Func<double, double, double, double> curve in new Func<double, double, double, double>[]
            { NumericSimilarity.Linear, NumericSimilarity.Exponential, NumericSimilarity.Gaussian })
        {
            Assert.Equal(1, curve(0, 4, 1));
            Assert.Equal(1, curve(1, 4, 1));
            Assert.Equal(0.5, curve(5, 4, 1), 1e-15);
            Assert.True(curve(9, 4, 1) < 0.3);
            Assert.Equal(0, curve(double.NaN, 4, 1));
            Assert.Equal(0, curve(double.PositiveInfinity, 4, 1));
            Assert.Throws<ArgumentOutOfRangeException>(() => curve(1, 0, 0));
            Assert.Throws<ArgumentOutOfRangeException>(() => curve(1, 1, -1));
        }
        Assert.Equal(0, NumericSimilarity.Linear(9, 4, 1));
        Assert.Equal(0.25, NumericSimilarity.Exponential(9, 4, 1), 1e-15);
        Assert.Equal(0.0625, NumericSimilarity.Gaussian(9, 4, 1), 1e-15);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(90, 100, 0.1)]
    [InlineData(100, 90, 0.1)]
    [InlineData(-1, 1, 2)]
    [InlineData(0, 5, 1)]
    [InlineData(double.MaxValue, double.MinValue, 2)]
    public void Relative_distance_is_a_share_of_the_larger_number(double left, double right, double expected) =>
        Assert.Equal(expected, NumericSimilarity.RelativeDistance(left, right), 1e-15);

    [Fact]
    public void What_is_not_finite_has_no_distance()
    {
        Assert.Equal(double.NaN, NumericSimilarity.AbsoluteDistance(double.NaN, 1));
        Assert.Equal(double.NaN, NumericSimilarity.RelativeDistance(1, double.PositiveInfinity));
        Assert.Equal(2.5, NumericSimilarity.AbsoluteDistance(-1, 1.5));
    }

    [Fact]
    public void Dates_differ_by_time_and_by_typing()
    {
        var date = new DateOnly(1984, 4, 3);
        Assert.Equal(31, DateDistance.Days(date, new DateOnly(1984, 3, 3)));
        Assert.Equal(1, DateDistance.Years(date, date.AddDays(365)), 0.001);
        Assert.True(DateDistance.IsDayMonthSwap(date, new DateOnly(1984, 3, 4)));
        Assert.False(DateDistance.IsDayMonthSwap(date, date));
        Assert.False(DateDistance.IsDayMonthSwap(new DateOnly(1984, 4, 4), new DateOnly(1985, 4, 4)));
        Assert.Equal(0, DateDistance.DigitEdits(date, date));
        Assert.Equal(1, DateDistance.DigitEdits(date, new DateOnly(1948, 4, 3)));
        Assert.Equal(2, DateDistance.DigitEdits(new DateOnly(1, 1, 1), new DateOnly(1, 11, 11)));
    }

    [Theory]
    [InlineData(52.5200, 13.4050, 48.8566, 2.3522, 877.5)] // Berlin, Paris
    [InlineData(0, 0, 0, 180, 20015.1)] // half way round
    [InlineData(90, 0, -90, 0, 20015.1)]
    [InlineData(10, 179.5, 10, -180.5, 0)]
    public void Great_circles_have_their_known_lengths(double latitude, double longitude, double latitude2, double longitude2, double kilometres)
    {
        Assert.Equal(kilometres, GeographicDistance.Haversine(latitude, longitude, latitude2, longitude2), 0.5);
        Assert.Equal(kilometres, GeographicDistance.Haversine(latitude2, longitude2, latitude, longitude), 0.5);
    }

    [Fact]
    public void Places_that_do_not_exist_have_no_distance()
    {
        Assert.Equal(double.NaN, GeographicDistance.Haversine(91, 0, 0, 0));
        Assert.Equal(double.NaN, GeographicDistance.Haversine(0, 0, double.NaN, 0));
        Assert.Equal(double.NaN, GeographicDistance.Haversine(0, double.PositiveInfinity, 0, 0));
    }
}
