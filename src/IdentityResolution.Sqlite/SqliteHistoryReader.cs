using System.Globalization;
using IdentityResolution.Lookup;

namespace IdentityResolution.Sqlite;

/// <summary>Reads the history: changes, runs, and what rows and ids were at a moment.</summary>
internal static class SqliteHistoryReader
{
    /// <summary>The next changes behind a cursor.</summary>
    public static List<NumberedChange> Changes(SqliteSession session, long after, int count)
    {
        SqliteStatement changes = session.Get("""
            SELECT change_number, kind, customer_id, related_id, source, record_id, reason, run_id, at
            FROM changes JOIN runs USING (run_number) WHERE change_number > ?1 ORDER BY change_number LIMIT ?2
            """);
        changes.Bind(0, after);
        changes.Bind(1, (long)count);
        return Read(session, changes);
    }

    /// <summary>The changes of one run.</summary>
    public static EntityChange[] ChangesOf(SqliteSession session, string runId)
    {
        SqliteStatement changes = session.Get("""
            SELECT change_number, kind, customer_id, related_id, source, record_id, reason, run_id, at
            FROM changes JOIN runs USING (run_number) WHERE run_id = ?1 ORDER BY change_number
            """);
        changes.Bind(0, runId);
        return [.. Read(session, changes).Select(change => change.Change)];
    }

    /// <summary>The next runs behind a number.</summary>
    public static List<StoredRun> Runs(SqliteSession session, long after, int count)
    {
        SqliteStatement read = session.Get("SELECT run_number, run_id, at, model_hash FROM runs WHERE run_number > ?1 ORDER BY run_number LIMIT ?2");
        read.Bind(0, after);
        read.Bind(1, (long)count);
        var runs = new List<StoredRun>();
        while (read.Read())
        {
            runs.Add(new StoredRun(read.Integer(0), read.Text(1), Moment(read.Text(2)), read.Text(3)));
        }
        read.Reset();
        return runs;
    }

    /// <summary>The row that a record had, or null.</summary>
    public static LookupRow? Find(SqliteSession session, RecordKey key, DateTimeOffset asOf)
    {
        SqliteStatement rows = session.Get("""
            SELECT customer_id, matched_by, match_probability FROM lookup WHERE source = ?1 AND record_id = ?2 AND run_number <= ?3
            UNION ALL
            SELECT customer_id, matched_by, match_probability FROM past_rows
            WHERE source = ?1 AND record_id = ?2 AND since_run <= ?3 AND until_run > ?3
            """);
        rows.Bind(0, key.Source);
        rows.Bind(1, key.Id);
        rows.Bind(2, RunAt(session, asOf));
        LookupRow? row = rows.Read() ? new LookupRow(key, rows.Text(0), rows.Text(1), rows.Real(2)) : null;
        rows.Reset();
        return row;
    }

    /// <summary>The id that was current, or null.</summary>
    public static string? Resolve(SqliteSession session, string entityId, DateTimeOffset asOf)
    {
        long run = RunAt(session, asOf);
        return SqliteLookupReader.Follow(session, entityId, id =>
        {
            SqliteStatement customers = session.Get("""
                SELECT successor_id, is_retired FROM customers WHERE customer_id = ?1 AND run_number <= ?2
                UNION ALL
                SELECT successor_id, is_retired FROM past_customers WHERE customer_id = ?1 AND since_run <= ?2 AND until_run > ?2
                """);
            customers.Bind(0, id);
            customers.Bind(1, run);
            (bool, string?, bool)? state = customers.Read() ? (true, customers.TextOrNull(0), customers.Integer(1) != 0) : null;
            customers.Reset();
            return state;
        });
    }

    /// <summary>A moment as it stands in a column.</summary>
    public static DateTimeOffset Moment(string text) => DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    // The last run that had happened; ticks never fall from run to run.
    private static long RunAt(SqliteSession session, DateTimeOffset moment)
    {
        SqliteStatement find = session.Get("SELECT run_number FROM runs WHERE ticks <= ?1 ORDER BY ticks DESC, run_number DESC LIMIT 1");
        find.Bind(0, moment.UtcTicks);
        long run = find.Read() ? find.Integer(0) : 0;
        find.Reset();
        return run;
    }

    private static List<NumberedChange> Read(SqliteSession session, SqliteStatement changes)
    {
        var page = new List<NumberedChange>();
        while (changes.Read())
        {
            page.Add(new NumberedChange(changes.Integer(0), new EntityChange(
                StoredNames.ChangeKind(changes.Text(1), session.Store),
                changes.Text(2),
                changes.TextOrNull(3),
                changes.TextOrNull(4) is { } source ? new RecordKey(source, changes.Text(5)) : null,
                changes.Text(6),
                changes.Text(7),
                Moment(changes.Text(8)))));
        }
        changes.Reset();
        return page;
    }
}
