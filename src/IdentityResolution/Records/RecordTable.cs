using IdentityResolution.Internals;

namespace IdentityResolution.Records;

/// <summary>All records of a run: columnar, each distinct raw value stored once per input and column.</summary>
/// <remarks>A record is a dense 0-based index. Built by <see cref="RecordTableBuilder"/>; immutable afterwards but for <see cref="ReleaseValues"/>.</remarks>
internal sealed class RecordTable(RecordKeyIndex keys, IReadOnlyList<RecordSegment> segments)
{
    /// <summary>The keys of the records.</summary>
    public RecordKeyIndex Keys { get; } = keys;

    /// <summary>One segment per input, in the order the inputs were read; together they cover all records.</summary>
    public IReadOnlyList<RecordSegment> Segments { get; private set; } = segments;

    /// <summary>How many records there are.</summary>
    public int Count => Keys.Count;

    // About how many bytes the raw values take.
    private long ValueBytes => Segments.Sum(segment => segment.Columns.Sum(column => column.Values.Bytes + column.Codes.Bytes));

    /// <summary>Lets go of the raw values: the records keep their keys and have no columns any more.</summary>
    public void ReleaseValues()
    {
        long bytes = ValueBytes;
        foreach (RawColumn column in Segments.SelectMany(segment => segment.Columns))
        {
            column.Values.Free();
            column.Codes.Free();
        }
        Segments = [.. Segments.Select(segment => segment with { Columns = [] })];
        Garbage.Collect(bytes);
    }
}

/// <summary>The records of one input: a run of record indices with the input's own columns.</summary>
/// <param name="Input">The file or other input, for messages.</param>
/// <param name="Source">The source name the input was declared with; single records may name another.</param>
/// <param name="Start">The first record index.</param>
/// <param name="Count">How many records the input gave.</param>
/// <param name="Columns">The input's columns except record id and source, in the order they were met.</param>
internal sealed record RecordSegment(string Input, string Source, int Start, int Count, IReadOnlyList<RawColumn> Columns)
{
    /// <summary>Where the record ids came from; row numbers are not stable from one run to the next.</summary>
    public RecordIdOrigin IdOrigin { get; init; } = RecordIdOrigin.Given;

    /// <summary>The column with this name (compared without case), or null.</summary>
    public RawColumn? Find(string name)
    {
        foreach (RawColumn column in Columns)
        {
            if (string.Equals(column.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return column;
            }
        }
        return null;
    }
}

/// <summary>One column of one input.</summary>
/// <param name="Name">The column's name in the input.</param>
/// <param name="Values">Its distinct raw values; the empty value is not among them.</param>
/// <param name="Codes">The value of each record of the segment as a code of <paramref name="Values"/>; -1 = missing. Length: records of the segment.</param>
internal sealed record RawColumn(string Name, ValueDictionary Values, LargeArray<int> Codes);
