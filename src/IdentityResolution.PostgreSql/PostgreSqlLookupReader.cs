using System.Runtime.CompilerServices;
using IdentityResolution.Lookup;
using Npgsql;

namespace IdentityResolution.PostgreSql;

/// <summary>Reads a lookup store whose schema was found to be ours.</summary>
internal sealed class PostgreSqlLookupReader(NpgsqlConnection connection, StoreTables tables, string store, bool isCurrent)
{
    /// <summary>Reads everything, inside the caller's transaction.</summary>
    public async Task<LookupState> LoadAsync(CancellationToken cancellationToken)
    {
        long runs = await CountRunsAsync(connection, tables, cancellationToken).ConfigureAwait(false);
        bool anyLong = (bool)(await PostgreSqlLookupSchema.ScalarAsync(
            connection, $"SELECT EXISTS (SELECT FROM {tables.LongTexts})", cancellationToken).ConfigureAwait(false))!;
        Func<string, string> key = anyLong ? tables.Whole : column => column;
        var builder = new LookupStateBuilder(store);
        await LoadCustomersAsync(builder, key, cancellationToken).ConfigureAwait(false);
        await LoadRowsAsync(builder, key, cancellationToken).ConfigureAwait(false);
        return builder.Build(runs);
    }

    /// <summary>How many runs there are.</summary>
    public static async Task<long> CountRunsAsync(NpgsqlConnection connection, StoreTables tables, CancellationToken cancellationToken) => (long)(await PostgreSqlLookupSchema.ScalarAsync(
        connection, $"SELECT coalesce(max(run_number), 0) FROM {tables.Runs}", cancellationToken).ConfigureAwait(false))!;

    /// <summary>One row, or null.</summary>
    public async Task<LookupRow?> FindAsync(RecordKey key, CancellationToken cancellationToken)
    {
        using NpgsqlCommand command = Command(
            $"SELECT {tables.Whole("customer_id")}, matched_by, match_probability FROM {tables.Lookup} WHERE source = $1 AND record_id = $2");
        Add(command, StoredText.Key(key.Source));
        Add(command, StoredText.Key(key.Id));
        NpgsqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable rowEnd = row.ConfigureAwait(false);
        return await row.ReadAsync(cancellationToken).ConfigureAwait(false)
            ? new LookupRow(key, Text(row, 0), Text(row, 1), row.IsDBNull(2) ? null : row.GetDouble(2))
            : null;
    }

    private async Task LoadCustomersAsync(LookupStateBuilder builder, Func<string, string> key, CancellationToken cancellationToken)
    {
        const int Columns = 4;
        CopyReader rows = await CopyReader.BeginAsync(
            connection,
            $"COPY (SELECT {key("customer_id")}, created_sequence, {key("successor_id")}, {(isCurrent ? "is_retired" : "false")} FROM {tables.Customers}) TO STDOUT (FORMAT BINARY)",
            Columns,
            cancellationToken).ConfigureAwait(false);
        await using (rows.ConfigureAwait(false))
        {
            do
            {
                while (rows.Read())
                {
                    builder.AddEntity(
                        StoredText.Unescaped(rows.Utf8(0), store),
                        rows.Integer(1),
                        StoredText.Unescaped(rows.Utf8(2), store),
                        isRetired: rows.Utf8(3)[0] != 0);
                }
            }
            while (await rows.FillAsync(cancellationToken).ConfigureAwait(false));
        }
    }

    private async Task LoadRowsAsync(LookupStateBuilder builder, Func<string, string> key, CancellationToken cancellationToken)
    {
        const int Columns = 5;
        var sources = new Utf8Strings();
        var rules = new Utf8Strings();
        CopyReader rows = await CopyReader.BeginAsync(
            connection,
            $"""
            COPY (SELECT {key("source")}, {key("record_id")}, {key("customer_id")}, matched_by, match_probability FROM {tables.Lookup})
            TO STDOUT (FORMAT BINARY)
            """,
            Columns,
            cancellationToken).ConfigureAwait(false);
        await using (rows.ConfigureAwait(false))
        {
            do
            {
                while (rows.Read())
                {
                    builder.AddRow(
                        sources.Get(StoredText.Unescaped(rows.Utf8(0), store)),
                        StoredText.Unescaped(rows.Utf8(1), store),
                        StoredText.Unescaped(rows.Utf8(2), store),
                        rules.Get(StoredText.Unescaped(rows.Utf8(3), store)),
                        rows.Real(4));
                }
            }
            while (await rows.FillAsync(cancellationToken).ConfigureAwait(false));
        }
    }

    private string Text(NpgsqlDataReader row, int column) => StoredText.Unescaped(row.GetString(column), store);

    private NpgsqlCommand Command(string sql) => PostgreSqlLookupSchema.Command(connection, sql);

    private static void Add(NpgsqlCommand command, string text) => command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = text });
}
