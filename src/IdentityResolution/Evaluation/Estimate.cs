namespace IdentityResolution.Evaluation;

/// <summary>A share estimated from a sample, with the interval that holds the true one with the confidence asked for.</summary>
/// <param name="Value">The estimate, in [0, 1].</param>
/// <param name="Low">The lower end, in [0, <paramref name="Value"/>].</param>
/// <param name="High">The upper end, in [<paramref name="Value"/>, 1].</param>
public readonly record struct Estimate(double Value, double Low, double High)
{
    /// <summary>Wilson's interval of a share.</summary>
    /// <param name="share">The share found, in [0, 1].</param>
    /// <param name="size">How many were looked at, or an effective number of them; above 0, infinity = all there are.</param>
    /// <param name="confidence">How sure the interval is to hold the true share, in (0, 1). Default 0.95.</param>
    /// <returns>The estimate.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    /// <remarks>
    /// Unlike the interval of the textbooks it stays within [0, 1] and is right near both ends.
    /// Source: Wilson (1927), "Probable Inference, the Law of Succession, and Statistical Inference", JASA 22(158),
    /// https://doi.org/10.1080/01621459.1927.10502953.
    /// </remarks>
    public static Estimate Wilson(double share, double size, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(share, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        double z = NormalQuantile(confidence);
        double shrink = 1 / (1 + (z * z / size));
        double centre = shrink * (share + (z * z / (2 * size)));
        double half = shrink * z * Math.Sqrt((share * (1 - share) / size) + (z * z / (4 * size * size)));
        return new Estimate(share, Math.Clamp(centre - half, 0, share), Math.Clamp(centre + half, share, 1));
    }

    /// <summary>How many standard deviations on both sides of the mean hold a share of the normal distribution.</summary>
    internal static double NormalQuantile(double confidence)
    {
        if (confidence is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "must be in (0, 1).");
        }
        (double low, double high) = (0, 9);
        while (high - low > 1e-12)
        {
            double middle = (low + high) / 2;
            (low, high) = Within(middle) < confidence ? (middle, high) : (low, middle);
        }
        return high;
    }

    // The series sums x + x^3/3 + x^5/(3*5) + ...; Marsaglia (2004), "Evaluating the Normal Distribution", J. Statistical Software 11(4).
    private static double Within(double x)
    {
        double sum = x;
        double term = x;
        for (int i = 3; term > sum * 1e-17; i += 2)
        {
            term *= x * x / i;
            sum += term;
        }
        return 2 * sum * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
    }
}
