using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using IdentityResolution.Lookup;
using Npgsql;

namespace IdentityResolution.PostgreSql;

/// <summary>Reads a lookup store whose schema was found to be ours.</summary>
internal sealed class PostgreSqlLookupReader(NpgsqlConnection connection, StoreTables tables, string store)
{
    /// <summary>Reads everything, inside the caller's transaction.</summary>
    public async Task<LookupState> LoadAsync(CancellationToken cancellationToken)
    {
        long runs = (long)(await PostgreSqlLookupSchema.ScalarAsync(connection, $"SELECT count(*) FROM {tables.Runs}", cancellationToken)
            .ConfigureAwait(false))!;
        bool anyLong = (bool)(await PostgreSqlLookupSchema.ScalarAsync(
            connection, $"SELECT EXISTS (SELECT FROM {tables.LongTexts})", cancellationToken).ConfigureAwait(false))!;
        Func<string, string> key = anyLong ? tables.Whole : column => column;
        var builder = new LookupStateBuilder(store);
        await LoadCustomersAsync(builder, key, cancellationToken).ConfigureAwait(false);
        await LoadRowsAsync(builder, key, cancellationToken).ConfigureAwait(false);
        return builder.Build(runs);
    }

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

    /// <summary>The current id, or null.</summary>
    public async Task<string?> ResolveAsync(string entityId, CancellationToken cancellationToken)
    {
        // Our own runs leave one step at most; a chain that somebody else wrote is followed too.
        const int MostSteps = 10_000;
        string id = entityId;
        for (int step = 0; step < MostSteps; step++)
        {
            using NpgsqlCommand command = Command($"SELECT {tables.Whole("successor_id")} FROM {tables.Customers} WHERE customer_id = $1");
            Add(command, StoredText.Key(id));
            NpgsqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using ConfiguredAsyncDisposable rowEnd = row.ConfigureAwait(false);
            if (!await row.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                return step == 0 ? null : throw new LookupFormatException(store, "a customer id has a successor that is not among the customers.");
            }
            if (row.IsDBNull(0))
            {
                return id;
            }
            id = Text(row, 0);
        }
        throw new LookupFormatException(store, "the successors of retired customer ids run in a circle.");
    }

    /// <summary>The next changes after a number, with the number of the last of them.</summary>
    public async Task<(List<EntityChange> Page, long Last)> ChangesAsync(long after, int count, CancellationToken cancellationToken)
    {
        using NpgsqlCommand command = Command($"""
            SELECT change_number, kind, {tables.Whole("customer_id")}, {tables.Whole("related_id")}, {tables.Whole("source")},
                {tables.Whole("record_id")}, reason, {tables.Whole("run_id")}, at_text
            FROM {tables.Changes} JOIN {tables.Runs} USING (run_number)
            WHERE change_number > $1 ORDER BY change_number LIMIT $2
            """);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = count });
        var page = new List<EntityChange>();
        NpgsqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable rowEnd = row.ConfigureAwait(false);
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            after = row.GetInt64(0);
            page.Add(new EntityChange(
                ChangeKinds.Parse(row.GetString(1), store),
                Text(row, 2),
                row.IsDBNull(3) ? null : Text(row, 3),
                row.IsDBNull(4) ? null : new RecordKey(Text(row, 4), Text(row, 5)),
                Text(row, 6),
                Text(row, 7),
                DateTimeOffset.ParseExact(row.GetString(8), "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind)));
        }
        return (page, after);
    }

    private async Task LoadCustomersAsync(LookupStateBuilder builder, Func<string, string> key, CancellationToken cancellationToken)
    {
        const int Columns = 3;
        CopyReader rows = await CopyReader.BeginAsync(
            connection,
            $"COPY (SELECT {key("customer_id")}, created_sequence, {key("successor_id")} FROM {tables.Customers}) TO STDOUT (FORMAT BINARY)",
            Columns,
            cancellationToken).ConfigureAwait(false);
        await using (rows.ConfigureAwait(false))
        {
            do
            {
                while (rows.Read())
                {
                    builder.AddEntity(Text(rows, 0), rows.Integer(1), rows.IsNull(2) ? null : Text(rows, 2));
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

    private string Text(CopyReader row, int column) => Encoding.UTF8.GetString(StoredText.Unescaped(row.Utf8(column), store));

    private string Text(NpgsqlDataReader row, int column) => StoredText.Unescaped(row.GetString(column), store);

    private NpgsqlCommand Command(string sql) => PostgreSqlLookupSchema.Command(connection, sql);

    private static void Add(NpgsqlCommand command, string text) => command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = text });

    // One string object per distinct text; the same text mostly comes many times in a row.
    private sealed class Utf8Strings
    {
        private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);
        private byte[] _lastUtf8 = [];
        private string _last = string.Empty;

        public string Get(ReadOnlySpan<byte> utf8)
        {
            if (!utf8.SequenceEqual(_lastUtf8))
            {
                string text = Encoding.UTF8.GetString(utf8);
                if (!_known.TryGetValue(text, out string? known))
                {
                    _known.Add(text, text);
                    known = text;
                }
                _last = known;
                _lastUtf8 = utf8.ToArray();
            }
            return _last;
        }
    }
}
