using System.Globalization;
using System.Runtime.CompilerServices;
using IdentityResolution.Lookup;
using Npgsql;

namespace IdentityResolution.PostgreSql;

/// <summary>Keeps the table of standard values and keys true to the records and the model; inside the caller's transaction, behind what its batch holds.</summary>
internal sealed class PostgreSqlTerms(StoreTables tables, string store, WriteTurn turn, PostgreSqlLookupWriter run, RecordTermOptions? given)
{
    private const string FormKey = "record_terms";
    private const int RecordsPerPage = 4096;

    private static readonly StagedColumn[] Columns =
    [
        StagedColumn.Key("source"), StagedColumn.Key("record_id"), StagedColumn.Key("kind"), StagedColumn.Key("name"), StagedColumn.Key("term"),
    ];

    private int _staged;

    /// <summary>Brings the terms up to what a run wrote.</summary>
    /// <param name="removed">Records that the run removed.</param>
    /// <param name="records">Records that the run may have written.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task FollowAsync(IReadOnlyCollection<RecordKey> removed, IReadOnlyCollection<SourceRecord> records, CancellationToken cancellationToken)
    {
        string? noted = turn.Position.TermForm;
        if (noted is null && given?.Form is null)
        {
            return;
        }
        bool isModelNew = await IsModelOfAsync(run.Run, cancellationToken).ConfigureAwait(false);
        // To delete, and so to erase, takes no secret.
        if (given is null && records.Count == 0 && !isModelNew)
        {
            await DeleteAsync(removed, cancellationToken).ConfigureAwait(false);
            return;
        }
        if (await BeginAsync(noted, isModelNew, cancellationToken).ConfigureAwait(false) is not { } maker)
        {
            return;
        }
        await DeleteAsync(removed, cancellationToken).ConfigureAwait(false);
        foreach (SourceRecord[] page in records.Chunk(RecordsPerPage))
        {
            HashSet<RecordKey> written = await WrittenAsync([.. page.Select(record => record.Key)], cancellationToken).ConfigureAwait(false);
            // Of several of one key the last one was written.
            SourceRecord[] changed = [.. page.Where(record => written.Contains(record.Key)).GroupBy(record => record.Key).Select(same => same.Last())];
            await DeleteAsync([.. changed.Select(record => record.Key)], cancellationToken).ConfigureAwait(false);
            await InsertAsync(changed.SelectMany(maker.Make), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Brings the terms up to what taking a run back restored.</summary>
    /// <param name="touched">Records whose values may be others now.</param>
    /// <param name="isModelRestored">Is the model another one now?</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task RestoreAsync(IReadOnlyCollection<RecordKey> touched, bool isModelRestored, CancellationToken cancellationToken)
    {
        string? noted = turn.Position.TermForm;
        if ((noted is null && given?.Form is null)
            || await BeginAsync(noted, isModelRestored, cancellationToken).ConfigureAwait(false) is not { } maker)
        {
            return;
        }
        await DeleteAsync(touched, cancellationToken).ConfigureAwait(false);
        var reader = new PostgreSqlRecordReader(turn.Connection, tables, store);
        var terms = new List<RecordTerm>();
        foreach (RecordKey key in touched)
        {
            if (await reader.FindAsync(key, cancellationToken).ConfigureAwait(false) is { } record)
            {
                terms.AddRange(maker.Make(record));
            }
        }
        await InsertAsync(terms, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Is the model in force that of a run?</summary>
    public async Task<bool> IsModelOfAsync(long number, CancellationToken cancellationToken) => await turn.Batch.ScalarAsync(
        $"SELECT max(run_number) = $1 FROM {tables.Models}", [new NpgsqlParameter<long> { TypedValue = number }], cancellationToken).ConfigureAwait(false) is true;

    /// <summary>The form that the store has noted; null = it keeps none.</summary>
    public static async Task<string?> NotedAsync(NpgsqlConnection connection, StoreTables tables, CancellationToken cancellationToken) =>
        await PostgreSqlLookupSchema.ScalarAsync(connection, $"SELECT value FROM {tables.Meta} WHERE key = '{FormKey}'", cancellationToken).ConfigureAwait(false) as string;

    /// <summary>Is there a table of terms? A store of version 2 that was only read has none.</summary>
    public static async Task<bool> AreThereAsync(NpgsqlConnection connection, StoreTables tables, CancellationToken cancellationToken)
    {
        using NpgsqlCommand find = PostgreSqlLookupSchema.Command(connection, "SELECT to_regclass($1) IS NOT NULL");
        find.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tables.RecordTerms });
        return await find.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true;
    }

    /// <summary>Some terms behind others, in order.</summary>
    public static async Task<List<RecordTerm>> ReadAsync(
        NpgsqlConnection connection, StoreTables tables, string store, string[] after, int count, CancellationToken cancellationToken)
    {
        using NpgsqlCommand read = PostgreSqlLookupSchema.Command(connection, string.Create(CultureInfo.InvariantCulture, $"""
            SELECT {tables.Whole("source")}, {tables.Whole("record_id")}, kind, {tables.Whole("name")}, {tables.Whole("term")} FROM {tables.RecordTerms} t
            WHERE (t.source, t.record_id, t.kind, t.name, t.term) > ($1, $2, $3, $4, $5)
            ORDER BY t.source, t.record_id, t.kind, t.name, t.term LIMIT {count}
            """));
        foreach (string part in after)
        {
            read.Parameters.Add(new NpgsqlParameter<string> { TypedValue = StoredText.Key(part) });
        }
        NpgsqlDataReader row = await read.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable rowEnd = row.ConfigureAwait(false);
        var page = new List<RecordTerm>();
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            page.Add(new RecordTerm(new RecordKey(Text(0), Text(1)), StoredNames.TermKind(row.GetString(2), store), Text(3), Text(4)));
        }
        return page;

        string Text(int column) => StoredText.Unescaped(row.GetString(column), store);
    }

    // What makes the terms of single records; null when none are kept, or all were made just now.
    private async Task<RecordTermMaker?> BeginAsync(string? noted, bool isModelNew, CancellationToken cancellationToken)
    {
        RecordTermOptions? options = RecordTermOptions.Decide(given, noted, store);
        if (options is null)
        {
            turn.Batch.Add($"DELETE FROM {tables.RecordTerms}", []);
            turn.Batch.Add($"DELETE FROM {tables.Meta} WHERE key = '{FormKey}'", []);
            return null;
        }
        if (noted is null)
        {
            turn.Batch.Add($"INSERT INTO {tables.Meta} VALUES ('{FormKey}', $1)", [new NpgsqlParameter<string> { TypedValue = options.Form! }]);
        }
        await turn.Batch.FlushAsync(cancellationToken).ConfigureAwait(false);
        var reader = new PostgreSqlRecordReader(turn.Connection, tables, store);
        RecordTermMaker? maker = await reader.ModelAsync(cancellationToken).ConfigureAwait(false) is { } model ? new RecordTermMaker(model, options) : null;
        if (maker is not null && noted is not null && !isModelNew)
        {
            return maker;
        }
        turn.Batch.Add($"DELETE FROM {tables.RecordTerms}", []);
        string[] last = ["", ""];
        int read = maker is null ? 0 : RecordsPerPage;
        while (read == RecordsPerPage)
        {
            (List<SourceRecord> page, last) = await reader.RecordsAsync(last, RecordsPerPage, cancellationToken).ConfigureAwait(false);
            await InsertAsync(page.SelectMany(maker!.Make), cancellationToken).ConfigureAwait(false);
            read = page.Count;
        }
        return null;
    }

    private async Task<HashSet<RecordKey>> WrittenAsync(RecordKey[] keys, CancellationToken cancellationToken)
    {
        StagedRows rows = await run.StageKeysAsync("written_records", keys, cancellationToken).ConfigureAwait(false);
        object? places = await rows.ScalarAsync(
            $"""
            SELECT coalesce(array_agg(n.place), ARRAY[]::bigint[]) FROM {rows.From}
            JOIN {tables.Records} r ON r.source = n.source AND r.record_id = n.record_id WHERE r.run_number = @run
            """,
            cancellationToken).ConfigureAwait(false);
        return [.. ((long[])places!).Select(place => keys[place - 1])];
    }

    private async Task DeleteAsync(IReadOnlyCollection<RecordKey> keys, CancellationToken cancellationToken)
    {
        if (keys.Count > 0)
        {
            StagedRows rows = await run.StageKeysAsync(Name("termless"), keys, cancellationToken).ConfigureAwait(false);
            rows.Add($"DELETE FROM {tables.RecordTerms} t USING {rows.From} WHERE t.source = n.source AND t.record_id = n.record_id");
        }
    }

    private async Task InsertAsync(IEnumerable<RecordTerm> terms, CancellationToken cancellationToken)
    {
        RecordTerm[] all = [.. terms];
        if (all.Length == 0)
        {
            return;
        }
        string name = Name("new_terms");
        StagedRows rows = await run.StageAsync(
            name,
            Columns,
            all,
            (row, term) =>
            {
                row.Text(run.Key(term.Record.Source));
                row.Text(run.Key(term.Record.Id));
                row.Text(StoredNames.Of(term.Kind));
                row.Text(run.Key(term.Name));
                row.Text(run.Key(term.Term));
            },
            cancellationToken).ConfigureAwait(false);
        rows.Add($"""
            INSERT INTO {tables.RecordTerms} (source, record_id, kind, name, term)
            SELECT DISTINCT n.source, n.record_id, n.kind, n.name, n.term FROM {rows.From}
            """);
        await turn.Batch.FlushAsync(cancellationToken).ConfigureAwait(false);
        if (all.Length <= StagedRows.Few)
        {
            return;
        }
        await PostgreSqlLookupSchema.ExecuteAsync(turn.Connection, $"DROP TABLE pg_temp.{name}", cancellationToken).ConfigureAwait(false);
    }

    // A temporary table lives as long as the transaction.
    private string Name(string table) => string.Create(CultureInfo.InvariantCulture, $"{table}_{++_staged}");
}
