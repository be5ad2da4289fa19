namespace IdentityResolution.Records;

/// <summary>Rows of one stretch of a text: its bytes, and where each field of each row stands in them.</summary>
/// <remarks>Filled by a reader, then taken by a <see cref="RecordSegmentBuilder"/>: keys first, then column by column. Reused.</remarks>
internal sealed class RowBatch
{
    private const int FirstCapacity = 1024;
    private BytePlace[] _places = [];
    private int[] _lines = [];
    private int _fields;

    /// <summary>The bytes that the places point into.</summary>
    public byte[] Bytes { get; set; } = [];

    /// <summary>How many rows there are.</summary>
    public int Count { get; set; }

    /// <summary>How many rows have room.</summary>
    public int Capacity { get; private set; }

    /// <summary>Line number of the input at which the batch starts. 1-based.</summary>
    public long FirstLine { get; private set; }

    /// <summary>How many rows of the input, good or not, stand before the batch.</summary>
    public long RowsBefore { get; private set; }

    /// <summary>The part of the input that was read with the end of this batch, in (0, 1]; 0 = not known.</summary>
    public double Share { get; set; }

    /// <summary>The rows that can't be read, each with the number of good rows of this batch before it.</summary>
    public List<(int RowsBefore, QuarantinedRow Row)> Faults { get; } = [];

    /// <summary>The record of the first row once the keys were taken; those that follow are numbered on.</summary>
    public int FirstRecord { get; set; }

    /// <summary>Room for the place of each field of each row: field by field, <see cref="Capacity"/> places each.</summary>
    public BytePlace[] Places => _places;

    /// <summary>Room for the line of each row, counted from <see cref="FirstLine"/>.</summary>
    public int[] Lines => _lines;

    /// <summary>Forgets all rows.</summary>
    /// <param name="firstLine">See <see cref="FirstLine"/>.</param>
    /// <param name="rowsBefore">See <see cref="RowsBefore"/>.</param>
    public void Start(long firstLine, long rowsBefore)
    {
        (Count, FirstLine, RowsBefore, FirstRecord) = (0, firstLine, rowsBefore, 0);
        Faults.Clear();
    }

    /// <summary>Makes room for rows of so many fields; there are no rows yet.</summary>
    public void SetFields(int fields)
    {
        if (_fields != fields)
        {
            _fields = fields;
            Capacity = FirstCapacity;
            _places = GC.AllocateUninitializedArray<BytePlace>(checked(fields * Capacity));
            _lines = GC.AllocateUninitializedArray<int>(Capacity);
        }
    }

    /// <summary>Makes room for more rows.</summary>
    public void Grow()
    {
        int capacity = checked(Capacity * 2);
        BytePlace[] places = GC.AllocateUninitializedArray<BytePlace>(checked(_fields * capacity));
        for (int field = 0; field < _fields; field++)
        {
            _places.AsSpan(field * Capacity, Count).CopyTo(places.AsSpan(field * capacity));
        }
        Array.Resize(ref _lines, capacity);
        (_places, Capacity) = (places, capacity);
    }

    /// <summary>Where the values of a field stand, row by row.</summary>
    public ReadOnlySpan<BytePlace> PlacesOf(int field) => _places.AsSpan(field * Capacity, Count);

    /// <summary>Keeps only the rows named, in order.</summary>
    public void Keep(ReadOnlySpan<int> rows)
    {
        for (int field = 0; field < _fields; field++)
        {
            Span<BytePlace> places = _places.AsSpan(field * Capacity, Count);
            for (int i = 0; i < rows.Length; i++)
            {
                places[i] = places[rows[i]];
            }
        }
        Count = rows.Length;
    }
}
