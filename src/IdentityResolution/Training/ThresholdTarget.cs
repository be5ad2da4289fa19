using System.Globalization;

namespace IdentityResolution;

/// <summary>What a threshold is to reach, as far as the model's own probabilities can tell: it is chosen without labels.</summary>
/// <remarks>Immutable. The expected precision and recall are those of the candidate pairs, before clusters are made.</remarks>
public sealed record ThresholdTarget
{
    private ThresholdTarget(double? precision) => LeastPrecision = precision;

    /// <summary>The threshold with the best expected F1: the harmonic mean of precision and recall.</summary>
    public static ThresholdTarget F1 { get; } = new((double?)null);

    /// <summary>The least expected precision; null when F1 is the target.</summary>
    /// <value>In (0, 1).</value>
    public double? LeastPrecision { get; }

    /// <summary>The lowest threshold whose links are expected to be right at least so often.</summary>
    /// <param name="precision">Share of the links that are right, in (0, 1).</param>
    /// <returns>The target.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The precision is not in (0, 1).</exception>
    public static ThresholdTarget Precision(double precision) => precision is > 0 and < 1
        ? new ThresholdTarget(precision)
        : throw new ArgumentOutOfRangeException(nameof(precision), precision, "must be in (0, 1).");

    /// <summary>Reads <c>f1</c> or <c>precision=0.99</c>.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The target; null when the text is neither.</returns>
    public static ThresholdTarget? Parse(string? text)
    {
        const string Stem = "precision=";
        if (string.Equals(text, "f1", StringComparison.OrdinalIgnoreCase))
        {
            return F1;
        }
        return text is not null && text.StartsWith(Stem, StringComparison.OrdinalIgnoreCase)
            && double.TryParse(text.AsSpan(Stem.Length), NumberStyles.Float, CultureInfo.InvariantCulture, out double precision) && precision is > 0 and < 1
            ? Precision(precision)
            : null;
    }

    /// <summary>The target as <see cref="Parse"/> reads it.</summary>
    /// <returns><c>f1</c> or <c>precision=0.99</c>.</returns>
    public override string ToString() => LeastPrecision is { } precision
        ? string.Create(CultureInfo.InvariantCulture, $"precision={precision}")
        : "f1";
}
