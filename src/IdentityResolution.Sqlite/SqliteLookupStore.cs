using System.Globalization;
using System.Runtime.CompilerServices;
using IdentityResolution.Lookup;
using Microsoft.Data.Sqlite;

namespace IdentityResolution.Sqlite;

/// <summary>A lookup store in one SQLite file: the embedded default.</summary>
/// <remarks>
/// The file is made by the first commit. It uses a write-ahead log, and each commit is one transaction, synced to disk. Another process may
/// read meanwhile; a second writer waits, by default 30 seconds, and then fails with the driver's <c>database is locked</c>.
/// The tables are described in docs/identity.md and may be read by anyone. Safe for concurrent use.
/// </remarks>
public sealed class SqliteLookupStore : ILiveStore
{
    private const int ItemsPerPage = 2048;
    private const int ManyItems = 10_000;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly SemaphoreSlim _visits = new(1, 1);
    private readonly string _connectionString;
    private readonly string? _path;
    private readonly RecordTermOptions? _terms;
    private readonly Action<SqliteConnection>? _opened;
    private SqliteSession? _session;
    private bool _disposed;

    internal SqliteLookupStore(
        string connectionString, string? path, string description, Action<SqliteConnection>? opened = null, RecordTermOptions? terms = null)
    {
        _terms = terms;
        _connectionString = connectionString;
        _path = path;
        _opened = opened;
        Description = description;
    }

    /// <inheritdoc />
    public string Description { get; }

    /// <summary>Opens the store in a file. The file need not exist; its folder must.</summary>
    /// <param name="path">The file; any name the file system takes.</param>
    /// <param name="terms">Shall it keep the standard values and keys of its records as a table? Null = as it did before.</param>
    /// <returns>The store; nothing is read or written yet.</returns>
    /// <exception cref="ArgumentException">The path is empty or holds a zero character.</exception>
    public static SqliteLookupStore Open(string path, RecordTermOptions? terms = null) => Open(path, null, terms);

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
        ReadAsync(LookupState.Empty, session => SqliteLookupReader.Load(session, cancellationToken), cancellationToken, readsOlder: true);

    /// <inheritdoc />
    public Task CommitAsync(LookupCommit commit, CancellationToken cancellationToken = default)
    {
        Check(commit);
        return InTurnAsync(
            () => Connect().Write(
                () =>
                {
                    SqliteLookupWriter.Write(_session!, commit, cancellationToken);
                    return true;
                },
                isMuch: commit.Rows.Count + commit.Records.Count > ManyItems),
            cancellationToken);
    }

    /// <inheritdoc />
    /// <remarks>
    /// After the transaction the file is written anew and the write-ahead log is emptied, O(store): collect erasures into one commit. If another connection
    /// hinders that, the receipt says so, and the next erasure, or the next write of a newly opened store, makes up for it.
    /// </remarks>
    public async Task<ErasureReceipt> EraseAsync(LookupCommit commit, CancellationToken cancellationToken = default)
    {
        Check(commit);
        ObjectDisposedException.ThrowIf(_disposed, this);
        await _visits.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await EraseInTurnAsync(commit, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _visits.Release();
        }
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<EntityChange>> RollBackAsync(string runId, string rollbackRunId, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(runId);
        ArgumentException.ThrowIfNullOrEmpty(rollbackRunId);
        return InTurnAsync(
            () => Connect().Write(() => SqliteRollBack.Take(_session!, runId, rollbackRunId, at, cancellationToken)), cancellationToken);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<EntityChange>> PreviewRollBackAsync(string runId, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        await ReadAsync(null, session => SqliteRollBack.Preview(session, runId, at), cancellationToken).ConfigureAwait(false) ?? throw SqliteRollBack.NotTheLast();

    /// <inheritdoc />
    public Task<LookupRow?> FindAsync(RecordKey key, CancellationToken cancellationToken = default) =>
        ReadAsync(null, session => SqliteLookupReader.Find(session, key), cancellationToken, readsOlder: true);

    /// <inheritdoc />
    public Task<LookupRow?> FindAsync(RecordKey key, DateTimeOffset asOf, CancellationToken cancellationToken = default) =>
        ReadAsync(null, session => SqliteHistoryReader.Find(session, key, asOf), cancellationToken);

    /// <inheritdoc />
    public Task<string?> ResolveEntityAsync(string entityId, CancellationToken cancellationToken = default) =>
        ReadAsync(null, session => SqliteLookupReader.Resolve(session, entityId), cancellationToken, readsOlder: true);

    /// <inheritdoc />
    public Task<string?> ResolveEntityAsync(string entityId, DateTimeOffset asOf, CancellationToken cancellationToken = default) =>
        ReadAsync(null, session => SqliteHistoryReader.Resolve(session, entityId, asOf), cancellationToken);

    /// <inheritdoc />
    public Task<SourceRecord?> FindRecordAsync(RecordKey key, CancellationToken cancellationToken = default) =>
        ReadAsync(null, session => SqliteRecordReader.Find(session, key), cancellationToken);

    /// <inheritdoc />
    public Task<string?> FindModelAsync(CancellationToken cancellationToken = default) => ReadAsync(null, SqliteRecordReader.Model, cancellationToken);

    /// <inheritdoc />
    public Task<string?> FindPositionAsync(string stream, CancellationToken cancellationToken = default) =>
        ReadAsync(null, session => SqliteRecordReader.Position(session, stream), cancellationToken);

    /// <inheritdoc />
    public IAsyncEnumerable<SourceRecord> ReadRecordsAsync(CancellationToken cancellationToken = default) =>
        PagesAsync<SourceRecord>((session, last) => SqliteRecordReader.Records(session, last, ItemsPerPage), cancellationToken);

    /// <inheritdoc />
    public Task VisitRecordsAsync(StoredRecordVisitor visit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(visit);
        return VisitAsync(session => SqliteRecordReader.Visit(session, visit, cancellationToken), cancellationToken);
    }

    /// <inheritdoc />
    public Task VisitLinksAsync(StoredLinkVisitor visit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(visit);
        return VisitAsync(session => SqliteRecordReader.Visit(session, visit, cancellationToken), cancellationToken);
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<Link> ReadLinksAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (Link? link in PagesAsync<Link?>(
            (session, last) => [.. SqliteRecordReader.Links(session, last, ItemsPerPage)], cancellationToken).ConfigureAwait(false))
        {
            yield return link!.Value;
        }
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<Judgement> ReadJudgementsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach ((long _, Judgement judgement) in PagesAsync<(long Number, Judgement Judgement)>(
            (session, last) => SqliteRecordReader.Judgements(session, last.Number, ItemsPerPage), cancellationToken).ConfigureAwait(false))
        {
            yield return judgement;
        }
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<RecordTerm> ReadTermsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (RecordTerm? term in PagesAsync<RecordTerm?>(
            (session, last) => [.. SqliteTerms.Read(session, last, ItemsPerPage)], cancellationToken, needsTerms: true).ConfigureAwait(false))
        {
            yield return term!.Value;
        }
    }

    /// <inheritdoc />
    public Task<bool> OwesTermsAsync(CancellationToken cancellationToken = default) => ReadAsync(
        false, session => _terms is not null && _terms.Form != new SqliteTerms(session, _terms).Noted(), cancellationToken);

    /// <inheritdoc />
    public Task<long> CountRunsAsync(CancellationToken cancellationToken = default) =>
        ReadAsync(0L, SqliteLookupReader.CountRuns, cancellationToken, readsOlder: true);

    /// <inheritdoc />
    public IAsyncEnumerable<StoredRun> ReadRunsAsync(CancellationToken cancellationToken = default) => PagesAsync<StoredRun>(
        (session, last) => SqliteHistoryReader.Runs(session, last?.RunNumber ?? 0, ItemsPerPage), cancellationToken, readsOlder: true);

    /// <inheritdoc />
    public async IAsyncEnumerable<ErasureReceipt> ReadErasuresAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (ErasureReceipt receipt in await ReadAsync([], SqliteRecordReader.Erasures, cancellationToken).ConfigureAwait(false))
        {
            yield return receipt;
        }
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<EntityChange> ReadChangesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (NumberedChange change in ReadChangesAsync(0, cancellationToken).ConfigureAwait(false))
        {
            yield return change.Change;
        }
    }

    /// <inheritdoc />
    public IAsyncEnumerable<NumberedChange> ReadChangesAsync(long after, CancellationToken cancellationToken = default) => PagesAsync<NumberedChange>(
        (session, last) => SqliteHistoryReader.Changes(session, Math.Max(after, last.Cursor), ItemsPerPage), cancellationToken, readsOlder: true);

    /// <summary>Closes the file.</summary>
    /// <returns>A task that ends when the file is closed.</returns>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }
        // In the order in which an erasure takes them.
        await _visits.WaitAsync().ConfigureAwait(false);
        await _gate.WaitAsync().ConfigureAwait(false);
        _disposed = true;
        _session?.Dispose();
        _visits.Dispose();
        _gate.Dispose();
    }

    internal static SqliteLookupStore Open(string path, Action<SqliteConnection>? opened, RecordTermOptions? terms = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        // A full path is never taken for a URI, for :memory: or for |DataDirectory|.
        string full = Path.GetFullPath(path);
        var builder = new SqliteConnectionStringBuilder { DataSource = full, Pooling = false };
        return new SqliteLookupStore(builder.ConnectionString, full, $"sqlite:{path}", opened, terms);
    }

    private Task<ErasureReceipt> EraseInTurnAsync(LookupCommit commit, CancellationToken cancellationToken) => InTurnAsync(
        () =>
        {
            SqliteSession session = Connect();
            // The list of what is to be erased must not go to a file.
            SqliteLookupSchema.Execute(session.Connection, "PRAGMA temp_store = MEMORY");
            ErasureReceipt receipt;
            try
            {
                receipt = session.Write(() => SqliteErasure.Erase(session, commit, cancellationToken));
            }
            finally
            {
                SqliteLookupSchema.Execute(session.Connection, "PRAGMA temp_store = DEFAULT");
            }
            string? left = SqliteErasure.IsPending(session) ? SqliteErasure.CleanFiles(session) : null;
            return left is null ? receipt : receipt with { Notes = [.. receipt.Notes, left] };
        },
        cancellationToken);

    private static void Check(LookupCommit commit)
    {
        ArgumentNullException.ThrowIfNull(commit);
        ArgumentException.ThrowIfNullOrEmpty(commit.RunId, nameof(commit));
    }

    // Page by page, so that no reader is left open while the caller thinks.
    private async IAsyncEnumerable<T> PagesAsync<T>(
        Func<SqliteSession, T?, List<T>> read, [EnumeratorCancellation] CancellationToken cancellationToken, bool readsOlder = false, bool needsTerms = false)
    {
        T? last = default;
        while (true)
        {
            List<T> page = await ReadAsync(
                [], session => needsTerms && !SqliteTerms.Are(session) ? [] : read(session, last), cancellationToken, readsOlder).ConfigureAwait(false);
            foreach (T item in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return item;
            }
            if (page.Count < ItemsPerPage)
            {
                yield break;
            }
            last = page[^1];
        }
    }

    // Over a connection of its own, so that rows, records and links can be read at once; an erasure, which writes the file anew, waits for it.
    private async Task VisitAsync(Action<SqliteSession> visit, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_path is null)
        {
            await ReadAsync(true, session => Visit(session, visit), cancellationToken).ConfigureAwait(false);
            return;
        }
        await _visits.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            await Task.Run(
                () =>
                {
                    if (IsThere())
                    {
                        using SqliteSession session = Open();
                        _ = IsReadable(session, readsOlder: false) && Visit(session, visit);
                    }
                },
                cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _visits.Release();
        }
    }

    private static bool Visit(SqliteSession session, Action<SqliteSession> visit)
    {
        visit(session);
        return true;
    }

    // A store of an older version is read as it is; what that version did not keep is not there.
    private Task<T> ReadAsync<T>(T nothing, Func<SqliteSession, T> read, CancellationToken cancellationToken, bool readsOlder = false) => InTurnAsync(
        () =>
        {
            if (_session is null && !IsThere())
            {
                return nothing;
            }
            SqliteSession session = Connect();
            return IsReadable(session, readsOlder) ? read(session) : nothing;
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

    // Reading makes no file.
    private bool IsThere() => _path is null || File.Exists(_path) || Directory.Exists(_path);

    private bool IsReadable(SqliteSession session, bool readsOlder)
    {
        if (!session.IsCurrent)
        {
            if (!SqliteLookupSchema.Exists(session.Connection, Description, out int version))
            {
                return false;
            }
            session.IsCurrent = version >= SqliteLookupSchema.WithRecords;
        }
        return session.IsCurrent || readsOlder;
    }

    private SqliteSession Connect() => _session ??= Open();

    private SqliteSession Open()
    {
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
        return new SqliteSession(connection, Description) { Terms = _terms };
    }
}
