using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace IdentityResolution.Records;

/// <summary>Flattens one JSON object into the values of a row.</summary>
/// <remarks>
/// Nested objects: names joined by dots. Arrays: all values that come to stand in one column, joined by <c> | </c>; so an array of objects
/// gives one column per property of its objects. Null, empty text and empty arrays are missing. Of two equal properties the last one wins.
/// </remarks>
internal sealed class JsonRowParser(JsonColumns columns, int maxFieldBytes, string encodingName)
{
    private const int MaxNameBytes = 1024;
    private const int MaxDepth = 64;
    private readonly byte[] _path = new byte[MaxNameBytes];
    private byte[] _scratch = new byte[1024];
    private bool _isLineValid;
    private int _arrayCount;

    /// <summary>The values of the row that was parsed last.</summary>
    public RowBuffer Row { get; } = new(maxFieldBytes);

    /// <summary>What is wrong with the row, when it was not parsed.</summary>
    public QuarantineReason FaultReason { get; private set; }

    /// <summary>The column at fault, when the row was not parsed because of one.</summary>
    public string? FaultColumn { get; private set; }

    /// <summary>What is wrong, in words, without values.</summary>
    public string FaultMessage { get; private set; } = "";

    /// <summary>Parses a line. False when it can't be read; the fault then says why.</summary>
    public bool TryParse(ReadOnlySpan<byte> line)
    {
        Row.Clear();
        _arrayCount = 0;
        _isLineValid = Utf8.IsValid(line);
        var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                return Fault(QuarantineReason.InvalidJson, "The line is JSON but not an object.");
            }
            if (!ParseObject(ref reader, 0, 0))
            {
                return false;
            }
            reader.Read();
        }
        catch (JsonException exception)
        {
            return _isLineValid
                ? Fault(QuarantineReason.InvalidJson, $"The line is not one whole JSON object; it breaks off or is wrong at byte {exception.BytePositionInLine + 1}.")
                : Fault(QuarantineReason.InvalidEncoding, $"The bytes are not valid {encodingName}.");
        }
        return _isLineValid || Fault(QuarantineReason.InvalidEncoding, $"The bytes are not valid {encodingName}.");
    }

    private bool ParseObject(ref Utf8JsonReader reader, int pathLength, int array)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            ReadOnlySpan<byte> name = [];
            if (!TryText(ref reader, pathLength, ref name))
            {
                return false;
            }
            int start = pathLength == 0 ? 0 : pathLength + 1;
            if (start + name.Length > MaxNameBytes)
            {
                return Fault(QuarantineReason.InvalidJson, $"A property's name, with those around it, is longer than {MaxNameBytes} bytes.");
            }
            if (start > 0)
            {
                _path[pathLength] = (byte)'.';
            }
            name.CopyTo(_path.AsSpan(start));
            reader.Read();
            if (!ParseValue(ref reader, start + name.Length, array))
            {
                return false;
            }
        }
        return true;
    }

    private bool ParseValue(ref Utf8JsonReader reader, int pathLength, int array)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return ParseObject(ref reader, pathLength, array);
            case JsonTokenType.StartArray:
                return ParseArray(ref reader, pathLength, array);
            case JsonTokenType.Null:
                return array != 0 || TakeValue([], pathLength, array);
            case JsonTokenType.String:
                ReadOnlySpan<byte> text = [];
                return TryText(ref reader, pathLength, ref text) && TakeValue(text, pathLength, array);
            default:
                return TakeValue(reader.ValueSpan, pathLength, array);
        }
    }

    private bool ParseArray(ref Utf8JsonReader reader, int pathLength, int array)
    {
        if (array == 0)
        {
            array = ++_arrayCount;
            int slot = columns.Find(_path.AsSpan(0, pathLength));
            if (Row.IsSet(slot))
            {
                Row.Start(slot, array);
            }
        }
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (!ParseValue(ref reader, pathLength, array))
            {
                return false;
            }
        }
        return true;
    }

    private bool TakeValue(ReadOnlySpan<byte> value, int pathLength, int array)
    {
        int slot = columns.GetOrAdd(_path.AsSpan(0, pathLength));
        if (slot < 0)
        {
            return Fault(QuarantineReason.InvalidJson,
                $"The line brings a new property, and there are {TextLimits.MaxDiscoveredColumns} already.");
        }
        if (array == 0 || !Row.IsSet(slot) || Row.Tag(slot) != array)
        {
            Row.Start(slot, array);
        }
        else if (!value.IsEmpty && Row.Length(slot) > 0)
        {
            Row.Append(slot, " | "u8);
        }
        Row.Append(slot, value);
        if (Row.Length(slot) > maxFieldBytes)
        {
            return Fault(QuarantineReason.FieldTooLong, $"The value is longer than {maxFieldBytes} bytes.", pathLength);
        }
        return true;
    }

    // The text of the token at hand, without escapes. It holds until the next call.
    private bool TryText(ref Utf8JsonReader reader, int pathLength, ref ReadOnlySpan<byte> text)
    {
        text = reader.ValueSpan;
        if (!_isLineValid && !Utf8.IsValid(text))
        {
            return Fault(QuarantineReason.InvalidEncoding, $"The bytes are not valid {encodingName}.", pathLength);
        }
        if (!reader.ValueIsEscaped)
        {
            return true;
        }
        if (_scratch.Length < text.Length)
        {
            _scratch = new byte[text.Length * 2];
        }
        try
        {
            text = _scratch.AsSpan(0, reader.CopyString(_scratch));
            return true;
        }
        catch (InvalidOperationException)
        {
            return Fault(QuarantineReason.InvalidEncoding, "An escape stands for half a character (a surrogate without its other half).", pathLength);
        }
    }

    private bool Fault(QuarantineReason reason, string message, int pathLength = 0)
    {
        FaultReason = reason;
        FaultColumn = pathLength == 0 ? null : Encoding.UTF8.GetString(_path.AsSpan(0, pathLength));
        FaultMessage = message;
        return false;
    }
}
