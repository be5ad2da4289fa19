using System.Globalization;
using System.Runtime.CompilerServices;
using IdentityResolution.Lookup;
using Npgsql;

namespace IdentityResolution.PostgreSql;

/// <summary>Reads the history: changes, runs, and what rows and ids were at a moment.</summary>
internal sealed class PostgreSqlHistoryReader(NpgsqlConnection connection, StoreTables tables, string store)
{
    /// <summary>The next changes behind a cursor.</summary>
    public Task<List<NumberedChange>> ChangesAsync(long after, int count, CancellationToken cancellationToken) => ChangesAsync(
        "WHERE change_number > $1 ORDER BY change_number LIMIT $2",
        [new NpgsqlParameter<long> { TypedValue = after }, new NpgsqlParameter<long> { TypedValue = count }],
        cancellationToken);

    /// <summary>The changes of one run.</summary>
    public async Task<IReadOnlyList<EntityChange>> ChangesOfAsync(string runId, CancellationToken cancellationToken) =>
    [
        .. (await ChangesAsync(
            "WHERE run_id = $1 ORDER BY change_number", [new NpgsqlParameter<string> { TypedValue = StoredText.Key(runId) }], cancellationToken).ConfigureAwait(false))
            .Select(change => change.Change),
    ];

    /// <summary>The next runs behind a number.</summary>
    public async Task<List<StoredRun>> RunsAsync(long after, int count, CancellationToken cancellationToken)
    {
        using NpgsqlCommand command = PostgreSqlLookupSchema.Command(connection, $"""
            SELECT run_number, {tables.Whole("run_id")}, at_text, model_hash FROM {tables.Runs} WHERE run_number > $1 ORDER BY run_number LIMIT $2
            """);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = count });
        NpgsqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable rowEnd = row.ConfigureAwait(false);
        var runs = new List<StoredRun>();
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            runs.Add(new StoredRun(row.GetInt64(0), Text(row, 1), Moment(row.GetString(2)), Text(row, 3)));
        }
        return runs;
    }

    /// <summary>The row that a record had, or null.</summary>
    public async Task<LookupRow?> FindAsync(RecordKey key, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        using NpgsqlCommand command = PostgreSqlLookupSchema.Command(connection, $"""
            WITH run AS (SELECT coalesce((SELECT run_number FROM {tables.Runs} WHERE ticks <= $3 ORDER BY ticks DESC, run_number DESC LIMIT 1), 0) AS number),
            found AS (
                SELECT customer_id, matched_by, match_probability FROM {tables.Lookup}, run WHERE source = $1 AND record_id = $2 AND run_number <= number
                UNION ALL
                SELECT customer_id, matched_by, match_probability FROM {tables.PastRows}, run
                WHERE source = $1 AND record_id = $2 AND since_run <= number AND until_run > number)
            SELECT {tables.Whole("customer_id")}, matched_by, match_probability FROM found
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = StoredText.Key(key.Source) });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = StoredText.Key(key.Id) });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = asOf.UtcTicks });
        NpgsqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable rowEnd = row.ConfigureAwait(false);
        return await row.ReadAsync(cancellationToken).ConfigureAwait(false)
            ? new LookupRow(key, Text(row, 0), Text(row, 1), row.IsDBNull(2) ? null : row.GetDouble(2))
            : null;
    }

    /// <summary>The id that was current, or null; <paramref name="asOf"/> null = now.</summary>
    public async Task<string?> ResolveAsync(string entityId, DateTimeOffset? asOf, bool isCurrent, CancellationToken cancellationToken)
    {
        // Our own runs leave few steps; a chain that somebody else wrote is followed too.
        const int MostSteps = 10_000;
        string id = entityId;
        for (int step = 0; step < MostSteps; step++)
        {
            using NpgsqlCommand command = PostgreSqlLookupSchema.Command(connection, Successor(asOf, isCurrent));
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = StoredText.Key(id) });
            if (asOf is { } moment)
            {
                command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = moment.UtcTicks });
            }
            NpgsqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using ConfiguredAsyncDisposable rowEnd = row.ConfigureAwait(false);
            if (!await row.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                return step == 0 ? null : throw new LookupFormatException(store, "a customer id has a successor that is not among the customers.");
            }
            if (row.IsDBNull(0))
            {
                return row.GetBoolean(1) ? null : id;
            }
            id = Text(row, 0);
        }
        throw new LookupFormatException(store, "the successors of retired customer ids run in a circle.");
    }

    private static DateTimeOffset Moment(string text) => DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    private string Successor(DateTimeOffset? asOf, bool isCurrent) => asOf is null
        ? $"SELECT {tables.Whole("successor_id")}, {(isCurrent ? "is_retired" : "false")} FROM {tables.Customers} WHERE customer_id = $1"
        : $"""
            WITH run AS (SELECT coalesce((SELECT run_number FROM {tables.Runs} WHERE ticks <= $2 ORDER BY ticks DESC, run_number DESC LIMIT 1), 0) AS number),
            found AS (
                SELECT successor_id, is_retired FROM {tables.Customers}, run WHERE customer_id = $1 AND run_number <= number
                UNION ALL
                SELECT successor_id, is_retired FROM {tables.PastCustomers}, run WHERE customer_id = $1 AND since_run <= number AND until_run > number)
            SELECT {tables.Whole("successor_id")}, is_retired FROM found
            """;

    private async Task<List<NumberedChange>> ChangesAsync(string where, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        using NpgsqlCommand command = PostgreSqlLookupSchema.Command(connection, $"""
            SELECT change_number, kind, {tables.Whole("customer_id")}, {tables.Whole("related_id")}, {tables.Whole("source")},
                {tables.Whole("record_id")}, reason, {tables.Whole("run_id")}, at_text
            FROM {tables.Changes} JOIN {tables.Runs} USING (run_number) {where}
            """);
        command.Parameters.AddRange(parameters);
        var page = new List<NumberedChange>();
        NpgsqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable rowEnd = row.ConfigureAwait(false);
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            page.Add(new NumberedChange(row.GetInt64(0), new EntityChange(
                StoredNames.ChangeKind(row.GetString(1), store),
                Text(row, 2),
                row.IsDBNull(3) ? null : Text(row, 3),
                row.IsDBNull(4) ? null : new RecordKey(Text(row, 4), Text(row, 5)),
                Text(row, 6),
                Text(row, 7),
                Moment(row.GetString(8)))));
        }
        return page;
    }

    private string Text(NpgsqlDataReader row, int column) => StoredText.Unescaped(row.GetString(column), store);
}
