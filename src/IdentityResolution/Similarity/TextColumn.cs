using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using IdentityResolution.Similarity.Kernels;

namespace IdentityResolution.Similarity;

/// <summary>Distinct values of one field, prepared for comparing one of them, or any text, with many of them at a time.</summary>
/// <remarks>
/// A value is known by its code, its 0-based place. Values of Latin-1 characters alone are held as one byte a character and compared sixteen
/// at a time where the machine has AVX2; the others are held as UTF-16. Either way a comparison gives to the last bit what the
/// comparison of the two as strings of UTF-16 gives. Immutable; safe to use from several threads.
/// </remarks>
public sealed partial class TextColumn
{
    /// <summary>Bytes behind the last value, so that whole registers can be read at any value's start.</summary>
    internal const int Slack = 64;

    private readonly byte[] _bytes;
    private readonly char[] _wideUnits;
    private readonly Value[] _values;

    private TextColumn(byte[] bytes, char[] wideUnits, Value[] values)
    {
        _bytes = bytes;
        _wideUnits = wideUnits;
        _values = values;
    }

    /// <summary>How many values there are.</summary>
    public int Count => _values.Length;

    /// <summary>Memory held. Bytes.</summary>
    public long AllocatedBytes => _bytes.LongLength + (_wideUnits.LongLength * sizeof(char)) + (_values.LongLength * Value.Size);

    /// <summary>Prepares values that stand one behind the other as UTF-8.</summary>
    /// <param name="arena">The bytes of all values. Bytes that are no UTF-8 count as U+FFFD.</param>
    /// <param name="ends">Where each value ends; a value begins where the one before ends, the first at 0. Ascending, within the arena.</param>
    /// <returns>The column; it holds copies.</returns>
    /// <exception cref="ArgumentException"><paramref name="ends"/> is not ascending or passes the end of <paramref name="arena"/>.</exception>
    public static TextColumn FromUtf8(ReadOnlySpan<byte> arena, ReadOnlySpan<int> ends)
    {
        var builder = new Builder(ends.Length, ends.IsEmpty ? 0 : Math.Clamp(ends[^1], 0, arena.Length));
        int start = 0;
        foreach (int end in ends)
        {
            if (end < start || end > arena.Length)
            {
                throw new ArgumentException("must be ascending and within the arena.", nameof(ends));
            }
            builder.Add(arena[start..end]);
            start = end;
        }
        return builder.Build();
    }

    /// <summary>Prepares strings.</summary>
    /// <param name="values">The values; <see langword="null"/> counts as empty.</param>
    /// <returns>The column; a value's code is its place in the list.</returns>
    public static TextColumn FromStrings(IReadOnlyCollection<string?> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var builder = new Builder(values.Count, values.Count * 8);
        foreach (string? value in values)
        {
            builder.Add(value.AsSpan());
        }
        return builder.Build();
    }

    /// <summary>The length of a value. UTF-16 units.</summary>
    /// <param name="code">The value's code, in [0, <see cref="Count"/>).</param>
    public int LengthOf(int code) => _values[code].Length;

    /// <summary>A value as a string.</summary>
    /// <param name="code">The value's code, in [0, <see cref="Count"/>).</param>
    public string GetString(int code)
    {
        Value value = _values[code];
        return value.IsWide ? new string(Wide(value)) : Encoding.Latin1.GetString(Narrow(value));
    }

    /// <summary>Prepares some values for being compared with many texts, each text with all of them.</summary>
    /// <param name="codes">The values' codes, in [0, <see cref="Count"/>), in any order, repeated or not.</param>
    /// <returns>The values, in an order of its own (<see cref="TextBlock.Codes"/>); it refers to this column.</returns>
    /// <exception cref="IndexOutOfRangeException">A code is out of range.</exception>
    /// <exception cref="OverflowException">They need more than two gigabytes.</exception>
    /// <remarks>What it takes is regained when some ten texts have been compared with the values.</remarks>
    public TextBlock Prepare(ReadOnlySpan<int> codes) => new(this, codes, LanePaths.Best);

    /// <summary>Writes a value's units where there is room for them, and gives the part that they take.</summary>
    internal ReadOnlySpan<char> Copy(int code, Span<char> destination)
    {
        Value value = _values[code];
        if (value.IsWide)
        {
            Wide(value).CopyTo(destination);
        }
        else
        {
            Encoding.Latin1.GetChars(Narrow(value), destination);
        }
        return destination[..value.Length];
    }

    private ReadOnlySpan<byte> Narrow(Value value) => _bytes.AsSpan(value.Start, value.Length);

    private ReadOnlySpan<char> Wide(Value value) => _wideUnits.AsSpan(~value.Start, value.Length);

    /// <summary>Where a value stands: in the bytes, or, with all bits of the start turned, in the UTF-16 units.</summary>
    [StructLayout(LayoutKind.Auto)]
    [SuppressMessage("Performance", "CA1815:Override equals", Justification = "never compared")]
    internal readonly struct Value(int start, int length, ulong signature)
    {
        public const int Size = 16;
        public readonly ulong Signature = signature;
        public readonly int Start = start;
        public readonly int Length = length;

        public bool IsWide => Start < 0;
    }
}
