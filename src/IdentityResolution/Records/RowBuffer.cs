using System.Buffers;
using System.Globalization;
using System.Text.Unicode;

namespace IdentityResolution.Records;

/// <summary>Holds the values of one row, as UTF-8, until it is known whether the row is good.</summary>
/// <remarks>A slot stands for a column. A value may be put together from several pieces. No allocation in steady state.</remarks>
/// <param name="maxFieldBytes">
/// Text and binary values over this many bytes need not be held whole; what is held is over the limit too, so that the caller can tell.
/// </param>
internal sealed class RowBuffer(int maxFieldBytes)
{
    private const int None = -1;
    private byte[] _bytes = new byte[1024];
    private int _length;
    private Piece[] _pieces = new Piece[32];
    private int _pieceCount;
    private Slot[] _slots = [];
    private int[] _used = new int[32];
    private int _usedCount;
    private byte[] _joined = [];
    private int _row = 1;

    /// <summary>The slots that were set in this row, in the order they were met.</summary>
    public ReadOnlySpan<int> Used => _used.AsSpan(0, _usedCount);

    /// <summary>Starts a new row.</summary>
    public void Clear()
    {
        _row++;
        (_length, _pieceCount, _usedCount) = (0, 0, 0);
    }

    /// <summary>Was the slot set in this row?</summary>
    public bool IsSet(int slot) => slot >= 0 && slot < _slots.Length && _slots[slot].Row == _row;

    /// <summary>What the slot was set with last; see <see cref="Start"/>.</summary>
    public int Tag(int slot) => _slots[slot].Tag;

    /// <summary>Sets a slot to nothing; what it held in this row is forgotten.</summary>
    /// <param name="slot">The slot, at least 0.</param>
    /// <param name="tag">Any number to remember with it.</param>
    public void Start(int slot, int tag = 0)
    {
        if (slot >= _slots.Length)
        {
            Array.Resize(ref _slots, Math.Max(slot + 1, Math.Max(16, _slots.Length * 2)));
        }
        if (_slots[slot].Row != _row)
        {
            if (_usedCount == _used.Length)
            {
                Array.Resize(ref _used, _usedCount * 2);
            }
            _used[_usedCount++] = slot;
        }
        _slots[slot] = new Slot(_row, tag, None, None, 0);
    }

    /// <summary>Adds bytes to a slot that was started.</summary>
    public void Append(int slot, ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(Reserve(utf8.Length));
        Commit(slot, utf8.Length);
    }

    /// <summary>Adds text to a slot that was started. False when it has half a surrogate pair.</summary>
    public bool AppendText(int slot, ReadOnlySpan<char> text)
    {
        bool isCut = text.Length > maxFieldBytes + 1;
        text = isCut ? text[..(maxFieldBytes + 1)] : text;
        OperationStatus status = Utf8.FromUtf16(text, Reserve(text.Length * 3), out _, out int written, replaceInvalidSequences: isCut);
        if (status != OperationStatus.Done)
        {
            return false;
        }
        Commit(slot, written);
        return true;
    }

    /// <summary>Adds a value as its invariant text.</summary>
    public void AppendFormatted<T>(int slot, T value, ReadOnlySpan<char> format = default)
        where T : IUtf8SpanFormattable
    {
        int size = 64;
        int written;
        while (!value.TryFormat(Reserve(size), out written, format, CultureInfo.InvariantCulture))
        {
            size *= 2;
        }
        Commit(slot, written);
    }

    /// <summary>Adds bytes as lower-case hexadecimal digits.</summary>
    public void AppendHex(int slot, ReadOnlySpan<byte> bytes)
    {
        bytes = bytes[..Math.Min(bytes.Length, (maxFieldBytes / 2) + 1)];
        Convert.TryToHexStringLower(bytes, Reserve(bytes.Length * 2), out int written);
        Commit(slot, written);
    }

    /// <summary>How many bytes the slot's value has; 0 when it was not set.</summary>
    public int Length(int slot) => IsSet(slot) ? _slots[slot].Length : 0;

    /// <summary>The slot's value; empty when it was not set. Holds until the next call.</summary>
    public ReadOnlySpan<byte> Value(int slot)
    {
        if (!IsSet(slot) || _slots[slot].First == None)
        {
            return [];
        }
        Piece piece = _pieces[_slots[slot].First];
        if (piece.Next == None)
        {
            return _bytes.AsSpan(piece.Start, piece.Length);
        }
        int total = _slots[slot].Length;
        if (_joined.Length < total)
        {
            _joined = new byte[Math.Max(256, total)];
        }
        int written = 0;
        while (true)
        {
            _bytes.AsSpan(piece.Start, piece.Length).CopyTo(_joined.AsSpan(written));
            written += piece.Length;
            if (piece.Next == None)
            {
                return _joined.AsSpan(0, written);
            }
            piece = _pieces[piece.Next];
        }
    }

    private Span<byte> Reserve(int count)
    {
        if (_bytes.Length - _length < count)
        {
            Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max((long)_length + count, _bytes.LongLength * 2)));
        }
        return _bytes.AsSpan(_length);
    }

    private void Commit(int slot, int length)
    {
        if (length == 0)
        {
            return;
        }
        if (_pieceCount == _pieces.Length)
        {
            Array.Resize(ref _pieces, _pieceCount * 2);
        }
        _pieces[_pieceCount] = new Piece(_length, length, None);
        Slot old = _slots[slot];
        if (old.Last != None)
        {
            _pieces[old.Last] = _pieces[old.Last] with { Next = _pieceCount };
        }
        _slots[slot] = old with { First = old.First == None ? _pieceCount : old.First, Last = _pieceCount, Length = old.Length + length };
        _pieceCount++;
        _length += length;
    }

    private readonly record struct Piece(int Start, int Length, int Next);

    private readonly record struct Slot(int Row, int Tag, int First, int Last, int Length);
}
