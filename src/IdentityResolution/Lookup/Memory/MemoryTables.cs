using IdentityResolution.Identity;

namespace IdentityResolution.Lookup;

/// <summary>What the store in memory holds. Not thread-safe: the store has the lock.</summary>
internal sealed class MemoryTables
{
    public Dictionary<RecordKey, MemoryRow> Rows { get; } = [];

    /// <summary>Earlier versions of rows, oldest first.</summary>
    public Dictionary<RecordKey, List<MemoryRow>> PastRows { get; } = [];

    public Dictionary<string, MemoryEntity> Entities { get; } = new(StringComparer.Ordinal);

    public Dictionary<RecordKey, SourceRecord> Records { get; } = [];

    public Dictionary<RecordPair, Link> Links { get; } = [];

    public List<Judgement> Judgements { get; } = [];

    public Dictionary<string, string> Positions { get; } = new(StringComparer.Ordinal);

    public string? Model { get; private set; }

    public List<StoredRun> Runs { get; } = [];

    /// <summary>The moments of the runs, none before the one of the run before.</summary>
    public List<DateTimeOffset> Moments { get; } = [];

    public HashSet<string> RunIds { get; } = new(StringComparer.Ordinal);

    public List<NumberedChange> Changes { get; } = [];

    public List<ErasureReceipt> Erasures { get; } = [];

    /// <summary>What the last changing run replaced; null after an erasure or a roll back, and before the first run.</summary>
    public MemoryUndo? Undo { get; set; }

    private readonly Dictionary<RecordKey, HashSet<RecordPair>> _linksOf = [];
    private long _lastCursor;

    /// <summary>How many runs count as having happened by a moment.</summary>
    public long RunAt(DateTimeOffset moment)
    {
        int low = 0, high = Moments.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = Moments[middle] <= moment ? (middle + 1, high) : (low, middle);
        }
        return low;
    }

    /// <summary>Applies a commit.</summary>
    public void Apply(StagedCommit staged)
    {
        LookupCommit commit = staged.Commit;
        long run = BeginRun(commit.RunId, commit.At, commit.ModelHash);
        var undo = new MemoryUndo(commit.RunId, Judgements.Count, Model);
        bool changed = staged.Entities.Count + staged.Rows.Count + staged.RemovedRows.Count + staged.Links.Count + staged.RemovedLinks.Count
            + staged.Judgements.Count + staged.Changes.Count > 0 || commit.Position is not null;
        SetEntities(staged.Entities, run, undo);
        foreach (RecordKey key in staged.RemovedRows)
        {
            Remove(key, run, undo);
        }
        foreach (RecordPair pair in staged.RemovedLinks)
        {
            SetLink(pair, null, undo);
        }
        foreach (LookupRow row in staged.Rows)
        {
            SetRow(row.Key, new MemoryRow(Entities[row.EntityId], row.MatchedBy, Millionths.From(row.MatchProbability), run), run, undo);
        }
        foreach (SourceRecord record in staged.Records)
        {
            changed |= SetRecord(record, undo);
        }
        foreach (Link link in staged.Links)
        {
            SetLink(new RecordPair(link.Left, link.Right), link, undo);
        }
        Judgements.AddRange(staged.Judgements);
        if (commit.Model is not null && !string.Equals(commit.Model, Model, StringComparison.Ordinal))
        {
            Model = commit.Model;
            changed = true;
        }
        if (commit.Position is { } position)
        {
            undo.Position = (position.Stream, Positions.GetValueOrDefault(position.Stream));
            Positions[position.Stream] = position.Position;
        }
        Append(staged.Changes);
        if (changed)
        {
            Undo = undo;
        }
    }

    /// <summary>Counts a run.</summary>
    public long BeginRun(string runId, DateTimeOffset at, string modelHash)
    {
        RunIds.Add(runId);
        Runs.Add(new StoredRun(Runs.Count + 1, runId, at, modelHash));
        Moments.Add(Moments.Count > 0 && Moments[^1] > at ? Moments[^1] : at);
        return Runs.Count;
    }

    /// <summary>Appends to the history.</summary>
    public void Append(IEnumerable<EntityChange> changes)
    {
        foreach (EntityChange change in changes)
        {
            Changes.Add(new NumberedChange(++_lastCursor, change));
        }
    }

    /// <summary>Gives or changes ids.</summary>
    public void SetEntities(IReadOnlyList<EntityState> states, long run, MemoryUndo? undo)
    {
        foreach (EntityState state in states)
        {
            if (!Entities.TryGetValue(state.EntityId, out MemoryEntity? entity))
            {
                entity = new MemoryEntity(state.EntityId, state.CreatedSequence);
                Entities.Add(state.EntityId, entity);
                undo?.Entities.TryAdd(entity, null);
            }
            undo?.Entities.TryAdd(entity, entity.State);
        }
        foreach (EntityState state in states)
        {
            Entities[state.EntityId].Set(state.SuccessorId is null ? null : Entities[state.SuccessorId], state.IsRetired, run);
        }
    }

    /// <summary>Removes a record with its row and its links.</summary>
    public void Remove(RecordKey key, long run, MemoryUndo? undo)
    {
        SetRow(key, null, run, undo);
        if (Records.Remove(key, out SourceRecord? record))
        {
            undo?.Records.TryAdd(key, record);
        }
        foreach (RecordPair pair in LinksOf(key))
        {
            SetLink(pair, null, undo);
        }
    }

    /// <summary>The pairs of a record's links.</summary>
    public RecordPair[] LinksOf(RecordKey key) => _linksOf.TryGetValue(key, out HashSet<RecordPair>? pairs) ? [.. pairs] : [];

    /// <summary>Sets or removes a row; the one before becomes a past one.</summary>
    public void SetRow(RecordKey key, MemoryRow? row, long run, MemoryUndo? undo)
    {
        bool isThere = Rows.TryGetValue(key, out MemoryRow before);
        undo?.Rows.TryAdd(key, isThere ? before : null);
        if (isThere && before.Since != run)
        {
            if (!PastRows.TryGetValue(key, out List<MemoryRow>? past))
            {
                PastRows.Add(key, past = []);
            }
            past.Add(before with { Until = run });
        }
        if (row is { } set)
        {
            Rows[key] = set;
        }
        else
        {
            Rows.Remove(key);
        }
    }

    /// <summary>Sets or removes a link.</summary>
    public void SetLink(RecordPair pair, Link? link, MemoryUndo? undo)
    {
        undo?.Links.TryAdd(pair, Links.TryGetValue(pair, out Link before) ? before : null);
        if (link is { } set)
        {
            Links[pair] = set with { Left = pair.Left, Right = pair.Right };
            Of(pair.Left).Add(pair);
            Of(pair.Right).Add(pair);
            return;
        }
        if (Links.Remove(pair))
        {
            Forget(pair.Left, pair);
            Forget(pair.Right, pair);
        }
    }

    /// <summary>Sets a record unless it is there with the same values.</summary>
    public bool SetRecord(SourceRecord record, MemoryUndo? undo)
    {
        bool isThere = Records.TryGetValue(record.Key, out SourceRecord? before);
        if (isThere && IsSame(before!.Values, record.Values))
        {
            return false;
        }
        undo?.Records.TryAdd(record.Key, before);
        // A copy: what the caller does to the values later is not ours.
        Records[record.Key] = record with { Values = new Dictionary<string, string?>(record.Values, StringComparer.Ordinal) };
        return true;
    }

    /// <summary>Sets the model back.</summary>
    public void SetModel(string? model) => Model = model;

    private HashSet<RecordPair> Of(RecordKey key)
    {
        if (!_linksOf.TryGetValue(key, out HashSet<RecordPair>? pairs))
        {
            _linksOf.Add(key, pairs = []);
        }
        return pairs;
    }

    private void Forget(RecordKey key, RecordPair pair)
    {
        HashSet<RecordPair> pairs = _linksOf[key];
        pairs.Remove(pair);
        if (pairs.Count == 0)
        {
            _linksOf.Remove(key);
        }
    }

    private static bool IsSame(IReadOnlyDictionary<string, string?> left, IReadOnlyDictionary<string, string?> right) =>
        left.Count == right.Count
        && left.All(entry => right.TryGetValue(entry.Key, out string? value) && string.Equals(entry.Value, value, StringComparison.Ordinal));
}
