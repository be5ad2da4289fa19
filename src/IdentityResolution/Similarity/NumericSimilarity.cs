namespace IdentityResolution.Similarity;

/// <summary>Distances of numbers, and curves that turn any distance into a similarity.</summary>
/// <remarks>No allocation; safe to call from several threads. Where a number is not finite, distances are <see cref="double.NaN"/>.</remarks>
public static class NumericSimilarity
{
    /// <summary>The size of the difference.</summary>
    /// <param name="left">One number.</param>
    /// <param name="right">The other number.</param>
    /// <returns>|left - right|, in the numbers' unit.</returns>
    public static double AbsoluteDistance(double left, double right) =>
        double.IsFinite(left) && double.IsFinite(right) ? Math.Abs(left - right) : double.NaN;

    /// <summary>The size of the difference as a share of the larger number.</summary>
    /// <param name="left">One number.</param>
    /// <param name="right">The other number.</param>
    /// <returns>|left - right| / max(|left|, |right|), in [0, 2]; 0 for equal numbers.</returns>
    public static double RelativeDistance(double left, double right)
    {
        double distance = AbsoluteDistance(left, right);
        return distance == 0 ? 0 : Math.Min(2, distance / Math.Max(Math.Abs(left), Math.Abs(right)));
    }

    /// <summary>1 up to the offset, then falling in a straight line to 0 at offset + 2 * scale.</summary>
    /// <param name="distance">A distance, at least 0.</param>
    /// <param name="scale">How far past the offset the similarity is one half; greater than 0, in the distance's unit.</param>
    /// <param name="offset">Up to here the similarity is 1; at least 0, in the distance's unit. Default 0.</param>
    /// <returns>A similarity in [0, 1]; 0 where the distance is <see cref="double.NaN"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The scale or the offset is out of range.</exception>
    public static double Linear(double distance, double scale, double offset = 0) =>
        OrZero(Math.Max(0, 1 - (Past(distance, scale, offset) / (2 * scale))));

    /// <summary>1 up to the offset, then halved every scale.</summary>
    /// <inheritdoc cref="Linear(double, double, double)"/>
    public static double Exponential(double distance, double scale, double offset = 0) =>
        OrZero(Math.Pow(0.5, Past(distance, scale, offset) / scale));

    /// <summary>1 up to the offset, then a bell curve that is one half at offset + scale.</summary>
    /// <inheritdoc cref="Linear(double, double, double)"/>
    public static double Gaussian(double distance, double scale, double offset = 0)
    {
        double share = Past(distance, scale, offset) / scale;
        return OrZero(Math.Pow(0.5, share * share));
    }

    private static double Past(double distance, double scale, double offset)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(scale);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        return Math.Max(0, distance - offset);
    }

    private static double OrZero(double similarity) => double.IsNaN(similarity) ? 0 : similarity;
}
