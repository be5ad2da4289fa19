using System.Runtime.CompilerServices;
using IdentityResolution.Identity;
using IdentityResolution.Lookup;

namespace IdentityResolution;

/// <summary>A store that lives as long as its object: for tests, and for services that keep the lookup table elsewhere.</summary>
/// <remarks>
/// Safe for concurrent use: a reader sees the state before or after a commit. A commit takes O(what it holds), <see cref="LoadAsync"/> O(store) when
/// something was written since the last one.
/// </remarks>
/// <param name="terms">Shall it give the standard values and keys of its records, and in which form? Null = none.</param>
public sealed class InMemoryLookupStore(RecordTermOptions? terms = null) : ILiveStore
{
    private const int ItemsPerPage = 1024;
    private readonly Lock _lock = new();
    private readonly MemoryTables _tables = new();
    private LookupState? _loaded = LookupState.Empty;

    /// <inheritdoc />
    public string Description => "memory";

    /// <inheritdoc />
    public Task<LookupState> LoadAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return Task.FromResult(_loaded ??= Load());
        }
    }

    /// <inheritdoc />
    public Task CommitAsync(LookupCommit commit, CancellationToken cancellationToken = default)
    {
        Check(commit);
        lock (_lock)
        {
            if (!_tables.RunIds.Contains(commit.RunId))
            {
                // The commit is read to its end before anything changes, so a failure on the way changes nothing.
                StagedCommit staged = Stage(commit, cancellationToken);
                _loaded = null;
                _tables.Apply(staged);
            }
        }
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task<ErasureReceipt> EraseAsync(LookupCommit commit, CancellationToken cancellationToken = default)
    {
        Check(commit);
        lock (_lock)
        {
            if (_tables.RunIds.Contains(commit.RunId))
            {
                return Task.FromResult(_tables.Erasures.Find(receipt => receipt.RunId == commit.RunId)
                    ?? throw new InvalidOperationException("The store has the run already, and it is no erasure."));
            }
            HashSet<RecordKey> keys = [.. commit.RemovedRows];
            StagedCommit staged = Stage(
                commit with { Changes = [.. commit.Changes.Where(change => change.Record is not { } key || !keys.Contains(key))] }, cancellationToken);
            _loaded = null;
            return Task.FromResult(MemoryErasure.Erase(_tables, staged));
        }
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<EntityChange>> RollBackAsync(string runId, string rollbackRunId, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(runId);
        ArgumentException.ThrowIfNullOrEmpty(rollbackRunId);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (_tables.RunIds.Contains(rollbackRunId))
            {
                return Task.FromResult<IReadOnlyList<EntityChange>>(
                    [.. _tables.Changes.Where(change => change.Change.RunId == rollbackRunId).Select(change => change.Change)]);
            }
            MemoryUndo undo = FindUndo(runId);
            _loaded = null;
            return Task.FromResult(MemoryRollBack.Take(_tables, undo, rollbackRunId, at));
        }
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<EntityChange>> PreviewRollBackAsync(string runId, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        Locked(() => MemoryRollBack.Plan(_tables, FindUndo(runId), runId, at).Changes, cancellationToken);

    /// <inheritdoc />
    public Task<LookupRow?> FindAsync(RecordKey key, CancellationToken cancellationToken = default) => Locked(
        () => _tables.Rows.TryGetValue(key, out MemoryRow row) ? row.ToLookupRow(key) : (LookupRow?)null, cancellationToken);

    /// <inheritdoc />
    public Task<LookupRow?> FindAsync(RecordKey key, DateTimeOffset asOf, CancellationToken cancellationToken = default) => Locked(
        () =>
        {
            long run = _tables.RunAt(asOf);
            if (_tables.Rows.TryGetValue(key, out MemoryRow row) && row.Since <= run)
            {
                return row.ToLookupRow(key);
            }
            foreach (MemoryRow past in _tables.PastRows.GetValueOrDefault(key) ?? [])
            {
                if (past.Since <= run && run < past.Until)
                {
                    return past.ToLookupRow(key);
                }
            }
            return (LookupRow?)null;
        },
        cancellationToken);

    /// <inheritdoc />
    public Task<string?> ResolveEntityAsync(string entityId, CancellationToken cancellationToken = default) =>
        Locked(() => Resolve(entityId, long.MaxValue), cancellationToken);

    /// <inheritdoc />
    public Task<string?> ResolveEntityAsync(string entityId, DateTimeOffset asOf, CancellationToken cancellationToken = default) =>
        Locked(() => Resolve(entityId, _tables.RunAt(asOf)), cancellationToken);

    /// <inheritdoc />
    public Task<SourceRecord?> FindRecordAsync(RecordKey key, CancellationToken cancellationToken = default) =>
        Locked(() => _tables.Records.GetValueOrDefault(key), cancellationToken);

    /// <inheritdoc />
    public Task<string?> FindModelAsync(CancellationToken cancellationToken = default) => Locked(() => _tables.Model, cancellationToken);

    /// <inheritdoc />
    public Task<string?> FindPositionAsync(string stream, CancellationToken cancellationToken = default) =>
        Locked(() => _tables.Positions.GetValueOrDefault(stream), cancellationToken);

    /// <inheritdoc />
    public IAsyncEnumerable<SourceRecord> ReadRecordsAsync(CancellationToken cancellationToken = default) =>
        List<SourceRecord>(() => [.. _tables.Records.Values.OrderBy(record => record.Key)], cancellationToken);

    /// <inheritdoc />
    public IAsyncEnumerable<Link> ReadLinksAsync(CancellationToken cancellationToken = default) =>
        List<Link>(() => [.. _tables.Links.Values.OrderBy(link => link.Left).ThenBy(link => link.Right)], cancellationToken);

    /// <inheritdoc />
    public IAsyncEnumerable<Judgement> ReadJudgementsAsync(CancellationToken cancellationToken = default) =>
        List<Judgement>(() => [.. _tables.Judgements], cancellationToken);

    /// <inheritdoc />
    public IAsyncEnumerable<RecordTerm> ReadTermsAsync(CancellationToken cancellationToken = default) => List<RecordTerm>(
        () =>
        {
            if (terms?.Form is null || _tables.Model is not { } model)
            {
                return [];
            }
            var maker = new RecordTermMaker(model, terms);
            return [.. _tables.Records.Values.OrderBy(record => record.Key).SelectMany(maker.Make)];
        },
        cancellationToken);

    /// <inheritdoc />
    public Task<long> CountRunsAsync(CancellationToken cancellationToken = default) => Locked(() => (long)_tables.Runs.Count, cancellationToken);

    /// <inheritdoc />
    public IAsyncEnumerable<StoredRun> ReadRunsAsync(CancellationToken cancellationToken = default) => List<StoredRun>(() => [.. _tables.Runs], cancellationToken);

    /// <inheritdoc />
    public IAsyncEnumerable<ErasureReceipt> ReadErasuresAsync(CancellationToken cancellationToken = default) =>
        List<ErasureReceipt>(() => [.. _tables.Erasures], cancellationToken);

    /// <inheritdoc />
    public async IAsyncEnumerable<EntityChange> ReadChangesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (NumberedChange change in ReadChangesAsync(0, cancellationToken).ConfigureAwait(false))
        {
            yield return change.Change;
        }
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<NumberedChange> ReadChangesAsync(long after, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        while (true)
        {
            NumberedChange[] page;
            lock (_lock)
            {
                int start = FirstBehind(_tables.Changes, after);
                page = [.. _tables.Changes.Skip(start).Take(ItemsPerPage)];
            }
            foreach (NumberedChange change in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return change;
            }
            if (page.Length < ItemsPerPage)
            {
                yield break;
            }
            after = page[^1].Cursor;
        }
    }

    /// <summary>Does nothing: the store's contents go with the object.</summary>
    /// <returns>A finished task.</returns>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static void Check(LookupCommit commit)
    {
        ArgumentNullException.ThrowIfNull(commit);
        ArgumentException.ThrowIfNullOrEmpty(commit.RunId, nameof(commit));
    }

    private static int FirstBehind(List<NumberedChange> changes, long cursor)
    {
        int low = 0, high = changes.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = changes[middle].Cursor <= cursor ? (middle + 1, high) : (low, middle);
        }
        return low;
    }

    private StagedCommit Stage(LookupCommit commit, CancellationToken cancellationToken)
    {
        if (commit.ExpectedRunCount is { } expected && expected != _tables.Runs.Count)
        {
            throw new LookupConflictException(Description);
        }
        return StagedCommit.Read(commit, _tables.Entities, Description, cancellationToken);
    }

    private LookupState Load()
    {
        var builder = new IdentityStateBuilder();
        foreach (MemoryEntity entity in _tables.Entities.Values)
        {
            builder.Declare(
                builder.Entity(entity.Id), entity.Sequence, entity.Successor is null ? -1 : builder.Entity(entity.Successor.Id), entity.IsRetired);
        }
        foreach ((RecordKey key, MemoryRow row) in _tables.Rows)
        {
            builder.Set(builder.Source(key.Source), key.Id, builder.Entity(row.Entity.Id), builder.Name(row.MatchedBy), row.Millionths);
        }
        IdentityState state = builder.Build(_tables.Runs.Count, out string? fault);
        return fault is null ? state.ToLookupState() : throw new LookupFormatException(Description, fault);
    }

    private MemoryUndo FindUndo(string runId) => _tables.Undo is { } undo && undo.RunId == runId
        ? undo
        : throw new InvalidOperationException("Only the last run that changed anything can be taken back, and it must be neither an erasure nor a roll back.");

    private string? Resolve(string entityId, long run)
    {
        if (!_tables.Entities.TryGetValue(entityId, out MemoryEntity? entity) || !entity.IsGiven(run))
        {
            return null;
        }
        (MemoryEntity? successor, bool isRetired) = entity.At(run);
        while (successor is not null)
        {
            entity = successor;
            (successor, isRetired) = entity.At(run);
        }
        return isRetired ? null : entity.Id;
    }

    private Task<T> Locked<T>(Func<T> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return Task.FromResult(read());
        }
    }

    private async IAsyncEnumerable<T> List<T>(Func<T[]> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (T item in await Locked(read, cancellationToken).ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return item;
        }
    }
}
