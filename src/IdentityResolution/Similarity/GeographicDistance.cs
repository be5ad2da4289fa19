namespace IdentityResolution.Similarity;

/// <summary>The distance of two places on Earth.</summary>
/// <remarks>No allocation; safe to call from several threads.</remarks>
public static class GeographicDistance
{
    /// <summary>The mean radius of the Earth by the IUGG. Kilometres.</summary>
    public const double EarthRadius = 6371.0088;

    /// <summary>The great-circle distance by the haversine formula, on a sphere: up to half a percent off the ellipsoid.</summary>
    /// <param name="leftLatitude">Degrees, in [-90, 90].</param>
    /// <param name="leftLongitude">Degrees; any finite number, whole turns count nothing.</param>
    /// <param name="rightLatitude">Degrees, in [-90, 90].</param>
    /// <param name="rightLongitude">Degrees; any finite number.</param>
    /// <returns>Kilometres, in [0, 20016]; <see cref="double.NaN"/> where a coordinate is out of its range.</returns>
    /// <remarks>Source: Sinnott (1984), "Virtues of the haversine", Sky and Telescope 68(2).</remarks>
    public static double Haversine(double leftLatitude, double leftLongitude, double rightLatitude, double rightLongitude)
    {
        if (!(Math.Abs(leftLatitude) <= 90) || !(Math.Abs(rightLatitude) <= 90)
            || !double.IsFinite(leftLongitude) || !double.IsFinite(rightLongitude))
        {
            return double.NaN;
        }
        double latitude = Math.Sin(Radians(rightLatitude - leftLatitude) / 2);
        double longitude = Math.Sin(Radians(rightLongitude - leftLongitude) / 2);
        double haversine = (latitude * latitude)
            + (Math.Cos(Radians(leftLatitude)) * Math.Cos(Radians(rightLatitude)) * longitude * longitude);
        return 2 * EarthRadius * Math.Asin(Math.Min(1, Math.Sqrt(haversine)));
    }

    private static double Radians(double degrees) => degrees * (Math.PI / 180);
}
