using System.Data.Common;
using System.Globalization;

namespace IdentityResolution.Records;

/// <summary>The rows of an ADO.NET reader.</summary>
internal sealed class ReaderRecordSet : RecordSet
{
    private readonly DbDataReader _reader;
    private readonly ColumnRoles _roles;
    private readonly RowBuffer _row = new(TextLimits.DefaultMaxFieldBytes);
    private bool _isRead;

    /// <summary>Creates the set; the reader stays the caller's.</summary>
    public ReaderRecordSet(string name, string source, DbDataReader reader, string idColumn, string? sourceColumn)
        : base(name, source)
    {
        _reader = reader;
        _roles = new ColumnRoles(source, idColumn, sourceColumn, OnlyColumns: null);
    }

    /// <inheritdoc/>
    internal override async Task ReadAsync(RecordSegmentBuilder segment, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        if (_isRead)
        {
            throw new InvalidOperationException($"The reader of '{Name}' was read already; create a new record set on a new reader.");
        }
        _isRead = true;
        var counter = new RecordProgress(segment, progress);
        string[] names = [.. Enumerable.Range(0, _reader.FieldCount).Select(_reader.GetName)];
        TableLayout layout = TableLayout.Create(Name, 0, names, _roles, segment);
        long rowNumber = 0;
        while (await _reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            rowNumber++;
            if (FindFault(layout, rowNumber) is { } fault)
            {
                segment.DropRecord(fault);
            }
            else if (Take(layout, segment, rowNumber))
            {
                counter.Count();
            }
        }
        counter.Report();
    }

    private QuarantinedRow? FindFault(TableLayout layout, long rowNumber)
    {
        _row.Clear();
        for (int field = 0; field < layout.Names.Count; field++)
        {
            _row.Start(field);
            object value = _reader.GetValue(field);
            if (!TryAppend(field, value))
            {
                return new QuarantinedRow(Name, rowNumber, layout.Names[field], QuarantineReason.InvalidEncoding,
                    "The text has half a character (a surrogate without its other half).");
            }
            if (_row.Length(field) > TextLimits.DefaultMaxFieldBytes)
            {
                return new QuarantinedRow(Name, rowNumber, layout.Names[field], QuarantineReason.FieldTooLong,
                    $"The value is longer than {TextLimits.DefaultMaxFieldBytes} bytes.");
            }
        }
        return null;
    }

    private bool Take(TableLayout layout, RecordSegmentBuilder segment, long rowNumber)
    {
        for (int i = 0; i < layout.KeptFields.Length; i++)
        {
            segment.Set(layout.KeptColumns[i], _row.Value(layout.KeptFields[i]));
        }
        ReadOnlySpan<byte> id = _row.Value(layout.IdField);
        return layout.SourceField < 0
            ? segment.EndRecord(id, rowNumber)
            : segment.EndRecord(_row.Value(layout.SourceField), id, rowNumber);
    }

    private bool TryAppend(int field, object value)
    {
        switch (value)
        {
            case null or DBNull:
                return true;
            case string text:
                return _row.AppendText(field, text);
            case bool flag:
                _row.Append(field, flag ? "true"u8 : "false"u8);
                return true;
            case byte[] bytes:
                _row.AppendHex(field, bytes);
                return true;
            case DateTime time:
                _row.AppendFormatted(field, time, time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK");
                return true;
            case DateTimeOffset time:
                _row.AppendFormatted(field, time, time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz");
                return true;
            case DateOnly date:
                _row.AppendFormatted(field, date, "yyyy-MM-dd");
                return true;
            case TimeOnly time:
                _row.AppendFormatted(field, time, "HH:mm:ss.FFFFFFF");
                return true;
            case IUtf8SpanFormattable formattable:
                _row.AppendFormatted(field, formattable);
                return true;
            case IFormattable formattable:
                return _row.AppendText(field, formattable.ToString(null, CultureInfo.InvariantCulture));
            default:
                return _row.AppendText(field, value.ToString());
        }
    }
}
