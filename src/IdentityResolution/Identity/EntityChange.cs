namespace IdentityResolution;

/// <summary>What happened to a customer id.</summary>
public enum EntityChangeKind
{
    /// <summary>A new id was given to records that had none.</summary>
    Created = 0,

    /// <summary>A record that had no id joined an id that existed.</summary>
    Joined,

    /// <summary>A record went from one id to another, because a cluster split.</summary>
    Moved,

    /// <summary>An id was retired into another one: <see cref="EntityChange.EntityId"/> now resolves to <see cref="EntityChange.RelatedEntityId"/>.</summary>
    Merged,

    /// <summary>A new id was given to records that left <see cref="EntityChange.RelatedEntityId"/>.</summary>
    Split,

    /// <summary>A record was deleted from its source and left the id.</summary>
    Left,

    /// <summary>An id lost its last record and has no successor: it was retired for good.</summary>
    Retired,

    /// <summary>A retired id became current again, because a run was rolled back.</summary>
    Restored,

    /// <summary>A record of the id was erased. The row does not tell which.</summary>
    Erased,
}

/// <summary>One row of the history of customer ids: who, when, why, which run.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="EntityId">The id it happened to: the new id when created or split, the id joined or moved to, the id retired when merged.</param>
/// <param name="RelatedEntityId">The other id: successor when merged, origin when split or moved; null otherwise.</param>
/// <param name="Record">The record that joined, moved or left; null for the other kinds.</param>
/// <param name="Reason">Why: the match rule, or the match weight in bits, that links the records; empty when nothing links them.</param>
/// <param name="RunId">The run that made the change.</param>
/// <param name="At">When the run was made, as told by the run's clock.</param>
public sealed record EntityChange(
    EntityChangeKind Kind,
    string EntityId,
    string? RelatedEntityId,
    RecordKey? Record,
    string Reason,
    string RunId,
    DateTimeOffset At);
