using System.Globalization;
using System.Runtime.CompilerServices;
using Npgsql;

namespace IdentityResolution.PostgreSql;

/// <summary>The tables of a lookup store, and how a schema is recognised as one.</summary>
internal static class PostgreSqlLookupSchema
{
    /// <summary>The version that this library writes; a store of a later one is refused.</summary>
    public const int Version = 1;

    private const string Format = "identity-resolution lookup store";

    /// <summary>Is there a lookup store in the schema? False when the schema, or our tables in it, do not exist.</summary>
    /// <exception cref="LookupFormatException">The schema holds other tables of these names, or a store of a later version, or text is not UTF-8.</exception>
    public static async Task<bool> ExistsAsync(NpgsqlConnection connection, StoreTables tables, string store, CancellationToken cancellationToken)
    {
        (bool any, bool meta, string encoding) = await LookAsync(connection, tables, cancellationToken).ConfigureAwait(false);
        if (encoding != "UTF8")
        {
            throw new LookupFormatException(store, $"the database keeps text as {encoding}; a lookup store needs a database with the encoding UTF8.");
        }
        if (!any)
        {
            return false;
        }
        if (!meta || await ScalarAsync(connection, $"SELECT value::text FROM {tables.Meta} WHERE key::text = 'format'", cancellationToken)
            .ConfigureAwait(false) is not Format)
        {
            throw new LookupFormatException(store, "the schema holds other tables of these names and is no lookup store. Give a schema of its own.");
        }
        object? version = await ScalarAsync(connection, $"SELECT value::text FROM {tables.Meta} WHERE key::text = 'schema_version'", cancellationToken)
            .ConfigureAwait(false);
        if (!int.TryParse(version as string, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number < 1)
        {
            throw new LookupFormatException(store, "the schema version is missing.");
        }
        if (number > Version)
        {
            throw new LookupFormatException(
                store, $"the store has schema version {number}; this library reads up to version {Version}. Use a newer library.");
        }
        return true;
    }

    /// <summary>Makes the tables, and the schema when it does not exist; inside the caller's transaction.</summary>
    /// <remarks>What is loaded in bulk gets its keys behind the first run (<see cref="LookupKeys"/>, <see cref="CustomerKeys"/>).</remarks>
    public static async Task CreateAsync(NpgsqlConnection connection, StoreTables tables, CancellationToken cancellationToken)
    {
        // CREATE SCHEMA IF NOT EXISTS asks for a right on the database even if there is nothing to do.
        using (NpgsqlCommand find = Command(connection, "SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = $1"))
        {
            find.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tables.SchemaName });
            if (await find.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is null)
            {
                await ExecuteAsync(connection, $"CREATE SCHEMA {tables.Schema}", cancellationToken).ConfigureAwait(false);
            }
        }
        await ExecuteAsync(connection, Definition(tables), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives the lookup table its key.</summary>
    public static string LookupKeys(StoreTables tables) => $"ALTER TABLE {tables.Lookup} ADD PRIMARY KEY (source, record_id)";

    /// <summary>Gives the customers their keys.</summary>
    public static string CustomerKeys(StoreTables tables) =>
        $"ALTER TABLE {tables.Customers} ADD PRIMARY KEY (created_sequence), ADD UNIQUE (customer_id)";

    /// <summary>Runs statements that have no parameters; takes as long as it takes.</summary>
    public static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        using NpgsqlCommand command = Command(connection, sql);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The first value of the first row; takes as long as it takes.</summary>
    public static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        using NpgsqlCommand command = Command(connection, sql);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A command without a time limit of the driver's.</summary>
    public static NpgsqlCommand Command(NpgsqlConnection connection, string sql)
    {
        NpgsqlCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Only constants and quoted names come here.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.CommandTimeout = 0;
        return command;
    }

    // Which of our names are taken in the schema. To look needs no right on it.
    private static async Task<(bool Any, bool Meta, string Encoding)> LookAsync(
        NpgsqlConnection connection, StoreTables tables, CancellationToken cancellationToken)
    {
        using NpgsqlCommand command = Command(connection, """
            SELECT count(*) > 0,
                count(*) FILTER (WHERE c.relname = 'meta' AND c.relkind = 'r' AND 2 = (
                    SELECT count(*) FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attname IN ('key', 'value'))) > 0,
                pg_catalog.current_setting('server_encoding')
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = $1 AND c.relname = ANY ($2)
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tables.SchemaName });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = StoreTables.Names });
        NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable readerEnd = reader.ConfigureAwait(false);
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        return (reader.GetBoolean(0), reader.GetBoolean(1), reader.GetString(2));
    }

    // Keys are compared byte by byte (collation C). No foreign keys: the writer checks a run's references as sets, which is many times quicker.
    private static string Definition(StoreTables tables) => $"""
        CREATE TABLE {tables.Meta} (
            key text COLLATE "C" NOT NULL PRIMARY KEY,
            value text NOT NULL
        );
        CREATE TABLE {tables.Lookup} (
            source text COLLATE "C" NOT NULL CHECK (source <> ''),
            record_id text COLLATE "C" NOT NULL CHECK (record_id <> ''),
            customer_id text COLLATE "C" NOT NULL,
            matched_by text COLLATE "C" NOT NULL,
            match_probability double precision CHECK (match_probability BETWEEN 0 AND 1)
        );
        CREATE TABLE {tables.Customers} (
            created_sequence bigint NOT NULL CHECK (created_sequence > 0),
            customer_id text COLLATE "C" NOT NULL CHECK (customer_id <> ''),
            successor_id text COLLATE "C"
        );
        CREATE TABLE {tables.Runs} (
            run_number bigint NOT NULL PRIMARY KEY,
            run_id text COLLATE "C" NOT NULL UNIQUE,
            at timestamp with time zone NOT NULL,
            at_text text NOT NULL,
            model_hash text NOT NULL
        );
        CREATE TABLE {tables.Changes} (
            change_number bigint NOT NULL PRIMARY KEY,
            run_number bigint NOT NULL,
            kind text NOT NULL,
            customer_id text COLLATE "C" NOT NULL,
            related_id text COLLATE "C",
            source text COLLATE "C",
            record_id text COLLATE "C",
            reason text NOT NULL
        );
        CREATE TABLE {tables.LongTexts} (
            key text COLLATE "C" NOT NULL PRIMARY KEY,
            text text NOT NULL
        );
        CREATE VIEW {tables.History} AS
            SELECT c.change_number, r.at, r.run_id, c.kind, c.customer_id, c.related_id, c.source, c.record_id, c.reason
            FROM {tables.Changes} c JOIN {tables.Runs} r USING (run_number);
        INSERT INTO {tables.Meta} VALUES ('format', '{Format}'), ('schema_version', '{Version}')
        """;
}
