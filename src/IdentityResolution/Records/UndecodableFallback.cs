using System.Text;

namespace IdentityResolution.Records;

/// <summary>Puts one U+FFFE, which no text holds, in the place of bytes that an encoding can't read.</summary>
internal sealed class UndecodableFallback : DecoderFallback
{
    /// <summary>What stands for undecodable bytes.</summary>
    public const char Marker = '\uFFFE';

    /// <inheritdoc/>
    public override int MaxCharCount => 1;

    /// <inheritdoc/>
    public override DecoderFallbackBuffer CreateFallbackBuffer() => new Buffer();

    private sealed class Buffer : DecoderFallbackBuffer
    {
        private bool _pending;
        private bool _given;

        public override int Remaining => _pending ? 1 : 0;

        public override bool Fallback(byte[] bytesUnknown, int index)
        {
            _pending = true;
            _given = false;
            return true;
        }

        public override char GetNextChar()
        {
            if (!_pending)
            {
                return '\0';
            }
            _pending = false;
            _given = true;
            return Marker;
        }

        public override bool MovePrevious()
        {
            if (!_given)
            {
                return false;
            }
            _given = false;
            _pending = true;
            return true;
        }

        public override void Reset()
        {
            _pending = false;
            _given = false;
        }
    }
}
