using IdentityResolution.Live;
using IdentityResolution.Lookup;
using IdentityResolution.Records;

namespace IdentityResolution;

/// <summary>Customer ids that follow records as they change: upsert, delete, search, explain, judge, erase; every change is durable when its call returns.</summary>
/// <remarks>
/// Holds all records in standard form in memory and the rest in its store. After any sequence of calls the customers are those of a batch over the
/// same records with the same model. Safe for concurrent use: changes take turns, searches wait for no disk. The only writer of its store: when
/// another one has written, a call fails with <see cref="LookupConflictException"/>, and the next one reads the store anew. docs/live.md is the tour.
/// </remarks>
public sealed class LiveIndex : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Lock _memory = new();
    private readonly ILiveStore _store;
    private readonly LiveOptions _options;
    private readonly string _modelHash;
    private LiveState _state;
    private LiveEngine _engine;
    private string? _newModel;
    private volatile bool _isStale;

    private LiveIndex(ILiveStore store, LiveOptions options, LiveState state, string? newModel)
    {
        _store = store;
        _options = options;
        _state = state;
        _engine = new LiveEngine(state, options);
        _newModel = newModel;
        _modelHash = state.Model.Hash;
    }

    /// <summary>The model, which does not change while the index is open.</summary>
    public IdentityModel Model => _state.Model;

    /// <summary>How many records the index holds.</summary>
    public int Count
    {
        get
        {
            lock (_memory)
            {
                return _state.PresentCount;
            }
        }
    }

    /// <summary>Opens an index over a store.</summary>
    /// <param name="store">Keeps records, links, judgements and ids; stays the caller's to dispose.</param>
    /// <param name="model">A trained model; null = the store's. Where it differs from the store's, all records are resolved anew as one run, which keeps every id whose customer survives.</param>
    /// <param name="options">How to run; null = <see cref="LiveOptions.Default"/>.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <returns>The index, ready.</returns>
    /// <exception cref="InvalidModelException">The model is invalid or not trained, there is none, or it has more than 64 match rules; holds every error.</exception>
    /// <exception cref="LookupFormatException">The store contradicts itself.</exception>
    public static async Task<LiveIndex> OpenAsync(
        ILiveStore store, IdentityModel? model = null, LiveOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        options ??= LiveOptions.Default;
        options.Validate();
        string? stored = await store.FindModelAsync(cancellationToken).ConfigureAwait(false);
        model ??= stored is null
            ? throw new InvalidModelException([new("model", $"{store.Description} holds no model: give one that is trained.")])
            : IdentityModel.Parse(stored);
        LiveModel.Check(model);
        string json = model.ToJson();
        bool isNew = !string.Equals(json, stored, StringComparison.Ordinal);
        LiveState state = await LiveLoader.LoadAsync(store, model, options, cancellationToken).ConfigureAwait(false);
        var index = new LiveIndex(store, options, state, isNew ? json : null);
        if (isNew)
        {
            await index.WriteAsync([], null, all: true, cancellationToken).ConfigureAwait(false);
        }
        return index;
    }

    /// <summary>Takes records that are new or say something else now, as one transaction.</summary>
    /// <param name="records">Each with all its columns; of two with one key the last one counts. What says nothing new changes nothing.</param>
    /// <param name="cancellationToken">Stops the call; the store is then as it was.</param>
    /// <returns>The changes to customers, durable.</returns>
    /// <exception cref="InvalidRecordException">A record lacks its source or id, or holds text that can't be stored; nothing was changed.</exception>
    /// <exception cref="LookupConflictException">Another writer wrote to the store; nothing was changed.</exception>
    public Task<LiveResult> UpsertAsync(IEnumerable<SourceRecord> records, CancellationToken cancellationToken = default) =>
        ApplyAsync(records.Select(LiveOperation.Upsert), null, cancellationToken);

    /// <summary>Takes one record that is new or says something else now.</summary>
    /// <param name="record">The record with all its columns.</param>
    /// <param name="cancellationToken">Stops the call; the store is then as it was.</param>
    /// <returns>The changes to customers, durable.</returns>
    /// <exception cref="InvalidRecordException">The record lacks its source or id, or holds text that can't be stored; nothing was changed.</exception>
    /// <exception cref="LookupConflictException">Another writer wrote to the store; nothing was changed.</exception>
    public Task<LiveResult> UpsertAsync(SourceRecord record, CancellationToken cancellationToken = default) => UpsertAsync([record], cancellationToken);

    /// <summary>Takes records away that are no more in their sources, as one transaction. Their past stays in the history; see <see cref="EraseAsync(RecordKey, CancellationToken)"/>.</summary>
    /// <param name="keys">The records; unknown ones are ignored.</param>
    /// <param name="cancellationToken">Stops the call; the store is then as it was.</param>
    /// <returns>The changes to customers, durable.</returns>
    /// <exception cref="LookupConflictException">Another writer wrote to the store; nothing was changed.</exception>
    public Task<LiveResult> DeleteAsync(IEnumerable<RecordKey> keys, CancellationToken cancellationToken = default) =>
        ApplyAsync(keys.Select(LiveOperation.Delete), null, cancellationToken);

    /// <summary>Takes a batch of changes as one transaction, with how far the stream they come from has been read.</summary>
    /// <param name="operations">The changes in order; of several on one record the last one counts.</param>
    /// <param name="position">Committed with the changes, so that a restart goes on exactly behind them; null = no stream.</param>
    /// <param name="cancellationToken">Stops the call; the store is then as it was.</param>
    /// <returns>The changes to customers, durable.</returns>
    /// <exception cref="InvalidRecordException">A record lacks its source or id, or holds text that can't be stored; nothing was changed.</exception>
    /// <exception cref="LookupConflictException">Another writer wrote to the store; nothing was changed.</exception>
    public async Task<LiveResult> ApplyAsync(
        IEnumerable<LiveOperation> operations, StreamPosition? position = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operations);
        LiveOperation[] all = [.. operations];
        return await InTurnAsync(() => WriteAsync(all, position, all: false, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>States that two records are one customer, whatever rules and scores say.</summary>
    /// <param name="left">One record; it may come later.</param>
    /// <param name="right">The other record.</param>
    /// <param name="judgedBy">Who decided; null = not told.</param>
    /// <param name="note">Why; null = not told.</param>
    /// <param name="cancellationToken">Stops the call; the store is then as it was.</param>
    /// <returns>The changes to customers, durable.</returns>
    /// <exception cref="LookupConflictException">Another writer wrote to the store; nothing was changed.</exception>
    public Task<LiveResult> MustLinkAsync(
        RecordKey left, RecordKey right, string? judgedBy = null, string? note = null, CancellationToken cancellationToken = default) =>
        ApplyAsync([LiveOperation.Judge(new Judgement(left, right, JudgementDecision.Same) { JudgedBy = judgedBy, Note = note })], null, cancellationToken);

    /// <summary>States that two records are two customers, whatever rules and scores say.</summary>
    /// <param name="left">One record; it may come later.</param>
    /// <param name="right">The other record.</param>
    /// <param name="judgedBy">Who decided; null = not told.</param>
    /// <param name="note">Why; null = not told.</param>
    /// <param name="cancellationToken">Stops the call; the store is then as it was.</param>
    /// <returns>The changes to customers, durable.</returns>
    /// <exception cref="LookupConflictException">Another writer wrote to the store; nothing was changed.</exception>
    public Task<LiveResult> CannotLinkAsync(
        RecordKey left, RecordKey right, string? judgedBy = null, string? note = null, CancellationToken cancellationToken = default) =>
        ApplyAsync([LiveOperation.Judge(new Judgement(left, right, JudgementDecision.Different) { JudgedBy = judgedBy, Note = note })], null, cancellationToken);

    /// <summary>Withdraws what was judged on a pair of records: rules and scores decide again.</summary>
    /// <param name="judgement">A judgement on the pair.</param>
    /// <param name="cancellationToken">Stops the call; the store is then as it was.</param>
    /// <returns>The changes to customers, durable.</returns>
    /// <exception cref="LookupConflictException">Another writer wrote to the store; nothing was changed.</exception>
    public Task<LiveResult> UndoAsync(Judgement judgement, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(judgement);
        return ApplyAsync([LiveOperation.Judge(judgement with { Decision = JudgementDecision.Unsure, JudgedAt = null, Note = null })], null, cancellationToken);
    }

    /// <summary>Erases one record: afterwards neither the store nor the index holds any value of it, nor its key.</summary>
    /// <param name="key">The record; that it is not there is no error.</param>
    /// <param name="cancellationToken">Stops the call; the store is then as it was.</param>
    /// <returns>The receipt, which the store keeps.</returns>
    /// <exception cref="LookupConflictException">Another writer wrote to the store; nothing was changed.</exception>
    public Task<ErasureReceipt> EraseAsync(RecordKey key, CancellationToken cancellationToken = default)
    {
        RecordColumns.Check(key);
        return EraseAsync(_ => [key], cancellationToken);
    }

    /// <summary>Erases every record of a customer.</summary>
    /// <param name="entityId">The customer id; a retired one means its successor.</param>
    /// <param name="cancellationToken">Stops the call; the store is then as it was.</param>
    /// <returns>The receipt, which the store keeps.</returns>
    /// <exception cref="ArgumentException">The id was never given.</exception>
    /// <exception cref="LookupConflictException">Another writer wrote to the store; nothing was changed.</exception>
    public Task<ErasureReceipt> EraseCustomerAsync(string entityId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(entityId);
        return EraseAsync(state => state.KeysOf(entityId) ?? throw new ArgumentException("The customer id was never given.", nameof(entityId)), cancellationToken);
    }

    /// <summary>Finds the records that may be of the same customer as a record at hand, which need not be in the index. Writes nothing and keeps nothing of it.</summary>
    /// <param name="record">The record; where one of its key is in the index, that one is left out.</param>
    /// <param name="limit">Most candidates; at least 1. Default 10.</param>
    /// <param name="leastProbability">The lowest match probability of candidates that no match rule finds, in [0, 1]. Default 0.01.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The candidates: those that a match rule links first, then by weight.</returns>
    /// <exception cref="InvalidRecordException">The record lacks its source or id, or holds text that can't be stored.</exception>
    public async Task<IReadOnlyList<SearchCandidate>> SearchAsync(
        SourceRecord record, int limit = 10, double leastProbability = 0.01, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        if (leastProbability is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(leastProbability), "A probability is in [0, 1].");
        }
        RecordColumns.Check(record);
        await RefreshAsync(cancellationToken).ConfigureAwait(false);
        lock (_memory)
        {
            return LiveSearch.Find(_state, record, limit, leastProbability);
        }
    }

    /// <summary>Tells why two records are one customer, or why they are not.</summary>
    /// <param name="left">One record.</param>
    /// <param name="right">The other record.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The explanation; null when either record is not in the index.</returns>
    /// <exception cref="ArgumentException">Both are one and the same.</exception>
    public async Task<PairExplanation?> ExplainAsync(RecordKey left, RecordKey right, CancellationToken cancellationToken = default)
    {
        if (left == right)
        {
            throw new ArgumentException("Both records are one and the same.", nameof(right));
        }
        await RefreshAsync(cancellationToken).ConfigureAwait(false);
        lock (_memory)
        {
            return LiveExplanation.Of(_state, left, right);
        }
    }

    /// <summary>The current customer id of a record; null when the index does not know it.</summary>
    /// <param name="key">The record.</param>
    /// <returns>The id, or null.</returns>
    public string? Find(RecordKey key)
    {
        lock (_memory)
        {
            return _state.Find(key) is var record and >= 0 && _state.Entities.CurrentOf(record) is var customer and >= 0 ? _state.Entities.Ids.Text(customer) : null;
        }
    }

    /// <summary>Waits for the change that is being written; the store stays open.</summary>
    /// <returns>A task that ends when nothing is under way.</returns>
    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        _turn.Dispose();
    }

    private Task<ErasureReceipt> EraseAsync(Func<LiveState, IReadOnlyList<RecordKey>> choose, CancellationToken cancellationToken) => InTurnAsync(
        async () =>
        {
            IReadOnlyList<RecordKey> keys;
            LookupCommit commit;
            lock (_memory)
            {
                keys = choose(_state);
                _isStale = true;
                ChangeSet changes = ChangeSet.Of(keys.Select(LiveOperation.Delete), _state, _options.TimeProvider.GetUtcNow());
                commit = new CommitBuilder(_engine.Apply(changes, all: false, keys.ToHashSet()), _modelHash, _options.TimeProvider.GetUtcNow()).Build(erases: true);
            }
            // Values also stand in dictionaries that only grow: the index is read anew from the store, which holds none of them.
            ErasureReceipt receipt = await _store.EraseAsync(commit with { RemovedRows = [.. keys] }, cancellationToken).ConfigureAwait(false);
            await ReloadAsync(CancellationToken.None).ConfigureAwait(false);
            return receipt;
        },
        cancellationToken);

    private async Task<LiveResult> WriteAsync(LiveOperation[] operations, StreamPosition? position, bool all, CancellationToken cancellationToken)
    {
        LookupCommit commit;
        ChangeSet changes;
        cancellationToken.ThrowIfCancellationRequested();
        lock (_memory)
        {
            DateTimeOffset now = _options.TimeProvider.GetUtcNow();
            changes = ChangeSet.Of(operations, _state, now);
            // Until the store has it, what is in memory is ahead of it.
            _isStale = true;
            commit = new CommitBuilder(_engine.Apply(changes, all), _modelHash, now).Build(erases: false) with
            {
                Records = [.. changes.Records.Select(change => change.Record).OfType<SourceRecord>()],
                Judgements = changes.Judgements,
                Model = _newModel,
                Position = position,
            };
        }
        bool isEmpty = position is null && commit.Rows.Count + commit.Entities.Count + commit.Changes.Count + commit.RemovedRows.Count
            + commit.Records.Count + commit.Links.Count + commit.RemovedLinks.Count + commit.Judgements.Count == 0 && !all;
        if (!isEmpty)
        {
            await _store.CommitAsync(commit, cancellationToken).ConfigureAwait(false);
            _state.RunCount++;
            _newModel = null;
        }
        _isStale = false;
        return new LiveResult(isEmpty ? null : commit.RunId, [.. commit.Changes])
        {
            ChangedRecords = commit.Records.Count,
            DeletedRecords = commit.RemovedRows.Count,
            UnchangedRecords = changes.Unchanged,
        };
    }

    private async Task<T> InTurnAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_isStale)
            {
                await ReloadAsync(cancellationToken).ConfigureAwait(false);
            }
            return await work().ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    // A change that is being written is no reason to wait: only one that failed is.
    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        if (_isStale && _turn.CurrentCount > 0)
        {
            await InTurnAsync(() => Task.FromResult(0), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ReloadAsync(CancellationToken cancellationToken)
    {
        LiveState state = await LiveLoader.LoadAsync(_store, Model, _options, cancellationToken).ConfigureAwait(false);
        lock (_memory)
        {
            _state = state;
            _engine = new LiveEngine(state, _options);
            _isStale = false;
        }
    }
}
