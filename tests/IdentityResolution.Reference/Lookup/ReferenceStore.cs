namespace IdentityResolution.Reference.Lookup;

/// <summary>A live store as plain as can be: it keeps a whole copy of its state after every run.</summary>
public sealed class ReferenceStore
{
    private long _cursor;

    /// <summary>The states after each run; the first is that before any.</summary>
    public List<ReferenceState> States { get; } = [new()];

    /// <summary>The runs with their moments and what can be done with them.</summary>
    public List<(string RunId, DateTimeOffset At, bool CanUndo, bool Changed)> Runs { get; } = [];

    public List<NumberedChange> Changes { get; } = [];

    public ReferenceState Current => States[^1];

    /// <summary>The state at a moment; a run is never earlier than the run before it.</summary>
    public ReferenceState At(DateTimeOffset moment)
    {
        int count = 0;
        while (count < Runs.Count && Runs[count].At <= moment)
        {
            count++;
        }
        return States[count];
    }

    /// <summary>The last run that changed anything, when it can be taken back.</summary>
    public string? Undoable()
    {
        int last = Runs.FindLastIndex(run => run.Changed);
        return last >= 0 && Runs[last].CanUndo ? Runs[last].RunId : null;
    }

    public void Commit(LookupCommit commit, bool canUndo = true)
    {
        if (Runs.Any(run => run.RunId == commit.RunId))
        {
            return;
        }
        ReferenceState state = Current.Copy();
        foreach (EntityState entity in commit.Entities)
        {
            state.Entities[entity.EntityId] = entity;
        }
        foreach (RecordKey key in commit.RemovedRows)
        {
            state.Remove(key);
        }
        foreach (RecordPair pair in commit.RemovedLinks)
        {
            state.Links.Remove(pair);
        }
        foreach (LookupRow row in commit.Rows)
        {
            state.Rows[row.Key] = row;
        }
        bool differs = false;
        foreach (SourceRecord record in commit.Records)
        {
            string text = ReferenceState.Text(record);
            differs |= !state.Records.TryGetValue(record.Key, out string? before) || before != text;
            state.Records[record.Key] = text;
        }
        foreach (Link link in commit.Links)
        {
            state.Links[new RecordPair(link.Left, link.Right)] = link;
        }
        state.Judgements.AddRange(commit.Judgements);
        differs |= commit.Model is not null && commit.Model != state.Model;
        state.Model = commit.Model ?? state.Model;
        if (commit.Position is { } position)
        {
            state.Positions[position.Stream] = position.Position;
        }
        differs |= commit.Rows.Count + commit.Entities.Count + commit.Changes.Count + commit.RemovedRows.Count + commit.Links.Count
            + commit.RemovedLinks.Count + commit.Judgements.Count > 0 || commit.Position is not null;
        Add(commit.RunId, commit.At, canUndo, differs, state, commit.Changes);
    }

    public void Erase(LookupCommit commit)
    {
        HashSet<RecordKey> keys = [.. commit.RemovedRows];
        Commit(commit with { Changes = [.. commit.Changes.Where(change => change.Record is not { } key || !keys.Contains(key))] }, canUndo: false);
        Runs[^1] = Runs[^1] with { Changed = true };
        foreach (ReferenceState state in States)
        {
            foreach (RecordKey key in keys)
            {
                state.Remove(key);
            }
            state.Judgements.RemoveAll(judgement => keys.Contains(judgement.Left) || keys.Contains(judgement.Right));
        }
        Changes.RemoveAll(change => change.Change.Record is { } key && keys.Contains(key));
    }

    /// <summary>Takes the last changing run back. The changes are those that the store under test told.</summary>
    public void RollBack(string rollbackRunId, DateTimeOffset at, IReadOnlyList<EntityChange> told)
    {
        int undone = Runs.FindLastIndex(run => run.Changed);
        ReferenceState before = States[undone];
        ReferenceState state = before.Copy();
        foreach (EntityState given in Current.Entities.Values.Where(entity => !before.Entities.ContainsKey(entity.EntityId)))
        {
            string? heir = Heir(given.EntityId, before);
            state.Entities[given.EntityId] = given with { SuccessorId = heir, IsRetired = heir is null };
        }
        Add(rollbackRunId, at, canUndo: false, changed: true, state, told);
    }

    private string? Heir(string id, ReferenceState before)
    {
        HashSet<string> seen = [];
        for (string? next = id; next is not null && seen.Add(next); next = Current.Entities[next].SuccessorId)
        {
            if (before.Entities.ContainsKey(next))
            {
                return next;
            }
            IGrouping<string, RecordKey>? largest = Current.Rows.Values
                .Where(row => row.EntityId == next && before.Rows.ContainsKey(row.Key))
                .Select(row => row.Key)
                .GroupBy(key => before.Rows[key].EntityId)
                .OrderByDescending(group => group.Count())
                .ThenBy(group => group.Min())
                .FirstOrDefault();
            if (largest is not null)
            {
                return largest.Key;
            }
        }
        return null;
    }

    private void Add(string runId, DateTimeOffset at, bool canUndo, bool changed, ReferenceState state, IEnumerable<EntityChange> changes)
    {
        States.Add(state);
        Runs.Add((runId, Runs.Count > 0 && Runs[^1].At > at ? Runs[^1].At : at, canUndo, changed));
        Changes.AddRange(changes.Select(change => new NumberedChange(++_cursor, change)));
    }
}
