using System.Diagnostics;
using System.Runtime.CompilerServices;
using IdentityResolution.Lookup;
using Npgsql;

namespace IdentityResolution.PostgreSql;

/// <summary>Removes every trace of records: first from the tables, then from their files.</summary>
internal sealed class PostgreSqlErasure(NpgsqlConnection connection, StoreTables tables, string store)
{
    private const string Beyond =
        "The server's write-ahead log may hold erased values until its old segments are overwritten or removed; archives of it, backups and replicas as long as they are kept.";

    private const string Busy =
        "The tables could not be written anew, so their files may hold erased bytes: run VACUUM FULL on the tables of the store, or give this erasure again.";

    private const string Statistics =
        "The planner's statistics may hold erased ids until pg_catalog.pg_statistic is vacuumed (VACUUM FULL), which this role may not do: only the database's owner may.";

    // A value for every column of every table that is written anew.
    private const string Placeholder = """
        {"source": "-", "record_id": "-", "customer_id": "-", "matched_by": "-", "match_probability": 0, "run_number": 0, "until_run": 0, "since_run": 0,
         "content": {}, "content_hash": "-", "left_source": "-", "left_id": "-", "right_source": "-", "right_id": "-", "match_weight": 0, "judgement_number": 0,
         "decision": "-", "judged_by": "-", "judged_at": "-", "note": "-", "change_number": 0, "kind": "-", "related_id": "-", "reason": "-", "key": "-", "text": "-",
         "name": "-", "term": "-"}
        """;

    private static readonly TimeSpan CatalogPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    /// <summary>Applies the erasing commit, inside the caller's transaction.</summary>
    public async Task<ErasureReceipt> EraseAsync(
        WriteTurn turn, RecordTermOptions? terms, LookupCommit commit, CancellationToken cancellationToken)
    {
        if (turn.Position.HasRun)
        {
            return await FindAsync(commit.RunId, cancellationToken).ConfigureAwait(false)
                ?? throw new InvalidOperationException("The store has the run already, and it is no erasure.");
        }
        var writer = new PostgreSqlLookupWriter(tables, store, turn, terms);
        HashSet<RecordKey> keys = [.. commit.RemovedRows];
        StagedRows rows = await writer.StageKeysAsync("erased", keys, cancellationToken).ConfigureAwait(false);
        string one = $"(source, record_id) IN (SELECT n.source, n.record_id FROM {rows.From})";
        string either = $"(left_source, left_id) IN (SELECT n.source, n.record_id FROM {rows.From}) OR (right_source, right_id) IN (SELECT n.source, n.record_id FROM {rows.From})";
        string[] entities = (string[])(await rows.ScalarAsync(
            $"""
            SELECT coalesce(array_agg({tables.Whole("customer_id")}), ARRAY[]::text[]) FROM (
                SELECT customer_id FROM {tables.Lookup} WHERE {one} UNION SELECT customer_id FROM {tables.PastRows} WHERE {one}) e
            """,
            cancellationToken).ConfigureAwait(false))!;
        long lookup = await CountAsync(tables.Lookup, one).ConfigureAwait(false);
        long records = await CountAsync(tables.Records, one).ConfigureAwait(false);
        long links = await CountAsync(tables.Links, either).ConfigureAwait(false);
        long past = await CountAsync(tables.PastRows, one).ConfigureAwait(false);
        long? kept = turn.Position.TermForm is null && terms?.Form is null ? null : await CountAsync(tables.RecordTerms, one).ConfigureAwait(false);
        await writer.WriteCommitAsync(
            commit with { Changes = [.. commit.Changes.Where(change => change.Record is not { } key || !keys.Contains(key))] }, cancellationToken).ConfigureAwait(false);
        await rows.DeleteAsync($"DELETE FROM {tables.PastRows} WHERE {one}", cancellationToken).ConfigureAwait(false);
        long judgements = await rows.DeleteAsync($"DELETE FROM {tables.Judgements} WHERE {either}", cancellationToken).ConfigureAwait(false);
        long changes = await rows.DeleteAsync($"DELETE FROM {tables.Changes} WHERE {one}", cancellationToken).ConfigureAwait(false);
        PostgreSqlRecordWriter.Forget(turn.Batch, tables);
        await ForgetLongTextsAsync(rows, cancellationToken).ConfigureAwait(false);
        bool hasModel = await PostgreSqlLookupSchema.ScalarAsync(connection, $"SELECT EXISTS (SELECT FROM {tables.Models})", cancellationToken).ConfigureAwait(false) is true;
        var receipt = new ErasureReceipt(
            commit.RunId,
            commit.At,
            [.. entities.Select(id => StoredText.Unescaped(id, store)).Order(StringComparer.Ordinal)],
            ErasedTables.Count(lookup, past, records, links, judgements, changes, kept),
            [.. ErasedTables.Notes(hasModel), Beyond]);
        using (NpgsqlCommand keep = PostgreSqlLookupSchema.Command(connection, $"""
            INSERT INTO {tables.Meta} VALUES ('erasure_pending', pg_catalog.pg_current_xact_id()::text) ON CONFLICT (key) DO UPDATE SET value = excluded.value
            """))
        {
            await keep.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
        using (NpgsqlCommand keep = PostgreSqlLookupSchema.Command(connection, $"INSERT INTO {tables.Erasures} (run_number, receipt) VALUES ($1, $2::json)"))
        {
            keep.Parameters.Add(new NpgsqlParameter<long> { TypedValue = writer.Run });
            keep.Parameters.Add(new NpgsqlParameter<string> { TypedValue = ErasureReceiptJson.Write(receipt) });
            await keep.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
        await writer.EndAsync(commit.RunId, commit.At, commit.ModelHash, RunKinds.Erasure, cancellationToken).ConfigureAwait(false);
        return receipt;

        async Task<long> CountAsync(string table, string where) =>
            (long)(await rows.ScalarAsync($"SELECT count(*) FROM {table} WHERE {where}", cancellationToken).ConfigureAwait(false))!;
    }

    /// <summary>Writes the tables and their indexes anew without what was deleted; outside of any transaction, O(store).</summary>
    /// <returns>What is left, in words.</returns>
    public async Task<IReadOnlyList<string>> CleanAsync(TimeSpan lockTimeout, CancellationToken cancellationToken)
    {
        if (await PostgreSqlLookupSchema.ScalarAsync(connection, $"SELECT EXISTS (SELECT FROM {tables.Meta} WHERE key = 'erasure_pending')", cancellationToken)
            .ConfigureAwait(false) is not true)
        {
            return [];
        }
        try
        {
            await SetLockTimeoutAsync(lockTimeout, cancellationToken).ConfigureAwait(false);
            if (!await IsOwnerAsync(cancellationToken).ConfigureAwait(false) || !await OutliveReadersAsync(lockTimeout, cancellationToken).ConfigureAwait(false))
            {
                return [Busy];
            }
            foreach (string table in (string[])
                [
                    tables.Lookup, tables.PastRows, tables.Records, tables.UndoRecords, tables.Links, tables.UndoLinks, tables.Judgements, tables.Changes,
                    tables.LongTexts, tables.RecordTerms,
                ])
            {
                await PostgreSqlLookupSchema.ExecuteAsync(connection, $"VACUUM (FULL, ANALYZE) {table}", cancellationToken).ConfigureAwait(false);
                await ForgetStatisticsAsync(table, cancellationToken).ConfigureAwait(false);
            }
            await PostgreSqlLookupSchema.ExecuteAsync(connection, $"DELETE FROM {tables.Meta} WHERE key = 'erasure_pending'", cancellationToken).ConfigureAwait(false);
            bool isClean = await CleanStatisticsAsync(cancellationToken).ConfigureAwait(false);
            await AdvanceLogAsync(cancellationToken).ConfigureAwait(false);
            return isClean ? [] : [Statistics];
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.DeadlockDetected)
        {
            return [Busy];
        }
        finally
        {
            if (connection.FullState.HasFlag(System.Data.ConnectionState.Open))
            {
                await PostgreSqlLookupSchema.ExecuteAsync(connection, "RESET lock_timeout", CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    // A transaction that began before the erasure may still read what was erased, so VACUUM would keep it. False when one outlasts our patience.
    private async Task<bool> OutliveReadersAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var waited = Stopwatch.StartNew();
        while (await PostgreSqlLookupSchema.ScalarAsync(
            connection,
            $"""
            SELECT EXISTS (
                SELECT FROM (
                    SELECT backend_xmin AS oldest FROM pg_catalog.pg_stat_activity
                        WHERE pid <> pg_catalog.pg_backend_pid() AND datname = pg_catalog.current_database()
                    UNION ALL SELECT xmin FROM pg_catalog.pg_replication_slots
                    UNION ALL SELECT transaction FROM pg_catalog.pg_prepared_xacts WHERE database = pg_catalog.current_database()) s
                WHERE pg_catalog.age(s.oldest) >= (SELECT pg_catalog.age(value::xid8::xid) FROM {tables.Meta} WHERE key = 'erasure_pending'))
            """,
            cancellationToken).ConfigureAwait(false) is true)
        {
            if (patience != Timeout.InfiniteTimeSpan && waited.Elapsed >= patience)
            {
                return false;
            }
            await Task.Delay(BetweenLooks, cancellationToken).ConfigureAwait(false);
        }
        return true;
    }

    // Of a table that is empty now ANALYZE leaves the statistics as they were: it looks at a row that nobody ever sees.
    private async Task ForgetStatisticsAsync(string table, CancellationToken cancellationToken)
    {
        if (await PostgreSqlLookupSchema.ScalarAsync(connection, $"SELECT EXISTS (SELECT FROM {table})", cancellationToken).ConfigureAwait(false) is true)
        {
            return;
        }
        NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable transactionEnd = transaction.ConfigureAwait(false);
        await PostgreSqlLookupSchema.ExecuteAsync(
            connection,
            $"""
            INSERT INTO {table} SELECT (pg_catalog.jsonb_populate_record(NULL::{table}, '{Placeholder}')).*;
            ANALYZE {table};
            DELETE FROM {table} WHERE xmin = pg_catalog.pg_current_xact_id()::xid
            """,
            cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    private Task SetLockTimeoutAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        long milliseconds = timeout == Timeout.InfiniteTimeSpan ? 0 : Math.Max(1, (long)timeout.TotalMilliseconds);
        return PostgreSqlLookupSchema.ExecuteAsync(
            connection, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"SET lock_timeout = {milliseconds}"), cancellationToken);
    }

    // The statistics hold some of the ids of each table, and those of before stand in dead rows. False when the role may not, or others are in the way.
    private async Task<bool> CleanStatisticsAsync(CancellationToken cancellationToken)
    {
        if (await PostgreSqlLookupSchema.ScalarAsync(
            connection,
            "SELECT pg_catalog.pg_has_role(d.datdba, 'USAGE') FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database()",
            cancellationToken).ConfigureAwait(false) is not true)
        {
            return false;
        }
        try
        {
            // Whoever plans a query waits meanwhile, so not for long.
            await SetLockTimeoutAsync(CatalogPatience, cancellationToken).ConfigureAwait(false);
            await PostgreSqlLookupSchema.ExecuteAsync(connection, "VACUUM (FULL) pg_catalog.pg_statistic", cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.DeadlockDetected)
        {
            return false;
        }
    }

    // Where the role may: files that were given up are unlinked, and the log that names erased values is behind the last checkpoint.
    private async Task AdvanceLogAsync(CancellationToken cancellationToken)
    {
        foreach (string step in (string[])["SELECT pg_catalog.pg_switch_wal()", "CHECKPOINT"])
        {
            try
            {
                await PostgreSqlLookupSchema.ExecuteAsync(connection, step, cancellationToken).ConfigureAwait(false);
            }
            catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.InsufficientPrivilege)
            {
                // The receipt says that the log is beyond reach.
            }
        }
    }

    // Without the right, VACUUM passes a table over with a warning.
    private async Task<bool> IsOwnerAsync(CancellationToken cancellationToken)
    {
        using NpgsqlCommand command = PostgreSqlLookupSchema.Command(
            connection, "SELECT pg_catalog.pg_has_role(c.relowner, 'USAGE') FROM pg_catalog.pg_class c WHERE c.oid = $1::regclass");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tables.Lookup });
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true;
    }

    private async Task<ErasureReceipt?> FindAsync(string runId, CancellationToken cancellationToken)
    {
        using NpgsqlCommand find = PostgreSqlLookupSchema.Command(
            connection, $"SELECT receipt::text FROM {tables.Erasures} JOIN {tables.Runs} USING (run_number) WHERE run_id = $1");
        find.Parameters.Add(new NpgsqlParameter<string> { TypedValue = StoredText.Key(runId) });
        return await find.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is string receipt ? ErasureReceiptJson.Read(receipt) : null;
    }

    // A long record id stands apart; it goes unless another row has the same text.
    private async Task ForgetLongTextsAsync(StagedRows rows, CancellationToken cancellationToken)
    {
        (string Table, string[] Columns)[] users =
        [
            (tables.Lookup, ["source", "record_id", "customer_id"]), (tables.Records, ["source", "record_id"]), (tables.PastRows, ["source", "record_id", "customer_id"]),
            (tables.Changes, ["source", "record_id", "customer_id", "related_id"]), (tables.Customers, ["customer_id", "successor_id"]),
            (tables.PastCustomers, ["customer_id", "successor_id"]), (tables.Runs, ["run_id"]), (tables.Positions, ["stream"]),
            (tables.RecordTerms, ["source", "record_id", "name", "term"]),
            (tables.Links, ["left_source", "left_id", "right_source", "right_id"]), (tables.Judgements, ["left_source", "left_id", "right_source", "right_id"]),
        ];
        IEnumerable<string> unused = users.SelectMany(user => user.Columns.Select(column => $"NOT EXISTS (SELECT FROM {user.Table} u WHERE u.{column} = t.key)"));
        await rows.DeleteAsync(
            $"""
            DELETE FROM {tables.LongTexts} t WHERE t.key IN (SELECT n.source FROM {rows.From} UNION SELECT n.record_id FROM {rows.From})
            AND {string.Join(" AND ", unused)}
            """,
            cancellationToken).ConfigureAwait(false);
    }
}
