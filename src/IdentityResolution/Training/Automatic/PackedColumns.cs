using IdentityResolution.Fields;
using IdentityResolution.Internals;

namespace IdentityResolution.Training;

/// <summary>Finds columns that hold several values in one text: <c>SSN 123-45-6789; DL 4711</c>, two phones with a bar between them, a list as JSON writes it.</summary>
internal static class PackedColumns
{
    private const int SampleSize = 2000;

    // A separator separates when so many of the distinct values fall into pieces that each look like a value of their own.
    private const double LeastPacked = 0.1;
    private const int LeastPackedValues = 5;

    // Labels are few words that come again and again; streets and flats are many.
    private const int MostLabels = 12;
    private const int LeastUses = 3;

    private static readonly string[] Candidates = [";", "|", ","];

    /// <summary>What separates the values of a column; empty when it holds one value a record.</summary>
    /// <param name="columns">The columns of one field.</param>
    /// <param name="kind">What they hold.</param>
    public static IReadOnlyList<string> Separators(IEnumerable<ColumnProfile> columns, FieldKind kind)
    {
        if (kind is not (FieldKind.Identifier or FieldKind.Phone or FieldKind.Email))
        {
            return [];
        }
        string[] values = [.. columns.SelectMany(Sample)];
        foreach (string separator in Candidates)
        {
            int packed = values.Count(value => IsPacked(value, separator, kind));
            if (packed >= LeastPackedValues && packed >= LeastPacked * values.Length)
            {
                return [separator];
            }
        }
        return [];
    }

    /// <summary>Does a column hold identifiers with their names before them, several in a record or one?</summary>
    public static bool HoldsLabelledIdentifiers(ColumnProfile column)
    {
        IReadOnlyList<string> separators = Separators([column], FieldKind.Identifier);
        if (separators.Count == 0)
        {
            return false;
        }
        var uses = new Dictionary<string, int>(StringComparer.Ordinal);
        var field = new Field { Name = "x", Kind = FieldKind.Identifier, Separators = separators };
        int pieces = 0;
        foreach (PackedValue piece in Sample(column).SelectMany(value => PackedValue.Split(value, field)))
        {
            pieces++;
            if (piece.Label is { } label)
            {
                uses[label] = uses.GetValueOrDefault(label) + 1;
            }
        }
        return uses.Count is > 0 and <= MostLabels && uses.Values.All(count => count >= LeastUses) && uses.Values.Sum() >= 0.9 * pieces;
    }

    private static bool IsPacked(string value, string separator, FieldKind kind)
    {
        var field = new Field { Name = "x", Kind = kind, Separators = [separator] };
        PackedValue[] pieces = [.. PackedValue.Split(value, field)];
        return pieces.Length > 1 && Array.TrueForAll(pieces, piece => LooksLikeValue(piece.Text, kind));
    }

    private static bool LooksLikeValue(string text, FieldKind kind) => kind switch
    {
        FieldKind.Email => text.Contains('@', StringComparison.Ordinal),
        FieldKind.Phone => text.Count(char.IsAsciiDigit) >= 6,
        _ => text.Count(char.IsAsciiDigit) >= 3 && text.Length >= 4 && !text.Contains(' ', StringComparison.Ordinal),
    };

    // Drawn by hash, not by position, so that the order of rows decides nothing.
    private static IEnumerable<string> Sample(ColumnProfile column)
    {
        int step = Math.Max(1, column.Column.Values.Count / SampleSize);
        for (int code = 0; code < column.Column.Values.Count; code++)
        {
            if (step == 1 || StableHash.Of(column.Column.Values[code]) % (ulong)step == 0)
            {
                yield return column.Column.Values.GetString(code).Trim();
            }
        }
    }
}
