using System.Globalization;
using System.Text.Json;
using IdentityResolution.Live;
using IdentityResolution.Records;

namespace IdentityResolution;

/// <summary>Reads lines of a stream of changes: our own change records, and Debezium's envelopes, with and without their schema.</summary>
/// <remarks>
/// Our own: <c>{"op":"upsert","source":"crm","id":"1","values":{...}}</c>, <c>{"op":"delete","source":"crm","id":"1"}</c>,
/// <c>{"op":"truncate","source":"crm"}</c>, <c>{"op":"judge","left":{"source":"crm","id":"1"},"right":{...},"decision":"same"}</c> with <c>by</c>,
/// <c>note</c> and <c>at</c> where wanted. Nested objects become columns <c>a.b</c>, arrays one text with <c> | </c> between. Safe for concurrent use.
/// </remarks>
public sealed class ChangeLineParser
{
    private static readonly JsonDocumentOptions Options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };
    private readonly string? _source;
    private readonly IReadOnlyList<string> _idColumns;

    /// <summary>Makes a parser.</summary>
    /// <param name="source">The source of envelopes; null = the name of their table.</param>
    /// <param name="idColumns">The columns of envelopes whose values, joined by <c>/</c>, are the record's id; null = <c>id</c>.</param>
    public ChangeLineParser(string? source = null, IReadOnlyList<string>? idColumns = null)
    {
        _source = source;
        _idColumns = idColumns is null or [] ? ["id"] : idColumns;
    }

    /// <summary>Reads one line.</summary>
    /// <param name="utf8">The line as UTF-8; one that is empty, and a tombstone (<c>null</c>), holds no operations.</param>
    /// <param name="operations">Receives the operations.</param>
    /// <param name="logSequenceNumber">The <c>source.lsn</c> of an envelope; null when there is none.</param>
    /// <param name="fault">What is wrong, without values of the line; empty when nothing is.</param>
    /// <returns>Could the line be read?</returns>
    public bool TryParse(ReadOnlyMemory<byte> utf8, ICollection<LiveOperation> operations, out long? logSequenceNumber, out string fault)
    {
        ArgumentNullException.ThrowIfNull(operations);
        logSequenceNumber = null;
        fault = "";
        if (utf8.Span.Trim(" \t\r\n"u8).IsEmpty)
        {
            return true;
        }
        try
        {
            using var document = JsonDocument.Parse(utf8, Options);
            List<LiveOperation> read = Read(document.RootElement, out logSequenceNumber);
            foreach (LiveOperation operation in read)
            {
                operations.Add(operation);
            }
            return true;
        }
        catch (JsonException error)
        {
            fault = string.Create(CultureInfo.InvariantCulture, $"The line is not JSON (byte {error.BytePositionInLine + 1}).");
        }
        catch (InvalidOperationException)
        {
            fault = "An escape stands for half a character (a surrogate without its other half).";
        }
        catch (FormatException error)
        {
            fault = error.Message;
        }
        catch (InvalidRecordException error)
        {
            fault = error.Message;
        }
        return false;
    }

    private List<LiveOperation> Read(JsonElement line, out long? logSequenceNumber)
    {
        logSequenceNumber = null;
        if (line.ValueKind == JsonValueKind.Object && line.TryGetProperty("payload", out JsonElement payload))
        {
            line = payload;
        }
        if (line.ValueKind == JsonValueKind.Null)
        {
            return [];
        }
        if (line.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("The line is no JSON object.");
        }
        string op = Text(line, "op");
        return op switch
        {
            "upsert" => [Upsert(Key(line), Property(line, "values", JsonValueKind.Object))],
            "delete" => [Delete(Key(line))],
            "truncate" => [LiveOperation.DeleteAll(Text(line, "source"))],
            "judge" => [Judge(line)],
            "c" or "r" or "u" or "d" or "t" => ReadEnvelope(line, op, out logSequenceNumber),
            "m" => [],
            _ => throw new FormatException("'op' must be upsert, delete, truncate or judge, or c, r, u, d or t in an envelope."),
        };
    }

    private List<LiveOperation> ReadEnvelope(JsonElement envelope, string op, out long? logSequenceNumber)
    {
        JsonElement origin = envelope.TryGetProperty("source", out JsonElement named) && named.ValueKind == JsonValueKind.Object ? named : default;
        bool hasOrigin = origin.ValueKind == JsonValueKind.Object;
        logSequenceNumber = hasOrigin && origin.TryGetProperty("lsn", out JsonElement lsn) && lsn.ValueKind == JsonValueKind.Number && lsn.TryGetInt64(out long number) ? number : null;
        string source = _source ?? (hasOrigin ? Text(origin, "table") : throw new FormatException("'source' is missing."));
        if (op == "t")
        {
            return [LiveOperation.DeleteAll(source)];
        }
        JsonElement? before = Row(envelope, "before");
        JsonElement? after = Row(envelope, "after");
        if (op == "d")
        {
            return [Delete(new RecordKey(source, Id(before ?? throw new FormatException("'before' is missing."))))];
        }
        JsonElement row = after ?? throw new FormatException("'after' is missing.");
        var key = new RecordKey(source, Id(row));
        // A row whose key changed is another record.
        return before is { } old && TryId(old) is { } earlier && earlier != key.Id
            ? [Delete(new RecordKey(source, earlier)), Upsert(key, row)]
            : [Upsert(key, row)];
    }

    private static JsonElement? Row(JsonElement envelope, string name) =>
        envelope.TryGetProperty(name, out JsonElement row) && row.ValueKind == JsonValueKind.Object ? row : null;

    private string Id(JsonElement row) => TryId(row) ?? throw new FormatException($"The row lacks its key '{string.Join("', '", _idColumns)}'.");

    private string? TryId(JsonElement row)
    {
        var parts = new string[_idColumns.Count];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!row.TryGetProperty(_idColumns[i], out JsonElement value) || Scalar(value) is not { Length: > 0 } part)
            {
                return null;
            }
            parts[i] = part;
        }
        return string.Join('/', parts);
    }

    private static LiveOperation Upsert(RecordKey key, JsonElement values)
    {
        var columns = new Dictionary<string, string?>(StringComparer.Ordinal);
        Flatten("", values, columns);
        var record = new SourceRecord(key, columns);
        RecordColumns.Check(record);
        return LiveOperation.Upsert(record);
    }

    private static LiveOperation Delete(RecordKey key)
    {
        RecordColumns.Check(key);
        return LiveOperation.Delete(key);
    }

    private static LiveOperation Judge(JsonElement line)
    {
        RecordKey left = Key(Property(line, "left", JsonValueKind.Object));
        RecordKey right = Key(Property(line, "right", JsonValueKind.Object));
        RecordColumns.Check(left);
        RecordColumns.Check(right);
        if (left == right)
        {
            throw new FormatException("'left' and 'right' are one and the same record.");
        }
        JudgementDecision decision = Text(line, "decision") switch
        {
            "same" => JudgementDecision.Same,
            "different" => JudgementDecision.Different,
            "unsure" => JudgementDecision.Unsure,
            _ => throw new FormatException("'decision' must be same, different or unsure."),
        };
        DateTimeOffset? at = null;
        if (line.TryGetProperty("at", out JsonElement time) && time.ValueKind == JsonValueKind.String)
        {
            at = DateTimeOffset.TryParse(time.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment)
                ? moment
                : throw new FormatException("'at' must be a time as in 2026-03-01T12:00:00Z.");
        }
        return LiveOperation.Judge(new Judgement(left, right, decision) { JudgedBy = Optional(line, "by"), Note = Optional(line, "note"), JudgedAt = at });
    }

    private static RecordKey Key(JsonElement element) => new(Text(element, "source"), Text(element, "id"));

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number && Scalar(value) is { Length: > 0 } text
            ? text
            : throw new FormatException($"'{name}' is missing.");

    private static string? Optional(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement value) ? Scalar(value) : null;

    private static JsonElement Property(JsonElement element, string name, JsonValueKind kind) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == kind ? value : throw new FormatException($"'{name}' is missing.");

    private static void Flatten(string path, JsonElement value, Dictionary<string, string?> columns)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty property in value.EnumerateObject())
            {
                Flatten(path.Length == 0 ? property.Name : $"{path}.{property.Name}", property.Value, columns);
            }
            return;
        }
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in value.EnumerateArray())
            {
                var own = new Dictionary<string, string?>(StringComparer.Ordinal);
                Flatten(path, item, own);
                foreach ((string column, string? text) in own)
                {
                    columns[column] = columns.TryGetValue(column, out string? earlier) && !string.IsNullOrEmpty(earlier) && !string.IsNullOrEmpty(text)
                        ? $"{earlier} | {text}"
                        : string.IsNullOrEmpty(text) ? earlier : text;
                }
            }
            return;
        }
        columns[path] = Scalar(value);
    }

    private static string? Scalar(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };
}
