using System.Text;
using IdentityResolution.Matching;

namespace IdentityResolution.Tests.Matching;

public class LocationsTests
{
    [Theory]
    [InlineData("51.5074 -0.1278", "48.8566 2.3522", 343.6)]
    [InlineData("51.5074 -0.1278", "51.5074 -0.1278", 0)]
    [InlineData("0 179.9", "0 -179.9", 22.2)]
    public void Places_are_as_far_apart_as_on_a_globe(string left, string right, double kilometres)
    {
        Assert.Equal(kilometres, Locations.Kilometres(Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right)), 0.5);
        Assert.Equal(Locations.Kilometres(Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right)), Locations.Kilometres(Encoding.UTF8.GetBytes(right), Encoding.UTF8.GetBytes(left)), 1e-9);
    }

    [Theory]
    [InlineData("51.5074")]
    [InlineData("51.5074 ")]
    [InlineData("london 5")]
    [InlineData("95 5")]
    [InlineData("51 5 7")]
    public void What_is_no_place_is_nowhere_near(string text) =>
        Assert.Equal(double.PositiveInfinity, Locations.Kilometres(Encoding.UTF8.GetBytes(text), "51.5074 -0.1278"u8));

    [Theory]
    [InlineData("51.5074 -0.1278", "51.5079 -0.1278", 1)]
    [InlineData("51.5074 -0.1278", "51.5124 -0.1278", 2)]
    [InlineData("51.5074 -0.1278", "51.5574 -0.1278", 3)]
    [InlineData("51.5074 -0.1278", "52.2053 0.1218", 4)]
    [InlineData("51.5074 -0.1278", "48.8566 2.3522", 5)]
    [InlineData("51.5074 -0.1278", "london", 5)]
    public void The_ready_comparison_has_levels_of_distance(string left, string right, int level)
    {
        var model = new IdentityModel { Fields = [new Field { Name = "place", Kind = FieldKind.Location }], Comparisons = [ReadyComparisons.For("place", FieldKind.Location)] };
        var levels = new byte[1];
        new PairComparer(new CompiledModel(model, TestTable.Of(("place", [left, right])))).Compare(0, 1, levels);
        Assert.Equal(level, levels[0]);
    }
}
