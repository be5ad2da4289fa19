using Npgsql;

namespace IdentityResolution.PostgreSql;

/// <summary>Rows of a commit as something that SQL can read from: parameters when they are few, else a temporary table that was filled by COPY.</summary>
/// <remarks>The last column, <c>place</c>, counts the rows, so that of several with one key the last can be told.</remarks>
internal sealed class StagedRows
{
    /// <summary>Up to here rows go as parameters.</summary>
    public const int Few = 4096;

    private readonly NpgsqlConnection _connection;
    private readonly ArrayRows? _rows;

    private StagedRows(NpgsqlConnection connection, string from, ArrayRows? rows)
    {
        _connection = connection;
        From = from;
        _rows = rows;
    }

    /// <summary>What stands behind FROM; the rows are called <c>n</c>.</summary>
    public string From { get; }

    /// <summary>Takes the rows.</summary>
    public static async Task<StagedRows> OfAsync<T>(
        NpgsqlConnection connection, string name, StagedColumn[] columns, IReadOnlyCollection<T> items, Action<IRowWriter, T> write, CancellationToken cancellationToken)
    {
        StagedColumn[] all = [.. columns, new("place", "bigint")];
        if (items.Count <= Few)
        {
            var rows = new ArrayRows(all);
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
            return new StagedRows(connection, rows.From(), rows);
        }
        string table = $"pg_temp.{name}";
        await PostgreSqlLookupSchema.ExecuteAsync(
            connection, $"CREATE TEMPORARY TABLE {name} ({string.Join(", ", all.Select(column => $"{column.Name} {column.Type}"))}) ON COMMIT DROP", cancellationToken).ConfigureAwait(false);
        await CopyAsync(connection, table, all, items, write, null, cancellationToken).ConfigureAwait(false);
        // Without figures of the new table the planner looks every key up in the index, which takes five times as long.
        await PostgreSqlLookupSchema.ExecuteAsync(connection, $"ANALYZE {table}", cancellationToken).ConfigureAwait(false);
        return new StagedRows(connection, $"{table} n", null);
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

    /// <summary>Runs a statement that reads from the rows.</summary>
    /// <returns>How many rows it changed.</returns>
    public async Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        using NpgsqlCommand command = Command(sql);
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The first value of a statement that reads from the rows.</summary>
    public async Task<object?> ScalarAsync(string sql, CancellationToken cancellationToken)
    {
        using NpgsqlCommand command = Command(sql);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
    }

    private NpgsqlCommand Command(string sql)
    {
        NpgsqlCommand command = PostgreSqlLookupSchema.Command(_connection, sql);
        if (_rows is not null)
        {
            command.Parameters.AddRange(_rows.Parameters());
        }
        return command;
    }
}
