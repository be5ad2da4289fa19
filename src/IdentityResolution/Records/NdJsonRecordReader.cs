using System.Globalization;

namespace IdentityResolution.Records;

/// <summary>Reads one JSON object per line into a segment; sets the lines aside that can't be read.</summary>
internal sealed class NdJsonRecordReader
{
    private const int RowsPerCancellationCheck = 4096;
    private readonly string _input;
    private readonly NdJsonOptions _options;
    private readonly RecordSegmentBuilder _segment;
    private readonly RecordProgress _progress;
    private readonly JsonColumns _columns;
    private readonly JsonRowParser _parser;
    private readonly int _maxLineBytes;
    private byte[] _source = [];
    private byte[] _id = new byte[64];
    private long _line = 1;
    private long _rowNumber;
    private bool _isSkippingLine;
    private bool _isStarted;
    private bool _hasReadableRow;

    /// <summary>Creates the reader of one input.</summary>
    public NdJsonRecordReader(
        string input, string source, NdJsonOptions options, string encodingName, RecordSegmentBuilder segment, IProgress<long>? progress)
    {
        _input = input;
        _options = options;
        _segment = segment;
        _progress = new RecordProgress(segment, progress);
        _columns = new JsonColumns(new ColumnRoles(source, options.IdColumn, options.SourceColumn, options.OnlyColumns), segment);
        _parser = new JsonRowParser(_columns, options.MaxFieldBytes, encodingName);
        _maxLineBytes = TextLimits.MaxRowBytes(options.MaxFieldBytes);
    }

    /// <summary>Reads to the end.</summary>
    /// <exception cref="InvalidRecordException">The input is a JSON array, or no line has the id or source that was asked for.</exception>
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
        if (_hasReadableRow)
        {
            ThrowIfNeverSeen(_options.IdColumn, _columns.HasId, "id");
            ThrowIfNeverSeen(_options.SourceColumn, _columns.HasSource, "source");
        }
        _progress.Report();
    }

    private int Read(ReadOnlySpan<byte> data, bool isFinal, CancellationToken cancellationToken)
    {
        int position = 0;
        int rowsUntilCheck = 0;
        while (position < data.Length)
        {
            if (--rowsUntilCheck < 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                rowsUntilCheck = RowsPerCancellationCheck;
            }
            int length = data[position..].IndexOf((byte)'\n');
            if (length < 0 && !isFinal)
            {
                if (!_isSkippingLine && data.Length - position <= _maxLineBytes)
                {
                    return position;
                }
                TakePartOfLongLine();
                return data.Length;
            }
            ReadOnlySpan<byte> line = length < 0 ? data[position..] : data.Slice(position, length);
            if (_isSkippingLine)
            {
                _isSkippingLine = false;
            }
            else if (line.Length > _maxLineBytes)
            {
                TakePartOfLongLine();
                _isSkippingLine = false;
            }
            else
            {
                Take(line.Trim(" \t\r"u8));
            }
            _line++;
            position += line.Length + (length < 0 ? 0 : 1);
        }
        return data.Length;
    }

    private void TakePartOfLongLine()
    {
        if (!_isSkippingLine)
        {
            _isSkippingLine = true;
            _rowNumber++;
            Drop(null, QuarantineReason.FieldTooLong, $"The line is longer than {_maxLineBytes} bytes.");
        }
    }

    private void Take(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty)
        {
            return;
        }
        if (!_isStarted && line[0] == (byte)'[')
        {
            throw new InvalidRecordException(_input, _line, "this is a JSON array; one JSON object per line (NDJSON) is expected.");
        }
        _isStarted = true;
        _rowNumber++;
        if (!_parser.TryParse(line))
        {
            Drop(_parser.FaultColumn, _parser.FaultReason, _parser.FaultMessage);
            return;
        }
        _hasReadableRow = true;
        RowBuffer row = _parser.Row;
        _columns.Settle(row);
        foreach (int slot in row.Used)
        {
            int column = _columns.KeptColumn(slot);
            if (column >= 0)
            {
                _segment.Set(column, row.Value(slot));
            }
        }
        scoped ReadOnlySpan<byte> id;
        if (_columns.NumbersRows)
        {
            _rowNumber.TryFormat(_id, out int length, default, CultureInfo.InvariantCulture);
            id = _id.AsSpan(0, length);
        }
        else
        {
            id = Keep(_columns.ValueOf(JsonColumnRole.Id, row), ref _id);
        }
        bool isTaken = _options.SourceColumn is null
            ? _segment.EndRecord(id, _line)
            : _segment.EndRecord(Keep(_columns.ValueOf(JsonColumnRole.Source, row), ref _source), id, _line);
        if (isTaken)
        {
            _progress.Count();
        }
    }

    // A value of the row buffer holds only until the next one is asked for.
    private static ReadOnlySpan<byte> Keep(ReadOnlySpan<byte> value, ref byte[] place)
    {
        if (place.Length < value.Length)
        {
            place = new byte[value.Length * 2];
        }
        value.CopyTo(place);
        return place.AsSpan(0, value.Length);
    }

    private void ThrowIfNeverSeen(string? name, bool isSeen, string role)
    {
        if (name is not null && !isSeen)
        {
            throw new InvalidRecordException(_input, 0,
                $"there is no property '{name}', which was named as the {role} column; the properties are: {string.Join(", ", _columns.Names)}.");
        }
    }

    private void Drop(string? column, QuarantineReason reason, string message) =>
        _segment.DropRecord(new QuarantinedRow(_input, _line, column, reason, message));
}
