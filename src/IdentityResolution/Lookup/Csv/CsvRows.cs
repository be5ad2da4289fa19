using System.Buffers;
using System.Text;

namespace IdentityResolution.Lookup;

/// <summary>Reads the rows of a CSV file of a store: UTF-8, comma, RFC 4180 quotes, lines ending in LF or CRLF.</summary>
internal sealed class CsvRows : IDisposable
{
    private static readonly SearchValues<byte> Special = SearchValues.Create(",\"\n"u8);
    private readonly Stream _file;
    private readonly string _store;
    private readonly string _name;
    private readonly (int Start, int Length)[] _fields;
    private byte[] _buffer = new byte[256 * 1024];
    private int _next;
    private int _end;
    private bool _atEnd;
    private long _line;

    /// <summary>Opens a file and reads its first line.</summary>
    /// <param name="store">The store's description, for messages.</param>
    /// <param name="path">The file.</param>
    /// <param name="header">What the first line must be, without its end.</param>
    /// <exception cref="LookupFormatException">The first line is another one.</exception>
    public CsvRows(string store, string path, ReadOnlySpan<byte> header)
    {
        _store = store;
        _name = Path.GetFileName(path);
        _fields = new (int, int)[header.Count((byte)',') + 1];
        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
        try
        {
            Fill();
            if (_buffer.AsSpan(0, _end).StartsWith("\uFEFF"u8))
            {
                _next = 3;
            }
            string wanted = Encoding.UTF8.GetString(header);
            if (!Read() || !string.Equals(FirstLine(), wanted, StringComparison.Ordinal))
            {
                throw Fault($"the first line must be {wanted}");
            }
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>A field of the row, 0-based; valid until the next <see cref="Read"/>.</summary>
    public ReadOnlySpan<byte> this[int field] => _buffer.AsSpan(_fields[field].Start, _fields[field].Length);

    /// <summary>A field of the row as text.</summary>
    public string Text(int field) => Encoding.UTF8.GetString(this[field]);

    /// <summary>A field of the row as text; null when it is empty.</summary>
    public string? TextOrNull(int field) => _fields[field].Length == 0 ? null : Text(field);

    /// <summary>What is wrong with the current row.</summary>
    public LookupFormatException Fault(string message) => new(_store, $"{_name}, row {_line}: {message}");

    /// <summary>Goes to the next row. False at the end.</summary>
    /// <exception cref="LookupFormatException">The row has another number of fields, or quotes out of place.</exception>
    public bool Read()
    {
        _line++;
        while (true)
        {
            if (_next == _end && _atEnd)
            {
                return false;
            }
            if (TryParse(out int fieldCount))
            {
                return fieldCount == _fields.Length
                    ? true
                    : throw Fault($"there must be {_fields.Length} fields but there are {fieldCount}");
            }
            Fill();
        }
    }

    public void Dispose() => _file.Dispose();

    // Parses one row; false when it may go on behind the buffer. Nothing is changed before the row is known to be whole.
    private bool TryParse(out int fieldCount)
    {
        fieldCount = 0;
        int position = _next;
        while (true)
        {
            int start = position;
            bool quoted = position < _end && _buffer[position] == '"';
            int length = quoted ? QuotedLength(ref position) : PlainLength(ref position);
            if (length < 0 || (position == _end && !_atEnd))
            {
                return false;
            }
            bool last = position == _end || _buffer[position] == '\n';
            if (!quoted && last && length > 0 && _buffer[start + length - 1] == '\r')
            {
                length--;
            }
            if (fieldCount < _fields.Length)
            {
                _fields[fieldCount] = quoted ? (start + 1, length) : (start, length);
            }
            fieldCount++;
            position = Math.Min(position + 1, _end);
            if (last)
            {
                _next = position;
                RemoveDoubledQuotes(fieldCount);
                return true;
            }
        }
    }

    private int PlainLength(ref int position)
    {
        int length = _buffer.AsSpan(position, _end - position).IndexOfAny(Special);
        length = length < 0 ? _end - position : length;
        position += length;
        return position < _end && _buffer[position] == '"' ? throw Fault("a quote stands within a field that does not begin with one") : length;
    }

    // Bytes between the quotes, doubled ones included; the position is then behind the closing quote.
    private int QuotedLength(ref int position)
    {
        int start = position + 1;
        int quote = start;
        while (true)
        {
            int found = _buffer.AsSpan(quote, _end - quote).IndexOf((byte)'"');
            if (found < 0)
            {
                return _atEnd ? throw Fault("a quoted field does not end") : -1;
            }
            quote += found;
            if (quote + 1 == _end && !_atEnd)
            {
                return -1;
            }
            if (quote + 1 == _end || _buffer[quote + 1] != '"')
            {
                break;
            }
            quote += 2;
        }
        position = quote + 1;
        if (position < _end && _buffer[position] == '\r')
        {
            if (position + 1 == _end && !_atEnd)
            {
                return -1;
            }
            position += position + 1 < _end && _buffer[position + 1] == '\n' ? 1 : 0;
        }
        return position == _end || _buffer[position] is (byte)',' or (byte)'\n'
            ? quote - start
            : throw Fault("text stands behind a closing quote");
    }

    private void RemoveDoubledQuotes(int fieldCount)
    {
        for (int field = 0; field < Math.Min(fieldCount, _fields.Length); field++)
        {
            (int start, int length) = _fields[field];
            Span<byte> bytes = _buffer.AsSpan(start, length);
            if (!bytes.Contains((byte)'"'))
            {
                continue;
            }
            int kept = 0;
            for (int i = 0; i < length; i++)
            {
                bytes[kept++] = bytes[i];
                // Within quotes they come in pairs only.
                i += bytes[i] == '"' ? 1 : 0;
            }
            _fields[field] = (start, kept);
        }
    }

    private void Fill()
    {
        if (_next > 0)
        {
            _buffer.AsSpan(_next, _end - _next).CopyTo(_buffer);
            _end -= _next;
            _next = 0;
        }
        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, checked(_buffer.Length * 2));
        }
        int read = _file.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _atEnd = read == 0;
    }

    private string FirstLine() => string.Join(',', Enumerable.Range(0, _fields.Length).Select(Text));
}
