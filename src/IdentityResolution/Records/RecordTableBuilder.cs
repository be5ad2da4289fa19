using IdentityResolution.Internals;

namespace IdentityResolution.Records;

/// <summary>Collects records from several inputs into one <see cref="RecordTable"/>.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class RecordTableBuilder
{
    private RecordKeyIndex? _keys;
    private readonly List<RecordSegmentBuilder> _segments = [];

    /// <summary>The rows set aside so far, in order of arrival.</summary>
    public List<QuarantinedRow> Quarantine { get; } = [];

    /// <summary>How many rows may be in quarantine before a reader stops with an <see cref="InvalidRecordException"/>; null = no limit.</summary>
    public long? MaxQuarantinedRows { get; set; }

    /// <summary>Who does the work where an input can be read by several threads; the outcome does not depend on how many.</summary>
    public Workers Workers { get; init; } = new(threads: 1, CancellationToken.None);

    /// <summary>Starts the next input. The segment before it is complete.</summary>
    /// <param name="input">The file or other input, for messages.</param>
    /// <param name="source">The source name of records that do not name their own.</param>
    public RecordSegmentBuilder AddSegment(string input, string source)
    {
        var segment = new RecordSegmentBuilder(this, Keys, input, source);
        _segments.Add(segment);
        return segment;
    }

    /// <summary>The finished table.</summary>
    public RecordTable Build() => new(Keys, [.. _segments.Select(segment => segment.Build())]);

    private RecordKeyIndex Keys => _keys ??= new RecordKeyIndex(Workers.Memory);

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
