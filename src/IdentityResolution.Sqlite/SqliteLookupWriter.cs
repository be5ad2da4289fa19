using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace IdentityResolution.Sqlite;

/// <summary>Writes a run as one transaction.</summary>
internal static class SqliteLookupWriter
{
    private const int RowsPerLook = 1024;

    /// <summary>Writes the run, or nothing: when it is there already, when anything fails, and when it is cancelled.</summary>
    public static void Write(SqliteConnection connection, LookupCommit commit, string store, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!SqliteLookupSchema.Exists(connection, store))
        {
            SqliteLookupSchema.Execute(connection, "PRAGMA journal_mode = WAL");
        }
        SqliteLookupSchema.Execute(connection, "PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF");
        SqliteLookupSchema.Execute(connection, "BEGIN IMMEDIATE");
        try
        {
            if (!SqliteLookupSchema.Exists(connection, store))
            {
                SqliteLookupSchema.Create(connection);
            }
            if (SqliteLookupSchema.Scalar(connection, "SELECT 1 FROM runs WHERE run_id = $p", commit.RunId) is null)
            {
                WriteRun(connection, commit, store, cancellationToken);
            }
            SqliteLookupSchema.Execute(connection, "COMMIT");
        }
        catch
        {
            // Some failures, a full disk among them, have rolled back already.
            if (raw.sqlite3_get_autocommit(connection.Handle) == 0)
            {
                SqliteLookupSchema.Execute(connection, "ROLLBACK");
            }
            throw;
        }
    }

    private static void WriteRun(SqliteConnection connection, LookupCommit commit, string store, CancellationToken cancellationToken)
    {
        long runs = (long)SqliteLookupSchema.Scalar(connection, "SELECT count(*) FROM runs")!;
        if (commit.ExpectedRunCount is { } expected && expected != runs)
        {
            throw new LookupConflictException(store);
        }
        using (var insert = new SqliteStatement(connection, "INSERT INTO runs VALUES (?1, ?2, ?3, ?4)"))
        {
            insert.Bind(0, runs + 1);
            insert.Bind(1, commit.RunId);
            insert.Bind(2, commit.At.ToString("O", CultureInfo.InvariantCulture));
            insert.Bind(3, commit.ModelHash);
            insert.Execute();
        }
        using var known = new KnownCustomers(connection, store);
        WriteCustomers(connection, commit.Entities, known, cancellationToken);
        WriteRows(connection, commit.Rows, known, cancellationToken);
        WriteChanges(connection, commit.Changes, runs + 1, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static void WriteCustomers(SqliteConnection connection, IReadOnlyCollection<EntityState> entities, KnownCustomers known, CancellationToken cancellationToken)
    {
        using var upsert = new SqliteStatement(connection, """
            INSERT INTO customers (created_sequence, customer_id, successor_id) VALUES (?1, ?2, ?3)
            ON CONFLICT (customer_id) DO UPDATE SET successor_id = excluded.successor_id
            """);
        int count = 0;
        foreach (EntityState entity in entities)
        {
            Look(ref count, cancellationToken);
            upsert.Bind(0, entity.CreatedSequence);
            upsert.Bind(1, entity.EntityId);
            upsert.Bind(2, entity.SuccessorId);
            upsert.Execute();
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

    private static void WriteRows(SqliteConnection connection, IEnumerable<LookupRow> rows, KnownCustomers known, CancellationToken cancellationToken)
    {
        using var upsert = new SqliteStatement(connection, """
            INSERT INTO lookup (source, record_id, customer_id, matched_by, match_probability) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (source, record_id) DO UPDATE SET
                customer_id = excluded.customer_id, matched_by = excluded.matched_by, match_probability = excluded.match_probability
            """);
        int count = 0;
        foreach (LookupRow row in rows)
        {
            Look(ref count, cancellationToken);
            known.Check(row.EntityId);
            upsert.Bind(0, row.Key.Source);
            upsert.Bind(1, row.Key.Id);
            upsert.Bind(2, row.EntityId);
            upsert.Bind(3, row.MatchedBy);
            upsert.Bind(4, row.MatchProbability is { } probability ? Math.Round(probability, 6) : null);
            upsert.Execute();
        }
    }

    private static void WriteChanges(SqliteConnection connection, IEnumerable<EntityChange> changes, long run, CancellationToken cancellationToken)
    {
        using var insert = new SqliteStatement(connection, """
            INSERT INTO changes (run_number, kind, customer_id, related_id, source, record_id, reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            """);
        int count = 0;
        insert.Bind(0, run);
        foreach (EntityChange change in changes)
        {
            Look(ref count, cancellationToken);
            insert.Bind(1, Name(change.Kind));
            insert.Bind(2, change.EntityId);
            insert.Bind(3, change.RelatedEntityId);
            insert.Bind(4, change.Record?.Source);
            insert.Bind(5, change.Record?.Id);
            insert.Bind(6, change.Reason);
            insert.Execute();
        }
    }

    private static string Name(EntityChangeKind kind) => kind switch
    {
        EntityChangeKind.Created => "created",
        EntityChangeKind.Joined => "joined",
        EntityChangeKind.Moved => "moved",
        EntityChangeKind.Merged => "merged",
        EntityChangeKind.Split => "split",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static void Look(ref int count, CancellationToken cancellationToken)
    {
        if (++count % RowsPerLook == 1)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
