using System.Data;
using System.Globalization;
using Npgsql;

namespace IdentityResolution.PostgreSql.Capture;

/// <summary>Reads what the server knows of the tables to capture, and refuses those that can't be captured without loss.</summary>
internal static class SourceCatalog
{
    /// <summary>The tables in the order of the options.</summary>
    /// <exception cref="ChangeCaptureException">A table is not there, is no table, or has no id that its changes would carry.</exception>
    public static async Task<IReadOnlyList<SourceTable>> ReadAsync(
        NpgsqlConnection connection, PostgreSqlCaptureOptions options, CancellationToken cancellationToken)
    {
        var tables = new List<SourceTable>();
        foreach (CaptureTable table in options.Tables)
        {
            tables.Add(await ReadAsync(connection, options.Publication, table, cancellationToken).ConfigureAwait(false));
        }
        return tables;
    }

    private static async Task<SourceTable> ReadAsync(
        NpgsqlConnection connection, string publication, CaptureTable options, CancellationToken cancellationToken)
    {
        string name = SqlName.Quote(options.Schema, options.Name);
        const string Find = """
            SELECT c.oid, c.relkind, c.relreplident, c.relpersistence, coalesce(pg_relation_filenode(c.oid), 0)
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1 AND c.relname = $2
            """;
        object[] found = (await QueryAsync(connection, Find, cancellationToken, options.Schema, options.Name).ConfigureAwait(false)).SingleOrDefault()
            ?? throw new ChangeCaptureException($"There is no table {name}.");
        (uint id, char kind, char identity, char persistence) = ((uint)found[0], (char)found[1], (char)found[2], (char)found[3]);
        if (kind is not ('r' or 'p') || persistence != 'p')
        {
            throw new ChangeCaptureException($"{name} can't be captured: it must be a table, and neither temporary nor unlogged.");
        }
        const string FindColumns = """
            SELECT attnum, attname, atttypid, atttypmod, attnotnull, attgenerated <> '' FROM pg_attribute
            WHERE attrelid = $1::oid AND attnum > 0 AND NOT attisdropped ORDER BY attnum
            """;
        List<object[]> columns = await QueryAsync(connection, FindColumns, cancellationToken, (long)id).ConfigureAwait(false);
        // Such an index finds one row at any moment of a transaction.
        const string FindIndexes = """
            SELECT indisprimary, indisreplident, indkey::text, indnkeyatts FROM pg_index
            WHERE indrelid = $1::oid AND indisunique AND indimmediate AND indisvalid AND indpred IS NULL AND indexprs IS NULL
            """;
        List<object[]> indexes = await QueryAsync(connection, FindIndexes, cancellationToken, (long)id).ConfigureAwait(false);
        Dictionary<short, string> names = columns.ToDictionary(column => (short)column[0], column => (string)column[1]);
        List<(bool IsPrimary, bool IsIdentity, string[] Columns)> keys =
            [.. indexes.Select(index => ((bool)index[0], (bool)index[1], KeyColumns((string)index[2], (short)index[3], names)))];
        IReadOnlyList<string> idColumns = options.IdColumns ?? keys.Find(key => key.IsPrimary).Columns
            ?? throw new ChangeCaptureException($"{name} has no primary key that is checked at once: give it one, or name id columns that are unique and not null.");
        CheckId(name, identity, idColumns, columns, keys);
        (string[]? published, string? filter) = await FindPublishedAsync(connection, publication, options, cancellationToken).ConfigureAwait(false);
        SourceColumn[] taken =
        [
            .. columns
                .Where(column => !(bool)column[5] && published?.Contains((string)column[1], StringComparer.Ordinal) != false)
                .Where(column => options.Columns is not { } wanted || wanted.Contains((string)column[1], StringComparer.Ordinal) || idColumns.Contains((string)column[1], StringComparer.Ordinal))
                .Select(column => new SourceColumn((string)column[1], (uint)column[2], (int)column[3])),
        ];
        string? missing = idColumns.Concat(options.Columns ?? []).FirstOrDefault(wanted => !taken.Any(column => column.Name == wanted));
        return missing is null
            ? new SourceTable(options, id, kind == 'p', taken, idColumns, filter, (uint)found[4])
            : throw new ChangeCaptureException($"{name} sends no column {SqlName.Quote(missing)}: it is not there, generated, or not published.");
    }

    private static string[] KeyColumns(string numbers, short count, Dictionary<short, string> names) =>
        [.. numbers.Split(' ').Take(count).Select(number => names[short.Parse(number, CultureInfo.InvariantCulture)])];

    private static void CheckId(
        string name, char identity, IReadOnlyList<string> idColumns, List<object[]> columns, List<(bool IsPrimary, bool IsIdentity, string[] Columns)> keys)
    {
        string[] nullable = [.. columns.Where(column => !(bool)column[4]).Select(column => (string)column[1])];
        string[] all = [.. columns.Select(column => (string)column[1])];
        if (idColumns.FirstOrDefault(column => !all.Contains(column, StringComparer.Ordinal)) is { } unknown)
        {
            throw new ChangeCaptureException($"{name} has no column {SqlName.Quote(unknown)}.");
        }
        if (idColumns.Any(column => nullable.Contains(column, StringComparer.Ordinal)) || !keys.Exists(key => key.Columns.All(column => idColumns.Contains(column, StringComparer.Ordinal))))
        {
            throw new ChangeCaptureException($"The id columns of {name} must be not null and have a unique index that is checked at once and without a condition.");
        }
        string[] sent = identity switch
        {
            'd' => keys.Find(key => key.IsPrimary).Columns ?? [],
            'i' => keys.Find(key => key.IsIdentity).Columns ?? [],
            'f' => all,
            _ => [],
        };
        if (!idColumns.All(column => sent.Contains(column, StringComparer.Ordinal)))
        {
            throw new ChangeCaptureException(
                $"Changes of {name} don't tell the id of the row: its replica identity lacks an id column. ALTER TABLE {name} REPLICA IDENTITY FULL, or USING INDEX one of the id columns.");
        }
    }

    // What of a table is sent: PostgreSQL 15 knows lists of columns and conditions on rows.
    private static async Task<(string[]? Columns, string? Filter)> FindPublishedAsync(
        NpgsqlConnection connection, string publication, CaptureTable options, CancellationToken cancellationToken)
    {
        if (connection.PostgreSqlVersion.Major < 15)
        {
            return (null, null);
        }
        const string Find = "SELECT attnames::text[], rowfilter FROM pg_publication_tables WHERE pubname = $1 AND schemaname = $2 AND tablename = $3";
        object[]? row = (await QueryAsync(connection, Find, cancellationToken, publication, options.Schema, options.Name).ConfigureAwait(false)).SingleOrDefault();
        return row is null ? (null, null) : (row[0] as string[], row[1] as string);
    }

    /// <summary>Runs a query whose answer is small.</summary>
    public static async Task<List<object[]>> QueryAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params object[] parameters)
    {
        var command = new NpgsqlCommand(sql, connection);
        await using (command.ConfigureAwait(false))
        {
            foreach (object parameter in parameters)
            {
                command.Parameters.Add(new NpgsqlParameter { Value = parameter });
            }
            NpgsqlDataReader reader = await command.ExecuteReaderAsync(CommandBehavior.Default, cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                var rows = new List<object[]>();
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    var row = new object[reader.FieldCount];
                    reader.GetValues(row);
                    rows.Add(row);
                }
                return rows;
            }
        }
    }
}
