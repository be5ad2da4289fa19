using Microsoft.Data.Sqlite;

namespace IdentityResolution.Sqlite;

/// <summary>The tables of a lookup store, and how a database is recognised as one.</summary>
internal static class SqliteLookupSchema
{
    /// <summary>The version that this library writes; a database of a later one is refused.</summary>
    public const int Version = 1;

    private const string Format = "identity-resolution lookup store";
    private const int NotADatabase = 26;

    private const string Tables = """
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

    /// <summary>Is there a lookup store in the database? False when the database is empty.</summary>
    /// <exception cref="LookupFormatException">The file is no database, or one of another kind or of a later version.</exception>
    public static bool Exists(SqliteConnection connection, string store)
    {
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
        if (!int.TryParse(Scalar(connection, "SELECT value FROM meta WHERE key = 'schema_version'") as string, out int version) || version < 1)
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
        Execute(connection, Tables);
        Execute(connection, $"INSERT INTO meta VALUES ('format', '{Format}'), ('schema_version', '{Version}')");
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
