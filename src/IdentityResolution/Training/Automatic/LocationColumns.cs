namespace IdentityResolution.Training;

/// <summary>Finds places that stand in two columns: latitude and longitude, in degrees.</summary>
internal static class LocationColumns
{
    private static readonly string[] Latitudes = ["latitude", "lat"];
    private static readonly string[] Longitudes = ["longitude", "lon", "lng", "long"];

    // So many of the distinct values must be degrees.
    private const double Most = 0.95;

    /// <summary>The places, each as the columns latitude, longitude of every input that has both.</summary>
    public static List<ColumnGroup> Find(IReadOnlyList<ColumnProfile> columns)
    {
        var groups = new Dictionary<string, List<ColumnProfile>>(StringComparer.Ordinal);
        foreach (IGrouping<Records.RecordSegment, ColumnProfile> input in columns.GroupBy(column => column.Input))
        {
            foreach (ColumnProfile latitude in input.Where(column => Is(column, Latitudes, 90)))
            {
                string stem = ColumnName.Parse(latitude.Column.Name).Without(Latitudes);
                ColumnProfile? longitude = input.FirstOrDefault(column => Is(column, Longitudes, 180) && ColumnName.Parse(column.Column.Name).Without(Longitudes) == stem);
                if (longitude is not null)
                {
                    string name = stem.Length == 0 ? "location" : $"{stem}_location";
                    if (!groups.TryGetValue(name, out List<ColumnProfile>? group))
                    {
                        groups.Add(name, group = []);
                    }
                    group.AddRange([latitude, longitude]);
                }
            }
        }
        return [.. groups.Select(group => new ColumnGroup(group.Key, FieldKind.Location, group.Value))];
    }

    private static bool Is(ColumnProfile column, string[] words, double limit)
    {
        if (!ColumnName.Parse(column.Column.Name).Has(words))
        {
            return false;
        }
        int degrees = 0;
        for (int code = 0; code < column.Column.Values.Count; code++)
        {
            degrees += double.TryParse(
                column.Column.Values.GetString(code).Trim().Replace(',', '.'), System.Globalization.CultureInfo.InvariantCulture, out double value) && Math.Abs(value) <= limit ? 1 : 0;
        }
        return degrees >= Most * column.Column.Values.Count;
    }
}
