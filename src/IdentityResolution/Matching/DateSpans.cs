using IdentityResolution.Fields;

namespace IdentityResolution.Matching;

/// <summary>The first and the last day that each date of a field may stand for, as numbers that grow with time.</summary>
/// <remarks>A year alone, or a year and a month, stands for every day in it. Immutable.</remarks>
internal sealed class DateSpans(FieldColumn column)
{
    /// <summary>The first day; <see cref="int.MinValue"/> when there is no date, so that nothing lies before it.</summary>
    public int Earliest(int record) => column.Codes[record] is var code and >= 0 ? Parse(column.Values[code]).Earliest : int.MinValue;

    /// <summary>The last day; <see cref="int.MaxValue"/> when there is no date, so that it lies before nothing.</summary>
    public int Latest(int record) => column.Codes[record] is var code and >= 0 ? Parse(column.Values[code]).Latest : int.MaxValue;

    // yyyy, yyyy-MM or yyyy-MM-dd, as dates are standardized.
    private static (int Earliest, int Latest) Parse(ReadOnlySpan<byte> value)
    {
        if (value.Length is not (4 or 7 or 10) || !TryNumber(value[..4], out int year))
        {
            return (int.MinValue, int.MaxValue);
        }
        int month = 0;
        int day = 0;
        if ((value.Length >= 7 && (value[4] != '-' || !TryNumber(value.Slice(5, 2), out month)))
            || (value.Length == 10 && (value[7] != '-' || !TryNumber(value.Slice(8, 2), out day))))
        {
            return (int.MinValue, int.MaxValue);
        }
        // A month or a day that no calendar has says nothing.
        if (month is < 1 or > 12)
        {
            return (year * 10_000, (year * 10_000) + 9999);
        }
        int first = (year * 10_000) + (month * 100);
        return day is < 1 or > 31 ? (first, first + 99) : (first + day, first + day);
    }

    private static bool TryNumber(ReadOnlySpan<byte> digits, out int number)
    {
        number = 0;
        foreach (byte digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return false;
            }
            number = (number * 10) + digit - '0';
        }
        return true;
    }
}
