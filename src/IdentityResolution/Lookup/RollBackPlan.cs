using System.Globalization;

namespace IdentityResolution.Lookup;

/// <summary>What becomes of customer ids when a run is taken back, and how the history tells it; for writers of stores.</summary>
/// <remarks>A pure function of what the run did: every store decides the same.</remarks>
public sealed class RollBackPlan
{
    private readonly Dictionary<string, EntityState> _given = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _heirs = new(StringComparer.Ordinal);

    private RollBackPlan(IEnumerable<RolledBackEntity> entities)
    {
        foreach (RolledBackEntity entity in entities)
        {
            if (entity.Before is null)
            {
                _given.Add(entity.After.EntityId, entity.After);
            }
        }
    }

    /// <summary>Ids that are as they were, and ids that the run gave, now retired; in order of age.</summary>
    public IReadOnlyList<EntityState> Entities { get; private set; } = [];

    /// <summary>The history: restored ids by age, records by key, retired ids by age.</summary>
    public IReadOnlyList<EntityChange> Changes { get; private set; } = [];

    /// <summary>Works out what taking a run back does.</summary>
    /// <param name="rows">The rows that the run changed, in any order.</param>
    /// <param name="entities">The ids that the run gave or changed, in any order.</param>
    /// <param name="runId">The run to take back.</param>
    /// <param name="rollbackRunId">The run that the roll back is.</param>
    /// <param name="at">Its moment.</param>
    /// <returns>The plan.</returns>
    public static RollBackPlan Make(
        IReadOnlyCollection<RolledBackRow> rows, IReadOnlyCollection<RolledBackEntity> entities, string runId, string rollbackRunId, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(entities);
        RolledBackRow[] ordered = [.. rows.OrderBy(row => row.Key)];
        RolledBackEntity[] aged = [.. entities.OrderBy(entity => entity.After.CreatedSequence)];
        var plan = new RollBackPlan(aged);
        plan.FindHeirs(ordered);
        string reason = string.Create(CultureInfo.InvariantCulture, $"roll back of {runId}");
        var changes = new List<EntityChange>();
        foreach (RolledBackEntity entity in aged)
        {
            if (IsCurrent(entity.Before) && !IsCurrent(entity.After))
            {
                Add(EntityChangeKind.Restored, entity.After.EntityId, null, null);
            }
        }
        foreach (RolledBackRow row in ordered)
        {
            if (row.Before is not { } before)
            {
                Add(EntityChangeKind.Left, row.After!.Value.EntityId, null, row.Key);
            }
            else if (row.After is not { } after)
            {
                Add(EntityChangeKind.Joined, before.EntityId, null, row.Key);
            }
            else if (before.EntityId != after.EntityId && plan.Heir(after.EntityId) != before.EntityId)
            {
                Add(EntityChangeKind.Moved, before.EntityId, after.EntityId, row.Key);
            }
        }
        var states = new List<EntityState>(aged.Length);
        foreach (RolledBackEntity entity in aged)
        {
            string? heir = entity.Before is null ? plan.Heir(entity.After.EntityId) : null;
            states.Add(entity.Before ?? entity.After with { SuccessorId = heir, IsRetired = heir is null });
            if (entity.Before is null)
            {
                Add(heir is null ? EntityChangeKind.Retired : EntityChangeKind.Merged, entity.After.EntityId, heir, null);
            }
        }
        plan.Entities = states;
        plan.Changes = changes;
        return plan;

        void Add(EntityChangeKind kind, string entityId, string? relatedId, RecordKey? record) =>
            changes.Add(new EntityChange(kind, entityId, relatedId, record, reason, rollbackRunId, at));
    }

    private static bool IsCurrent(EntityState? entity) => entity is { SuccessorId: null, IsRetired: false };

    // The id to which most records of a given id go back; of equals, the one of the smallest record key. Rows come in order of key.
    private void FindHeirs(RolledBackRow[] ordered)
    {
        var counts = new Dictionary<(string Given, string Heir), int>();
        foreach (RolledBackRow row in ordered)
        {
            if (row.Before is { } before && row.After is { } after && _given.ContainsKey(after.EntityId))
            {
                (string, string) pair = (after.EntityId, before.EntityId);
                counts[pair] = counts.GetValueOrDefault(pair) + 1;
            }
        }
        var most = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (RolledBackRow row in ordered)
        {
            if (row.Before is { } before && row.After is { } after
                && counts.TryGetValue((after.EntityId, before.EntityId), out int count) && count > most.GetValueOrDefault(after.EntityId))
            {
                most[after.EntityId] = count;
                _heirs[after.EntityId] = before.EntityId;
            }
        }
    }

    // An id that the run gave and retired at once, so that no row stands on it, goes where its successor goes.
    private string? Heir(string entityId)
    {
        string? id = entityId;
        for (int step = 0; id is not null && _given.TryGetValue(id, out EntityState? given); step++)
        {
            if (_heirs.TryGetValue(id, out string? heir))
            {
                return heir;
            }
            id = step > _given.Count ? null : given.SuccessorId;
        }
        return id == entityId ? null : id;
    }
}
