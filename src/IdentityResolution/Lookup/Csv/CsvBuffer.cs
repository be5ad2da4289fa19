using System.Buffers;
using System.Text;
using IdentityResolution.Identity;

namespace IdentityResolution.Lookup;

/// <summary>Builds lines of CSV as UTF-8: LF at the end of a line, quotes only where RFC 4180 needs them.</summary>
internal sealed class CsvBuffer
{
    /// <summary>Rows to write between two looks at <see cref="IsFull"/>.</summary>
    public const int RowsPerBlock = 256;

    private const int FullBytes = 128 * 1024;
    private static readonly SearchValues<byte> Special = SearchValues.Create(",\"\r\n"u8);
    private byte[] _bytes = new byte[FullBytes + (16 * 1024)];
    private int _length;

    /// <summary>What was written since the last <see cref="Clear"/>.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    /// <summary>Is it time to hand the bytes on?</summary>
    public bool IsFull => _length >= FullBytes;

    /// <summary>Forgets what was written.</summary>
    public void Clear() => _length = 0;

    /// <summary>A field as it stands in a file.</summary>
    public static byte[] Quote(string field)
    {
        var buffer = new CsvBuffer();
        buffer.AppendField(Encoding.UTF8.GetBytes(field));
        return buffer.Written.ToArray();
    }

    /// <summary>Appends bytes as they are.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>Room for so many bytes; what is written there counts from <see cref="Advance"/> on.</summary>
    public Span<byte> GetRoom(int count)
    {
        Reserve(count);
        return _bytes.AsSpan(_length);
    }

    /// <summary>Takes bytes that were written to the room.</summary>
    public void Advance(int count) => _length += count;

    /// <summary>Appends the comma between two fields.</summary>
    public void AppendComma()
    {
        Reserve(1);
        _bytes[_length++] = (byte)',';
    }

    /// <summary>Appends the end of a line.</summary>
    public void EndLine()
    {
        Reserve(1);
        _bytes[_length++] = (byte)'\n';
    }

    /// <summary>Appends a field, quoted if needed.</summary>
    public void AppendField(ReadOnlySpan<byte> field)
    {
        if (!field.ContainsAny(Special))
        {
            Append(field);
            return;
        }
        Reserve((field.Length * 2) + 2);
        _bytes[_length++] = (byte)'"';
        foreach (byte symbol in field)
        {
            if (symbol == '"')
            {
                _bytes[_length++] = (byte)'"';
            }
            _bytes[_length++] = symbol;
        }
        _bytes[_length++] = (byte)'"';
    }

    /// <summary>Appends a field, quoted if needed.</summary>
    public void AppendField(string field) => AppendField(Encoding.UTF8.GetBytes(field));

    /// <summary>Appends a probability with six decimals.</summary>
    public void AppendProbability(int millionths)
    {
        Reserve(Millionths.TextLength);
        Millionths.Write(millionths, _bytes.AsSpan(_length));
        _length += Millionths.TextLength;
    }

    private void Reserve(int count)
    {
        if (_bytes.Length - _length < count)
        {
            Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max((long)_length + count, _bytes.LongLength * 2)));
        }
    }
}
