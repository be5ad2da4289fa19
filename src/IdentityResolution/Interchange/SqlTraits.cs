namespace IdentityResolution.Interchange;

/// <summary>What the functions of a condition say about the column, and how the translation differs.</summary>
/// <param name="Kind">What the column holds; null = nothing is said.</param>
/// <param name="DateOrder">In which order its dates are written; null = nothing is said.</param>
/// <param name="Difference">Which pairs are judged otherwise here; null = none.</param>
internal sealed record SqlTraits(FieldKind? Kind, DateOrder? DateOrder, string? Difference)
{
    public static SqlTraits None { get; } = new(null, null, null);

    public static SqlTraits Of(FieldKind kind) => new(kind, null, null);

    public static SqlTraits Unlike(string difference) => new(null, null, difference);

    /// <summary>A column of dates; the format, as databases write it, tells the order of day, month and year.</summary>
    public static SqlTraits Date(string? format) => new(FieldKind.BirthDate, OrderOf(format), null);

    /// <summary>Both together.</summary>
    public SqlTraits And(SqlTraits other) => new(Kind ?? other.Kind, DateOrder ?? other.DateOrder, Difference ?? other.Difference);

    /// <summary>Do the two say different things about what the column holds?</summary>
    public bool Contradicts(SqlTraits other) => (Kind is not null && other.Kind is not null && Kind != other.Kind)
        || (DateOrder is not null && other.DateOrder is not null && DateOrder != other.DateOrder);

    private static DateOrder? OrderOf(string? format)
    {
        if (format is null)
        {
            return null;
        }
        // %m or MM is the month; %M and mm are minutes, which no date of birth has.
        int day = format.IndexOf('d', StringComparison.OrdinalIgnoreCase);
        int month = format.IndexOf('m', StringComparison.OrdinalIgnoreCase);
        int year = format.IndexOf('y', StringComparison.OrdinalIgnoreCase);
        return year < 0 || month < 0 || day < 0 ? null
            : year < day ? IdentityResolution.DateOrder.YearMonthDay
            : day < month ? IdentityResolution.DateOrder.DayMonthYear
            : IdentityResolution.DateOrder.MonthDayYear;
    }
}
