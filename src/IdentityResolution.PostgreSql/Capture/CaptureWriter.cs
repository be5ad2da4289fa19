using System.Globalization;

namespace IdentityResolution.PostgreSql.Capture;

/// <summary>Writes batches to the live index, and the positions that belong to them to its store.</summary>
internal sealed class CaptureWriter(
    LiveIndex index, ILiveStore store, string slot, Func<CapturedBatch, CancellationToken, ValueTask>? onBatch)
{
    private const int Attempts = 5;
    private string? _stored;

    /// <summary>The stream's name.</summary>
    public string Stream { get; } = "postgres:" + slot;

    /// <summary>How far the slot has been read, as the store has it; null = never heard of it.</summary>
    public CapturePosition? Position { get; private set; }

    /// <summary>Reads the position from the store.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        _stored = await store.FindPositionAsync(Stream, cancellationToken).ConfigureAwait(false);
        Position = _stored is null ? null : CapturePosition.Parse(_stored, Stream);
    }

    /// <summary>A record as the store has it; null = it has not.</summary>
    public Task<SourceRecord?> FindRecordAsync(RecordKey key, CancellationToken cancellationToken) => store.FindRecordAsync(key, cancellationToken);

    /// <summary>The ids of all records of a source that the store has.</summary>
    public async Task<List<RecordKey>> FindKeysAsync(string source, CancellationToken cancellationToken)
    {
        var keys = new List<RecordKey>();
        await foreach (SourceRecord record in store.ReadRecordsAsync(cancellationToken).ConfigureAwait(false))
        {
            if (record.Key.Source == source)
            {
                keys.Add(record.Key);
            }
        }
        return keys;
    }

    /// <summary>Writes a batch and where the stream goes on behind it.</summary>
    /// <exception cref="ChangeCaptureException">Something else has moved the position.</exception>
    public async Task WriteAsync(
        IReadOnlyDictionary<RecordKey, SourceRecord?> changes, CapturePosition position, int transactions, IReadOnlyList<QuarantinedRow> quarantined, CancellationToken cancellationToken)
    {
        var stored = new StreamPosition(Stream, position.ToString());
        LiveResult result = await ApplyAsync(changes, stored, cancellationToken).ConfigureAwait(false);
        _stored = stored.Position;
        Position = position;
        await TellAsync(new CapturedBatch(stored, result) { Transactions = transactions, Quarantined = quarantined }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes where the stream begins.</summary>
    public async Task MoveAsync(CapturePosition position, CancellationToken cancellationToken)
    {
        await ApplyAsync(new Dictionary<RecordKey, SourceRecord?>(), new StreamPosition(Stream, position.ToString()), cancellationToken).ConfigureAwait(false);
        (_stored, Position) = (position.ToString(), position);
    }

    /// <summary>Writes a part of a snapshot, which can be written again.</summary>
    public async Task WriteSnapshotAsync(IReadOnlyDictionary<RecordKey, SourceRecord?> changes, IReadOnlyList<QuarantinedRow> quarantined, CancellationToken cancellationToken)
    {
        LiveResult result = await ApplyAsync(changes, null, cancellationToken).ConfigureAwait(false);
        await TellAsync(new CapturedBatch(null, result) { Quarantined = quarantined }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Where the last snapshot of a table stands, and of what; null = there is none that is whole.</summary>
    public async Task<TableMarker?> FindMarkerAsync(CaptureTable table, CancellationToken cancellationToken) =>
        TableMarker.Parse(await store.FindPositionAsync(MarkerStream(table), cancellationToken).ConfigureAwait(false));

    /// <summary>States where the snapshot of a table stands; null = it is to be read again.</summary>
    public Task WriteMarkerAsync(CaptureTable table, TableMarker? marker, CancellationToken cancellationToken) =>
        ApplyAsync(new Dictionary<RecordKey, SourceRecord?>(), new StreamPosition(MarkerStream(table), marker?.ToString() ?? TableMarker.None), cancellationToken);

    private string MarkerStream(CaptureTable table) => $"{Stream}/{SqlName.Quote(table.Schema, table.Name)}={table.Source}";

    private async Task<LiveResult> ApplyAsync(IReadOnlyDictionary<RecordKey, SourceRecord?> changes, StreamPosition? position, CancellationToken cancellationToken)
    {
        LiveOperation[] operations = [.. changes.Select(change => change.Value is null ? LiveOperation.Delete(change.Key) : LiveOperation.Upsert(change.Value))];
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await index.ApplyAsync(operations, position, cancellationToken).ConfigureAwait(false);
            }
            catch (LookupConflictException) when (attempt < Attempts)
            {
                // The index reads the store anew. Others may write to it, but not read this slot.
                string? stored = await store.FindPositionAsync(Stream, cancellationToken).ConfigureAwait(false);
                if (stored != _stored)
                {
                    throw new ChangeCaptureException(string.Create(
                        CultureInfo.InvariantCulture, $"{store.Description}: another capture has moved the position of the stream '{Stream}'. One slot has one capture."));
                }
            }
            catch (Exception error) when (error is IOException or TimeoutException)
            {
                throw new CaptureStoppedException(error);
            }
        }
    }

    private async ValueTask TellAsync(CapturedBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            if (onBatch is not null)
            {
                await onBatch(batch, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw new CaptureStoppedException(error);
        }
    }
}

/// <summary>An error that did not come from the source, though it may look so: it ends the run.</summary>
internal sealed class CaptureStoppedException(Exception cause) : Exception(cause.Message, cause);
