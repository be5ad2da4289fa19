namespace IdentityResolution.Training;

/// <summary>Turns log odds as the model sees them into the odds that labels show: log odds = shift + slope x the model's.</summary>
/// <param name="Shift">In bits.</param>
/// <param name="Slope">At least <see cref="LeastSlope"/>; below 1 where the model is too sure of itself.</param>
/// <remarks>
/// Logistic regression on the labels, held to the model by normal priors on shift and slope: without labels it is the model. It does not matter how the
/// labelled pairs were chosen as long as they were chosen by what the model sees.
/// Source: Platt (1999), "Probabilistic Outputs for Support Vector Machines"; priors as in Gelman, Jakulin, Pittau and Su (2008), "A Weakly
/// Informative Default Prior Distribution for Logistic and Other Regression Models", Annals of Applied Statistics 2(4).
/// </remarks>
internal readonly record struct Calibration(double Shift, double Slope)
{
    /// <summary>The least slope: more likely never becomes less likely.</summary>
    public const double LeastSlope = 0.1;

    private const double ShiftSpread = 2;
    private const double SlopeSpread = 0.35;
    private const double Ln2 = 0.6931471805599453;

    /// <summary>What the model says.</summary>
    public static Calibration None { get; } = new(0, 1);

    /// <summary>The probability of a pair.</summary>
    /// <param name="odds">The model's log odds in millibits.</param>
    public double Probability(double odds) => Logistic(Shift + (Slope * odds / 1000));

    /// <summary>Fits the calibration; the order of the labels matters to the last bits only.</summary>
    /// <param name="labels">Log odds in millibits, and the truth.</param>
    public static Calibration Fit(IReadOnlyList<(int Odds, bool IsMatch)> labels)
    {
        double shift = 0;
        double slope = 1;
        for (int iteration = 0; iteration < 50; iteration++)
        {
            // Gradient and (negative) second derivatives of the log posterior.
            double g0 = -shift / (ShiftSpread * ShiftSpread);
            double g1 = (1 - slope) / (SlopeSpread * SlopeSpread);
            double h00 = 1 / (ShiftSpread * ShiftSpread);
            double h01 = 0;
            double h11 = 1 / (SlopeSpread * SlopeSpread);
            foreach ((int odds, bool isMatch) in labels)
            {
                double x = odds / 1000.0;
                double p = Logistic(shift + (slope * x));
                double error = Ln2 * ((isMatch ? 1 : 0) - p);
                double curve = Ln2 * Ln2 * p * (1 - p);
                g0 += error;
                g1 += error * x;
                h00 += curve;
                h01 += curve * x;
                h11 += curve * x * x;
            }
            double determinant = (h00 * h11) - (h01 * h01);
            double step0 = ((g0 * h11) - (g1 * h01)) / determinant;
            double step1 = ((g1 * h00) - (g0 * h01)) / determinant;
            // A step too long for a curve that flattens out is cut short.
            double cut = Math.Min(1, 1 / Math.Max(Math.Abs(step0) / 2, Math.Abs(step1) / 0.3));
            shift += cut * step0;
            slope = Math.Max(LeastSlope, slope + (cut * step1));
            if (Math.Abs(step0) < 1e-9 && Math.Abs(step1) < 1e-9)
            {
                break;
            }
        }
        return new Calibration(shift, slope);
    }

    private static double Logistic(double bits) => 1 / (1 + Math.Exp(-Ln2 * bits));
}
