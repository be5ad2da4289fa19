using System.Text;
using IdentityResolution.Internals;

namespace IdentityResolution.Records;

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
    private readonly ValueDictionary _sourceValues = new();
    private readonly List<int> _sourceNumbers = [];
    private int[] _sourceCodes = [];
    private int[] _kept = [];

    internal RecordSegmentBuilder(RecordTableBuilder table, RecordKeyIndex keys, string input, string source)
    {
        _table = table;
        _keys = keys;
        _input = input;
        _source = source;
        _sourceNumber = keys.AddSource(source);
        _start = keys.Count;
    }

    /// <summary>Who does the work.</summary>
    public Workers Workers => _table.Workers;

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
            _columns.Add(new Column(name, Workers.Memory));
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
            DropRecord(MissingSource(line));
            return false;
        }
        return EndRecord(SourceNumber(_sourceValues.GetOrAdd(source)), id, line);
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

    /// <summary>Takes the keys of a batch of rows and drops the rows whose key is empty or taken, and those that could not be read.</summary>
    /// <param name="batch">The rows; those that are not taken are removed. Null = none.</param>
    /// <param name="layout">What their fields are; null when there are only rows that could not be read.</param>
    public void TakeKeys(RowBatch? batch, TableLayout? layout)
    {
        if (batch is null)
        {
            return;
        }
        batch.FirstRecord = _count;
        if (layout is null || batch.Count == 0)
        {
            SetAside(batch, 0, int.MaxValue);
            return;
        }
        _keys.Reserve(batch.Count, _start, batch.Share);
        ReadOnlySpan<int> sources = layout.SourceField < 0 ? [] : SourceCodes(batch, layout.SourceField);
        ReadOnlySpan<BytePlace> ids = layout.IdField < 0 ? [] : batch.PlacesOf(layout.IdField);
        if (_kept.Length < batch.Count)
        {
            _kept = new int[batch.Capacity];
        }
        Span<byte> number = stackalloc byte[20];
        int fault = 0;
        int kept = 0;
        for (int row = 0; row < batch.Count; row++)
        {
            if (fault < batch.Faults.Count)
            {
                fault = SetAside(batch, fault, row);
            }
            scoped ReadOnlySpan<byte> id;
            if (layout.IdField >= 0)
            {
                id = batch.Bytes.AsSpan(ids[row].Start, ids[row].Length);
            }
            else
            {
                (batch.RowsBefore + row + fault + 1).TryFormat(number, out int length, default, System.Globalization.CultureInfo.InvariantCulture);
                id = number[..length];
            }
            if (TakeKey(sources.IsEmpty ? _sourceNumber : sources[row] < 0 ? -1 : SourceNumber(sources[row]), id, batch, row))
            {
                _kept[kept++] = row;
            }
        }
        SetAside(batch, fault, int.MaxValue);
        if (kept < batch.Count)
        {
            batch.Keep(_kept.AsSpan(0, kept));
        }
        _count += kept;
    }

    /// <summary>Takes the values of a column from a batch whose keys were taken. Several columns may be encoded at a time.</summary>
    public void Encode(int column, RowBatch batch, int field) => _columns[column].AppendAll(batch, field);

    /// <summary>The places of these columns, those first that cost the most.</summary>
    public int[] ByCost(int[] columns)
    {
        int[] places = [.. Enumerable.Range(0, columns.Length)];
        Array.Sort(places, (left, right) => (_columns[columns[right]].Values.Count, left).CompareTo((_columns[columns[left]].Values.Count, right)));
        return places;
    }

    internal RecordSegment Build() =>
        new(_input, _source, _start, _count, [.. _columns.Select(column => column.Build(_count))]) { IdOrigin = IdOrigin };

    private bool EndRecord(int source, ReadOnlySpan<byte> id, long line)
    {
        if (id.IsEmpty || !_keys.TryAdd(source, id, out _))
        {
            DropRecord(RefusedId(source, id, line));
            return false;
        }
        foreach (Column column in _columns)
        {
            column.Append(_count);
        }
        _count++;
        return true;
    }

    private bool TakeKey(int source, ReadOnlySpan<byte> id, RowBatch batch, int row)
    {
        if (source >= 0 && !id.IsEmpty && _keys.TryAdd(source, id, out _))
        {
            return true;
        }
        long line = batch.FirstLine + batch.Lines[row];
        _table.SetAside(source < 0 ? MissingSource(line) : RefusedId(source, id, line));
        return false;
    }

    private QuarantinedRow MissingSource(long line) =>
        new(_input, line, SourceColumn, QuarantineReason.MissingSource, "The source column is empty.");

    private QuarantinedRow RefusedId(int source, ReadOnlySpan<byte> id, long line) => id.IsEmpty
        ? new(_input, line, IdOrigin.Column, QuarantineReason.MissingRecordId, "The record id is empty.")
        : new(_input, line, IdOrigin.Column, QuarantineReason.DuplicateRecordId,
            $"Another row of source '{_keys.Sources[source]}' has the same record id; the first one is kept.");

    // Sets aside the broken rows up to a row, and says which one is next.
    private int SetAside(RowBatch batch, int fault, int row)
    {
        while (fault < batch.Faults.Count && batch.Faults[fault].RowsBefore <= row)
        {
            _table.SetAside(batch.Faults[fault++].Row);
        }
        return fault;
    }

    private ReadOnlySpan<int> SourceCodes(RowBatch batch, int field)
    {
        if (_sourceCodes.Length < batch.Count)
        {
            _sourceCodes = new int[batch.Capacity];
        }
        Span<int> codes = _sourceCodes.AsSpan(0, batch.Count);
        _sourceValues.GetOrAddAll(batch.Bytes, batch.PlacesOf(field), codes);
        return codes;
    }

    private int SourceNumber(int code)
    {
        while (code >= _sourceNumbers.Count)
        {
            _sourceNumbers.Add(_keys.AddSource(_sourceValues.GetString(_sourceNumbers.Count)));
        }
        return _sourceNumbers[code];
    }

    private sealed class Column(string name, MemoryBudget memory)
    {
        private LargeArray<int> _codes = memory.Allocate<int>(64);
        private int _length;

        public ValueDictionary Values { get; } = new(memory: memory);

        public int Pending { get; set; } = -1;

        public void Append(int record)
        {
            EnsureLength(record);
            if (record == _codes.Length)
            {
                memory.Resize(ref _codes, record * 2, _length);
            }
            _codes[record] = Pending;
            _length = record + 1;
            Pending = -1;
        }

        public void AppendAll(RowBatch batch, int field)
        {
            int end = batch.FirstRecord + batch.Count;
            if (end > _codes.Length)
            {
                memory.Resize(ref _codes, Math.Max(end, (int)Math.Min(Room.Wanted(end, batch.Share), Array.MaxLength)), _length);
            }
            EnsureLength(batch.FirstRecord);
            Values.GetOrAddAll(batch.Bytes, batch.PlacesOf(field), _codes.AsSpan(batch.FirstRecord, batch.Count), batch.Share);
            _length = end;
        }

        public RawColumn Build(int count)
        {
            EnsureLength(count);
            if (_codes.Length > count + (count / 8))
            {
                memory.Resize(ref _codes, count, count);
            }
            else
            {
                // A little room that nobody has touched is no memory yet; copying would take as much again.
                _codes.Truncate(count);
            }
            Values.ReleaseIndex();
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
                memory.Resize(ref _codes, Math.Max(count, _codes.Length * 2), _length);
            }
            _codes.AsSpan(_length, count - _length).Fill(-1);
            _length = count;
        }
    }
}
