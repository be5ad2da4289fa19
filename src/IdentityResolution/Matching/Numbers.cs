using System.Buffers.Text;

namespace IdentityResolution.Matching;

/// <summary>Compares numbers in standard form.</summary>
internal static class Numbers
{
    /// <summary>The absolute difference; infinite when one is no number.</summary>
    public static double Difference(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        TryParse(left, out double first) && TryParse(right, out double second) ? Math.Abs(first - second) : double.PositiveInfinity;

    /// <summary>The absolute difference in percent of the larger magnitude; infinite when one is no number.</summary>
    public static double Percent(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (!TryParse(left, out double first) || !TryParse(right, out double second))
        {
            return double.PositiveInfinity;
        }
        double larger = Math.Max(Math.Abs(first), Math.Abs(second));
        return larger == 0 ? 0 : 100 * Math.Abs(first - second) / larger;
    }

    private static bool TryParse(ReadOnlySpan<byte> value, out double number) =>
        Utf8Parser.TryParse(value, out number, out int used) && used == value.Length && double.IsFinite(number);
}
