using IdentityResolution.Internals;
using IdentityResolution.Records;

namespace IdentityResolution.Training;

/// <summary>Tells by contents which columns hold values of one thing: they fill each other's gaps, or share values that hardly repeat by chance.</summary>
internal static class ComplementaryColumns
{
    // Columns fill each other's gaps when fewer than this share of the emptier one's records have both.
    private const double MostMeeting = 0.05;

    // Columns share values when at least so many stand in both.
    private const int LeastSharedValues = 3;

    /// <summary>Do two groups of one kind hold values of one field, so that a record may have several?</summary>
    /// <param name="groups">All groups.</param>
    /// <param name="left">One of them.</param>
    /// <param name="right">Another one of the same kind.</param>
    public static bool AreOfOneField(List<ColumnGroup> groups, ColumnGroup left, ColumnGroup right) =>
        AreAlternatives(left, right) && StandBesideAlike(groups, left, right);

    /// <summary>Do two groups stand side by side in an input, and hardly ever both in one record?</summary>
    public static bool FillGaps(ColumnGroup left, ColumnGroup right)
    {
        long meeting = 0;
        bool sideBySide = false;
        foreach (ColumnProfile column in left.All)
        {
            foreach (ColumnProfile other in right.All.Where(other => other.Input == column.Input))
            {
                sideBySide = true;
                meeting += CountBoth(column.Column, other.Column);
            }
        }
        return sideBySide && meeting <= MostMeeting * Math.Min(Present(left), Present(right));
    }

    /// <summary>Do two groups hold the same values, so that one's value may stand in the other's place?</summary>
    /// <param name="left">One group.</param>
    /// <param name="right">The other.</param>
    /// <param name="leastShare">Share of the distinct values of the smaller one that must stand in the other too, in (0, 1].</param>
    public static bool ShareValues(ColumnGroup left, ColumnGroup right, double leastShare)
    {
        HashSet<ulong> values = Values(left);
        HashSet<ulong> others = Values(right);
        int smaller = Math.Min(values.Count, others.Count);
        others.IntersectWith(values);
        return others.Count >= LeastSharedValues && others.Count >= leastShare * smaller;
    }

    /// <summary>Share of a group's records that have a value in one of some other groups too.</summary>
    public static double ShareBeside(ColumnGroup group, IReadOnlyList<ColumnGroup> others)
    {
        long beside = 0;
        long present = 0;
        foreach (ColumnProfile column in group.All)
        {
            RawColumn[] next = [.. others.SelectMany(other => other.All).Where(other => other.Input == column.Input).Select(other => other.Column)];
            for (int record = 0; record < column.Column.Codes.Length; record++)
            {
                if (column.Column.Codes[record] >= 0)
                {
                    present++;
                    beside += Array.Exists(next, other => other.Codes[record] >= 0) ? 1 : 0;
                }
            }
        }
        return present == 0 ? 0 : (double)beside / present;
    }

    /// <summary>Records with a value in any of a group's columns, counted per column.</summary>
    public static long Present(ColumnGroup group) => group.All.Sum(column => (long)column.Present);

    private static long CountBoth(RawColumn column, RawColumn other)
    {
        long both = 0;
        for (int record = 0; record < column.Codes.Length; record++)
        {
            both += column.Codes[record] >= 0 && other.Codes[record] >= 0 ? 1 : 0;
        }
        return both;
    }

    private static HashSet<ulong> Values(ColumnGroup group)
    {
        var values = new HashSet<ulong>();
        foreach (ColumnProfile column in group.All)
        {
            for (int code = 0; code < column.Column.Values.Count; code++)
            {
                values.Add(StableHash.Of(column.Column.Values[code]));
            }
        }
        return values;
    }

    private static bool AreAlternatives(ColumnGroup left, ColumnGroup right) => left.Kind switch
    {
        FieldKind.FullName or FieldKind.GivenName or FieldKind.Surname or FieldKind.OrganizationName or FieldKind.PostalCode or FieldKind.City =>
            FillGaps(left, right),
        FieldKind.StreetAddress => FillGaps(left, right) || ShareValues(left, right, 0.1),
        FieldKind.Phone or FieldKind.Email => FillGaps(left, right) || ShareValues(left, right, 0.02),
        _ => false,
    };

    // A company's own name and somebody's employer take turns too, but only one of them stands beside the name of a person.
    private static bool StandBesideAlike(List<ColumnGroup> groups, ColumnGroup left, ColumnGroup right)
    {
        ColumnGroup[] people = [.. groups.Where(group => group.Kind is FieldKind.GivenName or FieldKind.Surname or FieldKind.FullName)];
        return left.Kind != FieldKind.OrganizationName
            || Math.Abs(ShareBeside(left, people) - ShareBeside(right, people)) < 0.5;
    }
}
