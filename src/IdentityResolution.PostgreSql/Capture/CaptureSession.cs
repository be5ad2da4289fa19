using Npgsql;
using Npgsql.Replication;
using NpgsqlTypes;

namespace IdentityResolution.PostgreSql.Capture;

/// <summary>One connection's life: checks, snapshots of the tables that lack one, then the stream until something ends it.</summary>
/// <remarks>All that has to last is in the store, so that any session goes on where the last one was stopped, however it was.</remarks>
internal sealed class CaptureSession(CaptureConnections connections, PostgreSqlCaptureOptions options, CaptureWriter writer, bool resnapshots)
{
    private static readonly TimeSpan LongestClosing = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestStatusInterval = TimeSpan.FromSeconds(1);

    /// <summary>Did the server answer, and was everything as it must be?</summary>
    public bool IsChecked { get; private set; }

    /// <summary>Are the snapshots of all tables whole?</summary>
    public bool IsStreaming { get; private set; }

    /// <summary>Runs until it is cancelled or fails.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<SourceTable> tables;
        TimeSpan? senderTimeout;
        SlotState? slot;
        NpgsqlConnection connection = await connections.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var server = new SourceServer(connection, options);
            await server.CheckAsync(cancellationToken).ConfigureAwait(false);
            senderTimeout = await server.FindSenderTimeoutAsync(cancellationToken).ConfigureAwait(false);
            tables = await SourceCatalog.ReadAsync(connection, options, cancellationToken).ConfigureAwait(false);
            await server.EnsurePublicationAsync(cancellationToken).ConfigureAwait(false);
            // Now with what the publication leaves out.
            tables = await SourceCatalog.ReadAsync(connection, options, cancellationToken).ConfigureAwait(false);
            slot = await server.FindSlotAsync(cancellationToken).ConfigureAwait(false);
        }
        await writer.LoadAsync(cancellationToken).ConfigureAwait(false);
        CheckPosition(slot);
        IsChecked = true;
        Dictionary<SourceTable, NpgsqlLogSequenceNumber> starts = await TakeSnapshotsAsync(tables, slot, cancellationToken).ConfigureAwait(false);
        IsStreaming = true;
        await StreamAsync(starts, senderTimeout, cancellationToken).ConfigureAwait(false);
    }

    // A gap is never passed over in silence.
    private void CheckPosition(SlotState? slot)
    {
        if (slot is null)
        {
            if (writer.Position is { } lost && !resnapshots)
            {
                throw new ChangeCaptureException(
                    $"The slot {options.Slot} was dropped: changes since {lost} are lost. Start again with a new snapshot of all tables.");
            }
            if (!options.Create)
            {
                throw new ChangeCaptureException($"There is no slot {options.Slot}: let the capture create it.");
            }
        }
        else if (writer.Position is { } position && !resnapshots)
        {
            if (slot.Confirmed > position.Lsn)
            {
                throw new ChangeCaptureException(
                    $"The slot {options.Slot} stands at {slot.Confirmed}, but the store has read to {position}: what lies between is lost, because the slot was "
                    + "made anew or read by another. Start again with a new snapshot of all tables.");
            }
            if (position.Lsn > slot.LogEnd)
            {
                throw new ChangeCaptureException(
                    $"The server's log ends at {slot.LogEnd}, but the store has read to {position}: the server is another one, or was put back. "
                    + "Start again with a new snapshot of all tables.");
            }
        }
    }

    private async Task<Dictionary<SourceTable, NpgsqlLogSequenceNumber>> TakeSnapshotsAsync(
        IReadOnlyList<SourceTable> tables, SlotState? slot, CancellationToken cancellationToken)
    {
        var starts = new Dictionary<SourceTable, NpgsqlLogSequenceNumber>();
        var missing = new List<SourceTable>();
        foreach (SourceTable table in tables)
        {
            TableMarker? marker = resnapshots ? null : await writer.FindMarkerAsync(table.Options, cancellationToken).ConfigureAwait(false);
            if (slot is not null && marker?.Fingerprint == table.Fingerprint())
            {
                starts.Add(table, marker.Lsn);
            }
            else
            {
                missing.Add(table);
            }
        }
        if (resnapshots)
        {
            // Should this be stopped half-way, the next start goes on with it.
            foreach (SourceTable table in tables)
            {
                await writer.WriteMarkerAsync(table.Options, null, cancellationToken).ConfigureAwait(false);
            }
        }
        if (slot is not null && (writer.Position is not { } position || position.Lsn < slot.Confirmed || position.Lsn > slot.LogEnd))
        {
            // A slot that the store has not read from; or one that it has, and all tables are read anew.
            await writer.MoveAsync(new CapturePosition(slot.Confirmed, 0), cancellationToken).ConfigureAwait(false);
        }
        if (missing.Count > 0 || slot is null)
        {
            await TakeSnapshotAsync(missing, slot is not null, starts, cancellationToken).ConfigureAwait(false);
        }
        return starts;
    }

    private async Task TakeSnapshotAsync(
        List<SourceTable> missing, bool isTemporary, Dictionary<SourceTable, NpgsqlLogSequenceNumber> starts, CancellationToken cancellationToken)
    {
        var reader = new SnapshotReader(writer, options.MaxBatchSize, connections.Description);
        NpgsqlConnection connection = await connections.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            NpgsqlTransaction transaction;
            NpgsqlLogSequenceNumber lsn;
            SlotSnapshot snapshot = await SlotSnapshot.CreateAsync(connections, options.Slot, isTemporary, cancellationToken).ConfigureAwait(false);
            await using (snapshot.ConfigureAwait(false))
            {
                lsn = snapshot.Lsn;
                if (!isTemporary)
                {
                    await writer.MoveAsync(new CapturePosition(lsn, 0), cancellationToken).ConfigureAwait(false);
                }
                transaction = await snapshot.BeginAsync(connection, cancellationToken).ConfigureAwait(false);
            }
            await using (transaction.ConfigureAwait(false))
            {
                IReadOnlyList<SourceTable> now = await SourceCatalog.ReadAsync(connection, options, cancellationToken).ConfigureAwait(false);
                foreach (SourceTable before in missing)
                {
                    SourceTable table = now.Single(table => table.Options == before.Options);
                    await reader.ReadAsync(connection, table, cancellationToken).ConfigureAwait(false);
                    await CheckFileAsync(connection, before, cancellationToken).ConfigureAwait(false);
                    await writer.WriteMarkerAsync(table.Options, new TableMarker(lsn, table.Fingerprint()), cancellationToken).ConfigureAwait(false);
                    starts.Add(table, lsn);
                }
            }
        }
    }

    // Older snapshots see a table as empty that was written anew since; now that it was read, it can't be any more.
    private static async Task CheckFileAsync(NpgsqlConnection connection, SourceTable table, CancellationToken cancellationToken)
    {
        List<object[]> found = await SourceCatalog.QueryAsync(
            connection, "SELECT coalesce(pg_relation_filenode($1::oid), 0)", cancellationToken, (long)table.Id).ConfigureAwait(false);
        if ((uint)found[0][0] != table.FileId)
        {
            throw new TableChangedException(table);
        }
    }

    private async Task StreamAsync(Dictionary<SourceTable, NpgsqlLogSequenceNumber> starts, TimeSpan? senderTimeout, CancellationToken cancellationToken)
    {
        LogicalReplicationConnection connection = await connections.OpenReplicationAsync(cancellationToken).ConfigureAwait(false);
        int process = connection.ProcessID;
        try
        {
            // Sent by a timer, also while a batch is written.
            connection.WalReceiverStatusInterval = senderTimeout / 4 is { } quarter && quarter < LongestStatusInterval ? quarter : LongestStatusInterval;
            var batch = new PendingBatch(options.MaxBatchSize);
            var flush = new BatchFlush(connection, writer, batch);
            var completion = new RowCompletion(connections, writer, batch);
            var transactions = new TransactionReader(starts, writer, batch, flush, completion, connections.Description);
            await new ChangeStream(connection, options, writer, transactions, flush, () => TerminateAsync(process)).RunAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // As with the stream, Npgsql may wait for ever here, with the slot in use.
            Task closing = connection.DisposeAsync().AsTask();
            await Task.WhenAny(closing, Task.Delay(LongestStatusInterval, options.TimeProvider, CancellationToken.None)).ConfigureAwait(false);
            if (!closing.IsCompleted)
            {
                await TerminateAsync(process).ConfigureAwait(false);
                await Task.WhenAny(closing, Task.Delay(LongestClosing, options.TimeProvider, CancellationToken.None)).ConfigureAwait(false);
            }
        }
    }

    private async Task TerminateAsync(int process)
    {
        try
        {
            NpgsqlConnection connection = await connections.OpenAsync(CancellationToken.None).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                await SourceCatalog.QueryAsync(
                    connection,
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = $1 AND backend_type = 'walsender' AND usename = current_user",
                    CancellationToken.None,
                    process).ConfigureAwait(false);
            }
        }
        catch (NpgsqlException)
        {
            // A server that is not there has ended it.
        }
    }
}
