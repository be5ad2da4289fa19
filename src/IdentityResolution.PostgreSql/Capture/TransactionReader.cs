using Npgsql.Replication.PgOutput.Messages;
using NpgsqlTypes;

namespace IdentityResolution.PostgreSql.Capture;

/// <summary>Turns messages into changes of records, and leaves out what has been written already.</summary>
internal sealed class TransactionReader(
    IReadOnlyDictionary<SourceTable, NpgsqlLogSequenceNumber> tables, CaptureWriter writer, PendingBatch batch, BatchFlush flush, RowCompletion completion, string description)
{
    private readonly Dictionary<uint, RelationLayout> _layouts = [];
    private NpgsqlLogSequenceNumber _commit;
    private long _changes;
    private long _written;
    private bool _isWritten;

    /// <summary>Is a transaction read in part?</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Takes a message in.</summary>
    /// <exception cref="TableChangedException">A table's columns are not those of its snapshot.</exception>
    public async Task ReadAsync(PgOutputReplicationMessage message, CancellationToken cancellationToken)
    {
        switch (message)
        {
            case RelationMessage relation:
                Add(relation);
                return;
            case BeginMessage begin:
                Begin(begin);
                return;
            case CommitMessage commit:
                await CommitAsync(commit, cancellationToken).ConfigureAwait(false);
                return;
            case InsertMessage insert:
                _changes++;
                await InsertAsync(insert, LayoutOf(insert.Relation), cancellationToken).ConfigureAwait(false);
                break;
            case UpdateMessage update:
                _changes++;
                await UpdateAsync(update, LayoutOf(update.Relation), cancellationToken).ConfigureAwait(false);
                break;
            case DeleteMessage delete:
                _changes++;
                await DeleteAsync(delete, LayoutOf(delete.Relation), cancellationToken).ConfigureAwait(false);
                break;
            case TruncateMessage truncate:
                _changes++;
                await TruncateAsync(truncate, cancellationToken).ConfigureAwait(false);
                break;
            default:
                // Types, origins: records need nothing of them.
                return;
        }
        await flush.FullAsync(new CapturePosition(_commit, _changes), cancellationToken).ConfigureAwait(false);
    }

    private void Begin(BeginMessage begin)
    {
        CapturePosition position = writer.Position!.Value;
        IsOpen = true;
        _commit = begin.TransactionFinalLsn;
        _changes = 0;
        _isWritten = _commit < position.Lsn;
        _written = _commit == position.Lsn ? position.Changes : 0;
    }

    private async Task CommitAsync(CommitMessage commit, CancellationToken cancellationToken)
    {
        if (!_isWritten)
        {
            // In order of keys, so that pieces of a large transaction are the same when it is read again.
            foreach (RecordKey key in batch.Truncated.Order().ToArray())
            {
                batch.DeleteTruncated(key);
                await flush.FullAsync(new CapturePosition(_commit, _changes), cancellationToken).ConfigureAwait(false);
            }
            flush.End(new CapturePosition(commit.TransactionEndLsn, 0));
        }
        IsOpen = false;
    }

    private void Add(RelationMessage relation)
    {
        // A table that was dropped and made again has another id; its old rows are no more.
        SourceTable? table = tables.Keys.FirstOrDefault(table => table.Id == relation.RelationId)
            ?? tables.Keys.FirstOrDefault(table => table.Options.Schema == relation.Namespace && table.Options.Name == relation.RelationName);
        if (table is null)
        {
            _layouts.Remove(relation.RelationId);
        }
        else
        {
            _layouts[relation.RelationId] = RelationLayout.Of(table, relation);
        }
    }

    // What is in a snapshot, and what was written, is not taken again.
    private RelationLayout? LayoutOf(RelationMessage relation)
    {
        if (_isWritten || !_layouts.TryGetValue(relation.RelationId, out RelationLayout? layout) || _commit < tables[layout.Table])
        {
            return null;
        }
        return layout.IsAsRead ? layout : throw new TableChangedException(layout.Table);
    }

    private bool IsWrittenChange => _changes <= _written;

    private async Task InsertAsync(InsertMessage insert, RelationLayout? layout, CancellationToken cancellationToken)
    {
        string?[] row = await RowText.ReadAsync(insert.NewRow, layout, cancellationToken).ConfigureAwait(false);
        if (layout is not null)
        {
            Put(layout, row);
        }
    }

    private async Task UpdateAsync(UpdateMessage update, RelationLayout? layout, CancellationToken cancellationToken)
    {
        string?[]? old = update switch
        {
            FullUpdateMessage full => await RowText.ReadAsync(full.OldRow, layout, cancellationToken).ConfigureAwait(false),
            IndexUpdateMessage index => await RowText.ReadAsync(index.Key, layout, cancellationToken).ConfigureAwait(false),
            _ => null,
        };
        string?[] row = await RowText.ReadAsync(update.NewRow, layout, cancellationToken).ConfigureAwait(false);
        if (layout is null)
        {
            return;
        }
        RowCompletion.TakeOld(layout, row, old, isWhole: update is FullUpdateMessage);
        string? id = RowText.Id(layout, row);
        string? oldId = old is null ? id : RowText.Id(layout, old);
        if (!IsWrittenChange)
        {
            if ((oldId ?? id) is { } known)
            {
                await completion.TakeStoredAsync(layout, row, new RecordKey(layout.Table.Source, known), cancellationToken).ConfigureAwait(false);
            }
            if (oldId is not null && oldId != id)
            {
                batch.Delete(new RecordKey(layout.Table.Source, oldId));
            }
        }
        Put(layout, row);
    }

    private async Task DeleteAsync(DeleteMessage delete, RelationLayout? layout, CancellationToken cancellationToken)
    {
        string?[] row = await RowText.ReadAsync(
            delete switch
            {
                FullDeleteMessage full => full.OldRow,
                KeyDeleteMessage key => key.Key,
                _ => throw new NotSupportedException("An unknown kind of deletion."),
            },
            layout,
            cancellationToken).ConfigureAwait(false);
        if (layout is not null && !IsWrittenChange && RowText.Id(layout, row) is { } id)
        {
            batch.Delete(new RecordKey(layout.Table.Source, id));
        }
    }

    private async Task TruncateAsync(TruncateMessage truncate, CancellationToken cancellationToken)
    {
        foreach (RelationMessage relation in truncate.Relations)
        {
            if (LayoutOf(relation) is { } layout)
            {
                List<RecordKey> stored = await writer.FindKeysAsync(layout.Table.Source, cancellationToken).ConfigureAwait(false);
                batch.Truncate(layout.Table.Source, stored);
            }
        }
    }

    private void Put(RelationLayout layout, string?[] row)
    {
        QuarantinedRow? bad = Quarantine.Find(description, layout, row, _changes);
        string? id = RowText.Id(layout, row);
        if (IsWrittenChange)
        {
            if (bad is null)
            {
                batch.Keep(new RecordKey(layout.Table.Source, id!));
            }
            return;
        }
        if (bad is null)
        {
            batch.Upsert(new SourceRecord(new RecordKey(layout.Table.Source, id!), RowText.Values(layout, row)));
            return;
        }
        flush.Add(bad);
        if (id is not null)
        {
            batch.Delete(new RecordKey(layout.Table.Source, id));
        }
    }
}

/// <summary>A table's columns are not those of its snapshot: it must be read anew.</summary>
internal sealed class TableChangedException(SourceTable table) : Exception
{
    /// <summary>The table.</summary>
    public SourceTable Table { get; } = table;
}
