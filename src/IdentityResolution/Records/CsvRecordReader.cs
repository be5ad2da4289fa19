using System.Text;
using System.Text.Unicode;

namespace IdentityResolution.Records;

/// <summary>Reads the rows of a CSV text into a segment; sets the rows aside that can't be read.</summary>
/// <remarks>
/// A row that is broken inside a field costs no more than itself: reading goes on at the line after the one in which the broken field
/// starts. A quote that is never closed so can't swallow the rows behind it, and the bytes behind it are scanned at most twice.
/// </remarks>
internal sealed class CsvRecordReader
{
    private const int RowsPerCancellationCheck = 4096;
    private readonly string _input;
    private readonly CsvOptions _options;
    private readonly ColumnRoles _roles;
    private readonly string _encodingName;
    private readonly RecordSegmentBuilder _segment;
    private readonly RecordProgress _progress;
    private readonly int _maxRowBytes;
    private CsvRowScanner? _scanner;
    private TableLayout? _layout;
    private byte[] _valueScratch = [];
    private byte[] _idScratch = [];
    private byte[] _sourceScratch = [];
    private long _line = 1;
    private long _rowNumber;
    private bool _isSkippingLine;
    private int _lastWrongCount = -1;
    private string _lastWrongCountMessage = "";

    /// <summary>Creates the reader of one input.</summary>
    public CsvRecordReader(
        string input, string source, CsvOptions options, string encodingName, RecordSegmentBuilder segment, IProgress<long>? progress)
    {
        _input = input;
        _options = options;
        _roles = new ColumnRoles(source, options.IdColumn, options.SourceColumn, options.OnlyColumns);
        _encodingName = encodingName;
        _segment = segment;
        _progress = new RecordProgress(segment, progress);
        _maxRowBytes = TextLimits.MaxRowBytes(options.MaxFieldBytes);
    }

    /// <summary>Reads to the end.</summary>
    /// <exception cref="InvalidRecordException">The header can't be used.</exception>
    public async Task ReadAsync(ByteWindow window, CancellationToken cancellationToken)
    {
        await window.AdvanceAsync(0, cancellationToken).ConfigureAwait(false);
        while (true)
        {
            int consumed = Read(window.Unread.Span, window.IsFinal, cancellationToken);
            if (window.IsFinal)
            {
                break;
            }
            await window.AdvanceAsync(consumed, cancellationToken).ConfigureAwait(false);
        }
        _progress.Report();
    }

    // Reads the complete rows and says how many bytes they took; when final, all of them.
    private int Read(ReadOnlySpan<byte> data, bool isFinal, CancellationToken cancellationToken)
    {
        _scanner ??= new CsvRowScanner(_options.Delimiter is { } given ? (byte)given : CsvDelimiter.Detect(data), _options.MaxFieldBytes);
        int position = 0;
        int rowsUntilCheck = 0;
        while (true)
        {
            if (_isSkippingLine)
            {
                position = SkipLine(data, position, isFinal);
                if (_isSkippingLine)
                {
                    return position;
                }
            }
            position = SkipBlankLines(data, position, isFinal);
            if (position == data.Length || data[position] == (byte)'\r')
            {
                return position;
            }
            if (--rowsUntilCheck < 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                rowsUntilCheck = RowsPerCancellationCheck;
            }
            CsvRowStatus status = _scanner.Scan(data, position, isFinal);
            if (status == CsvRowStatus.NeedMore)
            {
                return position;
            }
            position = status == CsvRowStatus.Complete ? Take(data, position) : SetAside(data, status);
        }
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

    private int Take(ReadOnlySpan<byte> data, int start)
    {
        CsvRowScanner scanner = _scanner!;
        if (_layout is null)
        {
            bool isHeader = _options.Columns is null && _options.HasHeader;
            _layout = TableLayout.Create(_input, isHeader ? _line : 0, ColumnNames(data, start, isHeader), _roles, _segment);
            scanner.MaxFields = _layout.Names.Count;
            if (isHeader)
            {
                _line += scanner.InnerLines + 1;
                return scanner.Next;
            }
        }
        _rowNumber++;
        if (scanner.FieldCount != _layout.Names.Count)
        {
            Drop(null, QuarantineReason.FieldCount, WrongCount(scanner.FieldCount, _layout.Names.Count));
        }
        else if (!Utf8.IsValid(data[start..scanner.Next]))
        {
            Drop(FirstInvalid(data, _layout.Names), QuarantineReason.InvalidEncoding, $"The bytes are not valid {_encodingName}.");
        }
        else
        {
            TakeValues(data, _layout);
        }
        _line += scanner.InnerLines + 1;
        return scanner.Next;
    }

    private void TakeValues(ReadOnlySpan<byte> data, TableLayout layout)
    {
        CsvRowScanner scanner = _scanner!;
        int[] columns = layout.KeptColumns;
        int[] fields = layout.KeptFields;
        for (int i = 0; i < fields.Length; i++)
        {
            _segment.Set(columns[i], scanner.Field(data, fields[i], ref _valueScratch));
        }
        Span<byte> number = stackalloc byte[20];
        scoped ReadOnlySpan<byte> id;
        if (layout.IdField >= 0)
        {
            id = scanner.Field(data, layout.IdField, ref _idScratch);
        }
        else
        {
            _rowNumber.TryFormat(number, out int length, default, System.Globalization.CultureInfo.InvariantCulture);
            id = number[..length];
        }
        bool isTaken = layout.SourceField < 0
            ? _segment.EndRecord(id, _line)
            : _segment.EndRecord(scanner.Field(data, layout.SourceField, ref _sourceScratch), id, _line);
        if (isTaken)
        {
            _progress.Count();
        }
    }

    // The row is broken inside a field: it is set aside, and reading goes on at the line after the one where that field starts.
    private int SetAside(ReadOnlySpan<byte> data, CsvRowStatus status)
    {
        CsvRowScanner scanner = _scanner!;
        (QuarantineReason reason, string message) = status switch
        {
            CsvRowStatus.UnclosedQuote => (QuarantineReason.BrokenQuote, "A quote is opened and never closed; the next line is read as a new row."),
            CsvRowStatus.TextAfterQuote => (QuarantineReason.BrokenQuote, "Text follows a closing quote; a delimiter or the end of the line is expected."),
            CsvRowStatus.RowTooLong when scanner.FieldCount >= _layout?.Names.Count =>
                (QuarantineReason.FieldCount, $"The row has more than the {_layout.Names.Count} fields expected, and is longer than {_maxRowBytes} bytes."),
            CsvRowStatus.RowTooLong => (QuarantineReason.FieldTooLong, $"The row is longer than {_maxRowBytes} bytes."),
            _ => (QuarantineReason.FieldTooLong, $"A field is longer than {_options.MaxFieldBytes} bytes."),
        };
        if (_layout is null && _options.Columns is null && _options.HasHeader)
        {
            throw new InvalidRecordException(_input, _line, $"the header can't be read: {message}");
        }
        _rowNumber++;
        IReadOnlyList<string> names = _layout?.Names ?? _options.Columns ?? [];
        Drop(scanner.FieldCount < names.Count ? names[scanner.FieldCount] : null, reason, message);
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

    private void Drop(string? column, QuarantineReason reason, string message) =>
        _segment.DropRecord(new QuarantinedRow(_input, _line, column, reason, message));
}
