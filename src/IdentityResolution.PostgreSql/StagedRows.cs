using System.Globalization;
using Npgsql;

namespace IdentityResolution.PostgreSql;

/// <summary>Rows of a commit as something that SQL can read from: parameters when they are few, else a temporary table that was filled by COPY.</summary>
/// <remarks>The last column, <c>place</c>, counts the rows, so that of several with one key the last can be told.</remarks>
internal sealed class StagedRows
{
    /// <summary>Up to here rows go as parameters.</summary>
    public const int Few = 4096;

    private readonly StatementBatch _batch;
    private readonly ArrayRows? _rows;
    private readonly int _parameters;
    private readonly long _run;

    private StagedRows(StatementBatch batch, string from, ArrayRows? rows, int parameters, long run)
    {
        _batch = batch;
        From = from;
        _rows = rows;
        _parameters = parameters;
        _run = run;
    }

    /// <summary>What stands behind FROM; the rows are called <c>n</c>.</summary>
    public string From { get; }

    /// <summary>Takes the rows.</summary>
    public static async Task<StagedRows> OfAsync<T>(
        NpgsqlConnection connection,
        StatementBatch batch,
        long run,
        string name,
        StagedColumn[] columns,
        IReadOnlyCollection<T> items,
        Action<IRowWriter, T> write,
        CancellationToken cancellationToken)
    {
        StagedColumn[] all = [.. columns, new("place", "bigint")];
        if (items.Count <= Few)
        {
            var rows = new ArrayRows(all, items.Count);
            long place = 0;
            foreach (T item in items)
            {
                if (place % 1024 == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                }
                write(rows, item);
                rows.Integer(++place);
            }
            return new StagedRows(batch, rows.From(), rows, all.Length, run);
        }
        await batch.PrepareForManyAsync(cancellationToken).ConfigureAwait(false);
        string table = $"pg_temp.{name}";
        await PostgreSqlLookupSchema.ExecuteAsync(
            connection, $"CREATE TEMPORARY TABLE {name} ({string.Join(", ", all.Select(column => $"{column.Name} {column.Type}"))}) ON COMMIT DROP", cancellationToken).ConfigureAwait(false);
        await CopyAsync(connection, table, all, items, write, null, cancellationToken).ConfigureAwait(false);
        // Without figures of the new table the planner looks every key up in the index, which takes five times as long.
        await PostgreSqlLookupSchema.ExecuteAsync(connection, $"ANALYZE {table}", cancellationToken).ConfigureAwait(false);
        return new StagedRows(batch, $"{table} n", null, 0, run);
    }

    /// <summary>Sends rows by COPY; the last column is <paramref name="last"/>, or counts the rows.</summary>
    public static async Task CopyAsync<T>(
        NpgsqlConnection connection, string table, StagedColumn[] columns, IEnumerable<T> items, Action<IRowWriter, T> write, long? last, CancellationToken cancellationToken)
    {
        CopyWriter copy = await CopyWriter.BeginAsync(
            connection, $"COPY {table} ({string.Join(", ", columns.Select(column => column.Name))}) FROM STDIN (FORMAT BINARY)", cancellationToken).ConfigureAwait(false);
        await using (copy.ConfigureAwait(false))
        {
            long place = 0;
            foreach (T item in items)
            {
                copy.Row((short)columns.Length);
                write(copy, item);
                copy.Integer(last ?? ++place);
                if (copy.IsFull)
                {
                    await copy.FlushAsync(cancellationToken).ConfigureAwait(false);
                }
            }
            await copy.CompleteAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Adds a statement that reads from the rows to the batch; <c>@run</c> in it is the number of the run.</summary>
    /// <param name="sql">Its text.</param>
    /// <param name="take">Receives the first value of its first row; null = it has no result.</param>
    public void Add(string sql, Action<object?>? take = null)
    {
        List<NpgsqlParameter> parameters = _rows is null ? [] : [.. _rows.Parameters()];
        if (sql.Contains("@run", StringComparison.Ordinal))
        {
            parameters.Add(new NpgsqlParameter<long> { TypedValue = _run });
            sql = sql.Replace("@run", string.Create(CultureInfo.InvariantCulture, $"${_parameters + 1}::bigint"), StringComparison.Ordinal);
        }
        _batch.Add(sql, [.. parameters], take, isLasting: _rows is not null);
    }

    /// <summary>Runs a statement that reads from the rows, behind what the batch holds.</summary>
    /// <returns>The first value of its first row.</returns>
    public async Task<object?> ScalarAsync(string sql, CancellationToken cancellationToken)
    {
        object? result = null;
        Add(sql, value => result = value);
        await _batch.FlushAsync(cancellationToken).ConfigureAwait(false);
        return result;
    }

    /// <summary>Deletes rows, behind what the batch holds.</summary>
    /// <param name="delete">A DELETE without RETURNING.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>How many.</returns>
    public async Task<long> DeleteAsync(string delete, CancellationToken cancellationToken) =>
        (long)(await ScalarAsync($"WITH gone AS ({delete} RETURNING 1) SELECT count(*) FROM gone", cancellationToken).ConfigureAwait(false))!;
}
