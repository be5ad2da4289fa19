using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace IdentityResolution.Sqlite;

/// <summary>A lookup store in one SQLite file: the embedded default.</summary>
/// <remarks>
/// The file is made by the first commit. It uses a write-ahead log, and each commit is one transaction, synced to disk. Another process may
/// read meanwhile; a second writer waits, by default 30 seconds, and then fails with the driver's <c>database is locked</c>.
/// The tables are described in docs/identity.md and may be read by anyone. Safe for concurrent use.
/// </remarks>
public sealed class SqliteLookupStore : ILookupStore
{
    private const int ChangesPerPage = 1024;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly string _connectionString;
    private readonly string? _path;
    private readonly Action<SqliteConnection>? _opened;
    private SqliteConnection? _connection;
    private bool _isOurs;
    private bool _disposed;

    internal SqliteLookupStore(string connectionString, string? path, string description, Action<SqliteConnection>? opened = null)
    {
        _connectionString = connectionString;
        _path = path;
        _opened = opened;
        Description = description;
    }

    /// <inheritdoc />
    public string Description { get; }

    /// <summary>Opens the store in a file. The file need not exist; its folder must.</summary>
    /// <param name="path">The file; any name the file system takes.</param>
    /// <returns>The store; nothing is read or written yet.</returns>
    /// <exception cref="ArgumentException">The path is empty or holds a zero character.</exception>
    public static SqliteLookupStore Open(string path) => Open(path, null);

    /// <summary>Opens the store that a connection string of Microsoft.Data.Sqlite names.</summary>
    /// <param name="connectionString">The connection string; <c>Default Timeout</c> is how many seconds a second writer waits.</param>
    /// <returns>The store; nothing is read or written yet.</returns>
    /// <exception cref="ArgumentException">The connection string is not valid.</exception>
    public static SqliteLookupStore OpenConnectionString(string connectionString)
    {
        var builder = new SqliteConnectionStringBuilder(connectionString);
        return new SqliteLookupStore(connectionString, null, $"sqlite:{builder.DataSource}");
    }

    /// <inheritdoc />
    public Task<LookupState> LoadAsync(CancellationToken cancellationToken = default) =>
        ReadAsync(LookupState.Empty, connection => SqliteLookupReader.Load(connection, Description, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public async Task CommitAsync(LookupCommit commit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(commit);
        ArgumentException.ThrowIfNullOrEmpty(commit.RunId, nameof(commit));
        await InTurnAsync(
            () =>
            {
                SqliteLookupWriter.Write(Connect(), commit, Description, cancellationToken);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public Task<LookupRow?> FindAsync(RecordKey key, CancellationToken cancellationToken = default) =>
        ReadAsync(null, connection => SqliteLookupReader.Find(connection, key), cancellationToken);

    /// <inheritdoc />
    public Task<string?> ResolveEntityAsync(string entityId, CancellationToken cancellationToken = default) =>
        ReadAsync(null, connection => SqliteLookupReader.Resolve(connection, entityId, Description), cancellationToken);

    /// <inheritdoc />
    public async IAsyncEnumerable<EntityChange> ReadChangesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // Page by page, so that no reader is left open while the caller thinks; the history only grows.
        long last = 0;
        while (true)
        {
            List<EntityChange> page = await ReadAsync(
                [], connection => SqliteLookupReader.Changes(connection, ref last, ChangesPerPage, Description), cancellationToken).ConfigureAwait(false);
            foreach (EntityChange change in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return change;
            }
            if (page.Count < ChangesPerPage)
            {
                yield break;
            }
        }
    }

    /// <summary>Closes the file.</summary>
    /// <returns>A task that ends when the file is closed.</returns>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }
        await _gate.WaitAsync().ConfigureAwait(false);
        _disposed = true;
        if (_connection is not null)
        {
            await _connection.DisposeAsync().ConfigureAwait(false);
        }
        _gate.Dispose();
    }

    internal static SqliteLookupStore Open(string path, Action<SqliteConnection>? opened)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        // A full path is never taken for a URI, for :memory: or for |DataDirectory|.
        string full = Path.GetFullPath(path);
        var builder = new SqliteConnectionStringBuilder { DataSource = full, Pooling = false };
        return new SqliteLookupStore(builder.ConnectionString, full, $"sqlite:{path}", opened);
    }

    private Task<T> ReadAsync<T>(T nothing, Func<SqliteConnection, T> read, CancellationToken cancellationToken) => InTurnAsync(
        () =>
        {
            // Reading makes no file.
            if (_connection is null && _path is not null && !File.Exists(_path) && !Directory.Exists(_path))
            {
                return nothing;
            }
            SqliteConnection connection = Connect();
            _isOurs = _isOurs || SqliteLookupSchema.Exists(connection, Description);
            return _isOurs ? read(connection) : nothing;
        },
        cancellationToken);

    // SQLite works on the calling thread: take one from the pool, one call after the other.
    private async Task<T> InTurnAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return await Task.Run(work, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    private SqliteConnection Connect()
    {
        if (_connection is not null)
        {
            return _connection;
        }
        var connection = new SqliteConnection(_connectionString);
        try
        {
            connection.Open();
            // Statements that are stepped without the driver wait as long as its commands do.
            int milliseconds = connection.DefaultTimeout is > 0 and < int.MaxValue / 1000 ? connection.DefaultTimeout * 1000 : int.MaxValue;
            SqliteLookupSchema.Execute(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout = {milliseconds}"));
            // 64 MiB of pages: ids come in no order, and with the default of 2 MiB most of them would be read again from the file.
            // It reads the file's header, so a file that is no database is found here already.
            SqliteLookupSchema.OnDatabase(Description, () => SqliteLookupSchema.Execute(connection, "PRAGMA cache_size = -65536"));
            _opened?.Invoke(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
        _connection = connection;
        return connection;
    }
}
