namespace IdentityResolution;

/// <summary>How the three numbers of a date are read when the date itself does not tell.</summary>
public enum DateOrder
{
    /// <summary>Year, month, day. A date that ends in its year is read day first.</summary>
    YearMonthDay = 0,

    /// <summary>Day, month, year, as in <c>5/3/1980</c> for the fifth of March.</summary>
    DayMonthYear,

    /// <summary>Month, day, year, as in <c>3/5/1980</c> for the fifth of March.</summary>
    MonthDayYear,
}
