using System.Buffers.Text;
using IdentityResolution.Similarity;

namespace IdentityResolution.Matching;

/// <summary>Compares places in standard form: latitude and longitude in degrees, a blank between them.</summary>
internal static class Locations
{
    /// <summary>The great-circle distance in kilometres; infinite when one is no place.</summary>
    public static double Kilometres(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        TryParse(left, out double latitude, out double longitude) && TryParse(right, out double otherLatitude, out double otherLongitude)
        && GeographicDistance.Haversine(latitude, longitude, otherLatitude, otherLongitude) is var distance && !double.IsNaN(distance)
            ? distance
            : double.PositiveInfinity;

    private static bool TryParse(ReadOnlySpan<byte> value, out double latitude, out double longitude)
    {
        longitude = 0;
        return Utf8Parser.TryParse(value, out latitude, out int used) && used + 1 < value.Length && value[used] == (byte)' '
            && Utf8Parser.TryParse(value[(used + 1)..], out longitude, out int rest) && used + 1 + rest == value.Length;
    }
}
