using System.Globalization;
using System.Runtime.CompilerServices;
using Npgsql;

namespace IdentityResolution.PostgreSql;

/// <summary>The tables of a lookup store, and how a schema is recognised as one.</summary>
internal static class PostgreSqlLookupSchema
{
    /// <summary>The version that this library writes; a store of a later one is refused.</summary>
    public const int Version = 3;

    /// <summary>From this version on a store keeps records.</summary>
    public const int WithRecords = 2;

    private const string Format = "identity-resolution lookup store";

    /// <summary>The version of the lookup store in the schema; 0 when the schema, or our tables in it, do not exist.</summary>
    /// <exception cref="LookupFormatException">The schema holds other tables of these names, or a store of a later version, or text is not UTF-8.</exception>
    public static async Task<int> FindVersionAsync(NpgsqlConnection connection, StoreTables tables, string store, CancellationToken cancellationToken)
    {
        (bool any, bool meta, string encoding) = await LookAsync(connection, tables, cancellationToken).ConfigureAwait(false);
        if (encoding != "UTF8")
        {
            throw new LookupFormatException(store, $"the database keeps text as {encoding}; a lookup store needs a database with the encoding UTF8.");
        }
        if (!any)
        {
            return 0;
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
        return number;
    }

    /// <summary>A query that gives true for a store of this version; fails where there are no tables.</summary>
    public static string IsCurrent(StoreTables tables) => string.Create(CultureInfo.InvariantCulture, $"""
        SELECT (SELECT value FROM {tables.Meta} WHERE key = 'format') = '{Format}'
            AND (SELECT value FROM {tables.Meta} WHERE key = 'schema_version') = '{Version}'
        """);

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
        // Every store is made as one of version 1 and brought up to date, so that both ways end with the same tables.
        await ExecuteAsync(connection, Definition(tables), cancellationToken).ConfigureAwait(false);
        await UpgradeAsync(connection, tables, 1, isNew: true, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Brings the tables of an earlier version up to date; inside the caller's transaction. Takes no longer for large tables.</summary>
    /// <remarks>What the rows of version 1 were before is not known: the past begins with the last run of that version.</remarks>
    public static async Task UpgradeAsync(NpgsqlConnection connection, StoreTables tables, int version, bool isNew, CancellationToken cancellationToken)
    {
        if (version < WithRecords)
        {
            object runs = (await ScalarAsync(connection, $"SELECT coalesce(max(run_number), 0) FROM {tables.Runs}", cancellationToken).ConfigureAwait(false))!;
            await ExecuteAsync(connection, VersionTwo(tables, (long)runs), cancellationToken).ConfigureAwait(false);
            if (!isNew)
            {
                await ExecuteAsync(connection, RecordKeys(tables), cancellationToken).ConfigureAwait(false);
                await ExecuteAsync(connection, LinkKeys(tables), cancellationToken).ConfigureAwait(false);
                await StampRunsAsync(connection, tables, cancellationToken).ConfigureAwait(false);
            }
        }
        await ExecuteAsync(connection, VersionThree(tables), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives the lookup table its key.</summary>
    public static string LookupKeys(StoreTables tables) => $"ALTER TABLE {tables.Lookup} ADD PRIMARY KEY (source, record_id)";

    /// <summary>Gives the customers their keys.</summary>
    public static string CustomerKeys(StoreTables tables) =>
        $"ALTER TABLE {tables.Customers} ADD PRIMARY KEY (created_sequence), ADD UNIQUE (customer_id)";

    /// <summary>Gives the tables of a new store their keys.</summary>
    public static Task AddKeysAsync(NpgsqlConnection connection, StoreTables tables, CancellationToken cancellationToken) => ExecuteAsync(
        connection, $"{LookupKeys(tables)}; {CustomerKeys(tables)}; {RecordKeys(tables)}; {LinkKeys(tables)}", cancellationToken);

    /// <summary>Gives the records their key.</summary>
    public static string RecordKeys(StoreTables tables) => $"ALTER TABLE {tables.Records} ADD PRIMARY KEY (source, record_id)";

    /// <summary>Gives the links their keys.</summary>
    public static string LinkKeys(StoreTables tables) => $"""
        ALTER TABLE {tables.Links} ADD PRIMARY KEY (left_source, left_id, right_source, right_id);
        CREATE INDEX links_right ON {tables.Links} (right_source, right_id)
        """;

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
        INSERT INTO {tables.Meta} VALUES ('format', '{Format}'), ('schema_version', '1')
        """;

    private static string VersionTwo(StoreTables tables, long runs) => string.Create(CultureInfo.InvariantCulture, $"""
        ALTER TABLE {tables.Lookup} ADD COLUMN run_number bigint NOT NULL DEFAULT {runs};
        ALTER TABLE {tables.Customers} ADD COLUMN is_retired boolean NOT NULL DEFAULT false, ADD COLUMN run_number bigint NOT NULL DEFAULT {runs};
        ALTER TABLE {tables.Runs} ADD COLUMN run_kind text NOT NULL DEFAULT '{RunKinds.Migrated}', ADD COLUMN ticks bigint NOT NULL DEFAULT 0,
            ADD COLUMN last_change bigint NOT NULL DEFAULT 0;
        CREATE INDEX runs_ticks ON {tables.Runs} (ticks, run_number);
        CREATE TABLE {tables.Records} (
            source text COLLATE "C" NOT NULL, record_id text COLLATE "C" NOT NULL,
            content json NOT NULL, content_hash bytea NOT NULL, run_number bigint NOT NULL
        );
        CREATE TABLE {tables.Links} (
            left_source text COLLATE "C" NOT NULL, left_id text COLLATE "C" NOT NULL,
            right_source text COLLATE "C" NOT NULL, right_id text COLLATE "C" NOT NULL,
            matched_by text COLLATE "C" NOT NULL, match_probability double precision NOT NULL, match_weight double precision, run_number bigint NOT NULL
        );
        CREATE TABLE {tables.Judgements} (
            judgement_number bigint NOT NULL PRIMARY KEY, run_number bigint NOT NULL,
            left_source text COLLATE "C" NOT NULL, left_id text COLLATE "C" NOT NULL,
            right_source text COLLATE "C" NOT NULL, right_id text COLLATE "C" NOT NULL,
            decision text NOT NULL, judged_by text, judged_at text, note text
        );
        CREATE TABLE {tables.Models} (run_number bigint NOT NULL PRIMARY KEY, model_hash text NOT NULL, model text NOT NULL);
        CREATE TABLE {tables.Positions} (stream text COLLATE "C" NOT NULL PRIMARY KEY, position text NOT NULL);
        CREATE TABLE {tables.Erasures} (run_number bigint NOT NULL PRIMARY KEY, receipt json NOT NULL);
        CREATE TABLE {tables.PastRows} (
            source text COLLATE "C" NOT NULL, record_id text COLLATE "C" NOT NULL, until_run bigint NOT NULL, since_run bigint NOT NULL,
            customer_id text COLLATE "C" NOT NULL, matched_by text COLLATE "C" NOT NULL, match_probability double precision,
            PRIMARY KEY (source, record_id, until_run)
        );
        CREATE TABLE {tables.PastCustomers} (
            customer_id text COLLATE "C" NOT NULL, until_run bigint NOT NULL, since_run bigint NOT NULL,
            successor_id text COLLATE "C", is_retired boolean NOT NULL, PRIMARY KEY (customer_id, until_run)
        );
        CREATE TABLE {tables.UndoRecords} (LIKE {tables.Records});
        CREATE TABLE {tables.UndoLinks} (LIKE {tables.Links});
        CREATE TABLE {tables.UndoPositions} (stream text COLLATE "C" NOT NULL, position text)
        """);

    private static string VersionThree(StoreTables tables) => string.Create(CultureInfo.InvariantCulture, $"""
        CREATE TABLE {tables.RecordTerms} (
            source text COLLATE "C" NOT NULL, record_id text COLLATE "C" NOT NULL,
            kind text COLLATE "C" NOT NULL, name text COLLATE "C" NOT NULL, term text COLLATE "C" NOT NULL
        );
        CREATE INDEX record_terms_record ON {tables.RecordTerms} (source, record_id);
        CREATE INDEX record_terms_term ON {tables.RecordTerms} (kind, name, term);
        CREATE VIEW {tables.Schema}.standard_values AS SELECT source, record_id, name AS field, term AS value FROM {tables.RecordTerms} WHERE kind = 'value';
        CREATE VIEW {tables.Schema}.match_keys AS SELECT source, record_id, name AS rule, term AS key FROM {tables.RecordTerms} WHERE kind = 'match';
        CREATE VIEW {tables.Schema}.blocking_keys AS SELECT source, record_id, name AS rule, term AS key FROM {tables.RecordTerms} WHERE kind = 'block';
        UPDATE {tables.Meta} SET value = '{Version}' WHERE key = 'schema_version'
        """);

    // Moments to the tick, none before the one of the run before.
    private static async Task StampRunsAsync(NpgsqlConnection connection, StoreTables tables, CancellationToken cancellationToken)
    {
        var numbers = new List<long>();
        var ticks = new List<long>();
        using (NpgsqlCommand read = Command(connection, $"SELECT run_number, at_text FROM {tables.Runs} ORDER BY run_number"))
        {
            NpgsqlDataReader row = await read.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using ConfiguredAsyncDisposable rowEnd = row.ConfigureAwait(false);
            while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                long at = DateTimeOffset.ParseExact(row.GetString(1), "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind).UtcTicks;
                numbers.Add(row.GetInt64(0));
                ticks.Add(ticks.Count > 0 ? Math.Max(ticks[^1], at) : at);
            }
        }
        using NpgsqlCommand write = Command(connection, $"""
            UPDATE {tables.Runs} r SET ticks = n.ticks, last_change = (SELECT coalesce(max(change_number), 0) FROM {tables.Changes})
            FROM unnest($1, $2) AS n (run_number, ticks) WHERE n.run_number = r.run_number
            """);
        write.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. numbers] });
        write.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. ticks] });
        await write.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
