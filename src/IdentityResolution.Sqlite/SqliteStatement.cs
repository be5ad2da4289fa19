using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace IdentityResolution.Sqlite;

/// <summary>One prepared statement, bound and read as UTF-8 without an object per row. Columns and parameters count from 0.</summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private byte[] _utf8 = new byte[256];

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(_database, sql, out _statement), _database);
    }

    /// <summary>Goes to the next row. False at the end.</summary>
    public bool Read()
    {
        int code = raw.sqlite3_step(_statement);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }
        if (code != raw.SQLITE_DONE)
        {
            SqliteException.ThrowExceptionForRC(code, _database);
        }
        return false;
    }

    /// <summary>Runs the statement with what is bound, and makes it ready for the next time.</summary>
    public void Execute()
    {
        try
        {
            Read();
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Makes the statement ready for other parameters.</summary>
    public void Reset() => raw.sqlite3_reset(_statement);

    public void Bind(int index, string? text)
    {
        if (text is null)
        {
            Check(raw.sqlite3_bind_null(_statement, index + 1));
            return;
        }
        int longest = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (longest > _utf8.Length)
        {
            _utf8 = new byte[longest];
        }
        // An empty span would be bound as null.
        Check(text.Length == 0
            ? raw.sqlite3_bind_text(_statement, index + 1, string.Empty)
            : raw.sqlite3_bind_text(_statement, index + 1, _utf8.AsSpan(0, Encoding.UTF8.GetBytes(text, _utf8))));
    }

    public void Bind(int index, long number) => Check(raw.sqlite3_bind_int64(_statement, index + 1, number));

    public void Bind(int index, double? number) => Check(number is { } value
        ? raw.sqlite3_bind_double(_statement, index + 1, value)
        : raw.sqlite3_bind_null(_statement, index + 1));

    public void Bind(int index, ReadOnlySpan<byte> bytes, bool isText) => Check(isText
        ? raw.sqlite3_bind_text(_statement, index + 1, bytes)
        : raw.sqlite3_bind_blob(_statement, index + 1, bytes));

    /// <summary>Text as UTF-8; valid until the next <see cref="Read"/>.</summary>
    public ReadOnlySpan<byte> Utf8(int column) => raw.sqlite3_column_blob(_statement, column);

    public string Text(int column) => Encoding.UTF8.GetString(Utf8(column));

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public long Integer(int column) => raw.sqlite3_column_int64(_statement, column);

    public double? Real(int column) => IsNull(column) ? null : raw.sqlite3_column_double(_statement, column);

    public void Dispose() => _statement.Dispose();

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    private void Check(int code) => SqliteException.ThrowExceptionForRC(code, _database);
}
