using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IdentityResolution.Records;

/// <summary>Cuts runs of plain CSV rows into fields: rows with the right number of fields, none of them quoted or too long.</summary>
/// <remarks>
/// The quick half of reading: 64 bytes at a time are compared with the four bytes that matter, and the marks are walked across rows.
/// Whatever is not plain is left to <see cref="CsvRowScanner"/>, which decides alone what a row is.
/// </remarks>
internal sealed class PlainRows(byte delimiter, int fields, int maxFieldBytes)
{
    private const byte Quote = (byte)'"';
    private const byte LineFeed = (byte)'\n';
    private const byte CarriageReturn = (byte)'\r';
    private const int BlockBytes = 64;

    /// <summary>Adds the plain rows from a place on to a batch, and says where the first row starts that is none.</summary>
    /// <param name="batch">Receives the rows; its fields are set.</param>
    /// <param name="data">The bytes at hand, valid UTF-8; a row that the last byte does not end is not taken.</param>
    /// <param name="start">Where a row starts.</param>
    /// <param name="line">The line of that row, counted from the batch's first; then, that of the row returned.</param>
    public int Take(RowBatch batch, ReadOnlySpan<byte> data, int start, ref int line)
    {
        ref byte origin = ref MemoryMarshal.GetReference(data);
        Span<BytePlace> places = batch.Places;
        Span<int> lines = batch.Lines;
        int capacity = batch.Capacity;
        int row = batch.Count;
        if (row == capacity)
        {
            batch.Grow();
            places = batch.Places;
            lines = batch.Lines;
            capacity = batch.Capacity;
        }
        int slot = row;
        int last = row + ((fields - 1) * capacity);
        int rowStart = start;
        int fieldStart = start;
        for (int block = start; block < data.Length; block += BlockBytes)
        {
            for (ulong marks = Marks(data, block); marks != 0; marks &= marks - 1)
            {
                int at = block + BitOperations.TrailingZeroCount(marks);
                byte mark = Unsafe.Add(ref origin, at);
                if (mark == delimiter)
                {
                    if (slot == last)
                    {
                        goto NotPlain;
                    }
                    places[slot] = new BytePlace(fieldStart, at - fieldStart);
                    slot += capacity;
                    fieldStart = at + 1;
                    continue;
                }
                if (mark == Quote)
                {
                    if (at == fieldStart)
                    {
                        goto NotPlain;
                    }
                    continue;
                }
                if (at < fieldStart)
                {
                    // The line feed of a carriage return that ended the row.
                    continue;
                }
                if (slot != last || at == rowStart || at - rowStart > maxFieldBytes)
                {
                    goto NotPlain;
                }
                int next = at + 1;
                if (mark == CarriageReturn)
                {
                    if (next == data.Length)
                    {
                        goto NotPlain;
                    }
                    next += Unsafe.Add(ref origin, next) == LineFeed ? 1 : 0;
                }
                places[slot] = new BytePlace(fieldStart, at - fieldStart);
                lines[row] = line++;
                row++;
                batch.Count = row;
                if (row == capacity)
                {
                    batch.Grow();
                    places = batch.Places;
                    lines = batch.Lines;
                    capacity = batch.Capacity;
                }
                slot = row;
                last = row + ((fields - 1) * capacity);
                rowStart = next;
                fieldStart = next;
            }
        }
    NotPlain:
        return rowStart;
    }

    private ulong Marks(ReadOnlySpan<byte> data, int position)
    {
        if (data.Length - position < BlockBytes)
        {
            return MarksOfTail(data[position..]);
        }
        ref byte start = ref Unsafe.Add(ref MemoryMarshal.GetReference(data), position);
        if (Vector512.IsHardwareAccelerated)
        {
            Vector512<byte> bytes = Vector512.LoadUnsafe(ref start);
            return (Vector512.Equals(bytes, Vector512.Create(delimiter)) | Vector512.Equals(bytes, Vector512.Create(Quote))
                | Vector512.Equals(bytes, Vector512.Create(LineFeed)) | Vector512.Equals(bytes, Vector512.Create(CarriageReturn)))
                .ExtractMostSignificantBits();
        }
        return Marks(Vector256.LoadUnsafe(ref start)) | ((ulong)Marks(Vector256.LoadUnsafe(ref start, (nuint)Vector256<byte>.Count)) << 32);
    }

    private uint Marks(Vector256<byte> bytes) =>
        (Vector256.Equals(bytes, Vector256.Create(delimiter)) | Vector256.Equals(bytes, Vector256.Create(Quote))
            | Vector256.Equals(bytes, Vector256.Create(LineFeed)) | Vector256.Equals(bytes, Vector256.Create(CarriageReturn)))
            .ExtractMostSignificantBits();

    private ulong MarksOfTail(ReadOnlySpan<byte> tail)
    {
        ulong marks = 0;
        for (int i = 0; i < tail.Length; i++)
        {
            byte b = tail[i];
            if (b == delimiter || b is Quote or LineFeed or CarriageReturn)
            {
                marks |= 1UL << i;
            }
        }
        return marks;
    }
}
