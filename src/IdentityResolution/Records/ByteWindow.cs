using System.Buffers;
using System.IO.Pipelines;
using System.Numerics;

namespace IdentityResolution.Records;

/// <summary>Shows the unread bytes of a pipe as one contiguous block that moves forward.</summary>
/// <remarks>
/// What a parser leaves because a row is not complete comes back with at least as many bytes again, so that a row is looked at a
/// logarithmic number of times however small the pieces are in which the input comes.
/// </remarks>
internal sealed class ByteWindow(PipeReader reader)
{
    private const int MinimumBytes = 64 * 1024;
    private ReadOnlySequence<byte> _sequence;
    private byte[] _joined = [];
    private bool _isOpen;

    /// <summary>The unread bytes.</summary>
    public ReadOnlyMemory<byte> Unread { get; private set; }

    /// <summary>No bytes follow those in <see cref="Unread"/>.</summary>
    public bool IsFinal { get; private set; }

    /// <summary>Gives bytes back and waits for more.</summary>
    /// <param name="consumed">How many of the unread bytes are done with.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    public async ValueTask AdvanceAsync(int consumed, CancellationToken cancellationToken)
    {
        long pending = _sequence.Length - consumed;
        if (_isOpen)
        {
            reader.AdvanceTo(_sequence.GetPosition(consumed), _sequence.End);
        }
        int wanted = (int)Math.Min(Array.MaxLength, Math.Max(MinimumBytes, pending * 2));
        ReadResult result = await reader.ReadAtLeastAsync(wanted, cancellationToken).ConfigureAwait(false);
        _isOpen = true;
        _sequence = result.Buffer;
        IsFinal = result.IsCompleted;
        Unread = _sequence.IsSingleSegment ? _sequence.First : Join();
    }

    private ReadOnlyMemory<byte> Join()
    {
        int length = checked((int)_sequence.Length);
        if (_joined.Length < length)
        {
            _joined = GC.AllocateUninitializedArray<byte>((int)Math.Min((ulong)Array.MaxLength, BitOperations.RoundUpToPowerOf2((ulong)length)));
        }
        _sequence.CopyTo(_joined);
        return _joined.AsMemory(0, length);
    }
}
