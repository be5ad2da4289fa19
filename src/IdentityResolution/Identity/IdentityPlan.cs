using IdentityResolution.Records;

namespace IdentityResolution.Identity;

/// <summary>What a run decides about customer ids: the id of every record, and what differs from the store.</summary>
/// <remarks>
/// An entity is a number: below <see cref="PreviousEntityCount"/> an id of the store, from there on a new id in order of its age.
/// Immutable.
/// </remarks>
internal sealed class IdentityPlan
{
    /// <summary>The keys of the run's records.</summary>
    public required RecordKeyIndex Keys { get; init; }

    /// <summary>The run's records in order of their keys.</summary>
    public required int[] Order { get; init; }

    /// <summary>The entity of every record.</summary>
    public required int[] EntityOf { get; init; }

    /// <summary>What links every record.</summary>
    public required RecordEvidence Evidence { get; init; }

    /// <summary>The store before the run.</summary>
    public required IdentityState Previous { get; init; }

    /// <summary>The run.</summary>
    public required RunStamp Run { get; init; }

    /// <summary>The numbers that the new ids spell, oldest first.</summary>
    public required ulong[] NewIds { get; init; }

    /// <summary>The successor of each id of the store after the run; -1 = current. A successor is always current.</summary>
    public required int[] Successors { get; init; }

    /// <summary>Ids of the store whose successor differs after the run, in order of age.</summary>
    public required int[] Redirected { get; init; }

    /// <summary>Records whose row is new or differs from the store's, in order of their keys.</summary>
    public required int[] ChangedRecords { get; init; }

    /// <summary>Rows of the store without a record in this run that follow a merge, in order of their keys.</summary>
    public required int[] FollowingRows { get; init; }

    /// <summary>Makes the history of the run when it is first asked for: many runs are never asked.</summary>
    public required Lazy<PlannedChange[]> History { get; init; }

    /// <summary>The history of the run, in order.</summary>
    public PlannedChange[] Changes => History.Value;

    /// <summary>How many changes the history has.</summary>
    public int ChangeCount => IsFirst ? NewIds.Length : Changes.Length;

    // Without an id before the run, each new one is created, and nothing else happens.
    private bool IsFirst => PreviousEntityCount == 0;

    /// <summary>How many ids the store had ever given.</summary>
    public int PreviousEntityCount => Previous.Entities.Count;

    /// <summary>How many changes of a kind there are.</summary>
    public int CountOf(EntityChangeKind kind)
    {
        if (IsFirst)
        {
            return kind == EntityChangeKind.Created ? NewIds.Length : 0;
        }
        int count = 0;
        foreach (ref readonly PlannedChange change in Changes.AsSpan())
        {
            count += change.Kind == kind ? 1 : 0;
        }
        return count;
    }

    /// <summary>The count at which a new id is given.</summary>
    public long SequenceOf(int entity) => entity < PreviousEntityCount
        ? Previous.Entities.Sequence(entity)
        : Previous.Entities.LastSequence + 1 + (entity - PreviousEntityCount);

    /// <summary>The id of an entity.</summary>
    public string EntityId(int entity) => entity < PreviousEntityCount
        ? Previous.Entities.Text(entity)
        : EntityIdCode.ToText(NewIds[entity - PreviousEntityCount]);

    /// <summary>The id of an entity as UTF-8; <paramref name="scratch"/> is at least <see cref="EntityIdCode.Length"/> bytes.</summary>
    public ReadOnlySpan<byte> EntityId(int entity, Span<byte> scratch)
    {
        if (entity < PreviousEntityCount)
        {
            return Previous.Entities.Id(entity);
        }
        EntityIdCode.Write(NewIds[entity - PreviousEntityCount], scratch);
        return scratch[..EntityIdCode.Length];
    }
}
