using Npgsql;
using NpgsqlTypes;

namespace IdentityResolution.PostgreSql.Capture;

/// <summary>Checks and sets up what a capture needs on the server: settings, the publication; looks at the slot.</summary>
internal sealed class SourceServer(NpgsqlConnection connection, PostgreSqlCaptureOptions options)
{
    /// <summary>The oldest version whose slots tell whether their log is still there, and whose publications know partitioned tables.</summary>
    private const int LeastVersion = 13;

    /// <summary>Checks the server's settings.</summary>
    /// <exception cref="ChangeCaptureException">Changes can't be had from it.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        if (connection.PostgreSqlVersion.Major < LeastVersion)
        {
            throw new ChangeCaptureException($"The server is PostgreSQL {connection.PostgreSqlVersion}; capture needs {LeastVersion} or later.");
        }
        object[] found = (await QueryAsync("SELECT current_setting('wal_level'), pg_is_in_recovery()", cancellationToken).ConfigureAwait(false))[0];
        if ((string)found[0] != "logical")
        {
            throw new ChangeCaptureException($"The server's wal_level is {found[0]}: set wal_level = logical and restart it.");
        }
        if ((bool)found[1])
        {
            throw new ChangeCaptureException("The server is a standby: capture from the primary.");
        }
    }

    /// <summary>The time after which the server gives up a connection that doesn't answer; null = never.</summary>
    public async Task<TimeSpan?> FindSenderTimeoutAsync(CancellationToken cancellationToken)
    {
        object[] found = (await QueryAsync("SELECT setting::int8 FROM pg_settings WHERE name = 'wal_sender_timeout'", cancellationToken).ConfigureAwait(false))[0];
        return (long)found[0] is var milliseconds and > 0 ? TimeSpan.FromMilliseconds(milliseconds) : null;
    }

    /// <summary>Makes the publication, or adds tables to it, where that is asked for; then checks that it sends all changes of all tables.</summary>
    /// <exception cref="ChangeCaptureException">It does not, so changes would be missed.</exception>
    public async Task EnsurePublicationAsync(CancellationToken cancellationToken)
    {
        if (options.Create)
        {
            await CreatePublicationAsync(cancellationToken).ConfigureAwait(false);
        }
        object[] found = await FindPublicationAsync(cancellationToken).ConfigureAwait(false)
            ?? throw new ChangeCaptureException($"There is no publication {Publication}; CREATE PUBLICATION {Publication} FOR TABLE ..., or let the capture create it.");
        if (!((bool)found[0] && (bool)found[1] && (bool)found[2] && (bool)found[3]))
        {
            throw new ChangeCaptureException($"The publication {Publication} must publish insert, update, delete and truncate: else changes would be missed.");
        }
        IReadOnlyList<CaptureTable> missing = await FindUnpublishedAsync(cancellationToken).ConfigureAwait(false);
        if (missing.Count > 0)
        {
            bool isPartitioned = !(bool)found[4] && await IsPartitionedAsync(missing[0], cancellationToken).ConfigureAwait(false);
            throw new ChangeCaptureException(isPartitioned
                ? $"The publication {Publication} must publish partitioned tables by their root: ALTER PUBLICATION {Publication} SET (publish_via_partition_root = true)."
                : $"The publication {Publication} lacks the table {SqlName.Quote(missing[0].Schema, missing[0].Name)}: ALTER PUBLICATION {Publication} ADD TABLE ..., or let the capture add it.");
        }
    }

    /// <summary>The slot; null when there is none.</summary>
    /// <exception cref="ChangeCaptureException">It can't be read from, now or ever.</exception>
    public async Task<SlotState?> FindSlotAsync(CancellationToken cancellationToken)
    {
        const string Find = """
            SELECT coalesce(plugin, ''), coalesce(database, ''), coalesce(wal_status, ''), confirmed_flush_lsn, current_database()::text, pg_current_wal_flush_lsn(), slot_type
            FROM pg_replication_slots WHERE slot_name = $1
            """;
        object[]? found = (await QueryAsync(Find, cancellationToken, options.Slot).ConfigureAwait(false)).SingleOrDefault();
        if (found is null)
        {
            return null;
        }
        if ((string)found[0] != "pgoutput" || !found[4].Equals(found[1]) || (string)found[6] != "logical")
        {
            throw new ChangeCaptureException($"The slot {options.Slot} is of another kind: it must be logical, of this database, with the plug-in pgoutput.");
        }
        if ((string)found[2] == "lost" || found[3] is not NpgsqlLogSequenceNumber confirmed)
        {
            throw new ChangeCaptureException(
                $"The slot {options.Slot} has lost changes: it kept more log than max_slot_wal_keep_size allows. Drop it, and start again with a new snapshot.");
        }
        return new SlotState(confirmed, (NpgsqlLogSequenceNumber)found[5]);
    }

    private string Publication => SqlName.Quote(options.Publication);

    private async Task CreatePublicationAsync(CancellationToken cancellationToken)
    {
        if (await FindPublicationAsync(cancellationToken).ConfigureAwait(false) is null)
        {
            await DefineAsync($"CREATE PUBLICATION {Publication} WITH (publish_via_partition_root = true)", cancellationToken).ConfigureAwait(false);
        }
        // One table a statement: who waits for a table and holds no other can't lock up with transactions that use several.
        foreach (CaptureTable table in await FindUnpublishedAsync(cancellationToken).ConfigureAwait(false))
        {
            // Children of a table that others inherit from are tables of their own.
            string only = await IsPartitionedAsync(table, cancellationToken).ConfigureAwait(false) ? "" : "ONLY ";
            await DefineAsync($"ALTER PUBLICATION {Publication} ADD TABLE {only}{SqlName.Quote(table.Schema, table.Name)}", cancellationToken).ConfigureAwait(false);
        }
    }

    // Where another capture was faster, what it made is checked like any.
    private async Task DefineAsync(string sql, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(sql, connection);
        await using (command.ConfigureAwait(false))
        {
            try
            {
                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.DuplicateObject or PostgresErrorCodes.UniqueViolation)
            {
            }
        }
    }

    private async Task<object[]?> FindPublicationAsync(CancellationToken cancellationToken) => (await QueryAsync(
        "SELECT pubinsert, pubupdate, pubdelete, pubtruncate, pubviaroot FROM pg_publication WHERE pubname = $1",
        cancellationToken,
        options.Publication).ConfigureAwait(false)).SingleOrDefault();

    private async Task<IReadOnlyList<CaptureTable>> FindUnpublishedAsync(CancellationToken cancellationToken)
    {
        List<object[]> found = await QueryAsync(
            "SELECT schemaname::text, tablename::text FROM pg_publication_tables WHERE pubname = $1", cancellationToken, options.Publication).ConfigureAwait(false);
        return [.. options.Tables.Where(table => !found.Exists(row => (string)row[0] == table.Schema && (string)row[1] == table.Name))];
    }

    private async Task<bool> IsPartitionedAsync(CaptureTable table, CancellationToken cancellationToken) => (await QueryAsync(
        "SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1 AND c.relname = $2 AND c.relkind = 'p'",
        cancellationToken,
        table.Schema,
        table.Name).ConfigureAwait(false)).Count > 0;

    private Task<List<object[]>> QueryAsync(string sql, CancellationToken cancellationToken, params object[] parameters) =>
        SourceCatalog.QueryAsync(connection, sql, cancellationToken, parameters);
}

/// <summary>Where a slot stands.</summary>
/// <param name="Confirmed">What the server knows to be read.</param>
/// <param name="LogEnd">Where the server's log ends.</param>
internal sealed record SlotState(NpgsqlLogSequenceNumber Confirmed, NpgsqlLogSequenceNumber LogEnd);
