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

    /// <summary>Makes room for those values that are better off here than in strips.</summary>
    /// <param name="strips">All values of the block.</param>
    /// <param name="registerBytes">How long a register is: 64 or 32 bytes.</param>
    public Slices(Strips strips, int registerBytes)
    {
        RegisterBytes = registerBytes;
        BandBytes = (strips.SymbolCount + 1) * RowBytes;
        var groups = new List<Group>();
        int offset = 0;
        for (int width = 0; width < _firstSlots.Length; width++)
        {
            Strips.Width values = strips.Widths[width];
            int end = values.EndSlot;
            while (end > values.FirstSlot)
            {
                int first = Math.Max(values.FirstSlot, end - (8 * registerBytes));
                int bands = CountBands(strips.Lengths[first..end]);
                if (!Pays(bands, end - first, Strips.RowBytes >> width))
                {
                    break;
                }
                groups.Add(new Group(first, end, bands, offset));
                offset = checked(offset + (8 * registerBytes) + (bands * BandBytes));
                end = first;
            }
            _firstSlots[width] = end;
        }
        _groups = [.. groups];
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

    /// <summary>Memory held. Bytes.</summary>
    public long AllocatedBytes => _memory.LongLength;

    /// <summary>From which slot on the values of a width of lanes are here.</summary>
    public int FirstSlot(int width) => _firstSlots[width];

    /// <summary>The lengths of a group's values, a byte each; its bands stand behind them.</summary>
    public byte* LengthsOf(in Group group) => _start + group.Offset;

    /// <summary>The bands of a group, the one of the last places first.</summary>
    public byte* BandsOf(in Group group) => _start + group.Offset + (8 * RegisterBytes);

    /// <summary>Puts the values in.</summary>
    /// <param name="copyNumbers">Writes the numbers of a slot's units behind the zeros that <see cref="Ending.Of"/> wants, and says how many they are.</param>
    public void Fill(Func<int, byte[], int> copyNumbers)
    {
        byte[] numbers = new byte[Ending.MaxLength + Strips.MaxLength];
        foreach (ref Group group in _groups.AsSpan())
        {
            for (int slot = group.FirstSlot; slot < group.EndSlot; slot++)
            {
                int length = copyNumbers(slot, numbers);
                Set(in group, slot - group.FirstSlot, numbers.AsSpan(Ending.MaxLength, length));
                Ending ending = Ending.Of(numbers.AsSpan(0, Ending.MaxLength + length));
                group.Ending = ending.Last(slot == group.FirstSlot ? ending.Length : group.Ending.SharedWith(in ending));
            }
        }
    }

    /// <summary>Sets the bits of a group's value. Its bit stands where counts that are turned back (<see cref="SliceCounts"/>) are in order.</summary>
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

    /// <summary>A register of a strip takes about as long for a unit of the text as a place does here.</summary>
    private bool Pays(int bands, int count, int lanes) =>
        bands * BandPlaces <= (count + lanes - 1) / lanes * (Strips.RowBytes / RegisterBytes);

    /// <summary>Values that are compared at once.</summary>
    /// <param name="firstSlot">The first value's place.</param>
    /// <param name="endSlot">The place behind the last value's.</param>
    /// <param name="bands">How many bands the longest of them fills.</param>
    /// <param name="offset">Where the group stands. Bytes.</param>
    [SuppressMessage("Performance", "CA1815:Override equals", Justification = "never compared")]
    internal struct Group(int firstSlot, int endSlot, int bands, int offset)
    {
        public readonly int FirstSlot = firstSlot;
        public readonly int EndSlot = endSlot;
        public readonly int Bands = bands;
        public readonly int Offset = offset;

        /// <summary>The ending that all values share.</summary>
        public Ending Ending;
    }
}
