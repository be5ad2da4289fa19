namespace IdentityResolution.Records;

/// <summary>A forward-only stream whose first bytes can be looked at before they are read.</summary>
internal sealed class PeekStream(Stream inner) : ReadOnlyStream
{
    private byte[] _head = [];
    private int _headStart;
    private int _headEnd;

    /// <summary>The first bytes that were not read yet: <paramref name="count"/> of them, or fewer at the end of the input.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> PeekAsync(int count, CancellationToken cancellationToken)
    {
        if (_headEnd - _headStart < count)
        {
            var head = new byte[count];
            int have = _headEnd - _headStart;
            _head.AsSpan(_headStart, have).CopyTo(head);
            have += await inner.ReadAtLeastAsync(head.AsMemory(have), count - have, throwOnEndOfStream: false, cancellationToken)
                .ConfigureAwait(false);
            (_head, _headStart, _headEnd) = (head, 0, have);
        }
        return _head.AsMemory(_headStart, Math.Min(count, _headEnd - _headStart));
    }

    /// <summary>Passes over bytes that were looked at.</summary>
    public void Skip(int count) => _headStart += count;

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int have = TakeHead(buffer.Span);
        return have > 0 ? ValueTask.FromResult(have) : inner.ReadAsync(buffer, cancellationToken);
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int have = TakeHead(buffer);
        return have > 0 ? have : inner.Read(buffer);
    }

    private int TakeHead(Span<byte> buffer)
    {
        int count = Math.Min(buffer.Length, _headEnd - _headStart);
        _head.AsSpan(_headStart, count).CopyTo(buffer);
        _headStart += count;
        return count;
    }
}
