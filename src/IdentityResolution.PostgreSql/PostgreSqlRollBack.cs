using System.Globalization;
using System.Runtime.CompilerServices;
using IdentityResolution.Lookup;
using Npgsql;

namespace IdentityResolution.PostgreSql;

/// <summary>Takes the last run back, inside the caller's transaction.</summary>
internal sealed class PostgreSqlRollBack(NpgsqlConnection connection, StoreTables tables, string store)
{
    public async Task<IReadOnlyList<EntityChange>> TakeAsync(
        WriteTurn turn, RecordTermOptions? terms, string runId, string rollbackRunId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (turn.Position.HasRun)
        {
            return await new PostgreSqlHistoryReader(connection, tables, store).ChangesOfAsync(rollbackRunId, cancellationToken).ConfigureAwait(false);
        }
        (long undone, string modelHash) = await FindRunAsync(runId, cancellationToken).ConfigureAwait(false);
        (RollBackPlan plan, Dictionary<RecordKey, LookupRow> before, RecordKey[] added) =
            await PlanAsync(undone, runId, rollbackRunId, at, cancellationToken).ConfigureAwait(false);
        var writer = new PostgreSqlLookupWriter(tables, store, turn, terms);
        await writer.WriteCustomersAsync(plan.Entities, cancellationToken).ConfigureAwait(false);
        await writer.RemoveRowsAsync(added, cancellationToken).ConfigureAwait(false);
        await writer.WriteRowsAsync(before.Values, cancellationToken).ConfigureAwait(false);
        PostgreSqlTerms kept = writer.Terms();
        bool isModelRestored = await kept.IsModelOfAsync(undone, cancellationToken).ConfigureAwait(false);
        List<RecordKey> touched = turn.Position.TermForm is null ? [] : await TouchedAsync(undone, cancellationToken).ConfigureAwait(false);
        await RestoreAsync(turn.Batch, undone, cancellationToken).ConfigureAwait(false);
        await kept.RestoreAsync(touched, isModelRestored, cancellationToken).ConfigureAwait(false);
        await writer.WriteChangesAsync(plan.Changes, cancellationToken).ConfigureAwait(false);
        await writer.EndAsync(rollbackRunId, at, modelHash, RunKinds.RollBack, cancellationToken).ConfigureAwait(false);
        return plan.Changes;
    }

    /// <summary>What taking the run back would do; writes nothing.</summary>
    public async Task<IReadOnlyList<EntityChange>> PreviewAsync(string runId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        (long undone, _) = await FindRunAsync(runId, cancellationToken).ConfigureAwait(false);
        return (await PlanAsync(undone, runId, runId, at, cancellationToken).ConfigureAwait(false)).Plan.Changes;
    }

    private async Task<(RollBackPlan Plan, Dictionary<RecordKey, LookupRow> Before, RecordKey[] Added)> PlanAsync(
        long undone, string runId, string rollbackRunId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        Dictionary<RecordKey, LookupRow> after = await RowsAsync(tables.Lookup, $"run_number = {Text(undone)}", cancellationToken).ConfigureAwait(false);
        Dictionary<RecordKey, LookupRow> before = await RowsAsync(tables.PastRows, $"until_run = {Text(undone)}", cancellationToken).ConfigureAwait(false);
        RecordKey[] added = [.. after.Keys.Where(key => !before.ContainsKey(key))];
        RollBackPlan plan = RollBackPlan.Make(
            [
                .. before.Values.Select(row => new RolledBackRow(row.Key, row, after.TryGetValue(row.Key, out LookupRow now) ? now : null)),
                .. added.Select(key => new RolledBackRow(key, null, after[key])),
            ],
            await EntitiesAsync(undone, cancellationToken).ConfigureAwait(false),
            runId,
            rollbackRunId,
            at);
        return (plan, before, added);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private async Task<(long Number, string ModelHash)> FindRunAsync(string runId, CancellationToken cancellationToken)
    {
        using NpgsqlCommand find = PostgreSqlLookupSchema.Command(connection, $"""
            SELECT run_number, run_id = $1 AND run_kind = '{RunKinds.Changed}', (SELECT model_hash FROM {tables.Runs} ORDER BY run_number DESC LIMIT 1)
            FROM {tables.Runs} WHERE run_kind <> '{RunKinds.Unchanged}' ORDER BY run_number DESC LIMIT 1
            """);
        find.Parameters.Add(new NpgsqlParameter<string> { TypedValue = StoredText.Key(runId) });
        NpgsqlDataReader row = await find.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable rowEnd = row.ConfigureAwait(false);
        return await row.ReadAsync(cancellationToken).ConfigureAwait(false) && row.GetBoolean(1)
            ? (row.GetInt64(0), StoredText.Unescaped(row.GetString(2), store))
            : throw NotTheLast();
    }

    /// <summary>What is said when a run can't be taken back.</summary>
    public static InvalidOperationException NotTheLast() =>
        new("Only the last run that changed anything can be taken back, and it must be neither an erasure nor a roll back.");

    private async Task<Dictionary<RecordKey, LookupRow>> RowsAsync(string table, string where, CancellationToken cancellationToken)
    {
        using NpgsqlCommand read = PostgreSqlLookupSchema.Command(connection, $"""
            SELECT {tables.Whole("source")}, {tables.Whole("record_id")}, {tables.Whole("customer_id")}, matched_by, match_probability FROM {table} WHERE {where}
            """);
        NpgsqlDataReader row = await read.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable rowEnd = row.ConfigureAwait(false);
        var rows = new Dictionary<RecordKey, LookupRow>();
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var key = new RecordKey(Text(row, 0), Text(row, 1));
            rows.Add(key, new LookupRow(key, Text(row, 2), Text(row, 3), row.IsDBNull(4) ? null : row.GetDouble(4)));
        }
        return rows;
    }

    private async Task<List<RolledBackEntity>> EntitiesAsync(long run, CancellationToken cancellationToken)
    {
        using NpgsqlCommand read = PostgreSqlLookupSchema.Command(connection, $"""
            SELECT {tables.Whole("c.customer_id")}, c.created_sequence, {tables.Whole("c.successor_id")}, c.is_retired,
                p.since_run, {tables.Whole("p.successor_id")}, p.is_retired
            FROM {tables.Customers} c LEFT JOIN {tables.PastCustomers} p ON p.customer_id = c.customer_id AND p.until_run = $1 WHERE c.run_number = $1
            """);
        read.Parameters.Add(new NpgsqlParameter<long> { TypedValue = run });
        NpgsqlDataReader row = await read.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable rowEnd = row.ConfigureAwait(false);
        var entities = new List<RolledBackEntity>();
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var after = new EntityState(Text(row, 0), row.GetInt64(1), row.IsDBNull(2) ? null : Text(row, 2)) { IsRetired = row.GetBoolean(3) };
            EntityState? before = row.IsDBNull(4)
                ? null
                : after with { SuccessorId = row.IsDBNull(5) ? null : Text(row, 5), IsRetired = row.GetBoolean(6) };
            entities.Add(new RolledBackEntity(before, after));
        }
        return entities;
    }

    private async Task<List<RecordKey>> TouchedAsync(long run, CancellationToken cancellationToken)
    {
        using NpgsqlCommand read = PostgreSqlLookupSchema.Command(connection, $"""
            SELECT {tables.Whole("source")}, {tables.Whole("record_id")} FROM (
                SELECT source, record_id FROM {tables.Records} WHERE run_number = $1 UNION SELECT source, record_id FROM {tables.UndoRecords}) t
            """);
        read.Parameters.Add(new NpgsqlParameter<long> { TypedValue = run });
        NpgsqlDataReader row = await read.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable rowEnd = row.ConfigureAwait(false);
        var touched = new List<RecordKey>();
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            touched.Add(new RecordKey(Text(row, 0), Text(row, 1)));
        }
        return touched;
    }

    private async Task RestoreAsync(StatementBatch batch, long run, CancellationToken cancellationToken)
    {
        await batch.PrepareForManyAsync(cancellationToken).ConfigureAwait(false);
        string number = Text(run);
        await PostgreSqlLookupSchema.ExecuteAsync(
            connection,
            $"""
            DELETE FROM {tables.Records} WHERE run_number = {number};
            DELETE FROM {tables.Links} WHERE run_number = {number};
            DELETE FROM {tables.Judgements} WHERE run_number = {number};
            DELETE FROM {tables.Models} WHERE run_number = {number};
            INSERT INTO {tables.Records} SELECT * FROM {tables.UndoRecords};
            INSERT INTO {tables.Links} SELECT * FROM {tables.UndoLinks};
            DELETE FROM {tables.Positions} p USING {tables.UndoPositions} u WHERE u.stream = p.stream;
            INSERT INTO {tables.Positions} SELECT stream, position FROM {tables.UndoPositions} WHERE position IS NOT NULL
            """,
            cancellationToken).ConfigureAwait(false);
        PostgreSqlRecordWriter.Forget(batch, tables);
    }

    private string Text(NpgsqlDataReader row, int column) => StoredText.Unescaped(row.GetString(column), store);
}
