using System.Text;

namespace IdentityResolution.Records;

/// <summary>Reads text of any encoding as UTF-8. Bytes that the encoding can't read become the byte FF, which is never valid UTF-8.</summary>
/// <remarks>So a row with undecodable bytes is found by the same check as a row of broken UTF-8, and the rest of the file is read.</remarks>
internal sealed class Utf8TranscodingStream : ReadOnlyStream
{
    private const int InputSize = 16 * 1024;
    private const byte Invalid = 0xFF;
    private readonly Stream _inner;
    private readonly Decoder _decoder;
    private readonly Encoder _encoder = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetEncoder();
    private readonly byte[] _input = new byte[InputSize];
    private readonly char[] _chars;
    private readonly byte[] _output;
    private int _start;
    private int _end;
    private bool _isDone;

    public Utf8TranscodingStream(Stream inner, Encoding encoding)
    {
        var marking = (Encoding)encoding.Clone();
        marking.DecoderFallback = new UndecodableFallback();
        _inner = inner;
        _decoder = marking.GetDecoder();
        _chars = new char[marking.GetMaxCharCount(InputSize) + 1];
        _output = new byte[Encoding.UTF8.GetMaxByteCount(_chars.Length)];
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_start == _end && !_isDone)
        {
            Transcode(await _inner.ReadAsync(_input, cancellationToken).ConfigureAwait(false));
        }
        return Take(buffer.Span);
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        while (_start == _end && !_isDone)
        {
            Transcode(_inner.Read(_input));
        }
        return Take(buffer);
    }

    private int Take(Span<byte> buffer)
    {
        int count = Math.Min(buffer.Length, _end - _start);
        _output.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }

    private void Transcode(int inputLength)
    {
        _isDone = inputLength == 0;
        int charCount = _decoder.GetChars(_input.AsSpan(0, inputLength), _chars, flush: _isDone);
        ReadOnlySpan<char> chars = _chars.AsSpan(0, charCount);
        (_start, _end) = (0, 0);
        while (true)
        {
            int marker = chars.IndexOf(UndecodableFallback.Marker);
            ReadOnlySpan<char> text = marker < 0 ? chars : chars[..marker];
            _end += _encoder.GetBytes(text, _output.AsSpan(_end), flush: _isDone);
            if (marker < 0)
            {
                return;
            }
            _output[_end++] = Invalid;
            chars = chars[(marker + 1)..];
        }
    }
}
