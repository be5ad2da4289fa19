using System.Data;
using System.Globalization;
using System.Runtime.CompilerServices;
using Npgsql;

namespace IdentityResolution.PostgreSql;

/// <summary>A writer's turn: one transaction in which the store's lock is held, its tables exist and it is known where the store stands.</summary>
internal sealed class WriteTurn : IAsyncDisposable
{
    private readonly NpgsqlTransaction _transaction;

    private WriteTurn(NpgsqlConnection connection, NpgsqlTransaction transaction, bool prepares, bool isNew, StorePosition position)
    {
        Connection = connection;
        _transaction = transaction;
        IsNew = isNew;
        Position = position;
        Batch = new StatementBatch(connection, prepares);
    }

    /// <summary>The connection.</summary>
    public NpgsqlConnection Connection { get; }

    /// <summary>Takes the statements of the turn.</summary>
    public StatementBatch Batch { get; }

    /// <summary>Were the tables made in this turn? Then those that are loaded in bulk have no keys yet.</summary>
    public bool IsNew { get; }

    /// <summary>Where the store stands.</summary>
    public StorePosition Position { get; }

    /// <summary>Waits for the turn.</summary>
    /// <param name="connection">The connection, in no transaction.</param>
    /// <param name="options">How the turn is taken.</param>
    /// <param name="runId">The run to be written.</param>
    /// <param name="isKnown">Was the store found to be of this version before? If it is not so any more, the answer is null: ask again without.</param>
    /// <param name="mayCreate">Are the tables made when they do not exist?</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="IdentityResolutionException">Another writer took too long.</exception>
    /// <exception cref="PostgresException">The same, as the server tells it (<see cref="PostgresErrorCodes.LockNotAvailable"/>).</exception>
    public static async Task<WriteTurn?> BeginAsync(
        NpgsqlConnection connection, WriteTurnOptions options, string runId, bool isKnown, bool mayCreate, CancellationToken cancellationToken)
    {
        // Read committed: what is read behind the lock is what the writer before left there.
        NpgsqlTransaction transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
        try
        {
            StorePosition? position;
            try
            {
                position = await LockAsync(connection, options, runId, isKnown, cancellationToken).ConfigureAwait(false);
            }
            catch (PostgresException error) when (isKnown && error.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.InvalidSchemaName)
            {
                position = null;
            }
            bool isNew = false;
            if (!isKnown)
            {
                (isNew, position) = await ArrangeAsync(connection, options, runId, mayCreate, cancellationToken).ConfigureAwait(false);
            }
            if (position is { } found)
            {
                return new WriteTurn(connection, transaction, options.Prepares, isNew, found);
            }
            await transaction.DisposeAsync().ConfigureAwait(false);
            return null;
        }
        catch
        {
            await transaction.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Makes what was written durable.</summary>
    // From here on the run is decided: who cancels now must not be told that nothing was written.
    public Task CommitAsync() => _transaction.CommitAsync(CancellationToken.None);

    /// <summary>Ends the turn; without <see cref="CommitAsync"/> nothing was written.</summary>
    public ValueTask DisposeAsync() => _transaction.DisposeAsync();

    /// <summary>
    /// In a transaction that begins with this, names without a schema mean the server's own and our temporary tables, never what somebody put on the search path.
    /// </summary>
    public const string OwnNames = "SELECT pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true)";

    // One round trip. A store that is known to be of our version is looked at in the same one.
    private static async Task<StorePosition?> LockAsync(
        NpgsqlConnection connection, WriteTurnOptions options, string runId, bool isKnown, CancellationToken cancellationToken)
    {
        // A server that answers before a commit is on disk is asked not to. For the server, a timeout of 0 is without end.
        const string Settings = """
            SELECT set_config('lock_timeout', $1, true),
                set_config('synchronous_commit', CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END, true)
            """;
        TimeSpan patience = options.LockTimeout;
        long milliseconds = patience == Timeout.InfiniteTimeSpan ? 0 : Math.Max(1, (long)patience.TotalMilliseconds);
        List<(string, NpgsqlParameter[])> statements =
        [
            (OwnNames, []),
            (Settings, [new NpgsqlParameter<string> { TypedValue = milliseconds.ToString(CultureInfo.InvariantCulture) }]),
            (patience == TimeSpan.Zero ? "SELECT pg_try_advisory_xact_lock($1)" : "SELECT true FROM pg_advisory_xact_lock($1)",
                [new NpgsqlParameter<long> { TypedValue = options.LockKey }]),
        ];
        if (isKnown)
        {
            statements.Add((PostgreSqlLookupSchema.IsCurrent(options.Tables), []));
            statements.Add(StorePosition.Query(options.Tables, runId));
        }
        NpgsqlBatch batch = StatementBatch.Create(connection, statements);
        await using ConfiguredAsyncDisposable batchEnd = batch.ConfigureAwait(false);
        if (isKnown && options.Prepares)
        {
            await batch.PrepareAsync(cancellationToken).ConfigureAwait(false);
        }
        NpgsqlDataReader row = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable rowEnd = row.ConfigureAwait(false);
        await row.NextResultAsync(cancellationToken).ConfigureAwait(false);
        if (!await NextAsync().ConfigureAwait(false))
        {
            throw options.Busy(null);
        }
        if (!isKnown || !await NextAsync().ConfigureAwait(false))
        {
            return null;
        }
        await row.NextResultAsync(cancellationToken).ConfigureAwait(false);
        await row.ReadAsync(cancellationToken).ConfigureAwait(false);
        return StorePosition.Read(row);

        async Task<bool> NextAsync()
        {
            await row.NextResultAsync(cancellationToken).ConfigureAwait(false);
            return await row.ReadAsync(cancellationToken).ConfigureAwait(false) && row.GetBoolean(0);
        }
    }

    private static async Task<(bool IsNew, StorePosition Position)> ArrangeAsync(
        NpgsqlConnection connection, WriteTurnOptions options, string runId, bool mayCreate, CancellationToken cancellationToken)
    {
        int version = await PostgreSqlLookupSchema.FindVersionAsync(connection, options.Tables, options.Store, cancellationToken).ConfigureAwait(false);
        if (version == 0)
        {
            if (mayCreate)
            {
                await PostgreSqlLookupSchema.CreateAsync(connection, options.Tables, cancellationToken).ConfigureAwait(false);
            }
            return (true, default);
        }
        if (version < PostgreSqlLookupSchema.Version)
        {
            await PostgreSqlLookupSchema.UpgradeAsync(connection, options.Tables, version, isNew: false, cancellationToken).ConfigureAwait(false);
        }
        (string sql, NpgsqlParameter[] parameters) = StorePosition.Query(options.Tables, runId);
        using NpgsqlCommand find = PostgreSqlLookupSchema.Command(connection, sql);
        find.Parameters.AddRange(parameters);
        NpgsqlDataReader row = await find.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable rowEnd = row.ConfigureAwait(false);
        await row.ReadAsync(cancellationToken).ConfigureAwait(false);
        return (false, StorePosition.Read(row));
    }
}
