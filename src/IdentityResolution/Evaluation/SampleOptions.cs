namespace IdentityResolution.Evaluation;

/// <summary>How a sample for clerical review is drawn.</summary>
/// <remarks>Immutable. Derive a variant: <c>SampleOptions.Default with { Seed = 7 }</c>.</remarks>
public sealed record SampleOptions
{
    /// <summary>The options used when none are given.</summary>
    public static SampleOptions Default { get; } = new();

    /// <summary>Chooses the pairs: the same seed gives the same sample of the same pairs, in whatever order they come.</summary>
    /// <value>Any number. Default 1.</value>
    public ulong Seed { get; init; } = 1;

    /// <summary>Where one stratum ends and the next begins: match probabilities, each the lowest of its stratum.</summary>
    /// <value>
    /// Probabilities in (0, 1), rising. Default 0.001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.999, 0.9999. Pairs that a match rule linked are always a stratum of
    /// their own. Strata without pairs are left out.
    /// </value>
    public IReadOnlyList<double> Boundaries { get; init; } = [0.001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.999, 0.9999];
}
