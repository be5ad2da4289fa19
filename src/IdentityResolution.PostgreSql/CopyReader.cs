using System.Buffers.Binary;
using System.Text;
using Npgsql;

namespace IdentityResolution.PostgreSql;

/// <summary>Receives rows by binary COPY, as spans over one buffer and without an object per value. Columns count from 0.</summary>
/// <remarks>Source of the format: PostgreSQL documentation, COPY, "Binary Format".</remarks>
internal sealed class CopyReader : IAsyncDisposable
{
    private readonly NpgsqlRawCopyStream _stream;
    private readonly int[] _starts;
    private readonly int[] _lengths;
    private byte[] _buffer = new byte[1 << 17];
    private int _start;
    private int _end;
    private bool _complete;

    private CopyReader(NpgsqlRawCopyStream stream, int columns)
    {
        _stream = stream;
        _starts = new int[columns];
        _lengths = new int[columns];
    }

    /// <summary>Starts a COPY (...) TO STDOUT (FORMAT BINARY).</summary>
    public static async Task<CopyReader> BeginAsync(NpgsqlConnection connection, string copy, int columns, CancellationToken cancellationToken)
    {
        var reader = new CopyReader(await connection.BeginRawBinaryCopyAsync(copy, cancellationToken).ConfigureAwait(false), columns);
        try
        {
            await reader.SkipHeaderAsync(cancellationToken).ConfigureAwait(false);
            return reader;
        }
        catch
        {
            await reader.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Goes to the next row that is in the buffer whole. False: call <see cref="FillAsync"/>, and when that is false it was the last.</summary>
    public bool Read()
    {
        int at = _start;
        if (_complete || _end - at < sizeof(short))
        {
            return false;
        }
        short columns = BinaryPrimitives.ReadInt16BigEndian(_buffer.AsSpan(at));
        at += sizeof(short);
        if (columns == CopyFormat.End)
        {
            return false;
        }
        if (columns != _starts.Length)
        {
            throw new InvalidDataException("The server sent a row of another number of columns than was asked for.");
        }
        for (int column = 0; column < columns; column++)
        {
            if (_end - at < sizeof(int))
            {
                return false;
            }
            int length = BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(at));
            at += sizeof(int);
            if (_end - at < length)
            {
                return false;
            }
            _starts[column] = at;
            _lengths[column] = length;
            at += Math.Max(length, 0);
        }
        _start = at;
        return true;
    }

    /// <summary>Receives more rows; false at the end. What <see cref="Utf8"/> gave before is no longer valid.</summary>
    public async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_complete)
        {
            return false;
        }
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }
        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
        int read = await _stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        _end += read;
        if (read > 0)
        {
            return true;
        }
        if (_end != sizeof(short) || BinaryPrimitives.ReadInt16BigEndian(_buffer) != CopyFormat.End)
        {
            throw new InvalidDataException("The server's rows end in the middle.");
        }
        _complete = true;
        await _stream.DisposeAsync().ConfigureAwait(false);
        return false;
    }

    /// <summary>Is there no value?</summary>
    public bool IsNull(int column) => _lengths[column] < 0;

    /// <summary>A text in UTF-8, empty when there is none; valid until the next <see cref="FillAsync"/>.</summary>
    public ReadOnlySpan<byte> Utf8(int column) => _buffer.AsSpan(_starts[column], Math.Max(_lengths[column], 0));

    /// <summary>A text.</summary>
    public string Text(int column) => Encoding.UTF8.GetString(Utf8(column));

    /// <summary>A bigint.</summary>
    public long Integer(int column) => BinaryPrimitives.ReadInt64BigEndian(Utf8(column));

    /// <summary>A double precision, or null.</summary>
    public double? Real(int column) => IsNull(column) ? null : BinaryPrimitives.ReadDoubleBigEndian(Utf8(column));

    /// <summary>Breaks the COPY off, unless it came to its end.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_complete)
        {
            _complete = true;
            await CopyFormat.BreakOffAsync(_stream).ConfigureAwait(false);
        }
    }

    private async Task SkipHeaderAsync(CancellationToken cancellationToken)
    {
        while (_end < CopyFormat.HeaderLength)
        {
            int read = await _stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                throw new InvalidDataException("The server's rows end in the middle.");
            }
            _end += read;
        }
        if (!_buffer.AsSpan().StartsWith(CopyFormat.Header))
        {
            throw new InvalidDataException("The server sent rows in a form that was not asked for.");
        }
        _start = CopyFormat.HeaderLength;
    }
}
