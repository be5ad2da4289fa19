using System.Text;
using Npgsql.Replication.PgOutput;

namespace IdentityResolution.PostgreSql.Capture;

/// <summary>Reads rows of the stream as texts, and makes records of them.</summary>
internal static class RowText
{
    /// <summary>The longest value that a record can have, in bytes.</summary>
    public const int LongestValue = 1 << 20;

    /// <summary>Stands for a long value that did not change and was not sent.</summary>
    public static readonly string Unchanged = new('u', 1);

    /// <summary>Stands for a value of more than <see cref="LongestValue"/> bytes.</summary>
    public static readonly string TooLong = new('l', 1);

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a row to its end: a text per column, null where the value is null or not needed.</summary>
    public static Task<string?[]> ReadAsync(ReplicationTuple row, RelationLayout? layout, CancellationToken cancellationToken) =>
        StreamErrors.Watch(ReadRowAsync(row, layout, cancellationToken));

    private static async Task<string?[]> ReadRowAsync(ReplicationTuple row, RelationLayout? layout, CancellationToken cancellationToken)
    {
        var texts = new string?[row.NumColumns];
        int at = 0;
        await foreach (ReplicationValue value in row.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (layout is not null && layout.Reads[at])
            {
                texts[at] = value.Kind switch
                {
                    TupleDataKind.Null => null,
                    TupleDataKind.UnchangedToastedValue => Unchanged,
                    _ when value.Length > LongestValue => TooLong,
                    _ => layout.Columns[at].Text(await ReadAsync(value, cancellationToken).ConfigureAwait(false)),
                };
            }
            at++;
        }
        return texts;
    }

    /// <summary>The record id of a row; null where it has none, because a column is null, empty or too long.</summary>
    /// <exception cref="ChangeCaptureException">The stream lacks an id column.</exception>
    public static string? Id(RelationLayout layout, string?[] row)
    {
        var texts = new string[layout.Id.Length];
        for (int i = 0; i < texts.Length; i++)
        {
            if (layout.Id[i] < 0)
            {
                throw new ChangeCaptureException($"Changes of {layout.Table.SqlName} come without the id column {SqlName.Quote(layout.Table.IdColumns[i])}.");
            }
            string? text = row[layout.Id[i]];
            if (text is null || ReferenceEquals(text, Unchanged) || ReferenceEquals(text, TooLong))
            {
                return null;
            }
            texts[i] = text;
        }
        return RecordIdText.Of(texts) is { Length: > 0 } id ? id : null;
    }

    /// <summary>The values of a record: only those that are there.</summary>
    public static Dictionary<string, string?> Values(RelationLayout layout, string?[] row)
    {
        var values = new Dictionary<string, string?>(row.Length, StringComparer.Ordinal);
        for (int i = 0; i < row.Length; i++)
        {
            if (layout.Takes[i])
            {
                values[layout.Columns[i].Name] = row[i];
            }
        }
        return values;
    }

    private static async ValueTask<string> ReadAsync(ReplicationValue value, CancellationToken cancellationToken)
    {
        var bytes = new byte[value.Length];
        Stream stream = value.GetStream();
        await using (stream.ConfigureAwait(false))
        {
            await stream.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
        }
        return Utf8.GetString(bytes);
    }
}
