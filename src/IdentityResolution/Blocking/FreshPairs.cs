using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IdentityResolution.Blocking;

/// <summary>Tells which pairs of a block may match and are new: one record against eight others at once.</summary>
/// <remarks>The numbers that decide about a record are gathered once per block, column by column.</remarks>
internal ref struct FreshPairs
{
    /// <summary>How many records are looked at together.</summary>
    public const int Width = 8;

    // Blocks that are none are equal to nothing.
    private const int NoBlockLeft = int.MinValue;
    private readonly BlockRows _rows;
    private readonly PairFilter _filter;
    private readonly int _earlier;
    private readonly int _columns;
    private int[] _numbers;
    private int _stride;

    /// <summary>Prepares for the blocks of a rule.</summary>
    /// <param name="rows">The blocks of every record.</param>
    /// <param name="earlier">How many of the rows' rules come before the rule.</param>
    /// <param name="filter">Which pairs may match.</param>
    public FreshPairs(BlockRows rows, int earlier, PairFilter filter)
    {
        _rows = rows;
        _filter = filter;
        _earlier = earlier;
        _columns = earlier + (filter.Restricts ? 1 : 0);
        _numbers = [];
    }

    /// <summary>Are all pairs fresh?</summary>
    public readonly bool AreAllFresh => _columns == 0;

    /// <summary>Gathers a block.</summary>
    public void Load(ReadOnlySpan<int> records)
    {
        if (AreAllFresh)
        {
            return;
        }
        _stride = records.Length + Width;
        if (_numbers.Length < _stride * _columns)
        {
            Free();
            _numbers = ArrayPool<int>.Shared.Rent(_stride * _columns);
        }
        ref int to = ref MemoryMarshal.GetArrayDataReference(_numbers);
        for (int i = 0; i < records.Length; i++)
        {
            ReadOnlySpan<int> blocks = _rows[records[i]];
            for (int column = 0; column < _earlier; column++)
            {
                Unsafe.Add(ref to, (column * _stride) + i) = blocks[column];
            }
            if (_filter.Restricts)
            {
                Unsafe.Add(ref to, (_earlier * _stride) + i) = _filter.NumberOf(records[i]);
            }
        }
    }

    /// <summary>Bit b is set when the record at <paramref name="left"/> makes a fresh pair with the one at <paramref name="right"/> + b; bits past the block's end mean nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly uint After(int left, int right)
    {
        if (AreAllFresh)
        {
            return byte.MaxValue;
        }
        ref int numbers = ref MemoryMarshal.GetArrayDataReference(_numbers);
        Vector256<int> shared = Vector256<int>.Zero;
        for (int column = 0; column < _earlier; column++)
        {
            int block = Unsafe.Add(ref numbers, left);
            shared |= Vector256.Equals(
                Vector256.LoadUnsafe(ref Unsafe.Add(ref numbers, right)), Vector256.Create(block < 0 ? NoBlockLeft : block));
            numbers = ref Unsafe.Add(ref numbers, _stride);
        }
        uint fresh = ~Vector256.ExtractMostSignificantBits(shared);
        if (_columns > _earlier)
        {
            uint equal = Vector256.ExtractMostSignificantBits(Vector256.Equals(
                Vector256.LoadUnsafe(ref Unsafe.Add(ref numbers, right)), Vector256.Create(Unsafe.Add(ref numbers, left))));
            fresh &= _filter.AllowsEqual ? equal : ~equal;
        }
        return fresh;
    }

    /// <summary>Gives the memory back.</summary>
    public void Free()
    {
        if (_numbers.Length > 0)
        {
            ArrayPool<int>.Shared.Return(_numbers);
            _numbers = [];
        }
    }
}
