using System.Buffers.Binary;
using System.Data;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
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
public sealed class PostgreSqlLookupStore : ILookupStore
{
    private const int ChangesPerPage = 1024;
    private readonly NpgsqlDataSource _dataSource;
    private readonly bool _ownsDataSource;
    private readonly PostgreSqlLookupOptions _options;
    private readonly StoreTables _tables;
    private readonly long _lockKey;
    private volatile bool _isOurs;
    private volatile bool _disposed;

    private PostgreSqlLookupStore(NpgsqlDataSource dataSource, bool ownsDataSource, PostgreSqlLookupOptions options)
    {
        _dataSource = dataSource;
        _ownsDataSource = ownsDataSource;
        _options = options;
        _tables = new StoreTables(options.Schema);
        _lockKey = BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes("identity-resolution lookup store\n" + options.Schema)));
        Description = Describe(new NpgsqlConnectionStringBuilder(dataSource.ConnectionString), options.Schema);
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
    /// name the store's <c>schema</c>, which takes the place of the option's. Where neither names a password, Npgsql looks into
    /// <c>PGPASSWORD</c> and the password file.
    /// </param>
    /// <param name="options">The schema and how long to wait; null = <see cref="PostgreSqlLookupOptions.Default"/>.</param>
    /// <returns>The store; nothing is read or written yet.</returns>
    /// <exception cref="ArgumentException">The connection string is not valid (the message holds nothing of it), or an option is out of its range.</exception>
    /// <remarks>Error details and parameters, which hold values of records, are left out of the driver's messages whatever the string asks for.</remarks>
    public static PostgreSqlLookupStore OpenConnectionString(string connectionString, PostgreSqlLookupOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        (NpgsqlConnectionStringBuilder connection, string? schema) = ConnectionText.Parse(connectionString, nameof(connectionString));
        options ??= PostgreSqlLookupOptions.Default;
        options = schema is null ? options : options with { Schema = schema };
        options.Validate(schema is null ? nameof(options) : nameof(connectionString));
        return new PostgreSqlLookupStore(new NpgsqlDataSourceBuilder(connection.ConnectionString).Build(), ownsDataSource: true, options);
    }

    /// <inheritdoc />
    public Task<LookupState> LoadAsync(CancellationToken cancellationToken = default) =>
        ReadAsync(LookupState.Empty, reader => reader.LoadAsync(cancellationToken), cancellationToken);

    /// <inheritdoc />
    /// <exception cref="IdentityResolutionException">Another writer held the store for longer than the lock timeout.</exception>
    public async Task CommitAsync(LookupCommit commit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(commit);
        ArgumentException.ThrowIfNullOrEmpty(commit.RunId, nameof(commit));
        ObjectDisposedException.ThrowIf(_disposed, this);
        try
        {
            await WriteAsync(commit, cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw Busy(error);
        }
    }

    /// <inheritdoc />
    public Task<LookupRow?> FindAsync(RecordKey key, CancellationToken cancellationToken = default) =>
        ReadAsync(null, reader => reader.FindAsync(key, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public Task<string?> ResolveEntityAsync(string entityId, CancellationToken cancellationToken = default) =>
        ReadAsync(null, reader => reader.ResolveAsync(entityId, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public async IAsyncEnumerable<EntityChange> ReadChangesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // Page by page, so that no connection is held while the caller thinks; the history only grows.
        long last = 0;
        while (true)
        {
            (List<EntityChange> page, last) = await ReadAsync(
                ([], 0L), reader => reader.ChangesAsync(last, ChangesPerPage, cancellationToken), cancellationToken).ConfigureAwait(false);
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

    private async Task<T> ReadAsync<T>(T nothing, Func<PostgreSqlLookupReader, Task<T>> read, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        NpgsqlConnection connection = await _dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable connectionEnd = connection.ConfigureAwait(false);
        // One snapshot: customers and rows are of the same commit though another process writes meanwhile.
        NpgsqlTransaction transaction = await BeginAsync(connection, IsolationLevel.RepeatableRead, cancellationToken).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable transactionEnd = transaction.ConfigureAwait(false);
        _isOurs = _isOurs || await PostgreSqlLookupSchema.ExistsAsync(connection, _tables, Description, cancellationToken).ConfigureAwait(false);
        T result = _isOurs ? await read(new PostgreSqlLookupReader(connection, _tables, Description)).ConfigureAwait(false) : nothing;
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return result;
    }

    private async Task WriteAsync(LookupCommit commit, CancellationToken cancellationToken)
    {
        NpgsqlConnection connection = await _dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable connectionEnd = connection.ConfigureAwait(false);
        // Read committed: what is read behind the lock is what the writer before left there.
        NpgsqlTransaction transaction = await BeginAsync(connection, IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable transactionEnd = transaction.ConfigureAwait(false);
        await LockAsync(connection, cancellationToken).ConfigureAwait(false);
        bool isNew = !await PostgreSqlLookupSchema.ExistsAsync(connection, _tables, Description, cancellationToken).ConfigureAwait(false);
        if (isNew)
        {
            await PostgreSqlLookupSchema.CreateAsync(connection, _tables, cancellationToken).ConfigureAwait(false);
        }
        await new PostgreSqlLookupWriter(connection, _tables, Description, isNew).WriteAsync(commit, cancellationToken).ConfigureAwait(false);
        // From here on the run is decided: who cancels now must not be told that nothing was written.
        await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
    }

    // In the transaction, names without a schema mean the server's own and our temporary tables, never what somebody put on the search path.
    private static async Task<NpgsqlTransaction> BeginAsync(NpgsqlConnection connection, IsolationLevel isolation, CancellationToken cancellationToken)
    {
        NpgsqlTransaction transaction = await connection.BeginTransactionAsync(isolation, cancellationToken).ConfigureAwait(false);
        await PostgreSqlLookupSchema.ExecuteAsync(
            connection, "SELECT pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true)", cancellationToken).ConfigureAwait(false);
        return transaction;
    }

    private async Task LockAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // A server that answers before a commit is on disk is asked not to. For the server, a timeout of 0 is without end.
        using NpgsqlCommand prepare = PostgreSqlLookupSchema.Command(connection, """
            SELECT set_config('lock_timeout', $1, true),
                set_config('synchronous_commit', CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END, true)
            """);
        long milliseconds = _options.LockTimeout == Timeout.InfiniteTimeSpan ? 0 : Math.Max(1, (long)_options.LockTimeout.TotalMilliseconds);
        prepare.Parameters.Add(new NpgsqlParameter<string> { TypedValue = milliseconds.ToString(CultureInfo.InvariantCulture) });
        await prepare.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        using NpgsqlCommand take = PostgreSqlLookupSchema.Command(
            connection,
            _options.LockTimeout == TimeSpan.Zero ? "SELECT pg_try_advisory_xact_lock($1)" : "SELECT true FROM pg_advisory_xact_lock($1)");
        take.Parameters.Add(new NpgsqlParameter<long> { TypedValue = _lockKey });
        if (await take.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is not true)
        {
            throw Busy(null);
        }
    }

    private IdentityResolutionException Busy(Exception? cause) => new(
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Description}: another run has been writing to the store for {_options.LockTimeout.TotalSeconds:0.###} seconds; nothing was changed. Try again later."),
        cause);

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
