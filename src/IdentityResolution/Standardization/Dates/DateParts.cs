namespace IdentityResolution.Standardization.Dates;

/// <summary>Year, month and day as written; 0 = not given. Not checked against the calendar.</summary>
/// <param name="Year">Four-digit year, or 0.</param>
/// <param name="Month">Month, or 0. May be impossible.</param>
/// <param name="Day">Day of the month, or 0. May be impossible.</param>
/// <param name="Given">Which parts were written, even as 0.</param>
internal readonly record struct DateParts(int Year, int Month, int Day, DatePart Given)
{
    /// <summary>Whether the parts that are given can stand in a calendar, with a year that a living or remembered person can have.</summary>
    public bool IsPossible =>
        (!Has(DatePart.Year) || Year is >= 1500 and <= 2200)
        && (!Has(DatePart.Month) || Month is >= 1 and <= 12)
        && (!Has(DatePart.Day) || (Day >= 1 && Day <= DaysInMonth()));

    public bool Has(DatePart part) => (Given & part) != DatePart.None;

    private int DaysInMonth() => Month switch
    {
        2 => Has(DatePart.Year) && !DateTime.IsLeapYear(Year) ? 28 : 29,
        4 or 6 or 9 or 11 => 30,
        _ => 31,
    };
}

/// <summary>Parts of a date.</summary>
[Flags]
internal enum DatePart : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The year.</summary>
    Year = 1,

    /// <summary>The month.</summary>
    Month = 2,

    /// <summary>The day of the month.</summary>
    Day = 4,

    /// <summary>A whole date.</summary>
    All = Year | Month | Day,
}
