using System.Data;
using System.Globalization;
using Npgsql;
using Npgsql.Replication;
using Npgsql.Replication.PgOutput;
using NpgsqlTypes;

namespace IdentityResolution.PostgreSql.Capture;

/// <summary>A transaction that sees the database as it stood at one place in the log: all that was committed before, nothing else.</summary>
internal sealed class SlotSnapshot : IAsyncDisposable
{
    private readonly LogicalReplicationConnection _exporter;

    private SlotSnapshot(LogicalReplicationConnection exporter, string name, NpgsqlLogSequenceNumber lsn)
    {
        _exporter = exporter;
        Name = name;
        Lsn = lsn;
    }

    /// <summary>The place: changes that are committed from here on are not in it.</summary>
    public NpgsqlLogSequenceNumber Lsn { get; }

    private string Name { get; }

    /// <summary>Makes a slot and keeps what it exports.</summary>
    /// <param name="connections">The database.</param>
    /// <param name="slot">The slot's name; of a temporary one, what its name begins with.</param>
    /// <param name="isTemporary">Is the slot dropped with this object?</param>
    /// <param name="cancellationToken">Stops the making.</param>
    public static async Task<SlotSnapshot> CreateAsync(CaptureConnections connections, string slot, bool isTemporary, CancellationToken cancellationToken)
    {
        LogicalReplicationConnection exporter = await connections.OpenReplicationAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            string name = isTemporary ? string.Create(CultureInfo.InvariantCulture, $"{slot[..Math.Min(slot.Length, 40)]}_copy_{exporter.ProcessID}") : slot;
            // It waits for the transactions that run now, however long they take.
            exporter.CommandTimeout = TimeSpan.Zero;
            PgOutputReplicationSlot made = await exporter.CreatePgOutputReplicationSlot(
                name, isTemporary, LogicalSlotSnapshotInitMode.Export, cancellationToken: cancellationToken).ConfigureAwait(false);
            return new SlotSnapshot(exporter, made.SnapshotName!, made.ConsistentPoint);
        }
        catch
        {
            await exporter.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Begins a transaction that sees the snapshot.</summary>
    public async Task<NpgsqlTransaction> BeginAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        NpgsqlTransaction transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken).ConfigureAwait(false);
        var command = new NpgsqlCommand($"SET TRANSACTION SNAPSHOT {SqlName.Literal(Name)}", connection, transaction);
        await using (command.ConfigureAwait(false))
        {
            try
            {
                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.InvalidParameterValue)
            {
                throw new IOException("The connection that exported the snapshot is lost.", error);
            }
        }
        return transaction;
    }

    /// <summary>Ends the export; transactions that see it go on.</summary>
    public ValueTask DisposeAsync() => _exporter.DisposeAsync();
}
