namespace IdentityResolution.Lookup;

/// <summary>Takes the last run of the store in memory back.</summary>
internal static class MemoryRollBack
{
    /// <summary>Takes it back, as a run of its own.</summary>
    public static IReadOnlyList<EntityChange> Take(MemoryTables tables, MemoryUndo undo, string rollbackRunId, DateTimeOffset at)
    {
        RollBackPlan plan = Plan(tables, undo, rollbackRunId, at);
        long run = tables.BeginRun(rollbackRunId, at, tables.Runs[^1].ModelHash);
        tables.SetEntities(plan.Entities, run, null);
        foreach ((RecordKey key, MemoryRow? before) in undo.Rows)
        {
            tables.SetRow(key, before is { } row ? row with { Since = run } : null, run, null);
        }
        foreach ((RecordKey key, SourceRecord? before) in undo.Records)
        {
            if (before is null)
            {
                tables.Records.Remove(key);
            }
            else
            {
                tables.Records[key] = before;
            }
        }
        foreach ((RecordPair pair, Link? before) in undo.Links)
        {
            tables.SetLink(pair, before, null);
        }
        tables.Judgements.RemoveRange(undo.JudgementCount, tables.Judgements.Count - undo.JudgementCount);
        tables.SetModel(undo.Model);
        if (undo.Position is { } position)
        {
            if (position.Position is null)
            {
                tables.Positions.Remove(position.Stream);
            }
            else
            {
                tables.Positions[position.Stream] = position.Position;
            }
        }
        tables.Append(plan.Changes);
        tables.Undo = null;
        return plan.Changes;
    }

    /// <summary>What taking it back does.</summary>
    public static RollBackPlan Plan(MemoryTables tables, MemoryUndo undo, string rollbackRunId, DateTimeOffset at)
    {
        RolledBackRow[] rows =
        [
            .. undo.Rows.Select(row => new RolledBackRow(
                row.Key, row.Value?.ToLookupRow(row.Key), tables.Rows.TryGetValue(row.Key, out MemoryRow after) ? after.ToLookupRow(row.Key) : null))
                .Where(row => row.Before is not null || row.After is not null),
        ];
        RolledBackEntity[] entities = [.. undo.Entities.Select(entity => new RolledBackEntity(entity.Value, entity.Key.State))];
        return RollBackPlan.Make(rows, entities, undo.RunId, rollbackRunId, at);
    }
}
