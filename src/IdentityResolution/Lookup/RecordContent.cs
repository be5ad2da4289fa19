using System.Buffers;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace IdentityResolution.Lookup;

/// <summary>Raw values of a record as a JSON object, and the hash by which a store sees that they changed; for writers of stores.</summary>
/// <remarks>Equal values have equal bytes: columns stand in ordinal order, without white space. Null and empty are kept apart. Not thread-safe.</remarks>
public sealed class RecordContent : IDisposable
{
    /// <summary>How many bytes a hash has.</summary>
    public const int HashLength = 16;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private readonly ArrayBufferWriter<byte> _json = new(1024);
    private readonly Utf8JsonWriter _writer;
    private readonly byte[] _hash = new byte[SHA256.HashSizeInBytes];
    private string[] _columns = [];
    private string[] _order = [];

    /// <summary>Makes an empty writer.</summary>
    public RecordContent() => _writer = new Utf8JsonWriter(_json, Options);

    /// <summary>The JSON of the last <see cref="Write"/>, UTF-8; valid until the next one.</summary>
    public ReadOnlySpan<byte> Json => _json.WrittenSpan;

    /// <summary>The hash of <see cref="Json"/>: the first 16 bytes of its SHA-256; valid until the next <see cref="Write"/>.</summary>
    public ReadOnlySpan<byte> Hash => _hash.AsSpan(0, HashLength);

    /// <summary>Writes values as <see cref="Json"/> and <see cref="Hash"/>.</summary>
    /// <param name="values">Raw values by column name.</param>
    public void Write(IReadOnlyDictionary<string, string?> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        _json.ResetWrittenCount();
        _writer.Reset();
        _writer.WriteStartObject();
        foreach (string column in Order(values))
        {
            _writer.WriteString(column, values[column]);
        }
        _writer.WriteEndObject();
        _writer.Flush();
        SHA256.HashData(_json.WrittenSpan, _hash);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="json">A JSON object of texts and nulls, UTF-8.</param>
    /// <returns>Values by column name.</returns>
    /// <exception cref="JsonException">It is no such object.</exception>
    public static IReadOnlyDictionary<string, string?> Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var values = new Dictionary<string, string?>(StringComparer.Ordinal);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("The values of a record are not a JSON object.");
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string column = reader.GetString()!;
            if (!reader.Read() || reader.TokenType is not (JsonTokenType.String or JsonTokenType.Null))
            {
                throw new JsonException("A value of a record is neither text nor null.");
            }
            values[column] = reader.GetString();
        }
        return values;
    }

    /// <summary>Lets the buffer go.</summary>
    public void Dispose() => _writer.Dispose();

    // Records of one source have the same columns: the order is worked out once.
    private string[] Order(IReadOnlyDictionary<string, string?> values)
    {
        bool same = values.Count == _columns.Length;
        int at = 0;
        if (same)
        {
            foreach (string column in values.Keys)
            {
                if (!string.Equals(column, _columns[at++], StringComparison.Ordinal))
                {
                    same = false;
                    break;
                }
            }
        }
        if (!same)
        {
            _columns = [.. values.Keys];
            _order = [.. _columns.Order(StringComparer.Ordinal)];
        }
        return _order;
    }
}
