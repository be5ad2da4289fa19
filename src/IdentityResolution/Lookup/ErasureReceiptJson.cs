using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace IdentityResolution.Lookup;

/// <summary>Receipts of erasures as JSON; for writers of stores.</summary>
public static class ErasureReceiptJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a receipt.</summary>
    /// <param name="receipt">The receipt.</param>
    /// <returns>A JSON object on one line.</returns>
    public static string Write(ErasureReceipt receipt)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("runId", receipt.RunId);
            writer.WriteString("at", receipt.At.ToString("O", CultureInfo.InvariantCulture));
            WriteTexts(writer, "customerIds", receipt.EntityIds);
            writer.WriteStartObject("removedRows");
            foreach ((string table, long count) in receipt.RemovedRows.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            {
                writer.WriteNumber(table, count);
            }
            writer.WriteEndObject();
            WriteTexts(writer, "notes", receipt.Notes);
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(json.WrittenSpan);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="json">A JSON object.</param>
    /// <returns>The receipt.</returns>
    /// <exception cref="JsonException">It is no receipt.</exception>
    public static ErasureReceipt Read(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement root = document.RootElement;
        try
        {
            return new ErasureReceipt(
                root.GetProperty("runId").GetString()!,
                DateTimeOffset.ParseExact(root.GetProperty("at").GetString()!, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
                [.. root.GetProperty("customerIds").EnumerateArray().Select(id => id.GetString()!)],
                root.GetProperty("removedRows").EnumerateObject().ToDictionary(table => table.Name, table => table.Value.GetInt64(), StringComparer.Ordinal),
                [.. root.GetProperty("notes").EnumerateArray().Select(note => note.GetString()!)]);
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new JsonException("A receipt of an erasure can't be read.", error);
        }
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (string text in texts)
        {
            writer.WriteStringValue(text);
        }
        writer.WriteEndArray();
    }
}
