using System.Globalization;

namespace IdentityResolution.Training;

/// <summary>How learned probabilities are written into a model.</summary>
internal static class LearnedNumber
{
    /// <summary>Six significant digits: enough for a weight in millibits, readable, and blind to the last bits of a sum.</summary>
    public static double Round(double value) => double.Parse(value.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
