using System.Text;
using IdentityResolution.Similarity.Kernels;

namespace IdentityResolution.Similarity;

/// <content>How a column is made.</content>
public sealed partial class TextColumn
{
    private struct Builder(int count, int bytes)
    {
        private readonly Value[] _values = new Value[count];
        private byte[] _bytes = new byte[bytes + Slack];
        private char[] _wide = [];
        private int _valueCount;
        private int _byteCount;
        private int _wideCount;

        public void Add(ReadOnlySpan<byte> utf8)
        {
            if (Ascii.IsValid(utf8))
            {
                utf8.CopyTo(Reserve(utf8.Length));
                Keep(utf8.Length);
                return;
            }
            using var scratch = new Scratch<char>(stackalloc char[256], utf8.Length);
            Add(scratch.Span[..Encoding.UTF8.GetChars(utf8, scratch.Span)]);
        }

        public void Add(ReadOnlySpan<char> value)
        {
            if (value.ContainsAnyExceptInRange('\0', '\u00FF'))
            {
                if (_wide.Length - _wideCount < value.Length)
                {
                    Array.Resize(ref _wide, Math.Max(_wide.Length * 2, _wideCount + value.Length));
                }
                value.CopyTo(_wide.AsSpan(_wideCount));
                _values[_valueCount++] = new Value(~_wideCount, value.Length, 0);
                _wideCount += value.Length;
                return;
            }
            Encoding.Latin1.GetBytes(value, Reserve(value.Length));
            Keep(value.Length);
        }

        public TextColumn Build()
        {
            Array.Resize(ref _bytes, _byteCount + Slack);
            Array.Resize(ref _wide, _wideCount);
            return new TextColumn(_bytes, _wide, _values);
        }

        private Span<byte> Reserve(int length)
        {
            if (_bytes.Length - Slack - _byteCount < length)
            {
                Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _byteCount + length + Slack));
            }
            return _bytes.AsSpan(_byteCount, length);
        }

        private void Keep(int length)
        {
            ulong signature = Signatures.Of(_bytes.AsSpan(_byteCount, length));
            _values[_valueCount++] = new Value(_byteCount, length, signature);
            _byteCount += length;
        }
    }
}
