using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace IdentityResolution.Similarity.Kernels;

/// <summary>Values of up to 64 units as patterns for <see cref="StripKernel"/>, by length: strips of 256, 128, 64 or 32 lanes.</summary>
/// <remarks>
/// Values of up to 8, 16, 32 and 64 units have lanes of as many bits. A strip is a run of rows of 256 bytes: the lanes' masks, lengths,
/// windows and reaches, a row of zeros for units that no value holds, then for each unit that occurs the match mask of every lane.
/// </remarks>
internal sealed unsafe class Strips
{
    /// <summary>The longest value that has a lane.</summary>
    public const int MaxLength = 64;

    /// <summary>How long a row is: four of the widest registers.</summary>
    public const int RowBytes = 256;

    /// <summary>The most values that a strip holds.</summary>
    public const int MaxLanes = RowBytes;

    /// <summary>How long a cache line is, to which rows are aligned. Bytes.</summary>
    public const int CacheLine = 64;

    /// <summary>Where the low bits of each lane's length stand.</summary>
    public const int MaskRow = 0;

    /// <summary>Where the lengths stand.</summary>
    public const int LengthRow = RowBytes;

    /// <summary>Where Jaro's windows of texts of these lengths stand.</summary>
    public const int WindowRow = 2 * RowBytes;

    /// <summary>Where the low bits that the first unit may match within that window stand.</summary>
    public const int ReachRow = 3 * RowBytes;

    /// <summary>The row of units that no value holds; the rows of the others follow.</summary>
    public const int AbsentRow = 4 * RowBytes;

    private readonly byte[] _memory;
    private readonly byte* _start;
    private readonly Symbols _symbols;
    private readonly int[] _lengths;
    private readonly ulong[] _signatures;
    private readonly Ending[] _endings;

    /// <summary>Makes room for values that are sorted by length.</summary>
    /// <param name="lengths">The lengths, at most 64, ascending.</param>
    /// <param name="symbols">The units that occur.</param>
    public Strips(int[] lengths, Symbols symbols)
    {
        _symbols = symbols;
        _lengths = lengths;
        _signatures = new ulong[lengths.Length];
        StripBytes = AbsentRow + ((symbols.Count + 1) * RowBytes);
        Widths = new Width[4];
        int slot = 0;
        long strip = 0;
        for (int width = 0; width < Widths.Length; width++)
        {
            int lanes = RowBytes >> width;
            int end = slot;
            while (end < lengths.Length && lengths[end] <= 8 << width)
            {
                end++;
            }
            Widths[width] = new Width(slot, end, (int)strip, strip * StripBytes);
            strip += (end - slot + lanes - 1) / lanes;
            slot = end;
        }
        _endings = new Ending[strip];
        // Pinned, so that rows can be aligned to whole cache lines and stay so.
        _memory = GC.AllocateArray<byte>(checked((int)(strip * StripBytes) + CacheLine), pinned: true);
        byte* memory = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(_memory, 0);
        _start = Align(memory);
    }

    /// <summary>How many bytes a strip has.</summary>
    public int StripBytes { get; }

    /// <summary>The values with lanes of 8, 16, 32 and 64 bits.</summary>
    public Width[] Widths { get; }

    /// <summary>How many units occur.</summary>
    public int SymbolCount => _symbols.Count;

    /// <summary>How many values there are.</summary>
    public int Count => _lengths.Length;

    /// <summary>Memory held. Bytes.</summary>
    public long AllocatedBytes => _memory.LongLength + (_lengths.LongLength * (sizeof(int) + sizeof(ulong))) + _symbols.AllocatedBytes;

    /// <summary>The values' lengths, ascending within each strip.</summary>
    public ReadOnlySpan<int> Lengths => _lengths;

    /// <summary>For each strip the ending that all its values share.</summary>
    public ReadOnlySpan<Ending> Endings => _endings;

    /// <summary>The strip at an offset.</summary>
    public byte* At(long offset) => _start + offset;

    /// <summary>The first whole cache line from an address on.</summary>
    public static byte* Align(byte* memory) => (byte*)(((nuint)memory + CacheLine - 1) & ~(nuint)(CacheLine - 1));

    /// <summary>Fills a lane.</summary>
    /// <param name="slot">The value's place by length.</param>
    /// <param name="value">The value; every unit of it is among the symbols.</param>
    /// <param name="ending">Its ending.</param>
    public void Set(int slot, ReadOnlySpan<char> value, in Ending ending)
    {
        int width = 0;
        while (slot >= Widths[width].EndSlot)
        {
            width++;
        }
        int lanes = RowBytes >> width;
        int place = slot - Widths[width].FirstSlot;
        byte* lane = At(Widths[width].Offset + ((long)(place / lanes) * StripBytes) + (place % lanes << width));
        _lengths[slot] = value.Length;
        ref Ending shared = ref _endings[Widths[width].FirstStrip + (place / lanes)];
        shared = ending.Last(place % lanes == 0 ? ending.Length : shared.SharedWith(in ending));
        int window = JaroKernel.Window(value.Length);
        Or(lane + MaskRow, width, Units.LowBits(value.Length));
        Or(lane + LengthRow, width, (ulong)value.Length);
        Or(lane + WindowRow, width, (ulong)window);
        Or(lane + ReachRow, width, Units.LowBits(window + 1));
        for (int i = 0; i < value.Length; i++)
        {
            int symbol = _symbols.Find(value[i]);
            Or(lane + AbsentRow + (symbol * RowBytes), width, 1UL << i);
            _signatures[slot] |= 1UL << (symbol & 63);
        }
    }

    /// <summary>Numbers a text's units.</summary>
    public void FindNumbers(ReadOnlySpan<char> text, Span<byte> numbers)
    {
        for (int i = 0; i < text.Length; i++)
        {
            numbers[i] = (byte)_symbols.Find(text[i]);
        }
    }

    /// <summary>Finds the rows of a text's units.</summary>
    /// <param name="text">The text, at most 64 units.</param>
    /// <param name="rows">Receives for each unit where its row stands in every strip.</param>
    /// <param name="ending">The text's ending.</param>
    /// <returns>The text's signature.</returns>
    [SkipLocalsInit]
    public ulong FindRows(ReadOnlySpan<char> text, nint* rows, out Ending ending)
    {
        Span<byte> numbers = stackalloc byte[Ending.MaxLength + MaxLength];
        numbers[..Ending.MaxLength].Clear();
        ulong signature = 0;
        for (int i = 0; i < text.Length; i++)
        {
            int symbol = _symbols.Find(text[i]);
            rows[i] = AbsentRow + (symbol * RowBytes);
            numbers[Ending.MaxLength + i] = (byte)symbol;
            signature |= 1UL << (symbol & 63);
        }
        ending = Ending.Of(numbers[..(Ending.MaxLength + text.Length)]);
        return signature;
    }

    /// <summary>Whether signatures leave any of some values within a distance.</summary>
    public bool AnyWithin(int firstSlot, int endSlot, ulong signature, int textLength, int maxDistance)
    {
        for (int slot = firstSlot; slot < endSlot; slot++)
        {
            if (Signatures.LeastDistance(signature, _signatures[slot], textLength, _lengths[slot]) <= maxDistance)
            {
                return true;
            }
        }
        return false;
    }

    private static void Or(byte* lane, int width, ulong bits)
    {
        switch (width)
        {
            case 0:
                *lane |= (byte)bits;
                break;
            case 1:
                *(ushort*)lane |= (ushort)bits;
                break;
            case 2:
                *(uint*)lane |= (uint)bits;
                break;
            default:
                *(ulong*)lane |= bits;
                break;
        }
    }

    /// <summary>The values of one width of lanes.</summary>
    /// <param name="firstSlot">The first value's place.</param>
    /// <param name="endSlot">The place behind the last value's.</param>
    /// <param name="firstStrip">How many strips stand before theirs.</param>
    /// <param name="offset">Where their first strip stands. Bytes.</param>
    [SuppressMessage("Performance", "CA1815:Override equals", Justification = "never compared")]
    internal readonly struct Width(int firstSlot, int endSlot, int firstStrip, long offset)
    {
        public readonly int FirstSlot = firstSlot;
        public readonly int EndSlot = endSlot;
        public readonly int FirstStrip = firstStrip;
        public readonly long Offset = offset;
    }
}
