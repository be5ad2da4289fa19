using System.Globalization;
using Npgsql;

namespace IdentityResolution.PostgreSql;

/// <summary>Writes a run inside the caller's transaction, in which the store's lock is held and its tables exist.</summary>
/// <remarks>
/// Rows and customers go by COPY into temporary tables and are merged as sets; of two rows of one key the last one holds. The tables of a new
/// store have no keys yet: they are filled first and get their keys then, which takes a third of the time.
/// </remarks>
internal sealed class PostgreSqlLookupWriter(NpgsqlConnection connection, StoreTables tables, string store, bool isNew)
{
    private readonly Dictionary<string, string> _longTexts = new(StringComparer.Ordinal);

    /// <summary>Writes the run, unless the store has it already.</summary>
    public async Task WriteAsync(LookupCommit commit, CancellationToken cancellationToken)
    {
        if (await HasRunAsync(commit.RunId, cancellationToken).ConfigureAwait(false))
        {
            return;
        }
        long runs = await NumberAsync($"SELECT count(*) FROM {tables.Runs}", cancellationToken).ConfigureAwait(false);
        if (commit.ExpectedRunCount is { } expected && expected != runs)
        {
            throw new LookupConflictException(store);
        }
        await WriteCustomersAsync(commit.Entities, cancellationToken).ConfigureAwait(false);
        await WriteRowsAsync(commit.Rows, cancellationToken).ConfigureAwait(false);
        await WriteRunAsync(commit, runs + 1, cancellationToken).ConfigureAwait(false);
        await WriteChangesAsync(commit.Changes, runs + 1, cancellationToken).ConfigureAwait(false);
        await WriteLongTextsAsync(cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task<bool> HasRunAsync(string runId, CancellationToken cancellationToken)
    {
        using NpgsqlCommand find = Command($"SELECT 1 FROM {tables.Runs} WHERE run_id = $1");
        find.Parameters.Add(new NpgsqlParameter<string> { TypedValue = StoredText.Key(runId) });
        return await find.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is not null;
    }

    private async Task WriteRunAsync(LookupCommit commit, long number, CancellationToken cancellationToken)
    {
        using NpgsqlCommand insert = Command($"INSERT INTO {tables.Runs} (run_number, run_id, at, at_text, model_hash) VALUES ($1, $2, $3, $4, $5)");
        insert.Parameters.Add(new NpgsqlParameter<long> { TypedValue = number });
        insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Key(commit.RunId) });
        insert.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = commit.At.UtcDateTime });
        insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = commit.At.ToString("O", CultureInfo.InvariantCulture) });
        insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = StoredText.Escaped(commit.ModelHash) });
        await insert.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task WriteCustomersAsync(IReadOnlyCollection<EntityState> entities, CancellationToken cancellationToken)
    {
        await ExecuteAsync(
            """
            CREATE TEMPORARY TABLE new_customers (created_sequence bigint, customer_id text COLLATE "C", successor_id text COLLATE "C") ON COMMIT DROP
            """,
            cancellationToken).ConfigureAwait(false);
        await CopyAsync(
            "pg_temp.new_customers (created_sequence, customer_id, successor_id)",
            entities,
            (copy, entity) =>
            {
                if (string.IsNullOrEmpty(entity.EntityId) || entity.CreatedSequence < 1)
                {
                    throw new LookupFormatException(store, "a customer id of the commit is empty, or its created_sequence is below 1.");
                }
                copy.Row(3);
                copy.Integer(entity.CreatedSequence);
                copy.Text(Key(entity.EntityId));
                copy.Text(entity.SuccessorId is null ? null : Key(entity.SuccessorId));
            },
            cancellationToken).ConfigureAwait(false);
        await MergeAsync(
            $"INSERT INTO {tables.Customers} (created_sequence, customer_id, successor_id) SELECT * FROM pg_temp.new_customers",
            PostgreSqlLookupSchema.CustomerKeys(tables),
            $"""
            INSERT INTO {tables.Customers} (created_sequence, customer_id, successor_id)
            SELECT DISTINCT ON (customer_id) created_sequence, customer_id, successor_id FROM pg_temp.new_customers ORDER BY customer_id, ctid DESC
            ON CONFLICT (customer_id) DO UPDATE SET successor_id = excluded.successor_id
            """,
            cancellationToken).ConfigureAwait(false);
        await RefuseUnknownAsync("successor_id", "pg_temp.new_customers", cancellationToken).ConfigureAwait(false);
    }

    private async Task WriteRowsAsync(IReadOnlyCollection<LookupRow> rows, CancellationToken cancellationToken)
    {
        await ExecuteAsync(
            """
            CREATE TEMPORARY TABLE new_rows (
                source text COLLATE "C", record_id text COLLATE "C", customer_id text COLLATE "C", matched_by text, match_probability double precision
            ) ON COMMIT DROP
            """,
            cancellationToken).ConfigureAwait(false);
        await CopyAsync(
            "pg_temp.new_rows (source, record_id, customer_id, matched_by, match_probability)",
            rows,
            (copy, row) =>
            {
                if (string.IsNullOrEmpty(row.Key.Source) || string.IsNullOrEmpty(row.Key.Id) || row.MatchProbability is not (null or (>= 0 and <= 1)))
                {
                    throw new LookupFormatException(store, "a row of the commit lacks its source or record id, or its probability is not in [0, 1].");
                }
                copy.Row(5);
                copy.Text(Key(row.Key.Source));
                copy.Text(Key(row.Key.Id));
                copy.Text(Key(row.EntityId));
                copy.Text(StoredText.Escaped(row.MatchedBy));
                copy.Real(row.MatchProbability is { } probability ? Math.Round(probability, 6) : null);
            },
            cancellationToken).ConfigureAwait(false);
        await RefuseUnknownAsync("customer_id", "pg_temp.new_rows", cancellationToken).ConfigureAwait(false);
        await MergeAsync(
            $"INSERT INTO {tables.Lookup} (source, record_id, customer_id, matched_by, match_probability) SELECT * FROM pg_temp.new_rows",
            PostgreSqlLookupSchema.LookupKeys(tables),
            $"""
            INSERT INTO {tables.Lookup} (source, record_id, customer_id, matched_by, match_probability)
            SELECT DISTINCT ON (source, record_id) * FROM pg_temp.new_rows ORDER BY source, record_id, ctid DESC
            ON CONFLICT (source, record_id) DO UPDATE SET
                customer_id = excluded.customer_id, matched_by = excluded.matched_by, match_probability = excluded.match_probability
            """,
            cancellationToken).ConfigureAwait(false);
    }

    private async Task MergeAsync(string fill, string keys, string merge, CancellationToken cancellationToken)
    {
        if (isNew)
        {
            await ExecuteAsync("SAVEPOINT empty", cancellationToken).ConfigureAwait(false);
            try
            {
                await ExecuteAsync(fill, cancellationToken).ConfigureAwait(false);
                await ExecuteAsync(keys, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.UniqueViolation)
            {
                // One key comes twice: the keys come first then, and the merge sorts it out.
                await ExecuteAsync("ROLLBACK TO SAVEPOINT empty", cancellationToken).ConfigureAwait(false);
                await ExecuteAsync(keys, cancellationToken).ConfigureAwait(false);
            }
        }
        await ExecuteAsync(merge, cancellationToken).ConfigureAwait(false);
    }

    private async Task WriteChangesAsync(IReadOnlyCollection<EntityChange> changes, long run, CancellationToken cancellationToken)
    {
        if (changes.Count == 0)
        {
            return;
        }
        // The lock is held, so numbers grow in the order of commits: who reads behind a number misses nothing.
        long number = await NumberAsync($"SELECT coalesce(max(change_number), 0) FROM {tables.Changes}", cancellationToken).ConfigureAwait(false);
        await CopyAsync(
            $"{tables.Changes} (change_number, run_number, kind, customer_id, related_id, source, record_id, reason)",
            changes,
            (copy, change) =>
            {
                copy.Row(8);
                copy.Integer(++number);
                copy.Integer(run);
                copy.Text(ChangeKinds.Name(change.Kind));
                copy.Text(Key(change.EntityId));
                copy.Text(change.RelatedEntityId is null ? null : Key(change.RelatedEntityId));
                copy.Text(change.Record is { } record ? Key(record.Source) : null);
                copy.Text(change.Record is { } same ? Key(same.Id) : null);
                copy.Text(StoredText.Escaped(change.Reason));
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async Task WriteLongTextsAsync(CancellationToken cancellationToken)
    {
        if (_longTexts.Count == 0)
        {
            return;
        }
        using NpgsqlCommand insert = Command(
            $"INSERT INTO {tables.LongTexts} (key, text) SELECT * FROM unnest($1, $2) ON CONFLICT (key) DO NOTHING");
        insert.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. _longTexts.Keys] });
        insert.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. _longTexts.Values] });
        await insert.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task CopyAsync<T>(string target, IEnumerable<T> items, Action<CopyWriter, T> write, CancellationToken cancellationToken)
    {
        CopyWriter copy = await CopyWriter.BeginAsync(connection, $"COPY {target} FROM STDIN (FORMAT BINARY)", cancellationToken).ConfigureAwait(false);
        await using (copy.ConfigureAwait(false))
        {
            foreach (T item in items)
            {
                write(copy, item);
                if (copy.IsFull)
                {
                    await copy.FlushAsync(cancellationToken).ConfigureAwait(false);
                }
            }
            await copy.CompleteAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task RefuseUnknownAsync(string column, string table, CancellationToken cancellationToken)
    {
        // Without figures of the new table the planner looks every id up in the index, which takes five times as long.
        await ExecuteAsync($"ANALYZE {table} ({column})", cancellationToken).ConfigureAwait(false);
        bool unknown = (bool)(await PostgreSqlLookupSchema.ScalarAsync(
            connection,
            $"""
            SELECT EXISTS (SELECT FROM {table} n WHERE n.{column} IS NOT NULL
                AND NOT EXISTS (SELECT FROM {tables.Customers} c WHERE c.customer_id = n.{column}))
            """,
            cancellationToken).ConfigureAwait(false))!;
        if (unknown)
        {
            throw new LookupFormatException(store, "the commit names a customer id that is not among the customers.");
        }
    }

    private string Key(string text)
    {
        string stored = StoredText.Key(text, out string? whole);
        if (whole is not null)
        {
            _longTexts[stored] = whole;
        }
        return stored;
    }

    private NpgsqlCommand Command(string sql) => PostgreSqlLookupSchema.Command(connection, sql);

    private Task ExecuteAsync(string sql, CancellationToken cancellationToken) => PostgreSqlLookupSchema.ExecuteAsync(connection, sql, cancellationToken);

    private async Task<long> NumberAsync(string sql, CancellationToken cancellationToken) =>
        (long)(await PostgreSqlLookupSchema.ScalarAsync(connection, sql, cancellationToken).ConfigureAwait(false))!;
}
