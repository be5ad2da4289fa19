using System.Text;
using System.Text.Unicode;

namespace IdentityResolution.Records;

/// <summary>Cuts stretches of a CSV text into rows; sets the rows aside that can't be read.</summary>
/// <remarks>
/// A row that is broken inside a field costs no more than itself: reading goes on at the line after the one in which the broken field
/// starts. A quote that is never closed so can't swallow the rows behind it, and the bytes behind it are scanned at most twice.
/// </remarks>
internal sealed class CsvRowReader
{
    // The delimiter is told from the start of a text, so that it does not depend on how many bytes are at hand.
    private const int DetectionBytes = 64 * 1024;
    private readonly string _input;
    private readonly CsvOptions _options;
    private readonly ColumnRoles _roles;
    private readonly string _encodingName;
    private readonly RecordSegmentBuilder _segment;
    private readonly int _maxRowBytes;
    private CsvRowScanner? _scanner;
    private PlainRows? _plainRows;
    private byte _delimiter;
    private byte[] _valueScratch = [];
    private long _line = 1;
    private long _rowNumber;
    private bool _isSkippingLine;
    private int _lastWrongCount = -1;
    private string _lastWrongCountMessage = "";

    /// <summary>Creates the reader of one input.</summary>
    public CsvRowReader(string input, string source, CsvOptions options, string encodingName, RecordSegmentBuilder segment)
    {
        _input = input;
        _options = options;
        _roles = new ColumnRoles(source, options.IdColumn, options.SourceColumn, options.OnlyColumns);
        _encodingName = encodingName;
        _segment = segment;
        _maxRowBytes = TextLimits.MaxRowBytes(options.MaxFieldBytes);
    }

    /// <summary>What the fields are; null before the first row that could be read.</summary>
    public TableLayout? Layout { get; private set; }

    /// <summary>Cuts the complete rows of a chunk and leaves it the bytes behind them; when it is final, none.</summary>
    /// <exception cref="InvalidRecordException">The header can't be used.</exception>
    public void Cut(CsvChunk chunk)
    {
        Span<byte> data = chunk.Rows.Bytes.AsSpan(0, chunk.End);
        bool isFinal = chunk.IsFinal;
        int position = chunk.Start;
        if (_scanner is null)
        {
            _delimiter = _options.Delimiter is { } given
                ? (byte)given
                : CsvDelimiter.Detect(data.Slice(position, Math.Min(DetectionBytes, data.Length - position)));
            _scanner = new CsvRowScanner(_delimiter, _options.MaxFieldBytes);
        }
        RowBatch rows = chunk.Rows;
        rows.Start(_line, _rowNumber);
        if (Layout is not null)
        {
            rows.SetFields(Layout.Names.Count);
        }
        ReadOnlySpan<byte> plain = Plain(data, position);
        while (true)
        {
            if (_isSkippingLine)
            {
                position = SkipLine(data, position, isFinal);
                if (_isSkippingLine)
                {
                    break;
                }
            }
            position = SkipBlankLines(data, position, isFinal);
            if (position == data.Length || data[position] == (byte)'\r')
            {
                break;
            }
            if (_plainRows is not null && position < plain.Length && TakePlain(rows, plain, ref position))
            {
                continue;
            }
            CsvRowStatus status = _scanner.Scan(data, position, isFinal);
            if (status == CsvRowStatus.NeedMore)
            {
                break;
            }
            position = status == CsvRowStatus.Complete ? Take(rows, data, position) : SetAside(rows, status);
        }
        chunk.Consume(position);
    }

    // The complete lines at hand when they are valid; else nothing, and each row is looked at by itself.
    private static ReadOnlySpan<byte> Plain(ReadOnlySpan<byte> data, int start)
    {
        int end = data.LastIndexOfAny((byte)'\n', (byte)'\r') + 1;
        return end > start && Utf8.IsValid(data[start..end]) ? data[..end] : default;
    }

    private bool TakePlain(RowBatch rows, ReadOnlySpan<byte> plain, ref int position)
    {
        int before = rows.Count;
        int line = (int)(_line - rows.FirstLine);
        position = _plainRows!.Take(rows, plain, position, ref line);
        _line = rows.FirstLine + line;
        _rowNumber += rows.Count - before;
        return rows.Count > before;
    }

    // A carriage return at the very end is left: its line feed may follow.
    private int SkipBlankLines(ReadOnlySpan<byte> data, int position, bool isFinal)
    {
        while (position < data.Length && data[position] is (byte)'\n' or (byte)'\r')
        {
            if (position + 1 == data.Length && data[position] == (byte)'\r' && !isFinal)
            {
                break;
            }
            position += data[position..].StartsWith("\r\n"u8) ? 2 : 1;
            _line++;
        }
        return position;
    }

    private int SkipLine(ReadOnlySpan<byte> data, int position, bool isFinal)
    {
        int end = data[position..].IndexOfAny((byte)'\n', (byte)'\r');
        if (end < 0)
        {
            return data.Length;
        }
        position += end;
        if (position + 1 == data.Length && data[position] == (byte)'\r' && !isFinal)
        {
            return position;
        }
        _isSkippingLine = false;
        _line++;
        return position + (data[position..].StartsWith("\r\n"u8) ? 2 : 1);
    }

    private int Take(RowBatch rows, Span<byte> data, int start)
    {
        CsvRowScanner scanner = _scanner!;
        if (Layout is null)
        {
            bool isHeader = _options.Columns is null && _options.HasHeader;
            Layout = TableLayout.Create(_input, isHeader ? _line : 0, ColumnNames(data, start, isHeader), _roles, _segment);
            scanner.MaxFields = Layout.Names.Count;
            rows.SetFields(Layout.Names.Count);
            _plainRows = new PlainRows(_delimiter, Layout.Names.Count, _options.MaxFieldBytes);
            if (isHeader)
            {
                _line += scanner.InnerLines + 1;
                return scanner.Next;
            }
        }
        _rowNumber++;
        if (scanner.FieldCount != Layout.Names.Count)
        {
            Drop(rows, null, QuarantineReason.FieldCount, WrongCount(scanner.FieldCount, Layout.Names.Count));
        }
        else if (!Utf8.IsValid(data[start..scanner.Next]))
        {
            Drop(rows, FirstInvalid(data, Layout.Names), QuarantineReason.InvalidEncoding, $"The bytes are not valid {_encodingName}.");
        }
        else
        {
            TakeFields(rows, data, Layout.Names.Count);
        }
        _line += scanner.InnerLines + 1;
        return scanner.Next;
    }

    private void TakeFields(RowBatch rows, Span<byte> data, int fields)
    {
        if (rows.Count == rows.Capacity)
        {
            rows.Grow();
        }
        for (int field = 0; field < fields; field++)
        {
            rows.Places[(field * rows.Capacity) + rows.Count] = _scanner!.Settle(data, field);
        }
        rows.Lines[rows.Count++] = (int)(_line - rows.FirstLine);
    }

    // The row is broken inside a field: it is set aside, and reading goes on at the line after the one where that field starts.
    private int SetAside(RowBatch rows, CsvRowStatus status)
    {
        CsvRowScanner scanner = _scanner!;
        (QuarantineReason reason, string message) = status switch
        {
            CsvRowStatus.UnclosedQuote => (QuarantineReason.BrokenQuote, "A quote is opened and never closed; the next line is read as a new row."),
            CsvRowStatus.TextAfterQuote => (QuarantineReason.BrokenQuote, "Text follows a closing quote; a delimiter or the end of the line is expected."),
            CsvRowStatus.RowTooLong when scanner.FieldCount >= Layout?.Names.Count =>
                (QuarantineReason.FieldCount, $"The row has more than the {Layout.Names.Count} fields expected, and is longer than {_maxRowBytes} bytes."),
            CsvRowStatus.RowTooLong => (QuarantineReason.FieldTooLong, $"The row is longer than {_maxRowBytes} bytes."),
            _ => (QuarantineReason.FieldTooLong, $"A field is longer than {_options.MaxFieldBytes} bytes."),
        };
        if (Layout is null && _options.Columns is null && _options.HasHeader)
        {
            throw new InvalidRecordException(_input, _line, $"the header can't be read: {message}");
        }
        _rowNumber++;
        IReadOnlyList<string> names = Layout?.Names ?? _options.Columns ?? [];
        Drop(rows, scanner.FieldCount < names.Count ? names[scanner.FieldCount] : null, reason, message);
        _line += scanner.InnerLines;
        _isSkippingLine = true;
        return scanner.BrokenAt;
    }

    private string[] ColumnNames(ReadOnlySpan<byte> data, int start, bool isHeader)
    {
        if (_options.Columns is { } columns)
        {
            return [.. columns];
        }
        CsvRowScanner scanner = _scanner!;
        var names = new string[scanner.FieldCount];
        if (!isHeader)
        {
            Array.Fill(names, "");
            return names;
        }
        if (!Utf8.IsValid(data[start..scanner.Next]))
        {
            throw new InvalidRecordException(_input, _line, $"the header is not valid {_encodingName}.");
        }
        if (data[start..scanner.Next].Contains((byte)0))
        {
            throw new InvalidRecordException(_input, _line,
                "the header holds NUL characters; if the text is UTF-16 without a byte order mark, set the option Encoding.");
        }
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = Encoding.UTF8.GetString(scanner.Field(data, i, ref _valueScratch)).Trim();
        }
        return names;
    }

    private string? FirstInvalid(ReadOnlySpan<byte> data, IReadOnlyList<string> names)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (!Utf8.IsValid(_scanner!.Field(data, i, ref _valueScratch)))
            {
                return names[i];
            }
        }
        return null;
    }

    private string WrongCount(int found, int expected)
    {
        if (found != _lastWrongCount)
        {
            _lastWrongCount = found;
            _lastWrongCountMessage = $"The row has {found} field{(found == 1 ? "" : "s")}, expected {expected}.";
        }
        return _lastWrongCountMessage;
    }

    private void Drop(RowBatch rows, string? column, QuarantineReason reason, string message) =>
        rows.Faults.Add((rows.Count, new QuarantinedRow(_input, _line, column, reason, message)));
}
