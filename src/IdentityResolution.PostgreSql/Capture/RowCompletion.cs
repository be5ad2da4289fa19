using System.Data;
using Npgsql;

namespace IdentityResolution.PostgreSql.Capture;

/// <summary>Fills in long values that did not change, which the server does not send.</summary>
internal sealed class RowCompletion(CaptureConnections connections, CaptureWriter writer, PendingBatch batch)
{
    /// <summary>Takes them from the old row, where the server sent one.</summary>
    /// <param name="layout">How rows stand in the stream.</param>
    /// <param name="row">The new row.</param>
    /// <param name="old">The old row or its key; null = not sent.</param>
    /// <param name="isWhole">Is the old row whole, and not just a key?</param>
    public static void TakeOld(RelationLayout layout, string?[] row, string?[]? old, bool isWhole)
    {
        if (old is null)
        {
            return;
        }
        for (int i = 0; i < row.Length; i++)
        {
            if (ReferenceEquals(row[i], RowText.Unchanged) && (isWhole || layout.Id.Contains(i)))
            {
                row[i] = old[i];
            }
        }
    }

    /// <summary>Takes them from the record as it is known. Where it is not, because it was erased, say, from the table: later changes set right what that says too early.</summary>
    /// <param name="layout">How rows stand in the stream.</param>
    /// <param name="row">The new row.</param>
    /// <param name="key">The record before the change.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task TakeStoredAsync(RelationLayout layout, string?[] row, RecordKey key, CancellationToken cancellationToken)
    {
        if (!row.Any(value => ReferenceEquals(value, RowText.Unchanged)))
        {
            return;
        }
        if (!batch.TryFind(key, out SourceRecord? known))
        {
            known = await writer.FindRecordAsync(key, cancellationToken).ConfigureAwait(false);
        }
        IReadOnlyDictionary<string, string?>? values = known?.Values ?? await FetchAsync(layout, row, cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < row.Length; i++)
        {
            if (ReferenceEquals(row[i], RowText.Unchanged))
            {
                row[i] = values?.GetValueOrDefault(layout.Columns[i].Name);
            }
        }
    }

    private async Task<Dictionary<string, string?>?> FetchAsync(RelationLayout layout, string?[] row, CancellationToken cancellationToken)
    {
        SourceTable table = layout.Table;
        NpgsqlConnection connection = await connections.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            NpgsqlCommand command = SnapshotReader.Command(connection, table.SelectOne());
            await using (command.ConfigureAwait(false))
            {
                foreach (int id in layout.Id.ToArray())
                {
                    // The server finds the type; its text form is the one that was sent.
                    command.Parameters.Add(new NpgsqlParameter { Value = row[id] ?? "", NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Unknown });
                }
                NpgsqlDataReader reader = await command.ExecuteReaderAsync(CommandBehavior.Default, cancellationToken).ConfigureAwait(false);
                await using (reader.ConfigureAwait(false))
                {
                    RelationLayout read = RelationLayout.Of(table);
                    return await reader.ReadAsync(cancellationToken).ConfigureAwait(false)
                        ? RowText.Values(read, await SnapshotReader.ReadRowAsync(reader, read, cancellationToken).ConfigureAwait(false))
                        : null;
                }
            }
        }
    }
}
