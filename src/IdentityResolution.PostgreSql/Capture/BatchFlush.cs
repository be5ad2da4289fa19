using Npgsql.Replication;

namespace IdentityResolution.PostgreSql.Capture;

/// <summary>Writes what waits, and only then tells the server that it is done with.</summary>
internal sealed class BatchFlush(LogicalReplicationConnection connection, CaptureWriter writer, PendingBatch batch)
{
    private static readonly Dictionary<RecordKey, SourceRecord?> Nothing = [];
    private List<QuarantinedRow> _quarantined = [];
    private CapturePosition _end;

    /// <summary>Is there something to write before the next change comes?</summary>
    public bool IsWaiting => batch.Whole.Count > 0 || _quarantined.Count > 0;

    /// <summary>Is it so much that nothing more should wait with it?</summary>
    public bool IsFull => batch.IsFull;

    /// <summary>Tells of a row that can't be a record.</summary>
    public void Add(QuarantinedRow row) => _quarantined.Add(row);

    /// <summary>States that a transaction is whole.</summary>
    public void End(CapturePosition end)
    {
        batch.End();
        _end = end;
    }

    /// <summary>Writes whole transactions.</summary>
    public async Task WholeAsync(CancellationToken cancellationToken)
    {
        if (IsWaiting && _end.IsAfter(writer.Position!.Value))
        {
            await WriteAsync(batch.Whole, _end, batch.Transactions, cancellationToken).ConfigureAwait(false);
            batch.ClearWhole();
        }
    }

    /// <summary>When there is much, writes whole transactions; when it is still much, also the part that was read of the open one.</summary>
    /// <param name="open">Where the open transaction has been read to.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public async Task FullAsync(CapturePosition open, CancellationToken cancellationToken)
    {
        if (batch.IsFull && batch.Whole.Count > 0)
        {
            await WholeAsync(cancellationToken).ConfigureAwait(false);
        }
        if (batch.IsFull)
        {
            await WriteAsync(batch.Open, open, 0, cancellationToken).ConfigureAwait(false);
            batch.ClearOpen();
        }
    }

    /// <summary>Moves on where nothing that concerns the tables has come for a while, so that the server need not keep its log.</summary>
    public async Task IdleAsync(CancellationToken cancellationToken)
    {
        // What the server says to have sent, it has sent: every transaction before is here.
        var sent = new CapturePosition(connection.LastReceivedLsn, 0);
        if (sent.IsAfter(writer.Position!.Value))
        {
            await WriteAsync(Nothing, sent, batch.Transactions, cancellationToken).ConfigureAwait(false);
            batch.ClearWhole();
        }
    }

    private async Task WriteAsync(Dictionary<RecordKey, SourceRecord?> changes, CapturePosition position, int transactions, CancellationToken cancellationToken)
    {
        List<QuarantinedRow> quarantined = _quarantined;
        _quarantined = [];
        await writer.WriteAsync(changes, position, transactions, quarantined, cancellationToken).ConfigureAwait(false);
        // Npgsql's timer sends it. To send it here, beside a read that waits, may break both when the connection is lost.
        connection.SetReplicationStatus(position.Lsn);
    }
}
