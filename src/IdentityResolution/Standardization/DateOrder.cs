namespace IdentityResolution;

/// <summary>The order of day, month and year in a written date that leaves it open, such as <c>03/04/1980</c>.</summary>
public enum DateOrder
{
    /// <summary>Year first where it is written first; otherwise day, month, year.</summary>
    YearMonthDay = 0,

    /// <summary>Day, month, year.</summary>
    DayMonthYear,

    /// <summary>Month, day, year.</summary>
    MonthDayYear,
}
