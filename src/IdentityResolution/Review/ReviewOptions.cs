namespace IdentityResolution;

/// <summary>What a run lists for a person to decide.</summary>
/// <remarks>Immutable.</remarks>
public sealed record ReviewOptions
{
    /// <summary>The options used when none are given.</summary>
    public static ReviewOptions Default { get; } = new();

    /// <summary>How far from the model's threshold a match weight may lie to be in doubt, below it and above it.</summary>
    /// <value>In bits, at least 0 and at most 60. Default 3: a match probability of 0.9 is in doubt down to 0.53 and up to 0.986.</value>
    public double BandBits { get; init; } = 3;

    /// <summary>Most pairs to list; those with the most doubt are.</summary>
    /// <value>A count of at least 1. Default 1000.</value>
    public int MaxItems { get; init; } = 1000;

    internal IEnumerable<ModelError> Validate()
    {
        if (BandBits is not (>= 0 and <= 60))
        {
            yield return new("options.review.bandBits", $"must be in [0, 60] but is {BandBits}.");
        }
        if (MaxItems < 1)
        {
            yield return new("options.review.maxItems", $"must be at least 1 but is {MaxItems}.");
        }
    }
}
