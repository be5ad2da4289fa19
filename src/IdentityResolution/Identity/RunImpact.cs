namespace IdentityResolution;

/// <summary>What a run does, or with <see cref="ResolverOptions.DryRun"/> would do, to the customers of its store; names ids and record keys, no values.</summary>
/// <remarks>Immutable.</remarks>
public sealed record RunImpact
{
    /// <summary>Customers that have a row in the store before the run.</summary>
    public required long CustomersBefore { get; init; }

    /// <summary>Customers that have a row in the store after the run.</summary>
    public required long CustomersAfter { get; init; }

    /// <summary>Customer ids given for the first time, to records that had none.</summary>
    public required long Created { get; init; }

    /// <summary>Records that had no id and join a customer who has one.</summary>
    public required long Joined { get; init; }

    /// <summary>Records that go from one customer to another because a customer is split.</summary>
    public required long Moved { get; init; }

    /// <summary>Customer ids retired into another one.</summary>
    public required long Merged { get; init; }

    /// <summary>Customer ids given to records that leave another customer.</summary>
    public required long Split { get; init; }

    /// <summary>Customer ids that are no longer current after the run: those merged, and those without a record.</summary>
    public required long Retired { get; init; }

    /// <summary>What becomes of the records of each source, in order of the sources' names.</summary>
    public required IReadOnlyList<SourceImpact> Sources { get; init; }

    /// <summary>A few changes of each kind, the first of the history.</summary>
    public required IReadOnlyList<ImpactExample> Examples { get; init; }
}

/// <summary>What becomes of the records of one source; each record is counted once.</summary>
/// <param name="Source">The source.</param>
/// <param name="Kept">Records that keep their customer id.</param>
/// <param name="Created">New records whose customer gets a new id.</param>
/// <param name="Joined">New records that join a customer who exists, or one who is split off in this run.</param>
/// <param name="Moved">Records that go to another customer who exists.</param>
/// <param name="Merged">Records whose customer id is retired into another one, those that are not among the inputs included.</param>
/// <param name="Split">Records that go to a customer who is split off.</param>
public sealed record SourceImpact(string Source, long Kept, long Created, long Joined, long Moved, long Merged, long Split);

/// <summary>One change as an example.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="EntityId">The id it happens to, as in <see cref="EntityChange"/>.</param>
/// <param name="RelatedEntityId">The other id, as in <see cref="EntityChange"/>; null = none.</param>
/// <param name="Records">A few of the records it happens to.</param>
/// <param name="Reason">Why: the match rule, or the match weight in bits; empty when nothing links the records.</param>
public sealed record ImpactExample(
    EntityChangeKind Kind, string EntityId, string? RelatedEntityId, IReadOnlyList<RecordKey> Records, string Reason);
