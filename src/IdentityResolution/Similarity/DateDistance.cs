using System.Runtime.CompilerServices;

namespace IdentityResolution.Similarity;

/// <summary>How far two dates are apart, in time and in typing.</summary>
/// <remarks>No allocation; safe to call from several threads.</remarks>
[SkipLocalsInit]
public static class DateDistance
{
    /// <summary>The mean length of a year of the Gregorian calendar. Days.</summary>
    private const double DaysPerYear = 365.2425;

    /// <summary>The time between two dates.</summary>
    /// <param name="left">One date.</param>
    /// <param name="right">The other date.</param>
    /// <returns>Days, at least 0.</returns>
    public static int Days(DateOnly left, DateOnly right) => Math.Abs(left.DayNumber - right.DayNumber);

    /// <summary>The time between two dates.</summary>
    /// <param name="left">One date.</param>
    /// <param name="right">The other date.</param>
    /// <returns>Years of 365.2425 days, at least 0.</returns>
    public static double Years(DateOnly left, DateOnly right) => Days(left, right) / DaysPerYear;

    /// <summary>Whether two different dates are the same after month and day are swapped in one of them: 3 April and 4 March.</summary>
    /// <param name="left">One date.</param>
    /// <param name="right">The other date.</param>
    /// <returns><see langword="true"/> when they are; <see langword="false"/> for equal dates.</returns>
    public static bool IsDayMonthSwap(DateOnly left, DateOnly right) =>
        left != right && left.Year == right.Year && left.Month == right.Day && left.Day == right.Month;

    /// <summary>The slips of the keyboard between two dates: the <see cref="OptimalStringAlignment"/> distance of their digits, yyyyMMdd.</summary>
    /// <param name="left">One date.</param>
    /// <param name="right">The other date.</param>
    /// <returns>A distance in [0, 8].</returns>
    public static int DigitEdits(DateOnly left, DateOnly right)
    {
        Span<byte> leftDigits = stackalloc byte[8];
        Span<byte> rightDigits = stackalloc byte[8];
        Write(left, leftDigits);
        Write(right, rightDigits);
        return OptimalStringAlignment.Distance(leftDigits, rightDigits);
    }

    private static void Write(DateOnly date, Span<byte> digits)
    {
        int number = (((date.Year * 100) + date.Month) * 100) + date.Day;
        for (int i = digits.Length - 1; i >= 0; i--)
        {
            digits[i] = (byte)('0' + (number % 10));
            number /= 10;
        }
    }
}
