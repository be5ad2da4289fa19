using System.Runtime.CompilerServices;
using Npgsql;

namespace IdentityResolution.PostgreSql;

/// <summary>The statements of one transaction, gathered and sent together: a commit of few rows is one round trip, however many tables it changes.</summary>
/// <remarks>
/// The text of a statement never changes, so that the server parses and plans it once for a connection. Statements that read temporary tables are
/// planned each time, since such a table is another one in every transaction.
/// </remarks>
/// <param name="connection">The connection, in a transaction.</param>
/// <param name="prepares">May statements be kept prepared?</param>
internal sealed class StatementBatch(NpgsqlConnection connection, bool prepares)
{
    // Statements of few rows find them by index whatever the server knows of a table's size: a plan that is kept must not be the one of an empty table.
    private const string PlanForFew = """
        SELECT set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true),
            set_config('jit', 'off', true), set_config('plan_cache_mode', 'force_generic_plan', true)
        """;

    private const string PlanForMany = """
        SET LOCAL enable_seqscan TO DEFAULT; SET LOCAL enable_hashjoin TO DEFAULT; SET LOCAL enable_mergejoin TO DEFAULT;
        SET LOCAL jit TO DEFAULT; SET LOCAL plan_cache_mode TO DEFAULT
        """;

    private readonly List<Statement> _statements = [];
    private bool _isForFew;

    /// <summary>Adds a statement.</summary>
    /// <param name="sql">Its text.</param>
    /// <param name="parameters">What it takes.</param>
    /// <param name="take">Receives the first value of its first row, null when there is none; null = the statement has no result.</param>
    /// <param name="isLasting">Is it the same statement in every transaction, so that it may be prepared?</param>
    public void Add(string sql, NpgsqlParameter[] parameters, Action<object?>? take = null, bool isLasting = true) =>
        _statements.Add(new Statement(sql, parameters, take, isLasting));

    /// <summary>Sends what was added, and waits until it is done.</summary>
    /// <exception cref="PostgresException">A statement failed; those behind it were not run.</exception>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_statements.Count == 0)
        {
            return;
        }
        bool isLasting = _statements.TrueForAll(statement => statement.IsLasting);
        if (isLasting && !_isForFew)
        {
            _isForFew = true;
            _statements.Insert(0, new Statement(PlanForFew, [], _ => { }, true));
        }
        Statement[] statements = [.. _statements];
        _statements.Clear();
        NpgsqlBatch batch = Create(connection, statements.Select(statement => (statement.Sql, statement.Parameters)));
        await using ConfiguredAsyncDisposable batchEnd = batch.ConfigureAwait(false);
        if (prepares && isLasting)
        {
            await batch.PrepareAsync(cancellationToken).ConfigureAwait(false);
        }
        NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable readerEnd = reader.ConfigureAwait(false);
        // The reader passes over statements without a result.
        foreach (Action<object?> take in statements.Select(statement => statement.Take).OfType<Action<object?>>())
        {
            take(await reader.ReadAsync(cancellationToken).ConfigureAwait(false) && !reader.IsDBNull(0) ? reader.GetValue(0) : null);
            await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Sends what was added and one more statement.</summary>
    /// <returns>The first value of its first row.</returns>
    public async Task<object?> ScalarAsync(string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken, bool isLasting = true)
    {
        object? result = null;
        Add(sql, parameters, value => result = value, isLasting);
        await FlushAsync(cancellationToken).ConfigureAwait(false);
        return result;
    }

    /// <summary>Prepares for many rows: sends what was added, and lets the server plan by what it knows of its tables from here on.</summary>
    public async Task PrepareForManyAsync(CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken).ConfigureAwait(false);
        if (_isForFew)
        {
            _isForFew = false;
            await PostgreSqlLookupSchema.ExecuteAsync(connection, PlanForMany, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Statements to be sent at once, without a time limit of the driver's.</summary>
    public static NpgsqlBatch Create(NpgsqlConnection connection, IEnumerable<(string Sql, NpgsqlParameter[] Parameters)> statements)
    {
        NpgsqlBatch batch = connection.CreateBatch();
        batch.Timeout = 0;
        foreach ((string sql, NpgsqlParameter[] parameters) in statements)
        {
#pragma warning disable CA2100 // Only constants and quoted names come here.
            var command = new NpgsqlBatchCommand(sql);
#pragma warning restore CA2100
            command.Parameters.AddRange(parameters);
            batch.BatchCommands.Add(command);
        }
        return batch;
    }

    private readonly record struct Statement(string Sql, NpgsqlParameter[] Parameters, Action<object?>? Take, bool IsLasting);
}
