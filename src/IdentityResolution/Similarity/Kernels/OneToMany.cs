using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IdentityResolution.Similarity.Kernels;

/// <summary>Compares one byte text with values of a column, in lanes where that pays and pair by pair elsewhere.</summary>
/// <remarks>Values up to 16 bytes and values up to 64 bytes wait in groups of their own, since a group takes as long as its longest text.</remarks>
internal ref struct OneToMany<TMeasure, TResult>(TMeasure measure, ReadOnlySpan<byte> left, ReadOnlySpan<byte> bytes, Span<TResult> results)
    where TMeasure : struct, IManyMeasure<TResult>
    where TResult : unmanaged
{
    /// <summary>The longest text that takes part in lanes.</summary>
    public const int MaxLaneLength = 64;

    private const int ShortLength = 16;

    /// <summary>Below this many texts a group is slower than its pairs.</summary>
    private const int MinGroup = 7;

    private readonly ReadOnlySpan<byte> _left = left;
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private readonly Span<TResult> _results = results;
    private readonly ulong _signature = Signatures.Of(left);
    private readonly bool _usesLanes = LaneKernel.IsSupported && left.Length is > 0 and <= MaxLaneLength;
    private readonly TMeasure _measure = measure;
    private LaneGroup _short;
    private LaneGroup _long;

    /// <summary>Compares with the values of some codes that are bytes, and leaves the places of the others alone.</summary>
    [SkipLocalsInit]
    public unsafe void Run(ReadOnlySpan<int> codes, ReadOnlySpan<TextColumn.Value> values)
    {
        // One table serves all three widths of lanes: pairs of registers, 256 ints or 256 longs.
        byte* table = stackalloc byte[256 * sizeof(long)];
        int entries = _usesLanes ? FillTable(table) : 0;
        for (int place = 0; place < codes.Length; place++)
        {
            TextColumn.Value value = values[codes[place]];
            if (value.IsWide)
            {
                continue;
            }
            if (_measure.TryReject(_left.Length, _signature, value.Length, value.Signature, out TResult rejected))
            {
                _results[place] = rejected;
            }
            else if (!_usesLanes || value.Length is 0 or > MaxLaneLength)
            {
                _results[place] = _measure.Compare(_left, _bytes.Slice(value.Start, value.Length));
            }
            else
            {
                ref LaneGroup group = ref (value.Length <= ShortLength ? ref _short : ref _long);
                group.Add(value.Start, value.Length, place);
                if (group.IsFull)
                {
                    Flush(ref group, table, entries);
                }
            }
        }
        Flush(ref _short, table, entries);
        Flush(ref _long, table, entries);
    }

    private readonly unsafe int FillTable(byte* table)
    {
        if (_left.Length <= ShortLength)
        {
            return DistinctLookup.Fill(_left, (Vector256<short>*)table);
        }
        if (_left.Length <= 32)
        {
            new Span<byte>(table, 256 * sizeof(int)).Clear();
            for (int i = 0; i < _left.Length; i++)
            {
                ((uint*)table)[_left[i]] |= 1u << i;
            }
            return 0;
        }
        new Span<byte>(table, 256 * sizeof(long)).Clear();
        for (int i = 0; i < _left.Length; i++)
        {
            ((ulong*)table)[_left[i]] |= 1UL << i;
        }
        return 0;
    }

    [SkipLocalsInit]
    private readonly unsafe void Flush(ref LaneGroup group, byte* table, int entries)
    {
        if (group.Count < MinGroup)
        {
            for (int lane = 0; lane < group.Count; lane++)
            {
                _results[group.PlaceOf(lane)] = _measure.Compare(_left, _bytes.Slice(group.StartOf(lane), group.LengthOf(lane)));
            }
            group.Clear();
            return;
        }
        byte* rows = stackalloc byte[MaxLaneLength * LaneRows.Lanes];
        ref byte arena = ref MemoryMarshal.GetReference(_bytes);
        group.FillRows(ref arena, rows);
        if (_left.Length <= ShortLength)
        {
            var lookup = new DistinctLookup((Vector256<short>*)table, entries);
            _measure.CompareGroup<short, DistinctLookup>(lookup, _left, in group, ref arena, rows, _results);
        }
        else if (_left.Length <= 32)
        {
            _measure.CompareGroup<int, TableLookup32>(new TableLookup32((int*)table), _left, in group, ref arena, rows, _results);
        }
        else
        {
            _measure.CompareGroup<long, TableLookup64>(new TableLookup64((long*)table), _left, in group, ref arena, rows, _results);
        }
        group.Clear();
    }
}
