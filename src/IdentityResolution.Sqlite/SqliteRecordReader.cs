using IdentityResolution.Lookup;

namespace IdentityResolution.Sqlite;

/// <summary>Reads records, links, judgements, the model, positions and receipts; lists page by page.</summary>
internal static class SqliteRecordReader
{
    private const int RowsPerLook = 4096;

    public static SourceRecord? Find(SqliteSession session, RecordKey key)
    {
        SqliteStatement read = session.Get("SELECT content FROM records WHERE source = ?1 AND record_id = ?2");
        read.Bind(0, key.Source);
        read.Bind(1, key.Id);
        SourceRecord? record = read.Read() ? new SourceRecord(key, RecordContent.Read(read.Utf8(0))) : null;
        read.Reset();
        return record;
    }

    public static List<SourceRecord> Records(SqliteSession session, SourceRecord? after, int count)
    {
        SqliteStatement read = session.Get("SELECT source, record_id, content FROM records WHERE (source, record_id) > (?1, ?2) ORDER BY source, record_id LIMIT ?3");
        read.Bind(0, after?.Key.Source ?? "");
        read.Bind(1, after?.Key.Id ?? "");
        read.Bind(2, (long)count);
        var page = new List<SourceRecord>();
        while (read.Read())
        {
            page.Add(new SourceRecord(new RecordKey(read.Text(0), read.Text(1)), RecordContent.Read(read.Utf8(2))));
        }
        read.Reset();
        return page;
    }

    /// <summary>Shows all records, as of one moment.</summary>
    public static void Visit(SqliteSession session, StoredRecordVisitor visit, CancellationToken cancellationToken)
    {
        var sources = new Utf8Strings();
        using var read = new SqliteStatement(session.Connection, "SELECT source, record_id, content FROM records ORDER BY source, record_id");
        for (int count = 1; read.Read(); count++)
        {
            Look(count, cancellationToken);
            visit(sources.Get(read.Utf8(0)), read.Utf8(1), read.Utf8(2));
        }
    }

    /// <summary>Shows all links, as of one moment.</summary>
    public static void Visit(SqliteSession session, StoredLinkVisitor visit, CancellationToken cancellationToken)
    {
        (var left, var right, var rules) = (new Utf8Strings(), new Utf8Strings(), new Utf8Strings());
        using var read = new SqliteStatement(
            session.Connection,
            "SELECT left_source, left_id, right_source, right_id, matched_by, match_weight FROM links ORDER BY left_source, left_id, right_source, right_id");
        for (int count = 1; read.Read(); count++)
        {
            Look(count, cancellationToken);
            visit(left.Get(read.Utf8(0)), read.Utf8(1), right.Get(read.Utf8(2)), read.Utf8(3), rules.Get(read.Utf8(4)), read.Real(5));
        }
    }

    public static List<Link> Links(SqliteSession session, Link? after, int count)
    {
        SqliteStatement read = session.Get("""
            SELECT left_source, left_id, right_source, right_id, matched_by, match_probability, match_weight FROM links
            WHERE (left_source, left_id, right_source, right_id) > (?1, ?2, ?3, ?4)
            ORDER BY left_source, left_id, right_source, right_id LIMIT ?5
            """);
        read.Bind(0, after?.Left.Source ?? "");
        read.Bind(1, after?.Left.Id ?? "");
        read.Bind(2, after?.Right.Source ?? "");
        read.Bind(3, after?.Right.Id ?? "");
        read.Bind(4, (long)count);
        var page = new List<Link>();
        while (read.Read())
        {
            page.Add(new Link(
                new RecordKey(read.Text(0), read.Text(1)), new RecordKey(read.Text(2), read.Text(3)), read.Text(4), read.Real(5)!.Value, read.Real(6)));
        }
        read.Reset();
        return page;
    }

    public static List<(long Number, Judgement Judgement)> Judgements(SqliteSession session, long after, int count)
    {
        SqliteStatement read = session.Get("""
            SELECT judgement_number, left_source, left_id, right_source, right_id, decision, judged_by, judged_at, note
            FROM judgements WHERE judgement_number > ?1 ORDER BY judgement_number LIMIT ?2
            """);
        read.Bind(0, after);
        read.Bind(1, (long)count);
        var page = new List<(long, Judgement)>();
        while (read.Read())
        {
            page.Add((read.Integer(0), new Judgement(
                new RecordKey(read.Text(1), read.Text(2)),
                new RecordKey(read.Text(3), read.Text(4)),
                StoredNames.Decision(read.Text(5), session.Store))
            {
                JudgedBy = read.TextOrNull(6),
                JudgedAt = read.TextOrNull(7) is { } at ? SqliteHistoryReader.Moment(at) : null,
                Note = read.TextOrNull(8),
            }));
        }
        read.Reset();
        return page;
    }

    public static string? Model(SqliteSession session) => Text(session.Get("SELECT model FROM models ORDER BY run_number DESC LIMIT 1"));

    public static string? Position(SqliteSession session, string stream)
    {
        SqliteStatement read = session.Get("SELECT position FROM positions WHERE stream = ?1");
        read.Bind(0, stream);
        return Text(read);
    }

    public static List<ErasureReceipt> Erasures(SqliteSession session)
    {
        SqliteStatement read = session.Get("SELECT receipt FROM erasures ORDER BY run_number");
        var receipts = new List<ErasureReceipt>();
        while (read.Read())
        {
            receipts.Add(ErasureReceiptJson.Read(read.Text(0)));
        }
        read.Reset();
        return receipts;
    }

    private static void Look(int count, CancellationToken cancellationToken)
    {
        if (count % RowsPerLook == 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static string? Text(SqliteStatement read)
    {
        string? text = read.Read() ? read.TextOrNull(0) : null;
        read.Reset();
        return text;
    }
}
