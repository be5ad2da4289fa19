using System.Buffers.Text;

namespace IdentityResolution.Matching;

/// <summary>Compares dates in standard form, <c>yyyy-MM-dd</c>; anything else has no parts and agrees in none.</summary>
internal static class StandardDates
{
    /// <summary>How many of year, month and day are equal, in [0, 3].</summary>
    public static int EqualParts(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (!IsWhole(left) || !IsWhole(right))
        {
            return 0;
        }
        return (left[..4].SequenceEqual(right[..4]) ? 1 : 0)
            + (left.Slice(5, 2).SequenceEqual(right.Slice(5, 2)) ? 1 : 0)
            + (left.Slice(8, 2).SequenceEqual(right.Slice(8, 2)) ? 1 : 0);
    }

    /// <summary>Is one date the other with day and month exchanged?</summary>
    public static bool DayMonthSwapped(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        IsWhole(left) && IsWhole(right)
        && left[..4].SequenceEqual(right[..4])
        && left.Slice(5, 2).SequenceEqual(right.Slice(8, 2))
        && left.Slice(8, 2).SequenceEqual(right.Slice(5, 2));

    /// <summary>Days between two dates; infinite when one is no date of the calendar.</summary>
    public static double DaysBetween(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        TryParse(left, out DateOnly first) && TryParse(right, out DateOnly second)
            ? Math.Abs(first.DayNumber - second.DayNumber)
            : double.PositiveInfinity;

    /// <summary>Is it written as a whole date, <c>yyyy-MM-dd</c>?</summary>
    public static bool IsWhole(ReadOnlySpan<byte> value) => value.Length == 10 && value[4] == '-' && value[7] == '-';

    private static bool TryParse(ReadOnlySpan<byte> value, out DateOnly date)
    {
        date = default;
        if (!IsWhole(value)
            || !Utf8Parser.TryParse(value[..4], out int year, out int used) || used != 4
            || !Utf8Parser.TryParse(value.Slice(5, 2), out int month, out used) || used != 2
            || !Utf8Parser.TryParse(value.Slice(8, 2), out int day, out used) || used != 2
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }
        date = new DateOnly(year, month, day);
        return true;
    }
}
