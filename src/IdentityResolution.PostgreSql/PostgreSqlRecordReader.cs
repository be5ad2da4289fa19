using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using IdentityResolution.Lookup;
using Npgsql;

namespace IdentityResolution.PostgreSql;

/// <summary>Reads records, links, judgements, the model, positions and receipts; lists page by page.</summary>
internal sealed class PostgreSqlRecordReader(NpgsqlConnection connection, StoreTables tables, string store)
{
    /// <summary>One record, or null.</summary>
    public async Task<SourceRecord?> FindAsync(RecordKey key, CancellationToken cancellationToken)
    {
        List<SourceRecord> found = await ListAsync(
            $"SELECT content::text FROM {tables.Records} WHERE source = $1 AND record_id = $2",
            [Parameter(StoredText.Key(key.Source)), Parameter(StoredText.Key(key.Id))],
            row => new SourceRecord(key, Values(row, 0)),
            cancellationToken).ConfigureAwait(false);
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>The next records in order of the columns; <paramref name="after"/> is the stored key of the last one, and is moved on.</summary>
    public async Task<(List<SourceRecord> Page, string[] Last)> RecordsAsync(string[] after, int count, CancellationToken cancellationToken)
    {
        string[] last = after;
        List<SourceRecord> page = await ListAsync(
            $"""
            SELECT source, record_id, {tables.Whole("source")}, {tables.Whole("record_id")}, content::text FROM {tables.Records} r
            WHERE (source, record_id) > ($1, $2) ORDER BY r.source, r.record_id LIMIT $3
            """,
            [.. after.Select(Parameter), new NpgsqlParameter<long> { TypedValue = count }],
            row =>
            {
                last = [row.GetString(0), row.GetString(1)];
                return new SourceRecord(new RecordKey(Text(row, 2), Text(row, 3)), Values(row, 4));
            },
            cancellationToken).ConfigureAwait(false);
        return (page, last);
    }

    /// <summary>The next links in order of the columns.</summary>
    public async Task<(List<Link> Page, string[] Last)> LinksAsync(string[] after, int count, CancellationToken cancellationToken)
    {
        string[] last = after;
        List<Link> page = await ListAsync(
            $"""
            SELECT left_source, left_id, right_source, right_id, {tables.Whole("left_source")}, {tables.Whole("left_id")},
                {tables.Whole("right_source")}, {tables.Whole("right_id")}, matched_by, match_probability, match_weight
            FROM {tables.Links} l WHERE (left_source, left_id, right_source, right_id) > ($1, $2, $3, $4)
            ORDER BY l.left_source, l.left_id, l.right_source, l.right_id LIMIT $5
            """,
            [.. after.Select(Parameter), new NpgsqlParameter<long> { TypedValue = count }],
            row =>
            {
                last = [row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3)];
                return new Link(
                    new RecordKey(Text(row, 4), Text(row, 5)),
                    new RecordKey(Text(row, 6), Text(row, 7)),
                    Text(row, 8),
                    row.GetDouble(9),
                    row.IsDBNull(10) ? null : row.GetDouble(10));
            },
            cancellationToken).ConfigureAwait(false);
        return (page, last);
    }

    /// <summary>All judgements in order.</summary>
    public Task<List<Judgement>> JudgementsAsync(CancellationToken cancellationToken) => ListAsync(
        $"""
        SELECT {tables.Whole("left_source")}, {tables.Whole("left_id")}, {tables.Whole("right_source")}, {tables.Whole("right_id")},
            decision, judged_by, judged_at, note
        FROM {tables.Judgements} ORDER BY judgement_number
        """,
        [],
        row => new Judgement(
            new RecordKey(Text(row, 0), Text(row, 1)), new RecordKey(Text(row, 2), Text(row, 3)), StoredNames.Decision(row.GetString(4), store))
        {
            JudgedBy = row.IsDBNull(5) ? null : Text(row, 5),
            JudgedAt = row.IsDBNull(6) ? null : DateTimeOffset.ParseExact(row.GetString(6), "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
            Note = row.IsDBNull(7) ? null : Text(row, 7),
        },
        cancellationToken);

    /// <summary>The last model, or null.</summary>
    public Task<string?> ModelAsync(CancellationToken cancellationToken) =>
        FirstAsync($"SELECT model FROM {tables.Models} ORDER BY run_number DESC LIMIT 1", [], cancellationToken);

    /// <summary>A stream's position, or null.</summary>
    public Task<string?> PositionAsync(string stream, CancellationToken cancellationToken) =>
        FirstAsync($"SELECT position FROM {tables.Positions} WHERE stream = $1", [Parameter(StoredText.Key(stream))], cancellationToken);

    /// <summary>All receipts in order.</summary>
    public Task<List<ErasureReceipt>> ErasuresAsync(CancellationToken cancellationToken) => ListAsync(
        $"SELECT receipt::text FROM {tables.Erasures} ORDER BY run_number", [], row => ErasureReceiptJson.Read(row.GetString(0)), cancellationToken);

    private static NpgsqlParameter Parameter(string text) => new NpgsqlParameter<string> { TypedValue = text };

    private static IReadOnlyDictionary<string, string?> Values(NpgsqlDataReader row, int column) => RecordContent.Read(Encoding.UTF8.GetBytes(row.GetString(column)));

    private async Task<string?> FirstAsync(string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        List<string> found = await ListAsync(sql, parameters, row => Text(row, 0), cancellationToken).ConfigureAwait(false);
        return found.Count == 0 ? null : found[0];
    }

    private async Task<List<T>> ListAsync<T>(string sql, NpgsqlParameter[] parameters, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        using NpgsqlCommand command = PostgreSqlLookupSchema.Command(connection, sql);
        command.Parameters.AddRange(parameters);
        NpgsqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable rowEnd = row.ConfigureAwait(false);
        var list = new List<T>();
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            list.Add(read(row));
        }
        return list;
    }

    private string Text(NpgsqlDataReader row, int column) => StoredText.Unescaped(row.GetString(column), store);
}
