namespace IdentityResolution.Similarity;

/// <summary>What <see cref="SmithWaterman"/> gives for a unit that agrees and takes for one that does not. Whole numbers, so that sums are exact.</summary>
/// <remarks>Immutable. Derive a variant: <c>AlignmentWeights.Default with { GapOpen = 3 }</c>.</remarks>
public sealed record AlignmentWeights
{
    /// <summary>The weights used when none are given.</summary>
    public static AlignmentWeights Default { get; } = new();

    /// <summary>Added for two equal units.</summary>
    /// <value>In [1, 1000]. Default 2.</value>
    public int Match { get; init; } = 2;

    /// <summary>Taken off for two units that differ.</summary>
    /// <value>In [0, 1000]. Default 1.</value>
    public int Mismatch { get; init; } = 1;

    /// <summary>Taken off for the first unit of a gap.</summary>
    /// <value>In [0, 1000]. Default 2.</value>
    public int GapOpen { get; init; } = 2;

    /// <summary>Taken off for every further unit of a gap.</summary>
    /// <value>In [0, <see cref="GapOpen"/>]. Default 1.</value>
    public int GapExtend { get; init; } = 1;

    /// <summary>Refuses weights that are out of range.</summary>
    internal static void ThrowIfInvalid(AlignmentWeights weights)
    {
        Check(weights.Match, 1, 1000, nameof(Match));
        Check(weights.Mismatch, 0, 1000, nameof(Mismatch));
        Check(weights.GapOpen, 0, 1000, nameof(GapOpen));
        Check(weights.GapExtend, 0, weights.GapOpen, nameof(GapExtend));

        void Check(int value, int least, int most, string name)
        {
            if (value < least || value > most)
            {
                throw new ArgumentException($"{name} must be in [{least}, {most}] but is {value}.", nameof(weights));
            }
        }
    }
}
