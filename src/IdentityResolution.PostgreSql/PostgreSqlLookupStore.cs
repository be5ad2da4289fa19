using System.Buffers.Binary;
using System.Data;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using IdentityResolution.Lookup;
using Npgsql;

namespace IdentityResolution.PostgreSql;

/// <summary>A lookup store in a schema of a PostgreSQL database.</summary>
/// <remarks>
/// <para>The first commit makes the schema and its tables. Each commit is one transaction: its rows go by binary COPY into temporary tables
/// and are merged as sets. Writers take turns by an advisory lock of the store; readers never wait.</para>
/// <para>The role needs the right to make temporary tables, to make the schema (or, in one that exists, tables) at the first commit, and to
/// read and write the tables. The database's encoding must be UTF8; PostgreSQL 12 or later. The tables are described in docs/identity.md and
/// may be read by anyone. Safe for concurrent use.</para>
/// </remarks>
public sealed class PostgreSqlLookupStore : ILiveStore
{
    private const int ItemsPerPage = 4096;
    private static readonly string[] FirstRecord = ["", ""];
    private static readonly string[] FirstTerm = ["", "", "", "", ""];
    private static readonly string[] FirstLink = ["", "", "", ""];
    private readonly NpgsqlDataSource _dataSource;
    private readonly bool _ownsDataSource;
    private readonly PostgreSqlLookupOptions _options;
    private readonly StoreTables _tables;
    private readonly WriteTurnOptions _turns;
    private volatile int _version;
    private volatile bool _isKnown;
    private volatile bool _disposed;

    private PostgreSqlLookupStore(NpgsqlDataSource dataSource, bool ownsDataSource, PostgreSqlLookupOptions options)
    {
        _dataSource = dataSource;
        _ownsDataSource = ownsDataSource;
        _options = options;
        _tables = new StoreTables(options.Schema);
        var connection = new NpgsqlConnectionStringBuilder(dataSource.ConnectionString);
        Description = Describe(connection, options.Schema);
        _turns = new WriteTurnOptions(
            _tables,
            Description,
            BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes("identity-resolution lookup store\n" + options.Schema))),
            options.LockTimeout,
            options.PreparesStatements && !connection.Multiplexing);
    }

    /// <summary>What the store is, for messages: <c>postgres:host:port/database/schema</c>. Without user and password.</summary>
    public string Description { get; }

    /// <summary>Opens the store in a database that the application already uses.</summary>
    /// <param name="dataSource">The database; stays the caller's, and must live as long as the store.</param>
    /// <param name="options">The schema and how long to wait; null = <see cref="PostgreSqlLookupOptions.Default"/>.</param>
    /// <returns>The store; nothing is read or written yet.</returns>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static PostgreSqlLookupStore Open(NpgsqlDataSource dataSource, PostgreSqlLookupOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        options ??= PostgreSqlLookupOptions.Default;
        options.Validate(nameof(options));
        return new PostgreSqlLookupStore(dataSource, ownsDataSource: false, options);
    }

    /// <summary>Opens the store that a connection string or URI names.</summary>
    /// <param name="connectionString">
    /// Npgsql's keywords, <c>Host=db;Database=crm;Username=app</c>, or libpq's form, <c>postgresql://app@db:5432/crm?sslmode=require</c>. Both may
    /// name the store's <c>schema</c>, and whether it shall <c>prepare</c> statements; that takes the place of the option's. Where neither names a password, Npgsql looks into
    /// <c>PGPASSWORD</c> and the password file.
    /// </param>
    /// <param name="options">The schema and how long to wait; null = <see cref="PostgreSqlLookupOptions.Default"/>.</param>
    /// <returns>The store; nothing is read or written yet.</returns>
    /// <exception cref="ArgumentException">The connection string is not valid (the message holds nothing of it), or an option is out of its range.</exception>
    /// <remarks>Error details and parameters, which hold values of records, are left out of the driver's messages whatever the string asks for.</remarks>
    public static PostgreSqlLookupStore OpenConnectionString(string connectionString, PostgreSqlLookupOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        (NpgsqlConnectionStringBuilder connection, string? schema) = ConnectionText.Parse(
            connectionString, nameof(connectionString), out bool? prepares);
        options ??= PostgreSqlLookupOptions.Default;
        options = options with { Schema = schema ?? options.Schema, PreparesStatements = prepares ?? options.PreparesStatements };
        options.Validate(schema is null ? nameof(options) : nameof(connectionString));
        return new PostgreSqlLookupStore(new NpgsqlDataSourceBuilder(connection.ConnectionString).Build(), ownsDataSource: true, options);
    }

    /// <inheritdoc />
    public Task<LookupState> LoadAsync(CancellationToken cancellationToken = default) => ReadAsync(
        LookupState.Empty,
        connection => new PostgreSqlLookupReader(connection, _tables, Description, IsCurrent).LoadAsync(cancellationToken),
        cancellationToken,
        readsOlder: true);

    /// <inheritdoc />
    /// <exception cref="IdentityResolutionException">Another writer held the store for longer than the lock timeout.</exception>
    public Task CommitAsync(LookupCommit commit, CancellationToken cancellationToken = default)
    {
        Check(commit);
        return WriteAsync(
            commit.RunId,
            async turn =>
            {
                await new PostgreSqlLookupWriter(_tables, Description, turn, _options.Terms).WriteAsync(commit, cancellationToken).ConfigureAwait(false);
                return true;
            },
            mayCreate: true,
            cancellationToken);
    }

    /// <inheritdoc />
    /// <remarks>
    /// After the transaction the tables are written anew (VACUUM FULL), which takes O(store), a lock on each table meanwhile, and a role that owns them:
    /// collect erasures into one commit. The receipt says what could not be done, and what no statement can reach.
    /// </remarks>
    /// <exception cref="IdentityResolutionException">Another writer held the store for longer than the lock timeout.</exception>
    public async Task<ErasureReceipt> EraseAsync(LookupCommit commit, CancellationToken cancellationToken = default)
    {
        Check(commit);
        ErasureReceipt receipt = await WriteAsync(
            commit.RunId,
            async turn =>
            {
                if (turn.IsNew)
                {
                    await PostgreSqlLookupSchema.AddKeysAsync(turn.Connection, _tables, cancellationToken).ConfigureAwait(false);
                }
                return await new PostgreSqlErasure(turn.Connection, _tables, Description).EraseAsync(turn, _options.Terms, commit, cancellationToken).ConfigureAwait(false);
            },
            mayCreate: true,
            cancellationToken).ConfigureAwait(false);
        NpgsqlConnection open = await _dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable openEnd = open.ConfigureAwait(false);
        IReadOnlyList<string> left = await new PostgreSqlErasure(open, _tables, Description).CleanAsync(_options.LockTimeout, cancellationToken).ConfigureAwait(false);
        return left.Count == 0 ? receipt : receipt with { Notes = [.. receipt.Notes, .. left] };
    }

    /// <inheritdoc />
    /// <exception cref="IdentityResolutionException">Another writer held the store for longer than the lock timeout.</exception>
    public Task<IReadOnlyList<EntityChange>> RollBackAsync(string runId, string rollbackRunId, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(runId);
        ArgumentException.ThrowIfNullOrEmpty(rollbackRunId);
        return WriteAsync(
            rollbackRunId,
            turn => turn.IsNew
                ? throw PostgreSqlRollBack.NotTheLast()
                : new PostgreSqlRollBack(turn.Connection, _tables, Description).TakeAsync(turn, _options.Terms, runId, rollbackRunId, at, cancellationToken),
            mayCreate: false,
            cancellationToken);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<EntityChange>> PreviewRollBackAsync(string runId, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        await ReadAsync<IReadOnlyList<EntityChange>?>(
            null,
            async connection => await new PostgreSqlRollBack(connection, _tables, Description).PreviewAsync(runId, at, cancellationToken).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false) ?? throw PostgreSqlRollBack.NotTheLast();

    /// <inheritdoc />
    public Task<LookupRow?> FindAsync(RecordKey key, CancellationToken cancellationToken = default) => ReadAsync(
        null,
        connection => new PostgreSqlLookupReader(connection, _tables, Description, IsCurrent).FindAsync(key, cancellationToken),
        cancellationToken,
        readsOlder: true);

    /// <inheritdoc />
    public Task<LookupRow?> FindAsync(RecordKey key, DateTimeOffset asOf, CancellationToken cancellationToken = default) =>
        ReadAsync(null, connection => History(connection).FindAsync(key, asOf, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public Task<string?> ResolveEntityAsync(string entityId, CancellationToken cancellationToken = default) => ReadAsync(
        null, connection => History(connection).ResolveAsync(entityId, null, IsCurrent, cancellationToken), cancellationToken, readsOlder: true);

    /// <inheritdoc />
    public Task<string?> ResolveEntityAsync(string entityId, DateTimeOffset asOf, CancellationToken cancellationToken = default) =>
        ReadAsync(null, connection => History(connection).ResolveAsync(entityId, asOf, IsCurrent, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public Task<SourceRecord?> FindRecordAsync(RecordKey key, CancellationToken cancellationToken = default) =>
        ReadAsync(null, connection => Records(connection).FindAsync(key, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public Task<string?> FindModelAsync(CancellationToken cancellationToken = default) =>
        ReadAsync(null, connection => Records(connection).ModelAsync(cancellationToken), cancellationToken);

    /// <inheritdoc />
    public Task<string?> FindPositionAsync(string stream, CancellationToken cancellationToken = default) =>
        ReadAsync(null, connection => Records(connection).PositionAsync(stream, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public IAsyncEnumerable<SourceRecord> ReadRecordsAsync(CancellationToken cancellationToken = default) => PagesAsync(
        FirstRecord, (connection, last) => Records(connection).RecordsAsync(last, ItemsPerPage, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public Task VisitRecordsAsync(StoredRecordVisitor visit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(visit);
        return VisitAsync(reader => reader.VisitRecordsAsync(visit, cancellationToken), cancellationToken);
    }

    /// <inheritdoc />
    public Task VisitLinksAsync(StoredLinkVisitor visit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(visit);
        return VisitAsync(reader => reader.VisitLinksAsync(visit, cancellationToken), cancellationToken);
    }

    /// <inheritdoc />
    public IAsyncEnumerable<Link> ReadLinksAsync(CancellationToken cancellationToken = default) => PagesAsync(
        FirstLink, (connection, last) => Records(connection).LinksAsync(last, ItemsPerPage, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public IAsyncEnumerable<Judgement> ReadJudgementsAsync(CancellationToken cancellationToken = default) =>
        AllAsync(connection => Records(connection).JudgementsAsync(cancellationToken), cancellationToken);

    /// <inheritdoc />
    public IAsyncEnumerable<RecordTerm> ReadTermsAsync(CancellationToken cancellationToken = default) => PagesAsync(
        FirstTerm,
        async (connection, last) =>
        {
            if (!await PostgreSqlTerms.AreThereAsync(connection, _tables, cancellationToken).ConfigureAwait(false))
            {
                return ([], last);
            }
            List<RecordTerm> page = await PostgreSqlTerms.ReadAsync(connection, _tables, Description, last, ItemsPerPage, cancellationToken).ConfigureAwait(false);
            return (page, page.Count == 0 ? last : [page[^1].Record.Source, page[^1].Record.Id, StoredNames.Of(page[^1].Kind), page[^1].Name, page[^1].Term]);
        },
        cancellationToken);

    /// <inheritdoc />
    public Task<bool> OwesTermsAsync(CancellationToken cancellationToken = default) => ReadAsync(
        false,
        async connection => _options.Terms is { } terms
            && terms.Form != await PostgreSqlTerms.NotedAsync(connection, _tables, cancellationToken).ConfigureAwait(false),
        cancellationToken);

    /// <inheritdoc />
    public Task<long> CountRunsAsync(CancellationToken cancellationToken = default) => ReadAsync(
        0L, connection => PostgreSqlLookupReader.CountRunsAsync(connection, _tables, cancellationToken), cancellationToken, readsOlder: true);

    /// <inheritdoc />
    public IAsyncEnumerable<StoredRun> ReadRunsAsync(CancellationToken cancellationToken = default) => PagesAsync(
        0L,
        async (connection, last) =>
        {
            List<StoredRun> page = await History(connection).RunsAsync(last, ItemsPerPage, cancellationToken).ConfigureAwait(false);
            return (page, page.Count == 0 ? last : page[^1].RunNumber);
        },
        cancellationToken,
        readsOlder: true);

    /// <inheritdoc />
    public IAsyncEnumerable<ErasureReceipt> ReadErasuresAsync(CancellationToken cancellationToken = default) =>
        AllAsync(connection => Records(connection).ErasuresAsync(cancellationToken), cancellationToken);

    /// <inheritdoc />
    public async IAsyncEnumerable<EntityChange> ReadChangesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (NumberedChange change in ReadChangesAsync(0, cancellationToken).ConfigureAwait(false))
        {
            yield return change.Change;
        }
    }

    /// <inheritdoc />
    public IAsyncEnumerable<NumberedChange> ReadChangesAsync(long after, CancellationToken cancellationToken = default) => PagesAsync(
        after,
        async (connection, last) =>
        {
            List<NumberedChange> page = await History(connection).ChangesAsync(last, ItemsPerPage, cancellationToken).ConfigureAwait(false);
            return (page, page.Count == 0 ? last : page[^1].Cursor);
        },
        cancellationToken,
        readsOlder: true);

    /// <summary>Closes the store's connections; those of a data source that the caller gave stay open.</summary>
    /// <returns>A task that ends when they are closed.</returns>
    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        if (_ownsDataSource)
        {
            await _dataSource.DisposeAsync().ConfigureAwait(false);
        }
    }

    private bool IsCurrent => _version >= PostgreSqlLookupSchema.WithRecords;

    private static void Check(LookupCommit commit)
    {
        ArgumentNullException.ThrowIfNull(commit);
        ArgumentException.ThrowIfNullOrEmpty(commit.RunId, nameof(commit));
    }

    private Task<bool> VisitAsync(Func<PostgreSqlContentReader, Task> visit, CancellationToken cancellationToken) => ReadAsync(
        true,
        async connection =>
        {
            await visit(new PostgreSqlContentReader(connection, _tables, Description)).ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    private PostgreSqlHistoryReader History(NpgsqlConnection connection) => new(connection, _tables, Description);

    private PostgreSqlRecordReader Records(NpgsqlConnection connection) => new(connection, _tables, Description);

    // Page by page, so that no connection is held while the caller thinks.
    private async IAsyncEnumerable<T> PagesAsync<T, TLast>(
        TLast start,
        Func<NpgsqlConnection, TLast, Task<(List<T> Page, TLast Last)>> read,
        [EnumeratorCancellation] CancellationToken cancellationToken,
        bool readsOlder = false)
    {
        TLast last = start;
        while (true)
        {
            (List<T> page, last) = await ReadAsync(([], last), connection => read(connection, last), cancellationToken, readsOlder).ConfigureAwait(false);
            foreach (T item in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return item;
            }
            if (page.Count < ItemsPerPage)
            {
                yield break;
            }
        }
    }

    private async IAsyncEnumerable<T> AllAsync<T>(Func<NpgsqlConnection, Task<List<T>>> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (T item in await ReadAsync([], read, cancellationToken).ConfigureAwait(false))
        {
            yield return item;
        }
    }

    // A store of an older version is read as it is; what that version did not keep is not there.
    private async Task<T> ReadAsync<T>(T nothing, Func<NpgsqlConnection, Task<T>> read, CancellationToken cancellationToken, bool readsOlder = false)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        NpgsqlConnection connection = await _dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable connectionEnd = connection.ConfigureAwait(false);
        // One snapshot: customers and rows are of the same commit though another process writes meanwhile.
        NpgsqlTransaction transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable transactionEnd = transaction.ConfigureAwait(false);
        await PostgreSqlLookupSchema.ExecuteAsync(connection, WriteTurn.OwnNames, cancellationToken).ConfigureAwait(false);
        if (!IsCurrent)
        {
            _version = await PostgreSqlLookupSchema.FindVersionAsync(connection, _tables, Description, cancellationToken).ConfigureAwait(false);
        }
        T result = IsCurrent || (readsOlder && _version > 0) ? await read(connection).ConfigureAwait(false) : nothing;
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return result;
    }

    private async Task<T> WriteAsync<T>(string runId, Func<WriteTurn, Task<T>> write, bool mayCreate, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        try
        {
            NpgsqlConnection connection = await _dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await using ConfiguredAsyncDisposable connectionEnd = connection.ConfigureAwait(false);
            WriteTurn? known = _isKnown
                ? await WriteTurn.BeginAsync(connection, _turns, runId, isKnown: true, mayCreate, cancellationToken).ConfigureAwait(false)
                : null;
            WriteTurn turn = known ?? (await WriteTurn.BeginAsync(connection, _turns, runId, isKnown: false, mayCreate, cancellationToken).ConfigureAwait(false))!;
            await using ConfiguredAsyncDisposable turnEnd = turn.ConfigureAwait(false);
            T result = await write(turn).ConfigureAwait(false);
            await turn.CommitAsync().ConfigureAwait(false);
            _isKnown = mayCreate || !turn.IsNew;
            return result;
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw _turns.Busy(error);
        }
    }

    private static string Describe(NpgsqlConnectionStringBuilder connection, string schema)
    {
        string where = $"postgres:{connection.Host}:{connection.Port}/{connection.Database ?? connection.Username}/{schema}";
        // It goes into messages of one line.
        return string.Create(where.Length, where, static (text, from) =>
        {
            for (int i = 0; i < text.Length; i++)
            {
                text[i] = char.IsControl(from[i]) ? '?' : from[i];
            }
        });
    }
}
