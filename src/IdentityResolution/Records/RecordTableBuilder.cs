using System.Text;

namespace IdentityResolution.Records;

/// <summary>Collects records from several inputs into one <see cref="RecordTable"/>.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class RecordTableBuilder
{
    private readonly RecordKeyIndex _keys = new();
    private readonly List<RecordSegmentBuilder> _segments = [];

    /// <summary>The rows set aside so far, in order of arrival.</summary>
    public List<QuarantinedRow> Quarantine { get; } = [];

    /// <summary>How many rows may be in quarantine before a reader stops with an <see cref="InvalidRecordException"/>; null = no limit.</summary>
    public long? MaxQuarantinedRows { get; set; }

    /// <summary>Starts the next input. The segment before it is complete.</summary>
    /// <param name="input">The file or other input, for messages.</param>
    /// <param name="source">The source name of records that do not name their own.</param>
    public RecordSegmentBuilder AddSegment(string input, string source)
    {
        var segment = new RecordSegmentBuilder(this, _keys, input, source);
        _segments.Add(segment);
        return segment;
    }

    /// <summary>The finished table.</summary>
    public RecordTable Build() => new(_keys, [.. _segments.Select(segment => segment.Build())]);

    internal void SetAside(QuarantinedRow row)
    {
        Quarantine.Add(row);
        if (Quarantine.Count > MaxQuarantinedRows)
        {
            string place = row.Column is null ? "" : $"column '{row.Column}': ";
            throw new InvalidRecordException(row.Input, row.LineNumber,
                $"more than {MaxQuarantinedRows} rows can't be read; the last one: {place}{row.Message}");
        }
    }
}

/// <summary>Receives the rows of one input: set values, then end the record or drop it.</summary>
internal sealed class RecordSegmentBuilder
{
    private readonly RecordTableBuilder _table;
    private readonly RecordKeyIndex _keys;
    private readonly List<Column> _columns = [];
    private readonly Dictionary<string, int> _columnIndex = new(StringComparer.Ordinal);
    private readonly string _input;
    private readonly string _source;
    private readonly int _sourceNumber;
    private readonly int _start;
    private int _count;
    private byte[] _lastSource = [];
    private int _lastSourceNumber = -1;

    internal RecordSegmentBuilder(RecordTableBuilder table, RecordKeyIndex keys, string input, string source)
    {
        _table = table;
        _keys = keys;
        _input = input;
        _source = source;
        _sourceNumber = keys.AddSource(source);
        _start = keys.Count;
    }

    /// <summary>How many records were taken.</summary>
    public int Count => _count;

    /// <summary>How the records are named; see <see cref="RecordSegment.IdOrigin"/>. Set by the reader once it knows.</summary>
    public RecordIdOrigin IdOrigin { get; set; } = RecordIdOrigin.Given;

    /// <summary>The column that names the source of each record; null when there is none. Set by the reader once it knows.</summary>
    public string? SourceColumn { get; set; }

    /// <summary>The number of a column; a new one, missing in all records so far, when the name is new.</summary>
    public int AddColumn(string name)
    {
        if (!_columnIndex.TryGetValue(name, out int index))
        {
            index = _columns.Count;
            _columns.Add(new Column(name));
            _columnIndex.Add(name, index);
        }
        return index;
    }

    /// <summary>Sets a value of the current record; an empty value means missing.</summary>
    public void Set(int column, ReadOnlySpan<byte> utf8)
    {
        Column target = _columns[column];
        target.Pending = utf8.IsEmpty ? -1 : target.Values.GetOrAdd(utf8);
    }

    /// <summary>Takes the current record under the segment's source. False when its id is empty or taken: it is then in quarantine.</summary>
    /// <param name="id">The record id as UTF-8.</param>
    /// <param name="line">1-based line or row number, for the quarantine.</param>
    public bool EndRecord(ReadOnlySpan<byte> id, long line) => EndRecord(_sourceNumber, id, line);

    /// <summary>Takes the current record under a source of its own; an empty source is quarantined.</summary>
    public bool EndRecord(ReadOnlySpan<byte> source, ReadOnlySpan<byte> id, long line)
    {
        if (source.IsEmpty)
        {
            DropRecord(new QuarantinedRow(_input, line, SourceColumn, QuarantineReason.MissingSource, "The source column is empty."));
            return false;
        }
        if (_lastSourceNumber < 0 || !source.SequenceEqual(_lastSource))
        {
            _lastSource = source.ToArray();
            _lastSourceNumber = _keys.AddSource(Encoding.UTF8.GetString(source));
        }
        return EndRecord(_lastSourceNumber, id, line);
    }

    /// <summary>Sets the current record aside.</summary>
    public void DropRecord(QuarantinedRow row)
    {
        foreach (Column column in _columns)
        {
            column.Pending = -1;
        }
        _table.SetAside(row);
    }

    internal RecordSegment Build() =>
        new(_input, _source, _start, _count, [.. _columns.Select(column => column.Build(_count))]) { IdOrigin = IdOrigin };

    private bool EndRecord(int source, ReadOnlySpan<byte> id, long line)
    {
        if (id.IsEmpty)
        {
            DropRecord(new QuarantinedRow(_input, line, IdOrigin.Column, QuarantineReason.MissingRecordId, "The record id is empty."));
            return false;
        }
        if (!_keys.TryAdd(source, id, out _))
        {
            DropRecord(new QuarantinedRow(_input, line, IdOrigin.Column, QuarantineReason.DuplicateRecordId,
                $"Another row of source '{_keys.Sources[source]}' has the same record id; the first one is kept."));
            return false;
        }
        foreach (Column column in _columns)
        {
            column.Append(_count);
        }
        _count++;
        return true;
    }

    private sealed class Column(string name)
    {
        private int[] _codes = new int[64];
        private int _length;

        public ValueDictionary Values { get; } = new();

        public int Pending { get; set; } = -1;

        public void Append(int record)
        {
            EnsureLength(record);
            if (record == _codes.Length)
            {
                Array.Resize(ref _codes, record * 2);
            }
            _codes[record] = Pending;
            _length = record + 1;
            Pending = -1;
        }

        public RawColumn Build(int count)
        {
            EnsureLength(count);
            Array.Resize(ref _codes, count);
            return new RawColumn(name, Values, _codes);
        }

        // A column met late is missing in the records before it.
        private void EnsureLength(int count)
        {
            if (_length >= count)
            {
                return;
            }
            if (_codes.Length < count)
            {
                Array.Resize(ref _codes, Math.Max(count, _codes.Length * 2));
            }
            _codes.AsSpan(_length, count - _length).Fill(-1);
            _length = count;
        }
    }
}
