using IdentityResolution.Reference.Lookup;

namespace IdentityResolution.Tests.Lookup;

/// <summary>A store under test beside the plain one, and random runs that are written to both.</summary>
internal sealed class StoreWorld(ILiveStore store, int seed)
{
    private static readonly RecordKey[] Keys =
    [
        .. Enumerable.Range(1, 5).Select(number => new RecordKey("crm", $"{number}")),
        new("shop", "ﾀ"), new("shop", "\U0001F600"), new("ﾀ", "1"), new("\U0001F600", "1"),
    ];

    private static readonly string[] Streams = ["slot", "topic"];
    private readonly Random _random = new(seed);
    private LookupCommit? _last;
    private int _runs;
    private int _entities;

    public ReferenceStore Reference { get; } = new();

    private ReferenceState Now => Reference.Current;

    public static DateTimeOffset Moment(int run) => new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(2)).AddMinutes(run);

    /// <summary>One random step on both stores.</summary>
    public async Task StepAsync(CancellationToken token)
    {
        switch (_random.Next(12))
        {
            case 0 when _last is not null:
                await store.CommitAsync(_last with { ExpectedRunCount = null }, token);
                break;
            case 1:
                await CommitAsync(Commit(), token);
                break;
            case 2 or 3:
                await RollBackAsync(token);
                break;
            case 4:
                await EraseAsync(token);
                break;
            default:
                await CommitAsync(Change(), token);
                break;
        }
    }

    /// <summary>Is everything the same?</summary>
    public async Task CompareAsync(CancellationToken token)
    {
        LookupState state = await store.LoadAsync(token);
        Assert.Equal(Reference.Runs.Count, state.RunCount);
        var held = new ReferenceState { Model = await store.FindModelAsync(token) };
        foreach (LookupRow row in state.Rows)
        {
            held.Rows.Add(row.Key, row);
            Assert.Equal(row, await store.FindAsync(row.Key, token));
        }
        foreach (EntityState entity in state.Entities)
        {
            held.Entities.Add(entity.EntityId, entity);
            Assert.Equal(Now.Resolve(entity.EntityId), await store.ResolveEntityAsync(entity.EntityId, token));
        }
        var records = new List<RecordKey>();
        await foreach (SourceRecord record in store.ReadRecordsAsync(token))
        {
            records.Add(record.Key);
            held.Records.Add(record.Key, ReferenceState.Text(record));
            Assert.Equal(ReferenceState.Text(record), ReferenceState.Text((await store.FindRecordAsync(record.Key, token))!));
        }
        Assert.Equal(records.Order(), records);
        var links = new List<RecordPair>();
        await foreach (Link link in store.ReadLinksAsync(token))
        {
            links.Add(new RecordPair(link.Left, link.Right));
            held.Links.Add(links[^1], link);
        }
        Assert.Equal(links.OrderBy(pair => pair.Left).ThenBy(pair => pair.Right), links);
        await foreach (Judgement judgement in store.ReadJudgementsAsync(token))
        {
            held.Judgements.Add(judgement);
        }
        foreach (string stream in Streams)
        {
            if (await store.FindPositionAsync(stream, token) is { } position)
            {
                held.Positions.Add(stream, position);
            }
        }
        Assert.Equal(Now.Describe(), held.Describe());
        var runs = new List<string>();
        await foreach (StoredRun run in store.ReadRunsAsync(token))
        {
            runs.Add(run.RunId);
            Assert.Equal(runs.Count, run.RunNumber);
        }
        Assert.Equal(Reference.Runs.Select(run => run.RunId), runs);
    }

    /// <summary>Is every past moment what it was?</summary>
    public async Task ComparePastAsync(CancellationToken token)
    {
        for (int run = -1; run <= Reference.Runs.Count; run++)
        {
            DateTimeOffset moment = Moment(run);
            ReferenceState then = Reference.At(moment);
            foreach (RecordKey key in Keys)
            {
                Assert.Equal(then.Rows.TryGetValue(key, out LookupRow row) ? row : null, await store.FindAsync(key, moment, token));
            }
            foreach (string entity in Now.Entities.Keys)
            {
                Assert.Equal(then.Resolve(entity), await store.ResolveEntityAsync(entity, moment, token));
            }
        }
    }

    /// <summary>Does a reader that comes back with its cursor get everything, once?</summary>
    public async Task CompareFeedAsync(CancellationToken token)
    {
        var read = new List<NumberedChange>();
        long cursor = 0;
        while (true)
        {
            int most = _random.Next(1, 5);
            int before = read.Count;
            await foreach (NumberedChange change in store.ReadChangesAsync(cursor, token))
            {
                read.Add(change);
                cursor = change.Cursor;
                if (read.Count - before == most)
                {
                    break;
                }
            }
            if (read.Count == before)
            {
                break;
            }
        }
        Assert.Equal(Reference.Changes, read);
    }

    private async Task CommitAsync(LookupCommit commit, CancellationToken token)
    {
        await store.CommitAsync(commit, token);
        Reference.Commit(commit);
        _last = commit;
    }

    private async Task EraseAsync(CancellationToken token)
    {
        RecordKey[] keys = [.. _random.GetItems(Keys, 2).Distinct()];
        var entities = new HashSet<string>(Now.Rows.Where(row => keys.Contains(row.Key)).Select(row => row.Value.EntityId), StringComparer.Ordinal);
        EntityState[] retired =
        [
            .. entities.Where(id => Now.Rows.Values.All(row => row.EntityId != id || keys.Contains(row.Key))).Select(id => Now.Entities[id] with { IsRetired = true }),
        ];
        LookupCommit commit = Commit() with { RemovedRows = keys, Entities = retired };
        commit = commit with
        {
            Changes =
            [
                .. entities.Select(id => new EntityChange(EntityChangeKind.Erased, id, null, null, "", commit.RunId, commit.At)),
                .. keys.Select(key => new EntityChange(EntityChangeKind.Left, "any", null, key, "", commit.RunId, commit.At)),
            ],
        };
        HashSet<string> had = [.. Reference.States.SelectMany(state => state.Rows.Values).Where(row => keys.Contains(row.Key)).Select(row => row.EntityId)];
        ErasureReceipt receipt = await store.EraseAsync(commit, token);
        Assert.Equal(had.Order(StringComparer.Ordinal), receipt.EntityIds);
        Assert.Equal(Now.Rows.Keys.Count(keys.Contains), receipt.RemovedRows["lookup"]);
        Assert.Equal(Now.Records.Keys.Count(keys.Contains), receipt.RemovedRows["records"]);
        Assert.Equal(Now.Links.Keys.Count(pair => keys.Contains(pair.Left) || keys.Contains(pair.Right)), receipt.RemovedRows["links"]);
        Assert.Equal(Now.Judgements.Count(judgement => keys.Contains(judgement.Left) || keys.Contains(judgement.Right)), receipt.RemovedRows["judgements"]);
        Assert.Equal(Reference.Changes.Count(change => change.Change.Record is { } key && keys.Contains(key)), receipt.RemovedRows["changes"]);
        ErasureReceipt again = await store.EraseAsync(commit, token);
        Assert.Equal((receipt.RunId, receipt.At), (again.RunId, again.At));
        Assert.Equal(receipt.EntityIds, again.EntityIds);
        Assert.Equal(receipt.RemovedRows.OrderBy(entry => entry.Key), again.RemovedRows.OrderBy(entry => entry.Key));
        Reference.Erase(commit);
        _last = null;
    }

    private async Task RollBackAsync(CancellationToken token)
    {
        DateTimeOffset at = Moment(_runs);
        string id = $"run {_runs}";
        foreach ((string runId, _, _, _) in Reference.Runs)
        {
            if (runId != Reference.Undoable())
            {
                await Assert.ThrowsAsync<InvalidOperationException>(() => store.RollBackAsync(runId, id, at, token));
            }
        }
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.RollBackAsync("no such run", id, at, token));
        if (Reference.Undoable() is not { } undoable)
        {
            return;
        }
        _runs++;
        ReferenceState undone = Now;
        IReadOnlyList<EntityChange> foreseen = await store.PreviewRollBackAsync(undoable, at, token);
        IReadOnlyList<EntityChange> changes = await store.RollBackAsync(undoable, id, at, token);
        Assert.Equal(foreseen.Select(change => change with { RunId = id }), changes);
        Reference.RollBack(id, at, changes);
        Assert.Equal(changes, await store.RollBackAsync(undoable, id, at, token));
        CheckTold(undone, changes);
        _last = null;
    }

    // The history of a roll back tells every difference between the state that was taken back and the one it leaves.
    private void CheckTold(ReferenceState undone, IReadOnlyList<EntityChange> changes)
    {
        Assert.Equal(
            undone.Rows.Keys.Except(Now.Rows.Keys).Order(), changes.Where(change => change.Kind == EntityChangeKind.Left).Select(change => change.Record!.Value));
        Assert.Equal(
            Now.Rows.Keys.Except(undone.Rows.Keys).Order(), changes.Where(change => change.Kind == EntityChangeKind.Joined).Select(change => change.Record!.Value));
        Assert.Equal(
            undone.Entities.Keys.Where(id => undone.Resolve(id) != id && Now.Resolve(id) == id).Order(StringComparer.Ordinal),
            changes.Where(change => change.Kind == EntityChangeKind.Restored).Select(change => change.EntityId).Order(StringComparer.Ordinal));
        foreach ((RecordKey key, LookupRow row) in Now.Rows)
        {
            bool isMoved = undone.Rows.TryGetValue(key, out LookupRow before) && Now.Resolve(before.EntityId) != row.EntityId;
            if (isMoved)
            {
                Assert.Contains(changes, change => change.Kind == EntityChangeKind.Moved && change.Record == key && change.EntityId == row.EntityId);
            }
        }
    }

    // Now and then the clock was put back.
    private LookupCommit Commit()
    {
        DateTimeOffset at = Moment(_random.Next(5) == 0 ? _runs - 2 : _runs);
        return new LookupCommit($"run {_runs++}", at, "abc", [], [], []) { ExpectedRunCount = Reference.Runs.Count };
    }

    private LookupCommit Change()
    {
        LookupCommit commit = Commit();
        var rows = new Dictionary<RecordKey, LookupRow>();
        var entities = new Dictionary<string, EntityState>(StringComparer.Ordinal);
        var changes = new List<EntityChange>();
        List<string> current = [.. Now.Entities.Keys.Where(id => Now.Resolve(id) == id)];
        foreach (RecordKey key in _random.GetItems(Keys, _random.Next(4)).Distinct())
        {
            if (current.Count == 0 || _random.Next(3) == 0)
            {
                string created = $"C{++_entities}";
                entities.Add(created, new EntityState(created, _entities, null));
                current.Add(created);
                changes.Add(new EntityChange(EntityChangeKind.Created, created, null, null, "email", commit.RunId, commit.At));
            }
            string id = current[_random.Next(current.Count)];
            rows[key] = new LookupRow(key, id, "score", _random.Next(1_000_000) / 1e6);
            changes.Add(new EntityChange(EntityChangeKind.Joined, id, null, key, "score 1.000 bits", commit.RunId, commit.At));
        }
        if (current.Count > 1 && _random.Next(3) == 0)
        {
            string[] pair = [.. current];
            _random.Shuffle(pair);
            (string kept, string gone) = (pair[0], pair[1]);
            EntityState state = entities.GetValueOrDefault(gone) ?? Now.Entities[gone];
            entities[gone] = state with { SuccessorId = kept };
            foreach (LookupRow row in Now.Rows.Values.Where(row => row.EntityId == gone && !rows.ContainsKey(row.Key)).Concat(rows.Values.Where(row => row.EntityId == gone)).ToArray())
            {
                rows[row.Key] = row with { EntityId = kept };
            }
            changes.Add(new EntityChange(EntityChangeKind.Merged, gone, kept, null, "email", commit.RunId, commit.At));
        }
        RecordKey[] removed = _random.Next(3) == 0 ? [.. _random.GetItems(Keys, 1)] : [];
        foreach (RecordKey key in removed)
        {
            rows.Remove(key);
        }
        return commit with
        {
            Rows = rows.Values,
            Entities = entities.Values,
            Changes = changes,
            RemovedRows = removed,
            Records = [.. _random.GetItems(Keys, _random.Next(3)).Where(key => !removed.Contains(key)).Select(Record)],
            Links = [.. Pairs().Where(pair => !removed.Contains(pair.Left) && !removed.Contains(pair.Right)).DistinctBy(pair => pair).Select(Link)],
            RemovedLinks = [.. Pairs()],
            Judgements = [.. Pairs().Take(1).Select(pair => new Judgement(pair.Right, pair.Left, (JudgementDecision)_random.Next(3)) { Note = "n", JudgedAt = Moment(_runs), JudgedBy = _random.Next(2) == 0 ? "j" : null })],
            Model = _random.Next(4) == 0 ? $"{{\"model\":{_random.Next(2)}}}" : null,
            Position = _random.Next(3) == 0 ? new StreamPosition(Streams[_random.Next(2)], $"{_runs}") : null,
        };
    }

    private SourceRecord Record(RecordKey key) => _random.Next(2) == 0
        ? SourceRecord.Create(key.Source, key.Id, ("name", $"name {_random.Next(3)}"), ("city", null))
        : SourceRecord.Create(key.Source, key.Id, ("name", "\"é\U0001F600\0"), ("city", ""), ("zip", $"{_random.Next(2)}"));

    private Link Link(RecordPair pair) => _random.Next(2) == 0
        ? new Link(pair.Left, pair.Right, "email", 1, null)
        : new Link(pair.Left, pair.Right, IdentityResolution.Link.ScoreName, _random.NextDouble(), _random.NextDouble() * 20);

    private RecordPair[] Pairs() => [.. Enumerable.Range(0, _random.Next(3))
        .Select(_ => (_random.Next(Keys.Length), _random.Next(Keys.Length)))
        .Where(pair => pair.Item1 != pair.Item2)
        .Select(pair => new RecordPair(Keys[pair.Item1], Keys[pair.Item2]))];
}
