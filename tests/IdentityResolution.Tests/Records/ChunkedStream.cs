namespace IdentityResolution.Tests.Records;

/// <summary>Hands out bytes in pieces of the sizes that a function gives, whatever the reader asks for.</summary>
internal sealed class ChunkedStream(byte[] bytes, Func<int> nextSize) : MemoryStream(bytes)
{
    public bool IsDisposed { get; private set; }

    public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, Math.Max(1, nextSize()))]);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Read(buffer.Span));

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }
}
