using System.Globalization;
using IdentityResolution.Lookup;
using Npgsql;

namespace IdentityResolution.PostgreSql;

/// <summary>Writes a run inside the caller's transaction, in which the store's lock is held and its tables exist.</summary>
/// <remarks>
/// Many rows go by COPY into temporary tables and are merged as sets, few go as parameters; of two rows of one key the last one holds. The tables of
/// a new store have no keys yet: they are filled first and get their keys then, which takes a third of the time. What is replaced becomes the past.
/// </remarks>
internal sealed class PostgreSqlLookupWriter(StoreTables tables, string store, WriteTurn turn, RecordTermOptions? terms)
{
    private const string PastColumns = "source, record_id, until_run, since_run, customer_id, matched_by, match_probability";

    private static readonly StagedColumn[] CustomerColumns =
    [
        StagedColumn.Key("customer_id"), new("created_sequence", "bigint"), StagedColumn.Key("successor_id"), new("is_retired", "boolean"),
    ];

    private static readonly StagedColumn[] RowColumns =
    [
        StagedColumn.Key("source"), StagedColumn.Key("record_id"), StagedColumn.Key("customer_id"), StagedColumn.Key("matched_by"),
        new("match_probability", "double precision"),
    ];

    private static readonly StagedColumn[] ChangeColumns =
    [
        new("kind", "text"), StagedColumn.Key("customer_id"), StagedColumn.Key("related_id"), StagedColumn.Key("source"), StagedColumn.Key("record_id"),
        new("reason", "text"), new("change_number", "bigint"),
    ];

    private readonly Dictionary<string, string> _longTexts = new(StringComparer.Ordinal);
    private readonly StatementBatch _batch = turn.Batch;
    private long _lastChange = turn.Position.LastChange;

    /// <summary>The number of this run.</summary>
    public long Run => turn.Position.RunCount + 1;

    /// <summary>Has the store no rows, so that tables can be filled before they get their keys?</summary>
    public bool IsNew => turn.IsNew;

    /// <summary>Writes the run, unless the store has it already.</summary>
    public async Task WriteAsync(LookupCommit commit, CancellationToken cancellationToken)
    {
        if (turn.Position.HasRun)
        {
            return;
        }
        bool changed = await WriteCommitAsync(commit, cancellationToken).ConfigureAwait(false);
        await EndAsync(commit.RunId, commit.At, commit.ModelHash, changed ? RunKinds.Changed : RunKinds.Unchanged, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes what a commit changes. False when it changes nothing.</summary>
    public async Task<bool> WriteCommitAsync(LookupCommit commit, CancellationToken cancellationToken)
    {
        if (commit.ExpectedRunCount is { } expected && expected != turn.Position.RunCount)
        {
            throw new LookupConflictException(store);
        }
        var records = new PostgreSqlRecordWriter(tables, store, turn, this);
        await WriteCustomersAsync(commit.Entities, cancellationToken).ConfigureAwait(false);
        await RemoveRowsAsync(commit.RemovedRows, cancellationToken).ConfigureAwait(false);
        await WriteRowsAsync(commit.Rows, cancellationToken).ConfigureAwait(false);
        bool changed = await records.WriteAsync(commit, cancellationToken).ConfigureAwait(false);
        await Terms().FollowAsync(commit.RemovedRows, commit.Records, cancellationToken).ConfigureAwait(false);
        await WriteChangesAsync(commit.Changes, cancellationToken).ConfigureAwait(false);
        return changed;
    }

    /// <summary>Counts the run, keeps the long texts that were met, and sends what is left.</summary>
    public async Task EndAsync(string runId, DateTimeOffset at, string modelHash, string kind, CancellationToken cancellationToken)
    {
        _batch.Add(
            $"INSERT INTO {tables.Runs} (run_number, run_id, at, at_text, model_hash, run_kind, ticks, last_change) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            [
                new NpgsqlParameter<long> { TypedValue = Run },
                new NpgsqlParameter<string> { TypedValue = Key(runId) },
                new NpgsqlParameter<DateTime> { TypedValue = at.UtcDateTime },
                new NpgsqlParameter<string> { TypedValue = at.ToString("O", CultureInfo.InvariantCulture) },
                new NpgsqlParameter<string> { TypedValue = StoredText.Escaped(modelHash) },
                new NpgsqlParameter<string> { TypedValue = kind },
                new NpgsqlParameter<long> { TypedValue = Math.Max(turn.Position.Ticks, at.UtcTicks) },
                new NpgsqlParameter<long> { TypedValue = _lastChange },
            ]);
        if (_longTexts.Count > 0)
        {
            _batch.Add(
                $"INSERT INTO {tables.LongTexts} (key, text) SELECT * FROM unnest($1, $2) ON CONFLICT (key) DO NOTHING",
                [
                    new NpgsqlParameter<string[]> { TypedValue = [.. _longTexts.Keys] },
                    new NpgsqlParameter<string[]> { TypedValue = [.. _longTexts.Values] },
                ]);
        }
        await _batch.FlushAsync(cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Gives or changes ids.</summary>
    public async Task WriteCustomersAsync(IReadOnlyCollection<EntityState> entities, CancellationToken cancellationToken)
    {
        if (await FillAsync(tables.Customers, CustomerColumns, entities, WriteCustomer, PostgreSqlLookupSchema.CustomerKeys(tables), cancellationToken).ConfigureAwait(false))
        {
            await RefuseUnknownAsync(tables.Customers, "successor_id", cancellationToken).ConfigureAwait(false);
            return;
        }
        if (entities.Count == 0)
        {
            return;
        }
        StagedRows rows = await StageAsync("new_customers", CustomerColumns, entities, WriteCustomer, cancellationToken).ConfigureAwait(false);
        rows.Add(
            $"""
            WITH new AS MATERIALIZED (SELECT DISTINCT ON (n.customer_id) n.* FROM {rows.From} ORDER BY n.customer_id, n.place DESC),
            past AS (INSERT INTO {tables.PastCustomers} (customer_id, until_run, since_run, successor_id, is_retired)
                SELECT c.customer_id, @run, c.run_number, c.successor_id, c.is_retired FROM new JOIN {tables.Customers} c USING (customer_id)
                WHERE c.run_number < @run),
            merged AS (INSERT INTO {tables.Customers} (created_sequence, customer_id, successor_id, is_retired, run_number)
                SELECT created_sequence, customer_id, successor_id, is_retired, @run FROM new
                ON CONFLICT (customer_id) DO UPDATE SET
                    successor_id = excluded.successor_id, is_retired = excluded.is_retired, run_number = excluded.run_number)
            SELECT EXISTS (SELECT FROM {rows.From} WHERE n.successor_id IS NOT NULL
                AND NOT EXISTS (SELECT FROM {tables.Customers} c WHERE c.customer_id = n.successor_id)
                AND NOT EXISTS (SELECT FROM new WHERE new.customer_id = n.successor_id))
            """,
            Refuse);
    }

    /// <summary>Adds or replaces rows.</summary>
    public async Task WriteRowsAsync(IReadOnlyCollection<LookupRow> items, CancellationToken cancellationToken)
    {
        if (await FillAsync(tables.Lookup, RowColumns, items, WriteRow, PostgreSqlLookupSchema.LookupKeys(tables), cancellationToken).ConfigureAwait(false))
        {
            await RefuseUnknownAsync(tables.Lookup, "customer_id", cancellationToken).ConfigureAwait(false);
            return;
        }
        if (items.Count == 0)
        {
            return;
        }
        StagedRows rows = await StageAsync("new_rows", RowColumns, items, WriteRow, cancellationToken).ConfigureAwait(false);
        rows.Add(
            $"""
            WITH new AS MATERIALIZED (SELECT DISTINCT ON (n.source, n.record_id) n.* FROM {rows.From} ORDER BY n.source, n.record_id, n.place DESC),
            past AS (INSERT INTO {tables.PastRows} ({PastColumns})
                SELECT l.source, l.record_id, @run, l.run_number, l.customer_id, l.matched_by, l.match_probability
                FROM new JOIN {tables.Lookup} l ON l.source = new.source AND l.record_id = new.record_id WHERE l.run_number < @run),
            merged AS (INSERT INTO {tables.Lookup} (source, record_id, customer_id, matched_by, match_probability, run_number)
                SELECT source, record_id, customer_id, matched_by, match_probability, @run FROM new
                ON CONFLICT (source, record_id) DO UPDATE SET customer_id = excluded.customer_id, matched_by = excluded.matched_by,
                    match_probability = excluded.match_probability, run_number = excluded.run_number)
            SELECT EXISTS (SELECT FROM {rows.From} WHERE NOT EXISTS (SELECT FROM {tables.Customers} c WHERE c.customer_id = n.customer_id))
            """,
            Refuse);
    }

    /// <summary>Removes rows.</summary>
    public async Task RemoveRowsAsync(IReadOnlyCollection<RecordKey> keys, CancellationToken cancellationToken)
    {
        if (keys.Count == 0 || IsNew)
        {
            return;
        }
        StagedRows rows = await StageKeysAsync("removed_rows", keys, cancellationToken).ConfigureAwait(false);
        rows.Add($"""
            WITH gone AS (DELETE FROM {tables.Lookup} l USING {rows.From} WHERE l.source = n.source AND l.record_id = n.record_id RETURNING l.*)
            INSERT INTO {tables.PastRows} ({PastColumns})
            SELECT source, record_id, @run, run_number, customer_id, matched_by, match_probability FROM gone WHERE run_number < @run
            """);
    }

    /// <summary>Appends to the history.</summary>
    public async Task WriteChangesAsync(IReadOnlyCollection<EntityChange> changes, CancellationToken cancellationToken)
    {
        if (changes.Count == 0)
        {
            return;
        }
        // The lock is held, so numbers grow in the order of commits: who reads behind a number misses nothing.
        if (changes.Count > StagedRows.Few)
        {
            await _batch.PrepareForManyAsync(cancellationToken).ConfigureAwait(false);
            await StagedRows.CopyAsync(
                turn.Connection, tables.Changes, [.. ChangeColumns, new("run_number", "bigint")], changes, WriteChange, Run, cancellationToken).ConfigureAwait(false);
            return;
        }
        StagedRows rows = await StageAsync("new_changes", ChangeColumns, changes, WriteChange, cancellationToken).ConfigureAwait(false);
        rows.Add($"""
            INSERT INTO {tables.Changes} (change_number, run_number, kind, customer_id, related_id, source, record_id, reason)
            SELECT n.change_number, @run, n.kind, n.customer_id, n.related_id, n.source, n.record_id, n.reason FROM {rows.From}
            """);
    }

    /// <summary>The standard values and keys.</summary>
    public PostgreSqlTerms Terms() => new(tables, store, turn, this, terms);

    /// <summary>Keys as rows.</summary>
    public Task<StagedRows> StageKeysAsync(string name, IReadOnlyCollection<RecordKey> keys, CancellationToken cancellationToken) => StageAsync(
        name,
        [StagedColumn.Key("source"), StagedColumn.Key("record_id")],
        keys,
        (row, key) =>
        {
            row.Text(StoredText.Key(key.Source));
            row.Text(StoredText.Key(key.Id));
        },
        cancellationToken);

    /// <summary>Items as rows that statements of this run can read from.</summary>
    public Task<StagedRows> StageAsync<T>(
        string name, StagedColumn[] columns, IReadOnlyCollection<T> items, Action<IRowWriter, T> write, CancellationToken cancellationToken) =>
        StagedRows.OfAsync(turn.Connection, _batch, Run, name, columns, items, write, cancellationToken);

    /// <summary>Fills a table of a new store with many rows before it gets its keys. False when the rows must be merged, the keys being there.</summary>
    public async Task<bool> FillAsync<T>(
        string table, StagedColumn[] columns, IReadOnlyCollection<T> items, Action<IRowWriter, T> write, string keys, CancellationToken cancellationToken)
    {
        if (!IsNew)
        {
            return false;
        }
        await _batch.PrepareForManyAsync(cancellationToken).ConfigureAwait(false);
        if (items.Count > StagedRows.Few)
        {
            await ExecuteAsync("SAVEPOINT empty", cancellationToken).ConfigureAwait(false);
            try
            {
                await StagedRows.CopyAsync(turn.Connection, table, [.. columns, new("run_number", "bigint")], items, write, Run, cancellationToken).ConfigureAwait(false);
                await ExecuteAsync(keys, cancellationToken).ConfigureAwait(false);
                return true;
            }
            catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.UniqueViolation)
            {
                // One key comes twice: the keys come first then, and the merge sorts it out.
                await ExecuteAsync("ROLLBACK TO SAVEPOINT empty", cancellationToken).ConfigureAwait(false);
            }
        }
        await ExecuteAsync(keys, cancellationToken).ConfigureAwait(false);
        return false;
    }

    /// <summary>A text as it stands in a key column; a long one is kept.</summary>
    public string Key(string text)
    {
        string stored = StoredText.Key(text, out string? whole);
        if (whole is not null)
        {
            _longTexts[stored] = whole;
        }
        return stored;
    }

    private void WriteCustomer(IRowWriter row, EntityState entity)
    {
        if (string.IsNullOrEmpty(entity.EntityId) || entity.CreatedSequence < 1 || (entity.IsRetired && entity.SuccessorId is not null))
        {
            throw new LookupFormatException(store, "a customer id of the commit is empty or retired twice over, or its created_sequence is below 1.");
        }
        row.Text(Key(entity.EntityId));
        row.Integer(entity.CreatedSequence);
        row.Text(entity.SuccessorId is null ? null : Key(entity.SuccessorId));
        row.Truth(entity.IsRetired);
    }

    private void WriteRow(IRowWriter copy, LookupRow row)
    {
        if (string.IsNullOrEmpty(row.Key.Source) || string.IsNullOrEmpty(row.Key.Id) || row.MatchProbability is not (null or (>= 0 and <= 1)))
        {
            throw new LookupFormatException(store, "a row of the commit lacks its source or record id, or its probability is not in [0, 1].");
        }
        copy.Text(Key(row.Key.Source));
        copy.Text(Key(row.Key.Id));
        copy.Text(Key(row.EntityId));
        copy.Text(StoredText.Escaped(row.MatchedBy));
        copy.Real(row.MatchProbability is { } probability ? Math.Round(probability, 6) : null);
    }

    private void WriteChange(IRowWriter row, EntityChange change)
    {
        row.Text(StoredNames.Of(change.Kind));
        row.Text(Key(change.EntityId));
        row.Text(change.RelatedEntityId is null ? null : Key(change.RelatedEntityId));
        row.Text(change.Record is { } record ? Key(record.Source) : null);
        row.Text(change.Record is { } same ? Key(same.Id) : null);
        row.Text(StoredText.Escaped(change.Reason));
        row.Integer(++_lastChange);
    }

    private async Task RefuseUnknownAsync(string table, string column, CancellationToken cancellationToken)
    {
        await ExecuteAsync($"ANALYZE {tables.Customers}", cancellationToken).ConfigureAwait(false);
        Refuse(await PostgreSqlLookupSchema.ScalarAsync(
            turn.Connection,
            $"""
            SELECT EXISTS (SELECT FROM {table} n WHERE n.{column} IS NOT NULL
                AND NOT EXISTS (SELECT FROM {tables.Customers} c WHERE c.customer_id = n.{column}))
            """,
            cancellationToken).ConfigureAwait(false));
    }

    private void Refuse(object? isUnknown)
    {
        if (isUnknown is true)
        {
            throw new LookupFormatException(store, "the commit names a customer id that is not among the customers.");
        }
    }

    private Task ExecuteAsync(string sql, CancellationToken cancellationToken) => PostgreSqlLookupSchema.ExecuteAsync(turn.Connection, sql, cancellationToken);
}
