using IdentityResolution.Internals;

namespace IdentityResolution;

/// <summary>How a resolver runs; what it decides is in the model.</summary>
/// <remarks>Immutable. Derive a variant: <c>ResolverOptions.Default with { Threads = 1 }</c>.</remarks>
public sealed record ResolverOptions
{
    private const long LeastMemory = 128 << 20;

    /// <summary>The options used when none are given.</summary>
    public static ResolverOptions Default { get; } = new();

    /// <summary>Most threads to use; the result does not depend on it.</summary>
    /// <value>A count in [0, 1024]; 0 = one per processor. Default 0.</value>
    public int Threads { get; init; }

    /// <summary>How much memory of its own the process may hold while a run goes on; the result does not depend on it, the time does.</summary>
    /// <value>Bytes, at least 128 MiB; null = any number. Default null.</value>
    /// <remarks>
    /// Past it, values, codes, blocks and links stand in temporary files that the process looks at piece by piece. The files have no name while they are in
    /// use, so nothing is left of them however the process ends. What the system shows and caches of them comes on top as long as it has room: give a container
    /// twice the limit. Counted is the whole process: in one that does much else give so much more. On other systems than Linux files are used as well, but the system alone decides how much of them is in memory.
    /// </remarks>
    public long? MemoryLimit { get; init; }

    /// <summary>Where temporary files go when <see cref="MemoryLimit"/> asks for them: on a disk, not in memory.</summary>
    /// <value>A folder that exists; null = the system's one. Default null.</value>
    public string? TemporaryFolder { get; init; }

    /// <summary>Chooses the samples that training draws.</summary>
    /// <value>Any number. Default 1.</value>
    public ulong Seed { get; init; } = 1;

    /// <summary>How many rows may go to quarantine before the run stops.</summary>
    /// <value>A count of at least 0; null = no limit. Default null.</value>
    public long? MaxQuarantinedRows { get; init; }

    /// <summary>Decides everything and writes nothing to the store.</summary>
    /// <value>Default false.</value>
    public bool DryRun { get; init; }

    /// <summary>Keeps candidate pairs with their weights in <see cref="Resolution.ScoredPairs"/>, for evaluation: the lowest match probability kept.</summary>
    /// <value>A probability in [0, 1); 0 = every candidate pair; null = none. Default null. What is linked does not depend on it; memory and time do.</value>
    public double? ScoredPairsFrom { get; init; }

    /// <summary>What people have decided about pairs of records; honoured over everything else.</summary>
    /// <value>In any order. Default none. <see cref="JudgementFile"/> reads them from a file.</value>
    /// <remarks>
    /// An <see cref="ILiveStore"/> keeps those it does not have yet, and later runs honour them without being given them again; other stores keep none.
    /// </remarks>
    public IReadOnlyList<Judgement> Judgements { get; init; } = [];

    /// <summary>What is known about who is who, for training to learn from.</summary>
    /// <value>Null = nothing. Default null. With labels a model that is trained already is trained anew on the records of the run.</value>
    /// <remarks>They teach the model and decide about no pair; give pairs as <see cref="Judgements"/> as well to have them decided.</remarks>
    public TrainingLabels? Labels { get; init; }

    /// <summary>How common the values of fields are, from outside: a census, a register, a larger table. They take the place of what would be counted on the records.</summary>
    /// <value>By field: values as sources write them, each with its frequency or all with their counts; see <see cref="IdentityModel.WithTermFrequencies"/>. Default none.</value>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> TermFrequencies { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, double>>(StringComparer.Ordinal);

    /// <summary>Lets an <see cref="ILiveStore"/> keep the records with their raw values, the links and the model, so that a live index can open on it.</summary>
    /// <value>Default true. Other stores keep none of these.</value>
    public bool KeepRecords { get; init; } = true;

    /// <summary>Which pairs to list for a person to decide.</summary>
    /// <value>Null = none. Default null.</value>
    public ReviewOptions? Review { get; init; }

    /// <summary>The clock that stamps runs.</summary>
    /// <value>Default <see cref="TimeProvider.System"/>.</value>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>What the threshold is to reach; it is chosen from the weights of each run's candidate pairs and takes the place of the model's.</summary>
    /// <value>Default null: the model's threshold. Not followed where candidates compete because no source holds a customer twice; the decisions say so.</value>
    public ThresholdTarget? Target { get; init; }

    /// <summary>Takes the place of the memory that <see cref="MemoryLimit"/> gives, for one run.</summary>
    internal MemoryBudget? Memory { get; init; }

    /// <summary>The memory of one run; its owner disposes it when the run is over.</summary>
    internal MemoryBudget CreateMemory() => Memory is not null ? Memory : MemoryLimit is { } limit
        ? new MemoryBudget(limit, TemporaryFolder ?? Path.GetTempPath())
        : MemoryBudget.Unlimited;

    internal IEnumerable<ModelError> Validate()
    {
        if (Threads is < 0 or > 1024)
        {
            yield return new("options.threads", $"must be in [0, 1024] but is {Threads}.");
        }
        if (MemoryLimit is < LeastMemory)
        {
            yield return new("options.memoryLimit", $"must be at least {LeastMemory} bytes but is {MemoryLimit}.");
        }
        if (TemporaryFolder is { } folder && !Directory.Exists(folder))
        {
            yield return new("options.temporaryFolder", $"'{folder}' is no folder.");
        }
        foreach (ModelError error in Review?.Validate() ?? [])
        {
            yield return error;
        }
        for (int i = 0; i < Judgements.Count; i++)
        {
            if (Judgements[i].Left == Judgements[i].Right)
            {
                yield return new($"options.judgements[{i}]", "names one record twice.");
            }
        }
        for (int i = 0; i < (Labels?.Pairs.Count ?? 0); i++)
        {
            if (Labels!.Pairs[i].Left == Labels.Pairs[i].Right)
            {
                yield return new($"options.labels.pairs[{i}]", "names one record twice.");
            }
        }
        if (MaxQuarantinedRows is < 0)
        {
            yield return new("options.maxQuarantinedRows", $"must be at least 0 but is {MaxQuarantinedRows}.");
        }
        if (ScoredPairsFrom is not (null or (>= 0 and < 1)))
        {
            yield return new("options.scoredPairsFrom", $"must be in [0, 1) but is {ScoredPairsFrom}.");
        }
    }
}
