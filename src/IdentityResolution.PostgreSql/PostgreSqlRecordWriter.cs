using System.Globalization;
using IdentityResolution.Lookup;
using Npgsql;

namespace IdentityResolution.PostgreSql;

/// <summary>Writes records, links, judgements, the model and positions of one run, and keeps what it replaces so that the run can be taken back.</summary>
internal sealed class PostgreSqlRecordWriter(StoreTables tables, string store, WriteTurn turn, PostgreSqlLookupWriter run)
{
    private const string RecordNames = "source, record_id, content, content_hash, run_number";
    private const string LinkNames = "left_source, left_id, right_source, right_id, matched_by, match_probability, match_weight, run_number";

    private static readonly StagedColumn[] RecordColumns =
        [StagedColumn.Key("source"), StagedColumn.Key("record_id"), new("content", "json"), new("content_hash", "bytea")];

    private static readonly StagedColumn[] PairColumns =
        [StagedColumn.Key("left_source"), StagedColumn.Key("left_id"), StagedColumn.Key("right_source"), StagedColumn.Key("right_id")];

    private static readonly StagedColumn[] LinkColumns =
        [.. PairColumns, StagedColumn.Key("matched_by"), new("match_probability", "double precision"), new("match_weight", "double precision")];

    private static readonly StagedColumn[] JudgementColumns =
        [.. PairColumns, new("decision", "text"), new("judged_by", "text"), new("judged_at", "text"), new("note", "text")];

    private bool _changed;

    /// <summary>Writes what a commit has of these. False when the commit changes nothing at all.</summary>
    public async Task<bool> WriteAsync(LookupCommit commit, CancellationToken cancellationToken)
    {
        if (commit.Entities.Count + commit.Rows.Count + commit.RemovedRows.Count + commit.Changes.Count + commit.Links.Count + commit.RemovedLinks.Count
            + commit.Judgements.Count > 0 || commit.Position is not null)
        {
            Change();
        }
        await RemoveAsync(commit.RemovedRows, cancellationToken).ConfigureAwait(false);
        await RemoveLinksAsync(commit.RemovedLinks, cancellationToken).ConfigureAwait(false);
        await WriteRecordsAsync(commit.Records, cancellationToken).ConfigureAwait(false);
        await WriteLinksAsync(commit.Links, cancellationToken).ConfigureAwait(false);
        await AppendAsync(commit.Judgements, cancellationToken).ConfigureAwait(false);
        if (commit.Model is not null)
        {
            await WriteModelAsync(commit.Model, commit.ModelHash, cancellationToken).ConfigureAwait(false);
        }
        if (commit.Position is not null)
        {
            SetPosition(commit.Position);
        }
        return _changed;
    }

    /// <summary>Forgets what the run before replaced.</summary>
    public static void Forget(StatementBatch batch, StoreTables tables)
    {
        foreach (string table in (string[])[tables.UndoRecords, tables.UndoLinks, tables.UndoPositions])
        {
            batch.Add($"DELETE FROM {table}", []);
        }
    }

    private static void WritePair(IRowWriter row, RecordKey left, RecordKey right, Func<string, string> key)
    {
        row.Text(key(left.Source));
        row.Text(key(left.Id));
        row.Text(key(right.Source));
        row.Text(key(right.Id));
    }

    // Only a run that changes something takes the place of the one that can be taken back.
    private void Change()
    {
        if (!_changed)
        {
            _changed = true;
            if (!run.IsNew)
            {
                Forget(turn.Batch, tables);
            }
        }
    }

    private async Task RemoveAsync(IReadOnlyCollection<RecordKey> keys, CancellationToken cancellationToken)
    {
        if (keys.Count == 0 || run.IsNew)
        {
            return;
        }
        StagedRows rows = await run.StageKeysAsync("removed_records", keys, cancellationToken).ConfigureAwait(false);
        rows.Add($"""
            WITH gone AS (DELETE FROM {tables.Records} r USING {rows.From} WHERE r.source = n.source AND r.record_id = n.record_id RETURNING r.*)
            INSERT INTO {tables.UndoRecords} SELECT DISTINCT ON (source, record_id) * FROM gone
            """);
        foreach (string side in (string[])["left", "right"])
        {
            rows.Add($"""
                WITH gone AS (DELETE FROM {tables.Links} l USING {rows.From} WHERE l.{side}_source = n.source AND l.{side}_id = n.record_id RETURNING l.*)
                INSERT INTO {tables.UndoLinks} SELECT * FROM gone
                """);
        }
    }

    private async Task RemoveLinksAsync(IReadOnlyCollection<RecordPair> pairs, CancellationToken cancellationToken)
    {
        if (pairs.Count == 0 || run.IsNew)
        {
            return;
        }
        StagedRows rows = await run.StageAsync("removed_links", PairColumns, pairs, (row, pair) => WritePair(row, pair.Left, pair.Right, StoredText.Key), cancellationToken).ConfigureAwait(false);
        rows.Add($"""
            WITH gone AS (DELETE FROM {tables.Links} l USING {rows.From} WHERE {SamePair("l", "n")} RETURNING l.*)
            INSERT INTO {tables.UndoLinks} SELECT * FROM gone
            """);
    }

    private async Task WriteRecordsAsync(IReadOnlyCollection<SourceRecord> records, CancellationToken cancellationToken)
    {
        using var content = new RecordContent();
        if (await run.FillAsync(tables.Records, RecordColumns, records, Write, PostgreSqlLookupSchema.RecordKeys(tables), cancellationToken).ConfigureAwait(false))
        {
            Change();
            return;
        }
        if (records.Count == 0)
        {
            return;
        }
        StagedRows rows = await run.StageAsync("new_records", RecordColumns, records, Write, cancellationToken).ConfigureAwait(false);
        string differs = $"""
            SELECT k.* FROM (SELECT DISTINCT ON (n.source, n.record_id) n.* FROM {rows.From} ORDER BY n.source, n.record_id, n.place DESC) k
            LEFT JOIN {tables.Records} r ON r.source = k.source AND r.record_id = k.record_id WHERE r.content_hash IS DISTINCT FROM k.content_hash
            """;
        if (!_changed && await rows.ScalarAsync($"SELECT EXISTS ({differs})", cancellationToken).ConfigureAwait(false) is not true)
        {
            return;
        }
        Change();
        rows.Add($"""
            WITH changed AS MATERIALIZED ({differs}),
            kept AS (INSERT INTO {tables.UndoRecords} SELECT r.* FROM {tables.Records} r JOIN changed c ON r.source = c.source AND r.record_id = c.record_id)
            INSERT INTO {tables.Records} ({RecordNames}) SELECT source, record_id, content, content_hash, @run FROM changed
            ON CONFLICT (source, record_id) DO UPDATE SET content = excluded.content, content_hash = excluded.content_hash, run_number = excluded.run_number
            """);

        void Write(IRowWriter row, SourceRecord record)
        {
            if (string.IsNullOrEmpty(record.Key.Source) || string.IsNullOrEmpty(record.Key.Id))
            {
                throw new LookupFormatException(store, "a record of the commit lacks its source or record id.");
            }
            content.Write(record.Values);
            row.Text(run.Key(record.Key.Source));
            row.Text(run.Key(record.Key.Id));
            row.Bytes(content.Json);
            row.Bytes(content.Hash);
        }
    }

    private async Task WriteLinksAsync(IReadOnlyCollection<Link> links, CancellationToken cancellationToken)
    {
        if (await run.FillAsync(tables.Links, LinkColumns, links, Write, PostgreSqlLookupSchema.LinkKeys(tables), cancellationToken).ConfigureAwait(false)
            || links.Count == 0)
        {
            return;
        }
        StagedRows rows = await run.StageAsync("new_links", LinkColumns, links, Write, cancellationToken).ConfigureAwait(false);
        rows.Add($"""
            WITH new AS MATERIALIZED (SELECT DISTINCT ON (left_source, left_id, right_source, right_id) n.* FROM {rows.From}
                ORDER BY left_source, left_id, right_source, right_id, place DESC),
            kept AS (INSERT INTO {tables.UndoLinks} SELECT l.* FROM {tables.Links} l JOIN new ON {SamePair("l", "new")})
            INSERT INTO {tables.Links} ({LinkNames})
            SELECT left_source, left_id, right_source, right_id, matched_by, match_probability, match_weight, @run FROM new
            ON CONFLICT (left_source, left_id, right_source, right_id) DO UPDATE SET matched_by = excluded.matched_by,
                match_probability = excluded.match_probability, match_weight = excluded.match_weight, run_number = excluded.run_number
            """);

        void Write(IRowWriter row, Link link)
        {
            if (link.Left == link.Right || link.MatchProbability is not (>= 0 and <= 1))
            {
                throw new LookupFormatException(store, "a link of the commit names one record twice, or its probability is not in [0, 1].");
            }
            var pair = new RecordPair(link.Left, link.Right);
            WritePair(row, pair.Left, pair.Right, run.Key);
            row.Text(StoredText.Escaped(link.MatchedBy));
            row.Real(link.MatchProbability);
            row.Real(link.MatchWeight);
        }
    }

    private async Task AppendAsync(IReadOnlyCollection<Judgement> judgements, CancellationToken cancellationToken)
    {
        if (judgements.Count == 0)
        {
            return;
        }
        StagedRows rows = await run.StageAsync(
            "new_judgements",
            JudgementColumns,
            judgements,
            (row, judgement) =>
            {
                WritePair(row, judgement.Left, judgement.Right, run.Key);
                row.Text(StoredNames.Of(judgement.Decision));
                row.Text(judgement.JudgedBy is null ? null : StoredText.Escaped(judgement.JudgedBy));
                row.Text(judgement.JudgedAt?.ToString("O", CultureInfo.InvariantCulture));
                row.Text(judgement.Note is null ? null : StoredText.Escaped(judgement.Note));
            },
            cancellationToken).ConfigureAwait(false);
        rows.Add($"""
            INSERT INTO {tables.Judgements}
                (judgement_number, run_number, left_source, left_id, right_source, right_id, decision, judged_by, judged_at, note)
            SELECT (SELECT coalesce(max(judgement_number), 0) FROM {tables.Judgements}) + place, @run,
                left_source, left_id, right_source, right_id, decision, judged_by, judged_at, note FROM {rows.From}
            """);
    }

    private async Task WriteModelAsync(string model, string hash, CancellationToken cancellationToken)
    {
        string stored = StoredText.Escaped(model);
        if (await turn.Batch.ScalarAsync($"SELECT model FROM {tables.Models} ORDER BY run_number DESC LIMIT 1", [], cancellationToken)
            .ConfigureAwait(false) is string known && known == stored)
        {
            return;
        }
        Change();
        turn.Batch.Add(
            $"INSERT INTO {tables.Models} (run_number, model_hash, model) VALUES ($1, $2, $3)",
            [
                new NpgsqlParameter<long> { TypedValue = run.Run },
                new NpgsqlParameter<string> { TypedValue = StoredText.Escaped(hash) },
                new NpgsqlParameter<string> { TypedValue = stored },
            ]);
    }

    private void SetPosition(StreamPosition position) => turn.Batch.Add(
        $"""
        WITH kept AS (INSERT INTO {tables.UndoPositions} (stream, position) VALUES ($1, (SELECT position FROM {tables.Positions} WHERE stream = $1)))
        INSERT INTO {tables.Positions} (stream, position) VALUES ($1, $2) ON CONFLICT (stream) DO UPDATE SET position = excluded.position
        """,
        [
            new NpgsqlParameter<string> { TypedValue = run.Key(position.Stream) },
            new NpgsqlParameter<string> { TypedValue = StoredText.Escaped(position.Position) },
        ]);

    private static string SamePair(string left, string right) => string.Join(
        " AND ", PairColumns.Select(column => $"{left}.{column.Name} = {right}.{column.Name}"));
}
