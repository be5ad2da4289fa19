using System.Globalization;
using Microsoft.Data.Sqlite;

namespace IdentityResolution.Sqlite;

/// <summary>The tables of a lookup store, and how a database is recognised as one.</summary>
internal static class SqliteLookupSchema
{
    /// <summary>The version that this library writes; a database of a later one is refused.</summary>
    public const int Version = 3;

    /// <summary>From this version on a store keeps records.</summary>
    public const int WithRecords = 2;

    private const string Format = "identity-resolution lookup store";
    private const int NotADatabase = 26;

    private const string VersionOne = """
        CREATE TABLE meta (
            key TEXT NOT NULL PRIMARY KEY,
            value TEXT NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE lookup (
            source TEXT NOT NULL CHECK (source <> ''),
            record_id TEXT NOT NULL CHECK (record_id <> ''),
            customer_id TEXT NOT NULL REFERENCES customers (customer_id),
            matched_by TEXT NOT NULL,
            match_probability REAL CHECK (match_probability BETWEEN 0 AND 1),
            PRIMARY KEY (source, record_id)
        ) WITHOUT ROWID;
        CREATE TABLE customers (
            created_sequence INTEGER NOT NULL PRIMARY KEY CHECK (created_sequence > 0),
            customer_id TEXT NOT NULL UNIQUE CHECK (customer_id <> ''),
            successor_id TEXT REFERENCES customers (customer_id) DEFERRABLE INITIALLY DEFERRED
        );
        CREATE TABLE runs (
            run_number INTEGER NOT NULL PRIMARY KEY,
            run_id TEXT NOT NULL UNIQUE,
            at TEXT NOT NULL,
            model_hash TEXT NOT NULL
        );
        CREATE TABLE changes (
            change_number INTEGER NOT NULL PRIMARY KEY,
            run_number INTEGER NOT NULL REFERENCES runs (run_number),
            kind TEXT NOT NULL,
            customer_id TEXT NOT NULL,
            related_id TEXT,
            source TEXT,
            record_id TEXT,
            reason TEXT NOT NULL
        );
        CREATE VIEW history AS
            SELECT change_number, runs.at, runs.run_id, kind, customer_id, related_id, source, record_id, reason
            FROM changes JOIN runs USING (run_number);
        """;

    // Every store is made as one of version 1 and brought up to date, so that both ways end with the same tables.
    private const string VersionTwo = """
        ALTER TABLE lookup ADD COLUMN run_number INTEGER NOT NULL DEFAULT {0};
        ALTER TABLE customers ADD COLUMN is_retired INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE customers ADD COLUMN run_number INTEGER NOT NULL DEFAULT {0};
        ALTER TABLE runs ADD COLUMN run_kind TEXT NOT NULL DEFAULT 'migrated';
        ALTER TABLE runs ADD COLUMN ticks INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE runs ADD COLUMN last_change INTEGER NOT NULL DEFAULT 0;
        CREATE TABLE records (
            source TEXT NOT NULL,
            record_id TEXT NOT NULL,
            content TEXT NOT NULL,
            content_hash BLOB NOT NULL,
            run_number INTEGER NOT NULL,
            PRIMARY KEY (source, record_id)
        ) WITHOUT ROWID;
        CREATE TABLE links (
            left_source TEXT NOT NULL,
            left_id TEXT NOT NULL,
            right_source TEXT NOT NULL,
            right_id TEXT NOT NULL,
            matched_by TEXT NOT NULL,
            match_probability REAL NOT NULL,
            match_weight REAL,
            run_number INTEGER NOT NULL,
            PRIMARY KEY (left_source, left_id, right_source, right_id)
        ) WITHOUT ROWID;
        CREATE INDEX links_right ON links (right_source, right_id);
        CREATE TABLE judgements (
            judgement_number INTEGER NOT NULL PRIMARY KEY,
            run_number INTEGER NOT NULL,
            left_source TEXT NOT NULL,
            left_id TEXT NOT NULL,
            right_source TEXT NOT NULL,
            right_id TEXT NOT NULL,
            decision TEXT NOT NULL,
            judged_by TEXT,
            judged_at TEXT,
            note TEXT
        );
        CREATE TABLE models (
            run_number INTEGER NOT NULL PRIMARY KEY,
            model_hash TEXT NOT NULL,
            model TEXT NOT NULL
        );
        CREATE TABLE positions (
            stream TEXT NOT NULL PRIMARY KEY,
            position TEXT NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE erasures (
            run_number INTEGER NOT NULL PRIMARY KEY,
            receipt TEXT NOT NULL
        );
        CREATE TABLE past_rows (
            source TEXT NOT NULL,
            record_id TEXT NOT NULL,
            until_run INTEGER NOT NULL,
            since_run INTEGER NOT NULL,
            customer_id TEXT NOT NULL,
            matched_by TEXT NOT NULL,
            match_probability REAL,
            PRIMARY KEY (source, record_id, until_run)
        ) WITHOUT ROWID;
        CREATE TABLE past_customers (
            customer_id TEXT NOT NULL,
            until_run INTEGER NOT NULL,
            since_run INTEGER NOT NULL,
            successor_id TEXT,
            is_retired INTEGER NOT NULL,
            PRIMARY KEY (customer_id, until_run)
        ) WITHOUT ROWID;
        CREATE TABLE undo_records AS SELECT * FROM records;
        CREATE TABLE undo_links AS SELECT * FROM links;
        CREATE TABLE undo_positions (
            stream TEXT NOT NULL PRIMARY KEY,
            position TEXT
        ) WITHOUT ROWID;
        """;

    private const string VersionThree = """
        CREATE TABLE record_terms (
            source TEXT NOT NULL,
            record_id TEXT NOT NULL,
            kind TEXT NOT NULL,
            name TEXT NOT NULL,
            term TEXT NOT NULL,
            PRIMARY KEY (source, record_id, kind, name, term)
        ) WITHOUT ROWID;
        CREATE INDEX record_terms_term ON record_terms (kind, name, term);
        CREATE VIEW standard_values AS SELECT source, record_id, name AS field, term AS value FROM record_terms WHERE kind = 'value';
        CREATE VIEW match_keys AS SELECT source, record_id, name AS rule, term AS key FROM record_terms WHERE kind = 'match';
        CREATE VIEW blocking_keys AS SELECT source, record_id, name AS rule, term AS key FROM record_terms WHERE kind = 'block';
        """;

    /// <summary>Is there a lookup store in the database? False when the database is empty.</summary>
    /// <exception cref="LookupFormatException">The file is no database, or one of another kind or of a later version.</exception>
    public static bool Exists(SqliteConnection connection, string store, out int version)
    {
        version = 0;
        try
        {
            if (Scalar(connection, "SELECT count(*) FROM sqlite_schema") is 0L)
            {
                return false;
            }
            if (Scalar(connection, "SELECT count(*) FROM sqlite_schema WHERE name = 'meta' AND type = 'table'") is 0L
                || Scalar(connection, "SELECT count(*) FROM pragma_table_info('meta') WHERE name IN ('key', 'value')") is not 2L
                || Scalar(connection, "SELECT value FROM meta WHERE key = 'format'") is not Format)
            {
                throw new LookupFormatException(store, "the database holds other tables and is no lookup store. Give a file of its own.");
            }
        }
        catch (SqliteException error) when (error.SqliteErrorCode == NotADatabase)
        {
            throw new LookupFormatException(store, "the file is not an SQLite database.", error);
        }
        if (!int.TryParse(Scalar(connection, "SELECT value FROM meta WHERE key = 'schema_version'") as string, out version) || version < 1)
        {
            throw new LookupFormatException(store, "the schema version is missing.");
        }
        if (version > Version)
        {
            throw new LookupFormatException(
                store, $"the store has schema version {version}; this library reads up to version {Version}. Use a newer library.");
        }
        return true;
    }

    /// <summary>Makes the tables; inside the caller's transaction.</summary>
    public static void Create(SqliteConnection connection)
    {
        Execute(connection, VersionOne);
        Execute(connection, $"INSERT INTO meta VALUES ('format', '{Format}'), ('schema_version', '1')");
        Upgrade(connection, 1);
    }

    /// <summary>Brings the tables of an earlier version up to date; inside the caller's transaction. Takes no longer for large tables.</summary>
    /// <remarks>What the rows were before is not known: the past begins with the last run of the old version.</remarks>
    public static void Upgrade(SqliteConnection connection, int version)
    {
        if (version < WithRecords)
        {
            KeepRecords(connection);
        }
        Execute(connection, VersionThree);
        Execute(connection, $"UPDATE meta SET value = '{Version}' WHERE key = 'schema_version'");
    }

    private static void KeepRecords(SqliteConnection connection)
    {
        long runs = (long)Scalar(connection, "SELECT coalesce(max(run_number), 0) FROM runs")!;
        Execute(connection, VersionTwo.Replace("{0}", runs.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        using (var read = new SqliteStatement(connection, "SELECT run_number, at FROM runs ORDER BY run_number"))
        using (var write = new SqliteStatement(connection, "UPDATE runs SET ticks = ?2 WHERE run_number = ?1"))
        {
            long ticks = 0;
            while (read.Read())
            {
                ticks = Math.Max(ticks, DateTimeOffset.ParseExact(read.Text(1), "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind).UtcTicks);
                write.Bind(0, read.Integer(0));
                write.Bind(1, ticks);
                write.Execute();
            }
        }
        Execute(connection, "UPDATE runs SET last_change = (SELECT coalesce(max(change_number), 0) FROM changes) WHERE run_number = (SELECT max(run_number) FROM runs)");
        Execute(connection, "CREATE INDEX runs_ticks ON runs (ticks, run_number)");
    }

    /// <summary>Does something that fails with the driver's error when the file is no database.</summary>
    /// <exception cref="LookupFormatException">The file is no database.</exception>
    public static void OnDatabase(string store, Action work)
    {
        try
        {
            work();
        }
        catch (SqliteException error) when (error.SqliteErrorCode == NotADatabase)
        {
            throw new LookupFormatException(store, "the file is not an SQLite database.", error);
        }
    }

    /// <summary>Runs statements.</summary>
    public static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Only constants come here.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    /// <summary>The first value of the first row.</summary>
    public static object? Scalar(SqliteConnection connection, string sql, string? parameter = null)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Only constants come here.
        command.CommandText = sql;
#pragma warning restore CA2100
        if (parameter is not null)
        {
            command.Parameters.AddWithValue("$p", parameter);
        }
        return command.ExecuteScalar();
    }
}
