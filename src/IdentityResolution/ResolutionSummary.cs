namespace IdentityResolution;

/// <summary>A run in numbers.</summary>
public sealed record ResolutionSummary
{
    /// <summary>Were inputs, settings and store those of the store's last run? Then nothing was computed and nothing written: the answer is the store's.</summary>
    /// <value>Default false.</value>
    public bool IsUnchanged { get; init; }

    /// <summary>Records read, without the quarantined rows.</summary>
    public required long Records { get; init; }

    /// <summary>Rows set aside.</summary>
    public required long Quarantined { get; init; }

    /// <summary>Distinct candidate pairs that were scored.</summary>
    public required long CandidatePairs { get; init; }

    /// <summary>Links accepted, by match rules and by score.</summary>
    public required long Links { get; init; }

    /// <summary>Customers among the records of this run.</summary>
    public required long Customers { get; init; }

    /// <summary>Customer ids given for the first time.</summary>
    public required long Created { get; init; }

    /// <summary>Customer ids retired into another one.</summary>
    public required long Merged { get; init; }

    /// <summary>Customer ids given to records that left another customer.</summary>
    public required long Split { get; init; }

    /// <summary>Wall time of each stage in seconds, in order of the stages.</summary>
    public required IReadOnlyList<KeyValuePair<string, double>> StageSeconds { get; init; }

    /// <summary>Wall time of the whole run in seconds.</summary>
    public required double TotalSeconds { get; init; }

    /// <summary>Processor time of the process so far, over all threads, in seconds.</summary>
    public required double ProcessorSeconds { get; init; }

    /// <summary>The most memory that the process had in use so far, in bytes.</summary>
    public required long PeakMemoryBytes { get; init; }

    /// <summary>The most that stood in temporary files at once, in bytes, because of <see cref="ResolverOptions.MemoryLimit"/>.</summary>
    /// <value>Default 0.</value>
    public long TemporaryFileBytes { get; init; }

    /// <summary>Hash of the model used, lower-case hexadecimal.</summary>
    public required string ModelHash { get; init; }
}
