using System.Globalization;
using IdentityResolution.Lookup;

namespace IdentityResolution.Sqlite;

/// <summary>Writes a run, inside the caller's transaction. What it replaces becomes the past; of one key's several rows the last one holds.</summary>
internal sealed class SqliteLookupWriter
{
    private const int RowsPerLook = 1024;
    private readonly SqliteSession _session;
    private readonly CancellationToken _cancellationToken;
    private readonly long _previousTicks;
    private readonly long _firstChange;
    private long _lastChange;
    private int _count;

    public SqliteLookupWriter(SqliteSession session, CancellationToken cancellationToken)
    {
        _session = session;
        _cancellationToken = cancellationToken;
        SqliteStatement last = session.Get("SELECT run_number, ticks, last_change FROM runs ORDER BY run_number DESC LIMIT 1");
        if (last.Read())
        {
            (RunCount, _previousTicks, _firstChange) = (last.Integer(0), last.Integer(1), last.Integer(2));
        }
        last.Reset();
        _lastChange = _firstChange;
    }

    /// <summary>How many runs the store had before this one.</summary>
    public long RunCount { get; }

    /// <summary>The number of this run.</summary>
    public long Run => RunCount + 1;

    /// <summary>Has the store nothing that this run could replace?</summary>
    public bool IsFirst => RunCount == 0;

    /// <summary>Writes a commit, or nothing when the store has the run already.</summary>
    public static void Write(SqliteSession session, LookupCommit commit, CancellationToken cancellationToken)
    {
        if (HasRun(session, commit.RunId))
        {
            return;
        }
        var writer = new SqliteLookupWriter(session, cancellationToken);
        bool changed = writer.WriteCommit(commit);
        writer.EndRun(commit.RunId, commit.At, commit.ModelHash, changed ? RunKinds.Changed : RunKinds.Unchanged);
    }

    /// <summary>Does the store have the run?</summary>
    public static bool HasRun(SqliteSession session, string runId)
    {
        SqliteStatement find = session.Get("SELECT 1 FROM runs WHERE run_id = ?1");
        find.Bind(0, runId);
        bool isThere = find.Read();
        find.Reset();
        return isThere;
    }

    /// <summary>Writes what a commit changes. False when it changes nothing.</summary>
    public bool WriteCommit(LookupCommit commit)
    {
        if (commit.ExpectedRunCount is { } expected && expected != RunCount)
        {
            throw new LookupConflictException(_session.Store);
        }
        var known = new KnownCustomers(_session);
        var terms = new SqliteTerms(_session, _session.Terms);
        var records = new SqliteRecordWriter(_session, this, listsWritten: terms.AreKept);
        WriteCustomers(commit.Entities, known);
        foreach (RecordKey key in commit.RemovedRows)
        {
            RemoveRow(key);
            records.Remove(key);
        }
        foreach (LookupRow row in Ahead.Make(commit.Rows, static row => row))
        {
            Look();
            known.Check(row.EntityId);
            SetRow(row);
        }
        records.Write(commit);
        terms.Follow(Run, commit.RemovedRows, records.Written);
        foreach (EntityChange change in Ahead.Make(commit.Changes, static change => change))
        {
            Append(change);
        }
        _cancellationToken.ThrowIfCancellationRequested();
        return records.Changed
            || commit.Entities.Count + commit.RemovedRows.Count + commit.Rows.Count + commit.Changes.Count > 0;
    }

    /// <summary>Stops when the caller asks for it; called for each row.</summary>
    public void Look()
    {
        if (++_count % RowsPerLook == 1)
        {
            _cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Gives or changes an id.</summary>
    public void SetCustomer(EntityState entity)
    {
        if (!IsFirst)
        {
            SqliteStatement past = _session.Get("""
                INSERT INTO past_customers (customer_id, until_run, since_run, successor_id, is_retired)
                SELECT customer_id, ?2, run_number, successor_id, is_retired FROM customers WHERE customer_id = ?1 AND run_number < ?2
                """);
            past.Bind(0, entity.EntityId);
            past.Bind(1, Run);
            past.Execute();
        }
        SqliteStatement upsert = _session.Get("""
            INSERT INTO customers (created_sequence, customer_id, successor_id, is_retired, run_number) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (customer_id) DO UPDATE SET
                successor_id = excluded.successor_id, is_retired = excluded.is_retired, run_number = excluded.run_number
            """);
        upsert.Bind(0, entity.CreatedSequence);
        upsert.Bind(1, entity.EntityId);
        upsert.Bind(2, entity.SuccessorId);
        upsert.Bind(3, entity.IsRetired ? 1L : 0L);
        upsert.Bind(4, Run);
        upsert.Execute();
    }

    /// <summary>Adds or replaces a row.</summary>
    public void SetRow(LookupRow row)
    {
        KeepPast(row.Key);
        SqliteStatement upsert = _session.Get("""
            INSERT INTO lookup (source, record_id, customer_id, matched_by, match_probability, run_number) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            ON CONFLICT (source, record_id) DO UPDATE SET customer_id = excluded.customer_id, matched_by = excluded.matched_by,
                match_probability = excluded.match_probability, run_number = excluded.run_number
            """);
        upsert.Bind(0, row.Key.Source);
        upsert.Bind(1, row.Key.Id);
        upsert.Bind(2, row.EntityId);
        upsert.Bind(3, row.MatchedBy);
        upsert.Bind(4, row.MatchProbability is { } probability ? Math.Round(probability, 6) : null);
        upsert.Bind(5, Run);
        upsert.Execute();
    }

    /// <summary>Removes a row.</summary>
    public void RemoveRow(RecordKey key)
    {
        KeepPast(key);
        SqliteStatement delete = _session.Get("DELETE FROM lookup WHERE source = ?1 AND record_id = ?2");
        delete.Bind(0, key.Source);
        delete.Bind(1, key.Id);
        delete.Execute();
    }

    /// <summary>Appends to the history.</summary>
    public void Append(EntityChange change)
    {
        Look();
        SqliteStatement insert = _session.Get("""
            INSERT INTO changes (change_number, run_number, kind, customer_id, related_id, source, record_id, reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            """);
        insert.Bind(0, ++_lastChange);
        insert.Bind(1, Run);
        insert.Bind(2, StoredNames.Of(change.Kind));
        insert.Bind(3, change.EntityId);
        insert.Bind(4, change.RelatedEntityId);
        insert.Bind(5, change.Record?.Source);
        insert.Bind(6, change.Record?.Id);
        insert.Bind(7, change.Reason);
        insert.Execute();
    }

    /// <summary>Counts the run.</summary>
    public void EndRun(string runId, DateTimeOffset at, string modelHash, string kind)
    {
        SqliteStatement insert = _session.Get("""
            INSERT INTO runs (run_number, run_id, at, model_hash, run_kind, ticks, last_change) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            """);
        insert.Bind(0, Run);
        insert.Bind(1, runId);
        insert.Bind(2, at.ToString("O", CultureInfo.InvariantCulture));
        insert.Bind(3, modelHash);
        insert.Bind(4, kind);
        insert.Bind(5, Math.Max(_previousTicks, at.UtcTicks));
        insert.Bind(6, _lastChange);
        insert.Execute();
    }

    private void KeepPast(RecordKey key)
    {
        if (IsFirst)
        {
            return;
        }
        SqliteStatement past = _session.Get("""
            INSERT INTO past_rows (source, record_id, until_run, since_run, customer_id, matched_by, match_probability)
            SELECT source, record_id, ?3, run_number, customer_id, matched_by, match_probability
            FROM lookup WHERE source = ?1 AND record_id = ?2 AND run_number < ?3
            """);
        past.Bind(0, key.Source);
        past.Bind(1, key.Id);
        past.Bind(2, Run);
        past.Execute();
    }

    private void WriteCustomers(IReadOnlyCollection<EntityState> entities, KnownCustomers known)
    {
        foreach (EntityState entity in entities)
        {
            Look();
            if (entity.IsRetired && entity.SuccessorId is not null)
            {
                throw new LookupFormatException(_session.Store, "a customer id of the commit is retired for good and has a successor.");
            }
            SetCustomer(entity);
            known.Add(entity.EntityId);
        }
        foreach (EntityState entity in entities)
        {
            if (entity.SuccessorId is not null)
            {
                known.Check(entity.SuccessorId);
            }
        }
    }
}
