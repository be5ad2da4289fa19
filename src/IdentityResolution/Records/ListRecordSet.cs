namespace IdentityResolution.Records;

/// <summary>Records that the caller holds or produces.</summary>
internal sealed class ListRecordSet : RecordSet
{
    private const int Id = 0;
    private const int RecordSource = 1;
    private const int FirstValue = 2;
    private readonly IEnumerable<SourceRecord>? _records;
    private readonly IAsyncEnumerable<SourceRecord>? _asyncRecords;
    private readonly RowBuffer _row = new(TextLimits.DefaultMaxFieldBytes);
    private readonly List<int> _columns = [];

    /// <summary>Creates the set of an enumeration.</summary>
    public ListRecordSet(string name, string source, IEnumerable<SourceRecord> records)
        : base(name, source) => _records = records;

    /// <summary>Creates the set of an asynchronous enumeration.</summary>
    public ListRecordSet(string name, string source, IAsyncEnumerable<SourceRecord> records)
        : base(name, source) => _asyncRecords = records;

    /// <inheritdoc/>
    internal override async Task ReadAsync(RecordSegmentBuilder segment, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var counter = new RecordProgress(segment, progress);
        long rowNumber = 0;
        if (_records is not null)
        {
            foreach (SourceRecord record in _records)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Take(record, segment, ++rowNumber, counter);
            }
        }
        if (_asyncRecords is not null)
        {
            await foreach (SourceRecord record in _asyncRecords.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                Take(record, segment, ++rowNumber, counter);
            }
        }
        counter.Report();
    }

    private void Take(SourceRecord record, RecordSegmentBuilder segment, long rowNumber, RecordProgress counter)
    {
        if (FindFault(record, segment, rowNumber) is { } fault)
        {
            segment.DropRecord(fault);
            return;
        }
        for (int i = 0; i < _columns.Count; i++)
        {
            segment.Set(_columns[i], _row.Value(FirstValue + i));
        }
        ReadOnlySpan<byte> id = _row.Value(Id);
        bool isTaken = _row.Length(RecordSource) == 0
            ? segment.EndRecord(id, rowNumber)
            : segment.EndRecord(_row.Value(RecordSource), id, rowNumber);
        if (isTaken)
        {
            counter.Count();
        }
    }

    private QuarantinedRow? FindFault(SourceRecord record, RecordSegmentBuilder segment, long rowNumber)
    {
        _row.Clear();
        _columns.Clear();
        if (Fault(Id, record.Key.Id, null, rowNumber) is { } idFault)
        {
            return idFault;
        }
        if (!string.Equals(record.Key.Source, Source, StringComparison.Ordinal)
            && Fault(RecordSource, record.Key.Source, null, rowNumber) is { } sourceFault)
        {
            return sourceFault;
        }
        foreach ((string column, string? value) in record.Values)
        {
            if (Fault(FirstValue + _columns.Count, value, column, rowNumber) is { } fault)
            {
                return fault;
            }
            _columns.Add(segment.AddColumn(column));
        }
        return null;
    }

    private QuarantinedRow? Fault(int slot, string? value, string? column, long rowNumber)
    {
        _row.Start(slot);
        if (!_row.AppendText(slot, value))
        {
            return new QuarantinedRow(Name, rowNumber, column, QuarantineReason.InvalidEncoding,
                "The text has half a character (a surrogate without its other half).");
        }
        return _row.Length(slot) <= TextLimits.DefaultMaxFieldBytes ? null : new QuarantinedRow(
            Name, rowNumber, column, QuarantineReason.FieldTooLong, $"The value is longer than {TextLimits.DefaultMaxFieldBytes} bytes.");
    }
}
