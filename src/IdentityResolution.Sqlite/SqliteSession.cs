using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace IdentityResolution.Sqlite;

/// <summary>An open database with the statements that were prepared on it; they are used again commit after commit.</summary>
internal sealed class SqliteSession(SqliteConnection connection, string store) : IDisposable
{
    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);
    private bool _isReadyToWrite;
    private bool _hasLog;

    public SqliteConnection Connection => connection;

    public string Store => store;

    /// <summary>Was a store found or made that keeps records?</summary>
    public bool IsCurrent { get; set; }

    /// <summary>What the store was opened with as to terms; null = not told.</summary>
    public RecordTermOptions? Terms { get; init; }

    /// <summary>A statement, prepared when it is asked for the first time and reset; its parameters keep their values.</summary>
    public SqliteStatement Get(string sql)
    {
        if (!_statements.TryGetValue(sql, out SqliteStatement? statement))
        {
            statement = new SqliteStatement(connection, sql);
            _statements.Add(sql, statement);
        }
        statement.Reset();
        return statement;
    }

    /// <summary>Runs a statement without parameters.</summary>
    public void Run(string sql) => Get(sql).Execute();

    /// <summary>The first value of the first row as a number; null when there is none.</summary>
    public long? Number(string sql)
    {
        SqliteStatement statement = Get(sql);
        long? number = statement.Read() && !statement.IsNull(0) ? statement.Integer(0) : null;
        statement.Reset();
        return number;
    }

    /// <summary>Does the work in one durable transaction, in a store that is made or brought up to date when it has to be.</summary>
    /// <param name="work">The work.</param>
    /// <param name="isMuch">Is much written? Then a store that is made now is filled without a write-ahead log, which would have every page written twice.</param>
    public T Write<T>(Func<T> work, bool isMuch = false)
    {
        if (!_isReadyToWrite)
        {
            if (!isMuch || SqliteLookupSchema.Exists(connection, store, out _))
            {
                UseWriteAheadLog();
            }
            // What is deleted is overwritten with zeros, so that an erasure has little left to look for.
            SqliteLookupSchema.Execute(connection, "PRAGMA synchronous = EXTRA; PRAGMA foreign_keys = OFF; PRAGMA secure_delete = ON");
            _isReadyToWrite = true;
            FinishErasure();
        }
        T result;
        Run("BEGIN IMMEDIATE");
        try
        {
            Prepare();
            result = work();
            Run("COMMIT");
            IsCurrent = true;
        }
        catch
        {
            foreach (SqliteStatement statement in _statements.Values)
            {
                statement.Reset();
            }
            // Some failures, a full disk among them, have rolled back already.
            if (raw.sqlite3_get_autocommit(connection.Handle) == 0)
            {
                SqliteLookupSchema.Execute(connection, "ROLLBACK");
            }
            throw;
        }
        if (!_hasLog)
        {
            UseWriteAheadLog();
        }
        return result;
    }

    // While somebody else has the file open in another mode it keeps that one, which is as safe; the next write asks again.
    private void UseWriteAheadLog()
    {
        try
        {
            _hasLog = SqliteLookupSchema.Scalar(connection, "PRAGMA journal_mode = WAL") is "wal";
        }
        catch (SqliteException error) when (error.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED)
        {
            _hasLog = false;
        }
    }

    /// <summary>Lets the statements go, and the connection.</summary>
    public void Dispose()
    {
        foreach (SqliteStatement statement in _statements.Values)
        {
            statement.Dispose();
        }
        connection.Dispose();
    }

    // An erasure of a process that died before it cleaned the files, or that was hindered.
    private void FinishErasure()
    {
        if (SqliteLookupSchema.Exists(connection, store, out int version) && version >= SqliteLookupSchema.WithRecords && SqliteErasure.IsPending(this))
        {
            SqliteErasure.CleanFiles(this);
        }
    }

    private void Prepare()
    {
        if (IsCurrent)
        {
            // A newer library may have changed the tables since.
            SqliteStatement version = Get("SELECT value FROM meta WHERE key = 'schema_version'");
            bool isSame = version.Read() && version.Text(0) == SqliteLookupSchema.Version.ToString(CultureInfo.InvariantCulture);
            version.Reset();
            if (isSame)
            {
                return;
            }
        }
        if (!SqliteLookupSchema.Exists(connection, store, out int found))
        {
            SqliteLookupSchema.Create(connection);
        }
        else if (found < SqliteLookupSchema.Version)
        {
            SqliteLookupSchema.Upgrade(connection, found);
        }
    }
}
