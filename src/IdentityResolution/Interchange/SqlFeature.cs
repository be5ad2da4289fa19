using System.Globalization;
using IdentityResolution.Features;

namespace IdentityResolution.Interchange;

/// <summary>A column of one side, and what functions make of it, in the words of feature expressions.</summary>
/// <param name="Side"><see cref="SqlKind.Left"/> or <see cref="SqlKind.Right"/>.</param>
/// <param name="Column">The column.</param>
/// <param name="Steps">The transforms, from left to right.</param>
/// <param name="Traits">What the functions say about the column.</param>
internal sealed record SqlFeature(SqlKind Side, string Column, IReadOnlyList<TransformStep> Steps, SqlTraits Traits)
{
    private const string WholeDate = "the function that is used on a date";

    /// <summary>Is the other one the same feature of the other side?</summary>
    public bool Mirrors(SqlFeature other) =>
        Side != other.Side && string.Equals(Column, other.Column, StringComparison.OrdinalIgnoreCase) && Steps.SequenceEqual(other.Steps);

    /// <summary>The transforms as they are written after the field: empty, or <c>.prefix:3</c>.</summary>
    public string Suffix => string.Concat(Steps.Select(step => $".{step}"));

    /// <summary>Reads a feature.</summary>
    /// <param name="node">The SQL.</param>
    /// <param name="error">Why it is none.</param>
    public static SqlFeature? Read(SqlNode node, out string error)
    {
        error = "";
        if (node.Kind is SqlKind.Left or SqlKind.Right)
        {
            return new SqlFeature(node.Kind, node.Name, [], SqlTraits.None);
        }
        if (node.Kind != SqlKind.Call || node.Arguments.Count == 0)
        {
            error = node.Kind == SqlKind.Column ? $"'{node.Name}' is a column of neither side" : "a fixed value is compared";
            return null;
        }
        if (Inner(node) is not { } inner)
        {
            error = $"'{node.Name}' has no counterpart here";
            return null;
        }
        if (Read(inner.Node, out error) is not { } feature)
        {
            return null;
        }
        // A date is read as a date only where it stands itself.
        if (inner.Traits.Kind == FieldKind.BirthDate && feature.Steps.Count > 0)
        {
            error = $"{WholeDate} has no counterpart here";
            return null;
        }
        return feature with
        {
            Steps = inner.Step is { } step ? [.. feature.Steps, step] : feature.Steps,
            Traits = feature.Traits.And(inner.Traits),
        };
    }

    // What a function works on, and what it does.
    private static (SqlNode Node, TransformStep? Step, SqlTraits Traits)? Inner(SqlNode node)
    {
        SqlNode first = node.Arguments[0];
        SqlNode? second = node.Arguments.Count > 1 ? node.Arguments[1] : null;
        SqlNode? third = node.Arguments.Count > 2 ? node.Arguments[2] : null;
        switch (node.Name)
        {
            case "lower" or "upper" or "trim" or "ltrim" or "rtrim" or "lcase" or "ucase" when second is null:
            case "cast varchar" or "cast text" or "cast string" or "cast char":
            case "nullif" when second is { Kind: SqlKind.Text, Name: "" }:
                return (first, null, SqlTraits.None);
            case "cast date" or "cast timestamp":
                return (first, null, SqlTraits.Date(null));
            case "try_strptime" or "strptime" or "to_date" or "try_to_date" or "to_timestamp" or "try_to_timestamp" or "str_to_date":
                return (first, null, SqlTraits.Date(second is { Kind: SqlKind.Text } ? second.Name : null));
            case "substr" or "substring" when Whole(second) is 1 && Whole(third) is { } length:
                return Cut(first, length == 1 ? Transform.Initial : Transform.Prefix, length);
            case "left" when Whole(second) is { } length:
                return Cut(first, length == 1 ? Transform.Initial : Transform.Prefix, length);
            case "right" when Whole(second) is { } length:
                return Cut(first, Transform.Suffix, length);
            case "substr" or "substring" when third is null && Whole(second) is { } end and < 0:
                return Cut(first, Transform.Suffix, -end);
            case "year" when second is null:
                return (first, new TransformStep(Transform.Year, 0), SqlTraits.Date(null));
            case "date_part" when first is { Kind: SqlKind.Text, Name: "year" } && second is not null:
                return (second, new TransformStep(Transform.Year, 0), SqlTraits.Date(null));
            case "strftime" or "date_format" or "to_char" when second is { Kind: SqlKind.Text }:
                return DatePart(second.Name) is { } part ? (first, new TransformStep(part, 0), SqlTraits.Date(null)) : null;
            case "split_part" when second is { Kind: SqlKind.Text, Name: "@" } && Whole(third) is 1 or 2:
                return (first, new TransformStep(Whole(third) == 1 ? Transform.Local : Transform.Domain, 0), SqlTraits.Of(FieldKind.Email));
            case "split_part" when second is { Kind: SqlKind.Text, Name: " " } && Whole(third) is 1 or -1:
                return (first, new TransformStep(Whole(third) == 1 ? Transform.First : Transform.Last, 0), SqlTraits.None);
            case "regexp_extract" when second is { Kind: SqlKind.Text, Name: "^[^@]+" }:
                return (first, new TransformStep(Transform.Local, 0), SqlTraits.Of(FieldKind.Email));
            case "regexp_extract" when second is { Kind: SqlKind.Text, Name: "@([^@]+)$" } && Whole(third) is 1:
                return (first, new TransformStep(Transform.Domain, 0), SqlTraits.Of(FieldKind.Email));
            case "regexp_replace" when second is { Kind: SqlKind.Text, Name: "[^0-9]" } && third is { Kind: SqlKind.Text, Name: "" }:
                return (first, new TransformStep(Transform.Digits, 0), SqlTraits.None);
            case "soundex" when second is null:
                return (first, new TransformStep(Transform.Soundex, 0), SqlTraits.Unlike("the phonetic code is that of the first word"));
            case "metaphone" or "dmetaphone" or "double_metaphone" when second is null:
                return (first, new TransformStep(Transform.Metaphone, 0), SqlTraits.Unlike("the phonetic code is the primary Double Metaphone code of the first word"));
            default:
                return null;
        }
    }

    private static (SqlNode Node, TransformStep? Step, SqlTraits Traits)? Cut(SqlNode node, Transform transform, int length) => length switch
    {
        < 1 or > 100 => null,
        _ when transform == Transform.Initial => (node, new TransformStep(transform, 0), SqlTraits.None),
        _ => (node, new TransformStep(transform, length), SqlTraits.None),
    };

    private static Transform? DatePart(string format) => format switch
    {
        "%Y" or "yyyy" or "YYYY" => Transform.Year,
        "%Y-%m" or "yyyy-MM" or "YYYY-MM" => Transform.YearMonth,
        "%m-%d" or "MM-dd" or "MM-DD" => Transform.MonthDay,
        _ => null,
    };

    private static int? Whole(SqlNode? node) =>
        node is { Kind: SqlKind.Number } && int.TryParse(node.Name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : null;
}
