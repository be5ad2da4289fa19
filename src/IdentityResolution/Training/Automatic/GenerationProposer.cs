using IdentityResolution.Internals;
using IdentityResolution.Records;
using IdentityResolution.Standardization.Names;

namespace IdentityResolution.Training;

/// <summary>Keeps father and son apart where names state generations: they share a name, and often an address, an e-mail account and a telephone.</summary>
internal static class GenerationProposer
{
    /// <summary>The name of the field that holds whole names with their suffixes.</summary>
    public const string FieldName = "name_with_suffix";

    // So many distinct values of a column are looked at.
    private const int SampleSize = 20_000;

    /// <summary>A field of names with their suffixes; null when the records don't state several generations.</summary>
    /// <param name="fields">The fields proposed so far.</param>
    /// <param name="records">The records.</param>
    /// <param name="decisions">Receives the decision.</param>
    public static Field? Propose(IReadOnlyList<Field> fields, RecordTable records, List<string> decisions)
    {
        Field[] names = [.. fields.Where(field => field.Kind == FieldKind.FullName)
            .Concat(fields.Where(field => field.Kind == FieldKind.GivenName)).Concat(fields.Where(field => field.Kind == FieldKind.Surname))];
        if (names.Length == 0 || fields.Any(field => string.Equals(field.Name, FieldName, StringComparison.Ordinal)))
        {
            return null;
        }
        var bySource = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var generations = new HashSet<string>(StringComparer.Ordinal);
        foreach (RecordSegment segment in InputOrder.Of(records))
        {
            string[] columns = [.. names.SelectMany(field => field.ColumnsOf(segment.Source))
                .Concat(segment.Columns.Select(column => column.Name).Where(name => ColumnName.Parse(name).Last is "suffix"))
                .Distinct(StringComparer.OrdinalIgnoreCase)];
            if (columns.Length == 0)
            {
                continue;
            }
            bySource[segment.Source] = columns;
            foreach (RawColumn column in segment.Columns.Where(column => columns.Contains(column.Name, StringComparer.OrdinalIgnoreCase)))
            {
                generations.UnionWith(Generations(column));
            }
        }
        if (generations.Count < 2)
        {
            return null;
        }
        decisions.Add("Names state generations (Jr, Sr, II): two records that state different ones are two people.");
        return new Field
        {
            Name = FieldName,
            Kind = FieldKind.Category,
            Columns = bySource,
        };
    }

    /// <summary>The rule that keeps different generations apart.</summary>
    public static MatchRule Rule() => new()
    {
        Name = "different generation",
        Effect = MatchRuleEffect.Forbid,
        Different = [$"{FieldName}.generation"],
    };

    // A suffix may fill a column of its own, so a name is put before it. A single letter I is an initial more often than a number: it alone decides nothing.
    private static IEnumerable<string> Generations(RawColumn column)
    {
        int step = Math.Max(1, column.Values.Count / SampleSize);
        for (int code = 0; code < column.Values.Count; code++)
        {
            // Drawn by hash, not by position, so that the order of rows decides nothing.
            if (step > 1 && StableHash.Of(column.Values[code]) % (ulong)step != 0)
            {
                continue;
            }
            string[] words = column.Values.GetString(code).ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length is > 0 and <= 6 && words[^1] != "i" && (words.Length > 1 || ColumnName.Parse(column.Name).Last is "suffix")
                && NameGeneration.Of($"- {words[^1]}") is { Length: > 0 } generation)
            {
                yield return generation;
            }
        }
    }
}
