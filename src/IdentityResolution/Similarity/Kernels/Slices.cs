using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace IdentityResolution.Similarity.Kernels;

/// <summary>Values of up to 64 units turned on their side: a register holds one bit of each of 512 values, or of 256.</summary>
/// <remarks>
/// For each unit that occurs and each place in a value, counted from its end, a bit says whether the value has that unit there. Places go four at
/// a time, a band, in which each unit has a row of four registers; the first row is that of units that no value holds. So a value takes no more
/// bits than it has units, give or take those by which the longest of its group is longer, where a lane of <see cref="Strips"/> takes 64 for 33.
/// Groups are made where that pays; other values are left to the strips.
/// </remarks>
internal sealed unsafe class Slices
{
    /// <summary>How many places a band has.</summary>
    public const int BandPlaces = 4;

    private readonly byte[] _memory;
    private readonly byte* _start;
    private readonly int[] _firstSlots = new int[4];
    private readonly Group[] _groups;
    private readonly Ending[] _endings;

    /// <summary>Makes room for those values that are better off here than in strips.</summary>
    /// <param name="strips">All values of the block.</param>
    /// <param name="registerBytes">How long a register is: 64 or 32 bytes.</param>
    public Slices(Strips strips, int registerBytes)
    {
        RegisterBytes = registerBytes;
        BandBytes = (strips.SymbolCount + 1) * RowBytes;
        var groups = new List<Group>();
        int offset = 0;
        int end = strips.Count;
        for (int width = _firstSlots.Length - 1; width >= 0; width--)
        {
            int start = strips.Widths[width].FirstSlot;
            while (end > start)
            {
                int first = Math.Max(0, end - (8 * registerBytes));
                int bands = CountBands(strips.Lengths[first..end]);
                if (bands * BandPlaces > CountStrips(strips, first, end) * (Strips.RowBytes / registerBytes))
                {
                    break;
                }
                groups.Add(new Group(first, end, bands, offset));
                offset = checked(offset + (8 * registerBytes) + (bands * BandBytes));
                Count += end - first;
                end = first;
            }
            _firstSlots[width] = Math.Max(start, end);
            end = Math.Min(start, end);
        }
        _groups = [.. groups];
        _endings = new Ending[groups.Count];
        // Pinned and aligned like strips.
        _memory = GC.AllocateArray<byte>(offset + Strips.CacheLine, pinned: true);
        _start = Strips.Align((byte*)Marshal.UnsafeAddrOfPinnedArrayElement(_memory, 0));
    }

    /// <summary>How long a register is. Bytes.</summary>
    public int RegisterBytes { get; }

    /// <summary>How many bytes a unit's row has in a band.</summary>
    public int RowBytes => BandPlaces * RegisterBytes;

    /// <summary>How many bytes a band has.</summary>
    public int BandBytes { get; }

    /// <summary>The groups; the values of each are compared at once.</summary>
    public ReadOnlySpan<Group> Groups => _groups;

    /// <summary>For each group the ending that all its values share.</summary>
    public ReadOnlySpan<Ending> Endings => _endings;

    /// <summary>How many values are here.</summary>
    public int Count { get; }

    /// <summary>Memory held. Bytes.</summary>
    public long AllocatedBytes => _memory.LongLength;

    /// <summary>From which slot on the values of a width of lanes are here.</summary>
    public int FirstSlot(int width) => _firstSlots[width];

    /// <summary>The lengths of a group's values, a byte each; its bands stand behind them.</summary>
    public byte* LengthsOf(in Group group) => _start + group.Offset;

    /// <summary>The bands of a group, the one of the last places first.</summary>
    public byte* BandsOf(in Group group) => _start + group.Offset + (8 * RegisterBytes);

    /// <summary>Fills a value in, if it is here.</summary>
    /// <param name="slot">The value's place in the block; lower ones come first.</param>
    /// <param name="numbers">The numbers of its units.</param>
    /// <param name="ending">Its ending.</param>
    public void Set(int slot, ReadOnlySpan<byte> numbers, in Ending ending)
    {
        for (int i = 0; i < _groups.Length; i++)
        {
            Group group = _groups[i];
            if (slot >= group.FirstSlot && slot < group.EndSlot)
            {
                Set(in group, slot - group.FirstSlot, numbers);
                _endings[i] = ending.Last(slot == group.FirstSlot ? ending.Length : _endings[i].SharedWith(in ending));
            }
        }
    }

    /// <summary>Sets the bits of a group's value, where they stand in order once they are counted (<see cref="SliceCounts"/>).</summary>
    private void Set(in Group group, int place, ReadOnlySpan<byte> numbers)
    {
        LengthsOf(in group)[place] = (byte)numbers.Length;
        byte bit = (byte)(1 << (place / RegisterBytes));
        byte* column = BandsOf(in group) + (place % RegisterBytes);
        for (int i = 0; i < numbers.Length; i++)
        {
            (int band, int row) = Math.DivRem(numbers.Length - 1 - i, BandPlaces);
            column[(band * BandBytes) + (numbers[i] * RowBytes) + (row * RegisterBytes)] |= bit;
        }
    }

    private static int CountBands(ReadOnlySpan<int> lengths)
    {
        int longest = 0;
        foreach (int length in lengths)
        {
            longest = Math.Max(longest, length);
        }
        return (longest + BandPlaces - 1) / BandPlaces;
    }

    /// <summary>How many strips some values fill.</summary>
    private static int CountStrips(Strips strips, int firstSlot, int endSlot)
    {
        int count = 0;
        for (int width = 0; width < strips.Widths.Length; width++)
        {
            int lanes = Strips.RowBytes >> width;
            int values = Math.Min(endSlot, strips.Widths[width].EndSlot) - Math.Max(firstSlot, strips.Widths[width].FirstSlot);
            count += (Math.Max(0, values) + lanes - 1) / lanes;
        }
        return count;
    }

    /// <summary>Values that are compared at once.</summary>
    /// <param name="firstSlot">The first value's place.</param>
    /// <param name="endSlot">The place behind the last value's.</param>
    /// <param name="bands">How many bands the longest of them fills.</param>
    /// <param name="offset">Where the group stands. Bytes.</param>
    [SuppressMessage("Performance", "CA1815:Override equals", Justification = "never compared")]
    internal readonly struct Group(int firstSlot, int endSlot, int bands, int offset)
    {
        public readonly int FirstSlot = firstSlot;
        public readonly int EndSlot = endSlot;
        public readonly int Bands = bands;
        public readonly int Offset = offset;
    }
}
