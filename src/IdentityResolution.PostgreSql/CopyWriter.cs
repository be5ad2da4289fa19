using System.Buffers.Binary;
using System.Text;
using Npgsql;

namespace IdentityResolution.PostgreSql;

/// <summary>Sends rows by binary COPY, from one buffer and without an object per value.</summary>
/// <remarks>Source of the format: PostgreSQL documentation, COPY, "Binary Format".</remarks>
internal sealed class CopyWriter : IRowWriter, IAsyncDisposable
{
    private const int FullAt = 1 << 16;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly NpgsqlRawCopyStream _stream;
    private byte[] _buffer = new byte[FullAt * 2];
    private int _length;
    private bool _complete;

    private CopyWriter(NpgsqlRawCopyStream stream)
    {
        _stream = stream;
        CopyFormat.Header.CopyTo(_buffer);
        _length = CopyFormat.Header.Length;
    }

    /// <summary>Starts a COPY ... FROM STDIN (FORMAT BINARY).</summary>
    public static async Task<CopyWriter> BeginAsync(NpgsqlConnection connection, string copy, CancellationToken cancellationToken) =>
        new(await connection.BeginRawBinaryCopyAsync(copy, cancellationToken).ConfigureAwait(false));

    /// <summary>Is it time to <see cref="FlushAsync"/>?</summary>
    public bool IsFull => _length >= FullAt;

    /// <summary>Starts a row; as many values must follow.</summary>
    public void Row(short columns) => BinaryPrimitives.WriteInt16BigEndian(Take(sizeof(short)), columns);

    /// <summary>A text, or null.</summary>
    public void Text(string? text)
    {
        if (text is null)
        {
            Length(-1);
            return;
        }
        int longest = sizeof(int) + Utf8.GetMaxByteCount(text.Length);
        Reserve(longest);
        int written = Utf8.GetBytes(text, _buffer.AsSpan(_length + sizeof(int)));
        Length(written);
        _length += written;
    }

    /// <summary>Bytes, or text that is in UTF-8 already.</summary>
    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        Length(bytes.Length);
        bytes.CopyTo(Take(bytes.Length));
    }

    /// <summary>A truth value.</summary>
    public void Truth(bool value)
    {
        Length(1);
        Take(1)[0] = value ? (byte)1 : (byte)0;
    }

    /// <summary>A bigint.</summary>
    public void Integer(long number)
    {
        Length(sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(Take(sizeof(long)), number);
    }

    /// <summary>A double precision, or null.</summary>
    public void Real(double? number)
    {
        if (number is not { } value)
        {
            Length(-1);
            return;
        }
        Length(sizeof(double));
        BinaryPrimitives.WriteDoubleBigEndian(Take(sizeof(double)), value);
    }

    /// <summary>Sends what is in the buffer.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await _stream.WriteAsync(_buffer.AsMemory(0, _length), cancellationToken).ConfigureAwait(false);
        _length = 0;
    }

    /// <summary>Ends the COPY; the rows are in the table, for this transaction.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        BinaryPrimitives.WriteInt16BigEndian(Take(sizeof(short)), CopyFormat.End);
        await FlushAsync(cancellationToken).ConfigureAwait(false);
        _complete = true;
        await _stream.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Breaks the COPY off, unless it is complete.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_complete)
        {
            _complete = true;
            await CopyFormat.BreakOffAsync(_stream).ConfigureAwait(false);
        }
    }

    private void Length(int bytes) => BinaryPrimitives.WriteInt32BigEndian(Take(sizeof(int)), bytes);

    private Span<byte> Take(int bytes)
    {
        Reserve(bytes);
        _length += bytes;
        return _buffer.AsSpan(_length - bytes, bytes);
    }

    private void Reserve(int bytes)
    {
        if (_buffer.Length - _length < bytes)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + bytes));
        }
    }
}
