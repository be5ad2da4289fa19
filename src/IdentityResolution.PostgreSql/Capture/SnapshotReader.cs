using System.Data;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace IdentityResolution.PostgreSql.Capture;

/// <summary>Reads whole tables as they stood at one place in the log, and deletes records whose rows are gone.</summary>
internal sealed class SnapshotReader(CaptureWriter writer, int batchSize, string description)
{
    private const long MaxCharacters = 16 << 20;

    /// <summary>Reads a table.</summary>
    /// <param name="connection">A connection whose transaction sees the snapshot.</param>
    /// <param name="table">The table.</param>
    /// <param name="cancellationToken">Stops the reading; what is written stays, and reading again is safe.</param>
    public async Task ReadAsync(NpgsqlConnection connection, SourceTable table, CancellationToken cancellationToken)
    {
        HashSet<UInt128> seen = await ReadRowsAsync(connection, table, cancellationToken).ConfigureAwait(false);
        var gone = new Dictionary<RecordKey, SourceRecord?>();
        foreach (RecordKey key in await writer.FindKeysAsync(table.Source, cancellationToken).ConfigureAwait(false))
        {
            if (seen.Contains(Hash(key.Id)))
            {
                continue;
            }
            gone[key] = null;
            if (gone.Count >= batchSize)
            {
                await writer.WriteSnapshotAsync(gone, [], cancellationToken).ConfigureAwait(false);
                gone = [];
            }
        }
        if (gone.Count > 0)
        {
            await writer.WriteSnapshotAsync(gone, [], cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<HashSet<UInt128>> ReadRowsAsync(NpgsqlConnection connection, SourceTable table, CancellationToken cancellationToken)
    {
        var seen = new HashSet<UInt128>();
        var batch = new Dictionary<RecordKey, SourceRecord?>();
        var quarantined = new List<QuarantinedRow>();
        RelationLayout layout = RelationLayout.Of(table);
        long characters = 0;
        long number = 0;
        NpgsqlCommand command = Command(connection, table.SelectAll());
        await using (command.ConfigureAwait(false))
        {
            NpgsqlDataReader reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    number++;
                    string?[] row = await ReadRowAsync(reader, layout, cancellationToken).ConfigureAwait(false);
                    if (Quarantine.Find(description, layout, row, number) is { } bad)
                    {
                        quarantined.Add(bad);
                        continue;
                    }
                    var key = new RecordKey(table.Source, RowText.Id(layout, row)!);
                    seen.Add(Hash(key.Id));
                    batch[key] = new SourceRecord(key, RowText.Values(layout, row));
                    characters += row.Sum(value => value?.Length ?? 0);
                    if (batch.Count + quarantined.Count >= batchSize || characters >= MaxCharacters)
                    {
                        await writer.WriteSnapshotAsync(batch, quarantined, cancellationToken).ConfigureAwait(false);
                        (batch, quarantined, characters) = ([], [], 0);
                    }
                }
            }
        }
        if (batch.Count + quarantined.Count > 0)
        {
            await writer.WriteSnapshotAsync(batch, quarantined, cancellationToken).ConfigureAwait(false);
        }
        return seen;
    }

    /// <summary>A command whose values come as the texts that a stream has too.</summary>
    public static NpgsqlCommand Command(NpgsqlConnection connection, string sql) => new(sql, connection) { AllResultTypesAreUnknown = true, CommandTimeout = 0 };

    /// <summary>The texts of a row that a query has read.</summary>
    public static async ValueTask<string?[]> ReadRowAsync(NpgsqlDataReader reader, RelationLayout layout, CancellationToken cancellationToken)
    {
        var row = new string?[layout.Columns.Length];
        for (int i = 0; i < row.Length; i++)
        {
            if (!await reader.IsDBNullAsync(i, cancellationToken).ConfigureAwait(false))
            {
                string text = await reader.GetFieldValueAsync<string>(i, cancellationToken).ConfigureAwait(false);
                bool isTooLong = text.Length > RowText.LongestValue / 3 && Encoding.UTF8.GetByteCount(text) > RowText.LongestValue;
                row[i] = isTooLong ? RowText.TooLong : layout.Columns[i].Text(text);
            }
        }
        return row;
    }

    // 16 bytes a row are kept, not the id.
    private static UInt128 Hash(string id)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(id));
        return new UInt128(BitConverter.ToUInt64(hash, 0), BitConverter.ToUInt64(hash, 8));
    }
}

/// <summary>Finds rows that can't be records.</summary>
internal static class Quarantine
{
    /// <summary>What is wrong with a row; null = nothing.</summary>
    public static QuarantinedRow? Find(string description, RelationLayout layout, string?[] row, long number)
    {
        string input = string.Create(CultureInfo.InvariantCulture, $"{description} {layout.Table.SqlName}");
        for (int i = 0; i < row.Length; i++)
        {
            if (ReferenceEquals(row[i], RowText.TooLong))
            {
                return new QuarantinedRow(
                    input, number, layout.Columns[i].Name, QuarantineReason.FieldTooLong,
                    string.Create(CultureInfo.InvariantCulture, $"a value is longer than {RowText.LongestValue} bytes."));
            }
        }
        return RowText.Id(layout, row) is null
            ? new QuarantinedRow(input, number, layout.Table.IdColumns[0], QuarantineReason.MissingRecordId, "the record id is empty.")
            : null;
    }
}
