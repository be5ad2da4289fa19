namespace IdentityResolution;

/// <summary>One customer id that was ever given.</summary>
/// <param name="EntityId">The id.</param>
/// <param name="CreatedSequence">When the id was given, as a count: ids given earlier have smaller numbers. Unique in a store; at least 1.</param>
/// <param name="SuccessorId">The id it was retired into; null while it is current.</param>
public sealed record EntityState(string EntityId, long CreatedSequence, string? SuccessorId)
{
    /// <summary>Was the id retired without a successor, because its last record was deleted or erased?</summary>
    /// <value>Default false. Never true together with a <see cref="SuccessorId"/>.</value>
    public bool IsRetired { get; init; }
}

/// <summary>Everything a store knows before a run.</summary>
/// <param name="Rows">The lookup table, one row per record, in any order.</param>
/// <param name="Entities">Every id ever given, current and retired, in any order.</param>
public sealed record LookupState(IReadOnlyCollection<LookupRow> Rows, IReadOnlyCollection<EntityState> Entities)
{
    /// <summary>How many runs the store holds; a commit that expects another number is refused.</summary>
    /// <value>A count of at least 0. Default 0.</value>
    public long RunCount { get; init; }

    /// <summary>A store before its first run.</summary>
    public static LookupState Empty { get; } = new([], []);
}

/// <summary>What one run changed; written to a store as one transaction.</summary>
/// <param name="RunId">The run; a store ignores a run it has already.</param>
/// <param name="At">When the run was made, as told by the run's clock.</param>
/// <param name="ModelHash">Hash of the model the run used, lower-case hexadecimal.</param>
/// <param name="Rows">Rows that are new or differ from the store's.</param>
/// <param name="Entities">Ids that are new or whose successor changed.</param>
/// <param name="Changes">The history to append, in order; each change names this run and its moment.</param>
public sealed record LookupCommit(
    string RunId,
    DateTimeOffset At,
    string ModelHash,
    IReadOnlyCollection<LookupRow> Rows,
    IReadOnlyCollection<EntityState> Entities,
    IReadOnlyCollection<EntityChange> Changes)
{
    /// <summary>How many runs the store must hold for this commit to be right: <see cref="LookupState.RunCount"/> of the state it came from.</summary>
    /// <value>A count of at least 0; null = not checked. Default null.</value>
    public long? ExpectedRunCount { get; init; }

    /// <summary>Records that were deleted: their rows, records and links leave the store. Applied before <see cref="Rows"/>, <see cref="Records"/> and <see cref="Links"/>.</summary>
    /// <value>Default none.</value>
    public IReadOnlyCollection<RecordKey> RemovedRows { get; init; } = [];

    /// <summary>Records whose values may be new or changed (what is as in the store is passed over); kept by an <see cref="ILiveStore"/>, left out by other stores.</summary>
    /// <value>Default none.</value>
    public IReadOnlyCollection<SourceRecord> Records { get; init; } = [];

    /// <summary>Links that are new or changed; kept by an <see cref="ILiveStore"/>.</summary>
    /// <value>Default none.</value>
    public IReadOnlyCollection<Link> Links { get; init; } = [];

    /// <summary>Links that no longer hold; kept by an <see cref="ILiveStore"/>. Applied before <see cref="Links"/>.</summary>
    /// <value>Default none.</value>
    public IReadOnlyCollection<RecordPair> RemovedLinks { get; init; } = [];

    /// <summary>Judgements to append; kept by an <see cref="ILiveStore"/>.</summary>
    /// <value>Default none.</value>
    public IReadOnlyCollection<Judgement> Judgements { get; init; } = [];

    /// <summary>The model from here on, as JSON; null = as before.</summary>
    /// <value>Default null.</value>
    public string? Model { get; init; }

    /// <summary>How far a stream has been read, its effects being those of this commit; null = no stream.</summary>
    /// <value>Default null.</value>
    public StreamPosition? Position { get; init; }
}
