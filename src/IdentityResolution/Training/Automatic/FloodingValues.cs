using System.Globalization;
using System.Text;
using IdentityResolution.Records;

namespace IdentityResolution.Training;

/// <summary>Finds values that stand in far too many records to be somebody's own: a default birth date, the telephone of the switchboard.</summary>
internal static class FloodingValues
{
    // A value floods from so many records on ...
    private const int LeastRecords = 20;

    // ... when it is so many times as common as the tenth commonest ...
    private const int Times = 10;
    private const int Rank = 10;

    // ... and at least this share of all records has it.
    private const double LeastShare = 0.003;

    // With fewer distinct values it can't be told what is usual.
    private const int LeastValues = 20;

    /// <summary>Do fields of this kind hold what few people have in common?</summary>
    public static bool Applies(FieldKind kind) => kind is FieldKind.BirthDate or FieldKind.Phone or FieldKind.Email or FieldKind.Identifier;

    /// <summary>The values that flood, as they are written, with the records that hold them; commonest first.</summary>
    /// <param name="columns">The columns of one field.</param>
    /// <param name="records">How many records there are.</param>
    public static List<(string Value, long Records)> Find(IEnumerable<ColumnProfile> columns, long records)
    {
        (RawColumn Column, int[] CountOf)[] counted = [.. columns.Select(column => (column.Column, Count(column.Column)))];
        // Mostly no value floods, and that is seen without looking at the values.
        if (counted.Sum(column => MostOf(column.Column, column.CountOf)) < Math.Max(LeastRecords, LeastShare * records))
        {
            return [];
        }
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach ((RawColumn column, int[] countOf) in counted)
        {
            for (int code = 0; code < countOf.Length; code++)
            {
                string value = Encoding.UTF8.GetString(column.Values[code]).Trim();
                counts[value] = counts.GetValueOrDefault(value) + countOf[code];
            }
        }
        counts.Remove("");
        if (counts.Count < LeastValues)
        {
            return [];
        }
        KeyValuePair<string, long>[] ordered = [.. counts.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key, StringComparer.Ordinal).Take(Rank)];
        double least = Math.Max(LeastRecords, Math.Max(Times * ordered[^1].Value, LeastShare * records));
        return [.. ordered.Where(entry => entry.Value >= least).Select(entry => (entry.Key, entry.Value))];
    }

    private static int[] Count(RawColumn column)
    {
        int[] countOf = new int[column.Values.Count];
        foreach (int code in column.Codes)
        {
            if (code >= 0)
            {
                countOf[code]++;
            }
        }
        return countOf;
    }

    // In how many records of the column one value can be at most: values that differ in white space about them are one.
    private static long MostOf(RawColumn column, int[] countOf)
    {
        long trimmed = 0;
        long most = 0;
        for (int code = 0; code < countOf.Length; code++)
        {
            ReadOnlySpan<byte> value = column.Values[code];
            if (value.IsEmpty || IsPlain(value[0]) && IsPlain(value[^1]))
            {
                most = Math.Max(most, countOf[code]);
            }
            else
            {
                trimmed += countOf[code];
            }
        }
        return most + trimmed;

        static bool IsPlain(byte unit) => unit is > (byte)' ' and < 0x7F;
    }

    /// <summary>Tells what was found, without the values: they may be personal.</summary>
    public static string Describe(string field, IReadOnlyList<(string Value, long Records)> values) => string.Create(
        CultureInfo.InvariantCulture,
        $"Field {field}: {values.Count} {(values.Count == 1 ? "value stands" : "values stand")} in far too many records to be somebody's own ({string.Join(", ", values.Select(value => value.Records.ToString("N0", CultureInfo.InvariantCulture)))} records) and {(values.Count == 1 ? "counts" : "count")} as missing; see its ignored values.");
}
