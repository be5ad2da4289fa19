using System.Globalization;

namespace IdentityResolution.Tests.Training.Automatic;

public class LocationColumnsTests
{
    [Theory]
    [InlineData("latitude", "longitude", "location")]
    [InlineData("LAT", "LNG", "location")]
    [InlineData("home_lat", "home_lon", "home_location")]
    public void Latitude_and_longitude_in_two_columns_are_one_place(string latitude, string longitude, string name)
    {
        IdentityModel model = Infer((i, place) => [(latitude, Text(place.Latitude)), (longitude, Text(place.Longitude))]);
        Field field = Assert.Single(model.Fields, field => field.Kind == FieldKind.Location);
        Assert.Equal(name, field.Name);
        Assert.All(field.Columns.Values, columns => Assert.Equal([latitude, longitude], columns));
        Comparison comparison = model.Comparisons.Single(comparison => comparison.Field == name);
        // Somebody's own home within a hundred metres says more than three bits.
        Assert.True(comparison.Levels.Single(level => level.When == "kilometres <= 0.1").Weight > 3000);
    }

    [Fact]
    public void Places_in_one_column_are_found_by_content()
    {
        IdentityModel model = Infer((i, place) => [("geo", $"{Text(place.Latitude)}, {Text(place.Longitude)}")]);
        Assert.Equal("geo", Assert.Single(model.Fields, field => field.Kind == FieldKind.Location).Name);
    }

    [Fact]
    public void Columns_that_hold_no_degrees_are_no_place()
    {
        IdentityModel model = Infer((i, place) => [("lat", Text(place.Latitude * 100)), ("long", Text(place.Longitude))]);
        Assert.DoesNotContain(model.Fields, field => field.Kind == FieldKind.Location);
    }

    private static string Text(double degrees) => degrees.ToString("F6", CultureInfo.InvariantCulture);

    // Each customer has a home; each record of it was measured some ten metres off.
    private static IdentityModel Infer(Func<int, (double Latitude, double Longitude), (string, string?)[]> columns)
    {
        Dictionary<RecordKey, string> truth = Customers.Truth(400);
        var homes = new Dictionary<string, (double Latitude, double Longitude)>(StringComparer.Ordinal);
        var random = new Random(6);
        SourceRecord[] records = [.. Customers.Generate(400).Select((record, i) =>
        {
            if (!homes.TryGetValue(truth[record.Key], out (double Latitude, double Longitude) home))
            {
                homes.Add(truth[record.Key], home = (50 + (5 * random.NextDouble()), -3 + (4 * random.NextDouble())));
            }
            (string Name, string? Value)[] place = columns(i, (home.Latitude + (random.NextDouble() / 10_000), home.Longitude + (random.NextDouble() / 10_000)));
            return SourceRecord.Create(record.Key.Source, record.Key.Id, [.. record.Values.Select(value => (value.Key, value.Value)), .. place]);
        })];
        RecordSet[] inputs = [.. records.GroupBy(record => record.Key.Source).Select(source => RecordSet.From(source.ToArray(), source.Key))];
        return IdentityResolver.CreateAutomatic(options: Customers.Options).Resolve(inputs).Model;
    }
}
