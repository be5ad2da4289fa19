namespace IdentityResolution.Records;

/// <summary>A stretch of a CSV text: the bytes, and the rows that they were cut into.</summary>
internal sealed class CsvChunk
{
    // Room before the bytes for the start of a row that the stretch before could not end.
    private const int Headroom = 4096;
    private byte[] _bytes = [];
    private int _start;
    private int _end;

    /// <summary>The rows, once they are cut.</summary>
    public RowBatch Rows { get; } = new();

    /// <summary>No bytes follow these.</summary>
    public bool IsFinal { get; private set; }

    /// <summary>Where the bytes stand in <see cref="RowBatch.Bytes"/>.</summary>
    public int Start => _start;

    /// <summary>Where the bytes end in <see cref="RowBatch.Bytes"/>.</summary>
    public int End => _end;

    /// <summary>How many bytes there are.</summary>
    public int Length => _end - _start;

    /// <summary>The bytes that belong to no row yet; set by what cuts the rows.</summary>
    public ReadOnlySpan<byte> Unread => _bytes.AsSpan(_start, _end - _start);

    /// <summary>Forgets the bytes.</summary>
    public void Clear() => (_start, _end, IsFinal) = (Headroom, Headroom, false);

    /// <summary>The bytes before a place belong to rows now.</summary>
    public void Consume(int place) => _start = place;

    /// <summary>Reads so many bytes more, fewer at the end of the text.</summary>
    /// <returns>How many bytes came.</returns>
    public async ValueTask<int> ReadAsync(Stream text, int count, CancellationToken cancellationToken)
    {
        if (_end == 0)
        {
            Clear();
        }
        Reserve(count);
        int before = _end;
        int end = _end + count;
        while (_end < end)
        {
            int read = await text.ReadAsync(_bytes.AsMemory(_end, end - _end), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                IsFinal = true;
                break;
            }
            _end += read;
        }
        return _end - before;
    }

    /// <summary>Puts bytes before those that were read.</summary>
    public void Prepend(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _start)
        {
            byte[] grown = GC.AllocateUninitializedArray<byte>(checked(Headroom + bytes.Length + Length));
            _bytes.AsSpan(_start, Length).CopyTo(grown.AsSpan(Headroom + bytes.Length));
            (_start, _end) = (Headroom + bytes.Length, grown.Length);
            Own(grown);
        }
        _start -= bytes.Length;
        bytes.CopyTo(_bytes.AsSpan(_start));
    }

    private void Reserve(int count)
    {
        if (_bytes.Length - _end < count)
        {
            byte[] grown = GC.AllocateUninitializedArray<byte>(checked(_end + count));
            _bytes.AsSpan(0, Math.Min(_end, _bytes.Length)).CopyTo(grown);
            Own(grown);
        }
    }

    private void Own(byte[] bytes)
    {
        _bytes = bytes;
        Rows.Bytes = bytes;
    }
}
