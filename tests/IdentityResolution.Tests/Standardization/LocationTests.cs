using IdentityResolution.Standardization;

namespace IdentityResolution.Tests.Standardization;

public class LocationTests
{
    [Theory]
    [InlineData("51.5074 -0.1278", "51.5074 -0.1278")]
    [InlineData("51.5074,-0.1278", "51.5074 -0.1278")]
    [InlineData(" (51.50740; -0.12780) ", "51.5074 -0.1278")]
    [InlineData("51,5074 -0,1278", "51.5074 -0.1278")]
    [InlineData("51,5074;-0,1278", "51.5074 -0.1278")]
    [InlineData("51.5074N, 0.1278W", "51.5074 -0.1278")]
    [InlineData("0.1278 W 51.5074 N", "51.5074 -0.1278")]
    [InlineData("33.8688 s 151.2093 e", "-33.8688 151.2093")]
    [InlineData("POINT(-0.1278 51.5074)", "51.5074 -0.1278")]
    [InlineData("51.507402 -0.127799", "51.5074 -0.1278")]
    [InlineData("51, -3", "51 -3")]
    [InlineData("-0.000001 10", "0 10")]
    public void A_pair_of_degrees_has_one_form(string raw, string form) => Assert.Equal((form, ValueQuality.Valid), Standard.Of(FieldKind.Location, raw));

    [Theory]
    [InlineData("0 0")]
    [InlineData("0.000000,-0.000000")]
    [InlineData("n/a")]
    [InlineData(" ")]
    public void The_point_that_programs_write_for_nowhere_is_missing(string raw) => Assert.Equal(ValueQuality.Missing, Standard.Of(FieldKind.Location, raw).Quality);

    [Theory]
    [InlineData("91 5")]
    [InlineData("5 181")]
    [InlineData("51.5")]
    [InlineData("51.5 ")]
    [InlineData("1 2 3")]
    [InlineData("51.5N 0.1N")]
    [InlineData("-51.5N 0.1E")]
    [InlineData("1e1 5")]
    [InlineData("london")]
    public void What_is_no_place_on_earth_is_suspect(string raw) => Assert.Equal(ValueQuality.Suspect, Standard.Of(FieldKind.Location, raw).Quality);
}
