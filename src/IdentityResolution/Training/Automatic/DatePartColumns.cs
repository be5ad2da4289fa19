namespace IdentityResolution.Training;

/// <summary>Finds dates that stand in three columns: day, month and year.</summary>
internal static class DatePartColumns
{
    private static readonly string[] Days = ["day", "dd", "d"];
    private static readonly string[] Months = ["month", "mon", "mm", "m"];
    private static readonly string[] Years = ["year", "yyyy", "yr", "y"];

    /// <summary>The dates, each as the columns year, month, day of every input that has all three.</summary>
    public static List<ColumnGroup> Find(IReadOnlyList<ColumnProfile> columns)
    {
        var groups = new Dictionary<string, List<ColumnProfile>>(StringComparer.Ordinal);
        foreach (IGrouping<Records.RecordSegment, ColumnProfile> input in columns.GroupBy(column => column.Input))
        {
            foreach (ColumnProfile day in input.Where(column => Is(column, Days)))
            {
                string stem = ColumnName.Parse(day.Column.Name).Without(Days);
                ColumnProfile? month = input.FirstOrDefault(column => Is(column, Months) && Stem(column, Months) == stem);
                ColumnProfile? year = input.FirstOrDefault(column => Is(column, Years) && Stem(column, Years) == stem);
                if (month is not null && year is not null)
                {
                    string name = stem.Length == 0 ? "date" : stem;
                    if (!groups.TryGetValue(name, out List<ColumnProfile>? group))
                    {
                        groups.Add(name, group = []);
                    }
                    group.AddRange([year, month, day]);
                }
            }
        }
        return [.. groups.Select(group => new ColumnGroup(group.Key, FieldKind.BirthDate, group.Value))];
    }

    private static bool Is(ColumnProfile column, string[] words) =>
        column.Numbers > 0.9 && ColumnName.Parse(column.Column.Name).Has(words);

    private static string Stem(ColumnProfile column, string[] words) => ColumnName.Parse(column.Column.Name).Without(words);
}
