using System.Runtime.CompilerServices;

namespace IdentityResolution.Similarity.Kernels;

/// <summary>Up to sixteen texts that wait for their lanes.</summary>
internal unsafe ref struct LaneGroup
{
    private fixed int _starts[LaneRows.Lanes];
    private fixed int _lengths[LaneRows.Lanes];
    private fixed int _places[LaneRows.Lanes];

    /// <summary>How many texts wait.</summary>
    public int Count { get; private set; }

    /// <summary>The length of the longest one.</summary>
    public int Longest { get; private set; }

    public readonly bool IsFull => Count == LaneRows.Lanes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int start, int length, int place)
    {
        _starts[Count] = start;
        _lengths[Count] = length;
        _places[Count] = place;
        Count++;
        Longest = Math.Max(Longest, length);
    }

    /// <summary>Where a text begins in the arena.</summary>
    public readonly int StartOf(int lane) => _starts[lane];

    public readonly int LengthOf(int lane) => _lengths[lane];

    /// <summary>Where the text's result belongs.</summary>
    public readonly int PlaceOf(int lane) => _places[lane];

    /// <summary>Fills the rest of the lanes with empty texts and turns all on their side.</summary>
    public void FillRows(ref byte arena, byte* rows)
    {
        for (int lane = Count; lane < LaneRows.Lanes; lane++)
        {
            _starts[lane] = 0;
            _lengths[lane] = 0;
        }
        fixed (int* starts = _starts)
        {
            LaneRows.Fill(ref arena, starts, Longest, rows);
        }
    }

    public void Clear()
    {
        Count = 0;
        Longest = 0;
    }

    /// <summary>Writes a whole number into a lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Set<T>(T* lanes, int lane, ulong value)
        where T : unmanaged
    {
        if (sizeof(T) == sizeof(short))
        {
            ((ushort*)lanes)[lane] = (ushort)value;
        }
        else if (sizeof(T) == sizeof(int))
        {
            ((uint*)lanes)[lane] = (uint)value;
        }
        else
        {
            ((ulong*)lanes)[lane] = value;
        }
    }

    /// <summary>Reads a lane as an unsigned number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Get<T>(T* lanes, int lane)
        where T : unmanaged
    {
        if (sizeof(T) == sizeof(short))
        {
            return ((ushort*)lanes)[lane];
        }
        return sizeof(T) == sizeof(int) ? ((uint*)lanes)[lane] : ((ulong*)lanes)[lane];
    }
}
