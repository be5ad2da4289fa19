using IdentityResolution.Standardization.Dates;
using IdentityResolution.Standardization.Text;

namespace IdentityResolution.Standardization;

/// <summary>Finds whether a column of dates is written day first or month first.</summary>
public static class DateOrderDetector
{
    /// <summary>Detects the order from values of which one of the first two numbers is too great for a month.</summary>
    /// <param name="values">Values with the number of records that hold them; any text, counts at least 0.</param>
    /// <returns>
    /// <see cref="DateOrder.MonthDayYear"/> or <see cref="DateOrder.DayMonthYear"/> where that side has more records in evidence;
    /// <see cref="DateOrder.YearMonthDay"/> where there is no evidence or as much for either side.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="values"/> or a value is <see langword="null"/>.</exception>
    /// <remarks>O(total length). The result does not depend on the order of the values.</remarks>
    public static DateOrder Detect(IEnumerable<(string Value, int Count)> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        long dayFirst = 0;
        long monthFirst = 0;
        foreach ((string value, int count) in values)
        {
            ArgumentNullException.ThrowIfNull(value, nameof(values));
            switch (Evidence(value))
            {
                case DateOrder.DayMonthYear:
                    dayFirst += count;
                    break;
                case DateOrder.MonthDayYear:
                    monthFirst += count;
                    break;
            }
        }
        return dayFirst == monthFirst ? DateOrder.YearMonthDay : dayFirst > monthFirst ? DateOrder.DayMonthYear : DateOrder.MonthDayYear;
    }

    /// <summary>What one value tells of the order.</summary>
    /// <param name="value">A raw value; any text.</param>
    /// <returns>The order that the value must have; <see cref="DateOrder.YearMonthDay"/> when it tells nothing.</returns>
    public static DateOrder Evidence(ReadOnlySpan<char> value)
    {
        Span<char> folded = stackalloc char[64];
        if (value.Length > folded.Length / Transliteration.MaxExpansion * 4 || TextFold.MaxLength(value) > folded.Length)
        {
            return DateOrder.YearMonthDay;
        }
        ReadOnlySpan<char> text = DateReader.CutTime(folded[..TextFold.Fold(value, folded)]);
        Groups groups = default;
        if (!groups.TrySplit(text) || groups.Month > 0 || groups.Count != 3 || groups[0].Length > 2 || groups[1].Length > 2)
        {
            return DateOrder.YearMonthDay;
        }
        (int first, int second) = (groups[0].Value, groups[1].Value);
        return (first, second) switch
        {
            ( > 12 and <= 31, >= 1 and <= 12) => DateOrder.DayMonthYear,
            ( >= 1 and <= 12, > 12 and <= 31) => DateOrder.MonthDayYear,
            _ => DateOrder.YearMonthDay,
        };
    }
}
