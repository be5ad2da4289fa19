namespace IdentityResolution.Cli;

/// <summary>Reads lines as bytes; tells whether another one is at hand without waiting.</summary>
/// <param name="input">The stream.</param>
/// <param name="maxLength">Most bytes of a line; of a longer one nothing is kept.</param>
internal sealed class ByteLineReader(Stream input, int maxLength)
{
    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private bool _isFinal;

    /// <summary>1-based number of the line that was read last.</summary>
    public long LineNumber { get; private set; }

    /// <summary>Was the line that was read last longer than allowed?</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Is there a whole line in memory?</summary>
    public bool HasLine => _buffer.AsSpan(_start, _end - _start).Contains((byte)'\n') || (_isFinal && _end > _start);

    /// <summary>The next line without its end; null at the end of the input. Valid until the next call.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellationToken)
    {
        IsTooLong = false;
        int searched = _start;
        while (true)
        {
            int length = _buffer.AsSpan(searched, _end - searched).IndexOf((byte)'\n');
            if (length >= 0)
            {
                return Take(searched + length, 1);
            }
            if (_isFinal)
            {
                return _end > _start ? Take(_end, 0) : (ReadOnlyMemory<byte>?)null;
            }
            if (_end - _start > maxLength)
            {
                IsTooLong = true;
                _start = _end;
            }
            searched = await FillAsync(cancellationToken);
        }
    }

    private ReadOnlyMemory<byte> Take(int end, int separator)
    {
        ReadOnlyMemory<byte> line = _buffer.AsMemory(_start, end - _start);
        _start = end + separator;
        LineNumber++;
        IsTooLong |= line.Length > maxLength;
        return IsTooLong ? ReadOnlyMemory<byte>.Empty : line;
    }

    // Where the unread bytes that were not searched yet begin.
    private async ValueTask<int> FillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
        int before = _end;
        int read = await input.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _isFinal = read == 0;
        _end += read;
        return before;
    }
}
