using System.IO.Compression;

namespace IdentityResolution.Records;

/// <summary>Unpacks gzip, of one member or several, and notices when the data is cut off.</summary>
/// <remarks>
/// <see cref="GZipStream"/> ends quietly where cut-off data ends. So one member of our own is put behind the data: only when the data is
/// whole does that member come out at the end, where it is taken off again.
/// </remarks>
internal sealed class GzipText(Stream packed) : ReadOnlyStream
{
    private static readonly byte[] Seal = [.. "end of gzip data"u8, 0x00, 0xFF, 0x5A, 0xA5];
    private static readonly byte[] PackedSeal = Pack(Seal);
    private readonly GZipStream _unpacking = new(new SuffixedStream(packed, PackedSeal), CompressionMode.Decompress);
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private bool _isEnded;

    /// <summary>Do these bytes begin gzip data?</summary>
    public static bool IsGzip(ReadOnlySpan<byte> start) => start is [0x1F, 0x8B, ..];

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        while (Held == 0 && !_isEnded)
        {
            MakeRoom();
            Take(_unpacking.Read(_buffer.AsSpan(_end)));
        }
        return Give(buffer);
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (Held == 0 && !_isEnded)
        {
            MakeRoom();
            Take(await _unpacking.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false));
        }
        return Give(buffer.Span);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _unpacking.Dispose();
        }
        base.Dispose(disposing);
    }

    // What may be given out: all but the bytes that could be the seal.
    private int Held => Math.Max(0, _end - _start - Seal.Length);

    private static byte[] Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var packing = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            packing.Write(bytes);
        }
        return packed.ToArray();
    }

    private void MakeRoom()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
    }

    private void Take(int count)
    {
        _end += count;
        if (count > 0)
        {
            return;
        }
        if (!_buffer.AsSpan(_start, _end - _start).SequenceEqual(Seal))
        {
            throw new InvalidDataException("The gzip data is cut off.");
        }
        _isEnded = true;
    }

    private int Give(Span<byte> buffer)
    {
        int count = Math.Min(buffer.Length, Held);
        _buffer.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }

    private sealed class SuffixedStream(Stream inner, byte[] suffix) : ReadOnlyStream
    {
        private bool _isInnerEnded;
        private int _given;

        public override int Read(Span<byte> buffer) =>
            _isInnerEnded ? GiveSuffix(buffer) : Next(inner.Read(buffer), buffer);

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            _isInnerEnded
                ? GiveSuffix(buffer.Span)
                : Next(await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false), buffer.Span);

        private int Next(int count, Span<byte> buffer)
        {
            if (count > 0 || buffer.IsEmpty)
            {
                return count;
            }
            _isInnerEnded = true;
            return GiveSuffix(buffer);
        }

        private int GiveSuffix(Span<byte> buffer)
        {
            int count = Math.Min(buffer.Length, suffix.Length - _given);
            suffix.AsSpan(_given, count).CopyTo(buffer);
            _given += count;
            return count;
        }
    }
}
