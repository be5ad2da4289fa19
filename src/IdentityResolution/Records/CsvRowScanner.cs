using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IdentityResolution.Records;

/// <summary>What a scan for a row came to.</summary>
internal enum CsvRowStatus
{
    /// <summary>The row is complete.</summary>
    Complete,

    /// <summary>The row may go on behind the bytes at hand.</summary>
    NeedMore,

    /// <summary>A quoted field is not closed before the end of the input.</summary>
    UnclosedQuote,

    /// <summary>Text stands between a closing quote and the next delimiter.</summary>
    TextAfterQuote,

    /// <summary>A field is longer than the limit.</summary>
    FieldTooLong,

    /// <summary>The row as a whole is longer than the limit.</summary>
    RowTooLong,
}

/// <summary>Cuts one row of CSV into fields. Holds the places of the fields, no bytes.</summary>
/// <remarks>
/// RFC 4180, read kindly: rows end in CRLF, LF or CR; a quote inside a field that does not start with one is an ordinary character.
/// 32 bytes at a time are compared with the four bytes that matter. No allocation in steady state.
/// Source: Shafranovich (2005), "Common Format and MIME Type for Comma-Separated Values (CSV) Files", RFC 4180.
/// </remarks>
internal sealed class CsvRowScanner(byte delimiter, int maxFieldBytes)
{
    private const byte Quote = (byte)'"';
    private const byte LineFeed = (byte)'\n';
    private const byte CarriageReturn = (byte)'\r';
    private readonly Vector256<byte> _delimiters = Vector256.Create(delimiter);
    private readonly int _maxRowBytes = TextLimits.MaxRowBytes(maxFieldBytes);
    private FieldPlace[] _fields = new FieldPlace[32];
    private long _rowLimit;

    /// <summary>How many fields the row has; when it is broken, how many there are before the broken one.</summary>
    public int FieldCount { get; private set; }

    /// <summary>Where the row after this one starts.</summary>
    public int Next { get; private set; }

    /// <summary>How many line ends there are inside the row's quoted fields, up to the broken one.</summary>
    public int InnerLines { get; private set; }

    /// <summary>Where the broken field starts.</summary>
    public int BrokenAt { get; private set; }

    /// <summary>How many fields are remembered; those after it are only counted.</summary>
    public int MaxFields { get; set; } = int.MaxValue;

    /// <summary>A field's bytes, without quotes; in <paramref name="scratch"/> when doubled quotes had to be undone.</summary>
    public ReadOnlySpan<byte> Field(ReadOnlySpan<byte> data, int index, ref byte[] scratch)
    {
        FieldPlace place = _fields[index];
        ReadOnlySpan<byte> field = data.Slice(place.Start, place.Length);
        return place.HasDoubledQuotes ? Undouble(field, ref scratch) : field;
    }

    /// <summary>Where a field's bytes stand, without quotes; doubled quotes are undone in the data itself.</summary>
    /// <remarks>The row must not be scanned again afterwards.</remarks>
    public BytePlace Settle(Span<byte> data, int index)
    {
        FieldPlace place = _fields[index];
        return new BytePlace(
            place.Start, place.HasDoubledQuotes ? Undouble(data.Slice(place.Start, place.Length)) : place.Length);
    }

    /// <summary>Looks for the row that starts at <paramref name="start"/>.</summary>
    /// <param name="data">The bytes at hand.</param>
    /// <param name="start">Where the row starts; there is at least one byte, and it is no line end.</param>
    /// <param name="isFinal">The input ends where <paramref name="data"/> ends.</param>
    public CsvRowStatus Scan(ReadOnlySpan<byte> data, int start, bool isFinal)
    {
        ref byte origin = ref MemoryMarshal.GetReference(data);
        int length = data.Length;
        int position = start;
        int fieldStart = start;
        FieldCount = 0;
        InnerLines = 0;
        _rowLimit = (long)start + _maxRowBytes;
        while (true)
        {
            uint marks;
            int width;
            if (length - position >= Vector256<byte>.Count)
            {
                Vector256<byte> bytes = Vector256.LoadUnsafe(ref origin, (nuint)position);
                marks = (Vector256.Equals(bytes, _delimiters)
                    | Vector256.Equals(bytes, Vector256.Create(Quote))
                    | Vector256.Equals(bytes, Vector256.Create(LineFeed))
                    | Vector256.Equals(bytes, Vector256.Create(CarriageReturn))).ExtractMostSignificantBits();
                width = Vector256<byte>.Count;
            }
            else
            {
                width = length - position;
                marks = Marks(data[position..]);
            }
            bool isMoved = false;
            while (marks != 0)
            {
                int at = position + BitOperations.TrailingZeroCount(marks);
                marks &= marks - 1;
                byte mark = data[at];
                if (mark == delimiter)
                {
                    if (!AddField(fieldStart, at - fieldStart, hasDoubledQuotes: false))
                    {
                        return TooLong(fieldStart, fieldStart);
                    }
                    fieldStart = at + 1;
                }
                else if (mark != Quote)
                {
                    return EndRow(data, fieldStart, at, isFinal);
                }
                else if (at == fieldStart)
                {
                    CsvRowStatus status = Quoted(data, fieldStart, isFinal, out position);
                    if (status != CsvRowStatus.Complete)
                    {
                        BrokenAt = fieldStart;
                        return status == CsvRowStatus.NeedMore && length > _rowLimit ? CsvRowStatus.RowTooLong : status;
                    }
                    if (position == length || data[position] != delimiter)
                    {
                        return EndRowAt(data, fieldStart, position, isFinal);
                    }
                    position++;
                    fieldStart = position;
                    isMoved = true;
                    break;
                }
            }
            if (isMoved)
            {
                continue;
            }
            position += width;
            if (position >= length)
            {
                return EndOfData(length, fieldStart, isFinal);
            }
        }
    }

    private static int CountLines(ReadOnlySpan<byte> field)
    {
        int returns = field.Count(CarriageReturn);
        int lines = field.Count(LineFeed) + returns;
        if (returns == 0)
        {
            return lines;
        }
        for (int at = field.IndexOf("\r\n"u8); at >= 0; at = field.IndexOf("\r\n"u8))
        {
            lines--;
            field = field[(at + 2)..];
        }
        return lines;
    }

    private static ReadOnlySpan<byte> Undouble(ReadOnlySpan<byte> field, ref byte[] scratch)
    {
        if (scratch.Length < field.Length)
        {
            scratch = new byte[Math.Max(field.Length, 256)];
        }
        int written = 0;
        while (true)
        {
            int quote = field.IndexOf(Quote);
            if (quote < 0)
            {
                field.CopyTo(scratch.AsSpan(written));
                return scratch.AsSpan(0, written + field.Length);
            }
            field[..(quote + 1)].CopyTo(scratch.AsSpan(written));
            written += quote + 1;
            field = field[(quote + 2)..];
        }
    }

    // What is read is never before what is written.
    private static int Undouble(Span<byte> field)
    {
        int written = 0;
        for (int i = 0; i < field.Length; i++)
        {
            byte b = field[i];
            field[written++] = b;
            if (b == Quote)
            {
                i++;
            }
        }
        return written;
    }

    private uint Marks(ReadOnlySpan<byte> tail)
    {
        uint marks = 0;
        for (int i = 0; i < tail.Length; i++)
        {
            byte b = tail[i];
            if (b == delimiter || b is Quote or LineFeed or CarriageReturn)
            {
                marks |= 1u << i;
            }
        }
        return marks;
    }

    // From the opening quote to behind the closing one. What is found must not depend on how many bytes are at hand.
    private CsvRowStatus Quoted(ReadOnlySpan<byte> data, int open, bool isFinal, out int position)
    {
        int content = open + 1;
        bool hasDoubledQuotes = false;
        position = content;
        while (true)
        {
            int reach = (int)Math.Min(data.Length, (long)content + maxFieldBytes + 1);
            int found = position < reach ? data[position..reach].IndexOf(Quote) : -1;
            if (found < 0)
            {
                return data.Length - content > maxFieldBytes ? TooLong(open, content)
                    : !isFinal ? CsvRowStatus.NeedMore
                    : data.Length > _rowLimit ? CsvRowStatus.RowTooLong
                    : CsvRowStatus.UnclosedQuote;
            }
            position += found + 1;
            if (position == data.Length && !isFinal)
            {
                return CsvRowStatus.NeedMore;
            }
            if (position < data.Length && data[position] == Quote)
            {
                hasDoubledQuotes = true;
                position++;
                continue;
            }
            if (position > _rowLimit)
            {
                return CsvRowStatus.RowTooLong;
            }
            if (position < data.Length && data[position] != delimiter && data[position] is not (LineFeed or CarriageReturn))
            {
                return CsvRowStatus.TextAfterQuote;
            }
            int fieldLength = position - 1 - content;
            AddField(content, fieldLength, hasDoubledQuotes);
            InnerLines += CountLines(data.Slice(content, fieldLength));
            return CsvRowStatus.Complete;
        }
    }

    private CsvRowStatus EndRow(ReadOnlySpan<byte> data, int fieldStart, int at, bool isFinal) =>
        AddField(fieldStart, at - fieldStart, hasDoubledQuotes: false)
            ? EndRowAt(data, fieldStart, at, isFinal)
            : TooLong(fieldStart, fieldStart);

    // A carriage return at the end of the bytes at hand may be half of a line end.
    private CsvRowStatus EndRowAt(ReadOnlySpan<byte> data, int fieldStart, int at, bool isFinal)
    {
        if (at + 1 < data.Length)
        {
            Next = at + (data[at] == CarriageReturn && data[at + 1] == LineFeed ? 2 : 1);
        }
        else if (isFinal || (at < data.Length && data[at] == LineFeed))
        {
            Next = data.Length;
        }
        else
        {
            BrokenAt = fieldStart;
            return CsvRowStatus.NeedMore;
        }
        return CsvRowStatus.Complete;
    }

    private CsvRowStatus EndOfData(int length, int fieldStart, bool isFinal)
    {
        if (length - fieldStart > maxFieldBytes || length > _rowLimit)
        {
            return TooLong(fieldStart, fieldStart);
        }
        if (!isFinal)
        {
            BrokenAt = fieldStart;
            return CsvRowStatus.NeedMore;
        }
        AddField(fieldStart, length - fieldStart, hasDoubledQuotes: false);
        Next = length;
        return CsvRowStatus.Complete;
    }

    // Of the two limits the one that is passed first, reading byte by byte.
    private CsvRowStatus TooLong(int fieldStart, int content)
    {
        BrokenAt = fieldStart;
        return (long)content + maxFieldBytes > _rowLimit ? CsvRowStatus.RowTooLong : CsvRowStatus.FieldTooLong;
    }

    private bool AddField(int start, int length, bool hasDoubledQuotes)
    {
        if (length > maxFieldBytes || (long)start + length > _rowLimit)
        {
            return false;
        }
        if (FieldCount < MaxFields)
        {
            if (FieldCount == _fields.Length)
            {
                Array.Resize(ref _fields, FieldCount * 2);
            }
            _fields[FieldCount] = new FieldPlace(start, length, hasDoubledQuotes);
        }
        FieldCount++;
        return true;
    }

    private readonly struct FieldPlace(int start, int length, bool hasDoubledQuotes)
    {
        public readonly int Start = start;
        public readonly int Length = length;
        public readonly bool HasDoubledQuotes = hasDoubledQuotes;
    }
}
