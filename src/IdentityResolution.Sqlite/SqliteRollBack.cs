using IdentityResolution.Lookup;

namespace IdentityResolution.Sqlite;

/// <summary>Takes the last run back, inside the caller's transaction.</summary>
internal static class SqliteRollBack
{
    public static IReadOnlyList<EntityChange> Take(SqliteSession session, string runId, string rollbackRunId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (SqliteLookupWriter.HasRun(session, rollbackRunId))
        {
            return SqliteHistoryReader.ChangesOf(session, rollbackRunId);
        }
        (long undone, string modelHash) = FindRun(session, runId);
        RollBackPlan plan = RollBackPlan.Make(Rows(session, undone, out HashSet<RecordKey> added), Entities(session, undone), runId, rollbackRunId, at);
        List<LookupRow> before = Before(session, undone);
        var writer = new SqliteLookupWriter(session, cancellationToken);
        foreach (EntityState entity in plan.Entities)
        {
            writer.SetCustomer(entity);
        }
        foreach (RecordKey key in added)
        {
            writer.RemoveRow(key);
        }
        foreach (LookupRow row in before)
        {
            writer.SetRow(row);
        }
        List<RecordKey> touched = Touched(session, undone);
        bool isModelRestored = session.Number("SELECT max(run_number) FROM models") == undone;
        Restore(session, undone);
        new SqliteTerms(session, session.Terms).Restore(touched, isModelRestored);
        foreach (EntityChange change in plan.Changes)
        {
            writer.Append(change);
        }
        writer.EndRun(rollbackRunId, at, modelHash, RunKinds.RollBack);
        return plan.Changes;
    }

    /// <summary>What taking the run back would do; writes nothing.</summary>
    public static IReadOnlyList<EntityChange> Preview(SqliteSession session, string runId, DateTimeOffset at)
    {
        (long undone, _) = FindRun(session, runId);
        return RollBackPlan.Make(Rows(session, undone, out _), Entities(session, undone), runId, runId, at).Changes;
    }

    /// <summary>What is said when a run can't be taken back.</summary>
    public static InvalidOperationException NotTheLast() =>
        new("Only the last run that changed anything can be taken back, and it must be neither an erasure nor a roll back.");

    private static (long Number, string ModelHash) FindRun(SqliteSession session, string runId)
    {
        SqliteStatement last = session.Get($"""
            SELECT run_number, run_id, run_kind, (SELECT model_hash FROM runs ORDER BY run_number DESC LIMIT 1)
            FROM runs WHERE run_kind <> '{RunKinds.Unchanged}' ORDER BY run_number DESC LIMIT 1
            """);
        bool isIt = last.Read() && last.Text(1) == runId && last.Text(2) == RunKinds.Changed;
        (long Number, string ModelHash) run = isIt ? (last.Integer(0), last.Text(3)) : default;
        last.Reset();
        return isIt
            ? run
            : throw NotTheLast();
    }

    private static List<RecordKey> Touched(SqliteSession session, long run)
    {
        SqliteStatement read = session.Get("SELECT source, record_id FROM records WHERE run_number = ?1 UNION SELECT source, record_id FROM undo_records");
        read.Bind(0, run);
        var touched = new List<RecordKey>();
        while (read.Read())
        {
            touched.Add(new RecordKey(read.Text(0), read.Text(1)));
        }
        read.Reset();
        return touched;
    }

    private static List<LookupRow> Before(SqliteSession session, long run) => Rows(session, """
        SELECT source, record_id, customer_id, matched_by, match_probability FROM past_rows WHERE until_run = ?1
        """, run);

    private static List<RolledBackRow> Rows(SqliteSession session, long run, out HashSet<RecordKey> added)
    {
        var after = new Dictionary<RecordKey, LookupRow>();
        foreach (LookupRow row in Rows(session, "SELECT source, record_id, customer_id, matched_by, match_probability FROM lookup WHERE run_number = ?1", run))
        {
            after.Add(row.Key, row);
        }
        var rows = new List<RolledBackRow>(after.Count);
        added = [.. after.Keys];
        foreach (LookupRow row in Before(session, run))
        {
            rows.Add(new RolledBackRow(row.Key, row, after.TryGetValue(row.Key, out LookupRow now) ? now : null));
            added.Remove(row.Key);
        }
        rows.AddRange(added.Select(key => new RolledBackRow(key, null, after[key])));
        return rows;
    }

    private static List<LookupRow> Rows(SqliteSession session, string sql, long run)
    {
        SqliteStatement read = session.Get(sql);
        read.Bind(0, run);
        var rows = new List<LookupRow>();
        while (read.Read())
        {
            rows.Add(new LookupRow(new RecordKey(read.Text(0), read.Text(1)), read.Text(2), read.Text(3), read.Real(4)));
        }
        read.Reset();
        return rows;
    }

    private static List<RolledBackEntity> Entities(SqliteSession session, long run)
    {
        SqliteStatement read = session.Get("""
            SELECT c.customer_id, c.created_sequence, c.successor_id, c.is_retired, p.since_run, p.successor_id, p.is_retired
            FROM customers c LEFT JOIN past_customers p ON p.customer_id = c.customer_id AND p.until_run = ?1 WHERE c.run_number = ?1
            """);
        read.Bind(0, run);
        var entities = new List<RolledBackEntity>();
        while (read.Read())
        {
            var after = new EntityState(read.Text(0), read.Integer(1), read.TextOrNull(2)) { IsRetired = read.Integer(3) != 0 };
            EntityState? before = read.IsNull(4) ? null : after with { SuccessorId = read.TextOrNull(5), IsRetired = read.Integer(6) != 0 };
            entities.Add(new RolledBackEntity(before, after));
        }
        read.Reset();
        return entities;
    }

    private static void Restore(SqliteSession session, long run)
    {
        foreach (string table in (ReadOnlySpan<string>)["records", "links", "judgements", "models"])
        {
            SqliteStatement delete = session.Get($"DELETE FROM {table} WHERE run_number = ?1");
            delete.Bind(0, run);
            delete.Execute();
        }
        session.Run("INSERT OR REPLACE INTO records SELECT * FROM undo_records");
        session.Run("INSERT OR REPLACE INTO links SELECT * FROM undo_links");
        session.Run("INSERT OR REPLACE INTO positions SELECT stream, position FROM undo_positions WHERE position IS NOT NULL");
        session.Run("DELETE FROM positions WHERE stream IN (SELECT stream FROM undo_positions WHERE position IS NULL)");
        SqliteRecordWriter.Forget(session);
    }
}
