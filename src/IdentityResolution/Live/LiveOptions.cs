namespace IdentityResolution;

/// <summary>How a <see cref="LiveIndex"/> runs; what it decides is in the model.</summary>
/// <remarks>Immutable. Derive a variant: <c>LiveOptions.Default with { Threads = 1 }</c>.</remarks>
public sealed record LiveOptions
{
    /// <summary>The options used when none are given.</summary>
    public static LiveOptions Default { get; } = new();

    /// <summary>Most threads to use; the result does not depend on it.</summary>
    /// <value>A count in [0, 1024]; 0 = one per processor. Default 0.</value>
    public int Threads { get; init; }

    /// <summary>The clock that stamps runs and judgements.</summary>
    /// <value>Default <see cref="TimeProvider.System"/>.</value>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    internal void Validate()
    {
        if (Threads is < 0 or > 1024)
        {
            throw new InvalidModelException([new("options.threads", $"must be in [0, 1024] but is {Threads}.")]);
        }
    }
}
