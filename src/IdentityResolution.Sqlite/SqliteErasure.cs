using IdentityResolution.Lookup;
using Microsoft.Data.Sqlite;

namespace IdentityResolution.Sqlite;

/// <summary>Removes every trace of records: first from the tables, then from the bytes of the files.</summary>
internal static class SqliteErasure
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const string BusyNote =
        "Another connection was reading, so the files may still hold erased bytes. The next erasure, or the next write of a newly opened store, removes them.";

    /// <summary>Applies the erasing commit, inside the caller's transaction.</summary>
    public static ErasureReceipt Erase(SqliteSession session, LookupCommit commit, CancellationToken cancellationToken)
    {
        if (Find(session, commit.RunId) is { } known)
        {
            return known;
        }
        if (SqliteLookupWriter.HasRun(session, commit.RunId))
        {
            throw new InvalidOperationException("The store has the run already, and it is no erasure.");
        }
        HashSet<RecordKey> keys = [.. commit.RemovedRows];
        session.Run("CREATE TEMP TABLE IF NOT EXISTS erased (source TEXT, record_id TEXT, PRIMARY KEY (source, record_id)) WITHOUT ROWID");
        session.Run("DELETE FROM temp.erased");
        foreach (RecordKey key in keys)
        {
            SqliteStatement insert = session.Get("INSERT INTO temp.erased VALUES (?1, ?2)");
            insert.Bind(0, key.Source);
            insert.Bind(1, key.Id);
            insert.Execute();
        }
        const string Erased = "(source, record_id) IN (SELECT source, record_id FROM temp.erased)";
        const string Either = """
            (left_source, left_id) IN (SELECT source, record_id FROM temp.erased) OR (right_source, right_id) IN (SELECT source, record_id FROM temp.erased)
            """;
        List<string> entities = EntityIds(session);
        long rows = session.Number($"SELECT count(*) FROM lookup WHERE {Erased}")!.Value;
        long records = session.Number($"SELECT count(*) FROM records WHERE {Erased}")!.Value;
        long links = session.Number($"SELECT count(*) FROM links WHERE {Either}")!.Value;
        long past = session.Number($"SELECT count(*) FROM past_rows WHERE {Erased}")!.Value;
        long? terms = new SqliteTerms(session, session.Terms).AreKept ? session.Number($"SELECT count(*) FROM record_terms WHERE {Erased}") : null;
        var writer = new SqliteLookupWriter(session, cancellationToken);
        writer.WriteCommit(commit with { Changes = [.. commit.Changes.Where(change => change.Record is not { } key || !keys.Contains(key))] });
        session.Run($"DELETE FROM past_rows WHERE {Erased}");
        long judgements = Delete(session, $"DELETE FROM judgements WHERE {Either}");
        long changes = Delete(session, $"DELETE FROM changes WHERE {Erased}");
        SqliteRecordWriter.Forget(session);
        session.Run("DELETE FROM temp.erased");
        bool hasModel = session.Number("SELECT 1 FROM models LIMIT 1") is not null;
        var receipt = new ErasureReceipt(
            commit.RunId, commit.At, entities, ErasedTables.Count(rows, past, records, links, judgements, changes, terms), ErasedTables.Notes(hasModel));
        SqliteStatement keep = session.Get("INSERT INTO erasures (run_number, receipt) VALUES (?1, ?2)");
        keep.Bind(0, writer.Run);
        keep.Bind(1, ErasureReceiptJson.Write(receipt));
        keep.Execute();
        session.Run("INSERT OR REPLACE INTO meta VALUES ('erasure_pending', '1')");
        writer.EndRun(commit.RunId, commit.At, commit.ModelHash, RunKinds.Erasure);
        return receipt;
    }

    /// <summary>Were records erased whose bytes may still stand in the files?</summary>
    public static bool IsPending(SqliteSession session) => session.Number("SELECT 1 FROM meta WHERE key = 'erasure_pending'") is not null;

    /// <summary>
    /// Writes the database anew without what was deleted, and empties the log. Outside of any transaction; O(store). Null when nothing is left, else
    /// what is, in words.
    /// </summary>
    /// <remarks>Deleted rows are overwritten with zeros at once, but copies of a row may stand where a page once was split.</remarks>
    public static string? CleanFiles(SqliteSession session)
    {
        try
        {
            session.Run("DROP TABLE IF EXISTS temp.erased");
            SqliteLookupSchema.Execute(session.Connection, "VACUUM");
            if (!Truncate(session))
            {
                return BusyNote;
            }
            session.Run("DELETE FROM meta WHERE key = 'erasure_pending'");
            return Truncate(session) ? null : BusyNote;
        }
        catch (SqliteException error) when (error.SqliteErrorCode is Busy or Locked)
        {
            return BusyNote;
        }
    }

    /// <summary>The receipt of a run, or null.</summary>
    public static ErasureReceipt? Find(SqliteSession session, string runId)
    {
        SqliteStatement find = session.Get("SELECT receipt FROM erasures WHERE run_number = (SELECT run_number FROM runs WHERE run_id = ?1)");
        find.Bind(0, runId);
        ErasureReceipt? receipt = find.Read() ? ErasureReceiptJson.Read(find.Text(0)) : null;
        find.Reset();
        return receipt;
    }

    private static bool Truncate(SqliteSession session)
    {
        SqliteStatement checkpoint = session.Get("PRAGMA wal_checkpoint(TRUNCATE)");
        bool isDone = checkpoint.Read() && checkpoint.Integer(0) == 0;
        checkpoint.Reset();
        return isDone;
    }

    private static List<string> EntityIds(SqliteSession session)
    {
        SqliteStatement read = session.Get("""
            SELECT customer_id FROM lookup WHERE (source, record_id) IN (SELECT source, record_id FROM temp.erased)
            UNION SELECT customer_id FROM past_rows WHERE (source, record_id) IN (SELECT source, record_id FROM temp.erased)
            """);
        var ids = new List<string>();
        while (read.Read())
        {
            ids.Add(read.Text(0));
        }
        read.Reset();
        ids.Sort(StringComparer.Ordinal);
        return ids;
    }

    private static long Delete(SqliteSession session, string sql)
    {
        session.Run(sql);
        return session.Number("SELECT changes()")!.Value;
    }
}
