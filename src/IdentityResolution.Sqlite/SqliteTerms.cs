using IdentityResolution.Lookup;

namespace IdentityResolution.Sqlite;

/// <summary>Keeps the table of standard values and keys true to the records and the model; inside the caller's transaction.</summary>
internal sealed class SqliteTerms(SqliteSession session, RecordTermOptions? given)
{
    private const string FormKey = "record_terms";

    /// <summary>Are terms kept, or will they be?</summary>
    public bool AreKept => (given ?? RecordTermOptions.None).Form is not null || Noted() is not null;

    /// <summary>Brings the terms up to what a run wrote.</summary>
    /// <param name="run">The number of the run.</param>
    /// <param name="removed">Records that the run removed.</param>
    /// <param name="written">Records that the run may have written.</param>
    public void Follow(long run, IEnumerable<RecordKey> removed, IReadOnlyCollection<RecordKey> written)
    {
        bool isModelNew = session.Number("SELECT max(run_number) FROM models") == run;
        // To delete, and so to erase, takes no secret.
        if (given is null && written.Count == 0 && !isModelNew)
        {
            DeleteAll(removed);
            return;
        }
        if (Begin(isModelNew) is not { } maker)
        {
            return;
        }
        DeleteAll(removed);
        foreach (RecordKey key in written)
        {
            SqliteStatement find = session.Get("SELECT content FROM records WHERE source = ?1 AND record_id = ?2 AND run_number = ?3");
            Bind(find, key);
            find.Bind(2, run);
            SourceRecord? record = find.Read() ? new SourceRecord(key, RecordContent.Read(find.Utf8(0))) : null;
            find.Reset();
            if (record is not null)
            {
                Delete(key);
                Insert(maker.Make(record));
            }
        }
    }

    /// <summary>Brings the terms up to what taking a run back restored.</summary>
    /// <param name="touched">Records whose values may be others now.</param>
    /// <param name="isModelRestored">Is the model another one now?</param>
    public void Restore(IEnumerable<RecordKey> touched, bool isModelRestored)
    {
        if (Begin(isModelRestored) is not { } maker)
        {
            return;
        }
        foreach (RecordKey key in touched)
        {
            Delete(key);
            if (SqliteRecordReader.Find(session, key) is { } record)
            {
                Insert(maker.Make(record));
            }
        }
    }

    /// <summary>Is there a table of terms? A store of version 2 that was only read has none.</summary>
    public static bool Are(SqliteSession session) => session.Number("SELECT count(*) FROM sqlite_schema WHERE name = 'record_terms'") == 1;

    /// <summary>All terms, a page at a time.</summary>
    public static List<RecordTerm> Read(SqliteSession session, RecordTerm? after, int count)
    {
        SqliteStatement read = session.Get("""
            SELECT source, record_id, kind, name, term FROM record_terms
            WHERE (source, record_id, kind, name, term) > (?1, ?2, ?3, ?4, ?5) ORDER BY source, record_id, kind, name, term LIMIT ?6
            """);
        Bind(read, after?.Record ?? new RecordKey("", ""));
        read.Bind(2, after is { } last ? StoredNames.Of(last.Kind) : "");
        read.Bind(3, after?.Name ?? "");
        read.Bind(4, after?.Term ?? "");
        read.Bind(5, (long)count);
        var page = new List<RecordTerm>();
        while (read.Read())
        {
            page.Add(new RecordTerm(
                new RecordKey(read.Text(0), read.Text(1)), StoredNames.TermKind(read.Text(2), session.Store), read.Text(3), read.Text(4)));
        }
        read.Reset();
        return page;
    }

    // What makes the terms of single records; null when none are kept, or all were made just now.
    private RecordTermMaker? Begin(bool isModelNew)
    {
        string? noted = Noted();
        RecordTermOptions? options = RecordTermOptions.Decide(given, noted, session.Store);
        if (options is null)
        {
            if (noted is not null)
            {
                session.Run("DELETE FROM record_terms");
                session.Run($"DELETE FROM meta WHERE key = '{FormKey}'");
            }
            return null;
        }
        if (noted is null)
        {
            SqliteStatement note = session.Get($"INSERT INTO meta VALUES ('{FormKey}', ?1)");
            note.Bind(0, options.Form);
            note.Execute();
        }
        if (SqliteRecordReader.Model(session) is not { } model)
        {
            session.Run("DELETE FROM record_terms");
            return null;
        }
        var maker = new RecordTermMaker(model, options);
        if (noted is not null && !isModelNew)
        {
            return maker;
        }
        session.Run("DELETE FROM record_terms");
        using var read = new SqliteStatement(session.Connection, "SELECT source, record_id, content FROM records ORDER BY source, record_id");
        while (read.Read())
        {
            Insert(maker.Make(new SourceRecord(new RecordKey(read.Text(0), read.Text(1)), RecordContent.Read(read.Utf8(2)))));
        }
        return null;
    }

    /// <summary>The form that the store has noted; null = it keeps none.</summary>
    public string? Noted()
    {
        SqliteStatement find = session.Get($"SELECT value FROM meta WHERE key = '{FormKey}'");
        string? form = find.Read() ? find.Text(0) : null;
        find.Reset();
        return form;
    }

    private void DeleteAll(IEnumerable<RecordKey> keys)
    {
        foreach (RecordKey key in keys)
        {
            Delete(key);
        }
    }

    private void Delete(RecordKey key)
    {
        SqliteStatement delete = session.Get("DELETE FROM record_terms WHERE source = ?1 AND record_id = ?2");
        Bind(delete, key);
        delete.Execute();
    }

    private void Insert(IReadOnlyList<RecordTerm> terms)
    {
        foreach (RecordTerm term in terms)
        {
            SqliteStatement insert = session.Get("INSERT OR IGNORE INTO record_terms (source, record_id, kind, name, term) VALUES (?1, ?2, ?3, ?4, ?5)");
            Bind(insert, term.Record);
            insert.Bind(2, StoredNames.Of(term.Kind));
            insert.Bind(3, term.Name);
            insert.Bind(4, term.Term);
            insert.Execute();
        }
    }

    private static void Bind(SqliteStatement statement, RecordKey key)
    {
        statement.Bind(0, key.Source);
        statement.Bind(1, key.Id);
    }
}
