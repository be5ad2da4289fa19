using IdentityResolution.Lookup;
using Npgsql;

namespace IdentityResolution.PostgreSql;

/// <summary>Shows all records and links by binary COPY, as the bytes that the server sends.</summary>
internal sealed class PostgreSqlContentReader(NpgsqlConnection connection, StoreTables tables, string store)
{
    /// <summary>Shows all records, in order of the columns.</summary>
    public async Task VisitRecordsAsync(StoredRecordVisitor visit, CancellationToken cancellationToken)
    {
        const int Columns = 3;
        var sources = new Utf8Strings();
        Func<string, string> key = await KeysAsync(cancellationToken).ConfigureAwait(false);
        await VisitAsync(
            $"SELECT {key("source")}, {key("record_id")}, content::text FROM {tables.Records} r ORDER BY r.source, r.record_id",
            Columns,
            row => visit(sources.Get(Text(row, 0)), Text(row, 1), row.Utf8(2)),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Shows all links, in order of the columns.</summary>
    public async Task VisitLinksAsync(StoredLinkVisitor visit, CancellationToken cancellationToken)
    {
        const int Columns = 6;
        (var left, var right, var rules) = (new Utf8Strings(), new Utf8Strings(), new Utf8Strings());
        Func<string, string> key = await KeysAsync(cancellationToken).ConfigureAwait(false);
        await VisitAsync(
            $"""
            SELECT {key("left_source")}, {key("left_id")}, {key("right_source")}, {key("right_id")}, matched_by, match_weight
            FROM {tables.Links} l ORDER BY l.left_source, l.left_id, l.right_source, l.right_id
            """,
            Columns,
            row => visit(left.Get(Text(row, 0)), Text(row, 1), right.Get(Text(row, 2)), Text(row, 3), rules.Get(Text(row, 4)), row.Real(5)),
            cancellationToken).ConfigureAwait(false);
    }

    private ReadOnlySpan<byte> Text(CopyReader row, int column) => StoredText.Unescaped(row.Utf8(column), store);

    // Looking long texts up takes time, and hardly any store has one.
    private async Task<Func<string, string>> KeysAsync(CancellationToken cancellationToken) => await PostgreSqlLookupSchema.ScalarAsync(
        connection, $"SELECT EXISTS (SELECT FROM {tables.LongTexts})", cancellationToken).ConfigureAwait(false) is true ? tables.Whole : column => column;

    private async Task VisitAsync(string query, int columns, Action<CopyReader> visit, CancellationToken cancellationToken)
    {
        CopyReader rows = await CopyReader.BeginAsync(connection, $"COPY ({query}) TO STDOUT (FORMAT BINARY)", columns, cancellationToken).ConfigureAwait(false);
        await using (rows.ConfigureAwait(false))
        {
            do
            {
                while (rows.Read())
                {
                    visit(rows);
                }
            }
            while (await rows.FillAsync(cancellationToken).ConfigureAwait(false));
        }
    }
}
