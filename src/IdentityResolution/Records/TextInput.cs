using System.IO.Pipelines;
using System.Text;

namespace IdentityResolution.Records;

/// <summary>A stream as text: unpacked when it is gzip, in UTF-8, without byte order mark.</summary>
internal sealed class TextInput : IAsyncDisposable
{
    private const int BufferSize = 128 * 1024;
    private const int SniffLength = 1024;
    private readonly Stream? _unpacking;

    private TextInput(Stream text, Stream? unpacking, long? length, string encodingName, byte firstByte)
    {
        _unpacking = unpacking;
        Text = text;
        Length = length;
        EncodingName = encodingName;
        FirstByte = firstByte;
        Reader = PipeReader.Create(text, new StreamPipeReaderOptions(bufferSize: BufferSize, minimumReadSize: BufferSize / 4, leaveOpen: true));
    }

    /// <summary>The text. Read either this or <see cref="Reader"/>.</summary>
    public Stream Text { get; }

    /// <summary>How many bytes the text has, about; null when that can't be told before it is read.</summary>
    public long? Length { get; }

    /// <summary>The text, as a pipe.</summary>
    public PipeReader Reader { get; }

    /// <summary>The name of the encoding that the input is in, for messages.</summary>
    public string EncodingName { get; }

    /// <summary>The first byte that is no blank; 0 when there is none near the start.</summary>
    public byte FirstByte { get; }

    /// <summary>Looks at the first bytes and sets up what they call for.</summary>
    /// <param name="stream">The raw bytes; left open.</param>
    /// <param name="encoding">The encoding of the text; null = UTF-8 or what the byte order mark says.</param>
    /// <param name="cancellationToken">Stops the first reads.</param>
    public static async Task<TextInput> OpenAsync(Stream stream, Encoding? encoding, CancellationToken cancellationToken)
    {
        Stream? unpacking = null;
        long? length = stream.CanSeek ? stream.Length - stream.Position : null;
        var text = new PeekStream(stream);
        if (GzipText.IsGzip((await text.PeekAsync(2, cancellationToken).ConfigureAwait(false)).Span))
        {
            unpacking = new GzipText(text);
            length = null;
            text = new PeekStream(unpacking);
        }
        encoding ??= ByteOrder((await text.PeekAsync(2, cancellationToken).ConfigureAwait(false)).Span);
        string name = "UTF-8";
        if (encoding is not null && encoding.CodePage != Encoding.UTF8.CodePage)
        {
            name = encoding.WebName;
            length = null;
            text = new PeekStream(new Utf8TranscodingStream(text, encoding));
        }
        if ((await text.PeekAsync(3, cancellationToken).ConfigureAwait(false)).Span.SequenceEqual(Encoding.UTF8.Preamble))
        {
            text.Skip(3);
        }
        ReadOnlyMemory<byte> head = await text.PeekAsync(SniffLength, cancellationToken).ConfigureAwait(false);
        int first = head.Span.IndexOfAnyExcept(" \t\r\n"u8);
        return new TextInput(text, unpacking, length, name, first < 0 ? (byte)0 : head.Span[first]);
    }

    /// <summary>Ends reading; the stream that was given stays open.</summary>
    public async ValueTask DisposeAsync()
    {
        await Reader.CompleteAsync().ConfigureAwait(false);
        if (_unpacking is not null)
        {
            await _unpacking.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static Encoding? ByteOrder(ReadOnlySpan<byte> head) => head switch
    {
        [0xFF, 0xFE] => Encoding.Unicode,
        [0xFE, 0xFF] => Encoding.BigEndianUnicode,
        _ => null,
    };
}
