namespace IdentityResolution;

/// <summary>Converts between probabilities and match weights in millibits (1/1000 of log2 of the Bayes factor).</summary>
/// <remarks>
/// Weights are integers so that every executor sums the same numbers.
/// Source: Fellegi and Sunter (1969), "A Theory for Record Linkage", JASA 64(328), 1183-1210.
/// </remarks>
public static class MatchWeights
{
    /// <summary>Largest weight of a single level or prior, in millibits; larger ratios are held here.</summary>
    public const int Limit = 60_000;

    /// <summary>The weight of a ratio of probabilities.</summary>
    /// <param name="numerator">P(observed | match), above 0.</param>
    /// <param name="denominator">P(observed | no match), above 0.</param>
    /// <returns>1000 log2(numerator/denominator), rounded to the nearest integer, within ±<see cref="Limit"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is not above 0.</exception>
    public static int FromRatio(double numerator, double denominator)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(numerator);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(denominator);
        return (int)Math.Clamp(Math.Round(1000 * Math.Log2(numerator / denominator)), -Limit, Limit);
    }

    /// <summary>The weight (log odds) of a probability.</summary>
    /// <param name="probability">In (0, 1).</param>
    /// <returns>1000 log2(p / (1 - p)), rounded, within ±<see cref="Limit"/>.</returns>
    public static int FromProbability(double probability) => FromRatio(probability, 1 - probability);

    /// <summary>The probability of a total weight, prior included.</summary>
    /// <param name="weight">Millibits.</param>
    /// <returns>In [0, 1].</returns>
    public static double ToProbability(int weight) => 1 / (1 + Math.Pow(2, weight / -1000.0));
}
