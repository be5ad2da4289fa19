using System.Runtime.CompilerServices;

namespace IdentityResolution.Similarity.Kernels;

/// <summary>Counts bits that stand side by side in registers, a count for each place of a register.</summary>
internal static unsafe class SliceCounts
{
    /// <summary>How many registers are counted at once, and how many a count has.</summary>
    public const int Planes = 8;

    /// <summary>Counts the set bits of some registers by adders that save their carries.</summary>
    /// <param name="bits">The registers, and zeros up to a multiple of <see cref="Planes"/>.</param>
    /// <param name="length">How many, at most 64.</param>
    /// <param name="counts">Receives the counts: that of bit j of byte k stands in byte k of register j.</param>
    public static void Count<TLanes, TRegister>(byte* bits, int length, byte* counts)
        where TLanes : ILanes<TRegister>
        where TRegister : struct
    {
        TRegister ones = TLanes.Broadcast(0);
        TRegister twos = ones;
        TRegister fours = ones;
        TRegister eights = ones;
        TRegister sixteens = ones;
        TRegister thirtyTwos = ones;
        TRegister sixtyFours = ones;
        for (int i = 0; i < length; i += Planes)
        {
            TRegister low = AddFour<TLanes, TRegister>(ref ones, ref twos, bits);
            TRegister high = AddFour<TLanes, TRegister>(ref ones, ref twos, bits + (4 * TLanes.Size));
            TRegister carry = Add<TLanes, TRegister>(ref fours, low, high);
            carry = Add<TLanes, TRegister>(ref eights, carry);
            carry = Add<TLanes, TRegister>(ref sixteens, carry);
            carry = Add<TLanes, TRegister>(ref thirtyTwos, carry);
            sixtyFours = TLanes.Or(sixtyFours, carry);
            bits += Planes * TLanes.Size;
        }
        Turn<TLanes, TRegister>(ones, twos, fours, eights, sixteens, thirtyTwos, sixtyFours, counts);
    }

    /// <summary>Turns binary digits into bytes: bit j of byte k in digit i becomes bit i of byte k in register j.</summary>
    /// <remarks>Squares of bits are exchanged across the diagonal, four by four, two by two, one by one.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Turn<TLanes, TRegister>(
        TRegister first, TRegister second, TRegister third, TRegister fourth, TRegister fifth, TRegister sixth, TRegister seventh, byte* counts)
        where TLanes : ILanes<TRegister>
        where TRegister : struct
    {
        TRegister eighth = TLanes.Broadcast(0);
        Exchange<TLanes, TRegister>(ref first, ref fifth, 4, 0x0F);
        Exchange<TLanes, TRegister>(ref second, ref sixth, 4, 0x0F);
        Exchange<TLanes, TRegister>(ref third, ref seventh, 4, 0x0F);
        Exchange<TLanes, TRegister>(ref fourth, ref eighth, 4, 0x0F);
        Exchange<TLanes, TRegister>(ref first, ref third, 2, 0x33);
        Exchange<TLanes, TRegister>(ref second, ref fourth, 2, 0x33);
        Exchange<TLanes, TRegister>(ref fifth, ref seventh, 2, 0x33);
        Exchange<TLanes, TRegister>(ref sixth, ref eighth, 2, 0x33);
        Exchange<TLanes, TRegister>(ref first, ref second, 1, 0x55);
        Exchange<TLanes, TRegister>(ref third, ref fourth, 1, 0x55);
        Exchange<TLanes, TRegister>(ref fifth, ref sixth, 1, 0x55);
        Exchange<TLanes, TRegister>(ref seventh, ref eighth, 1, 0x55);
        TLanes.Store(first, counts);
        TLanes.Store(second, counts + TLanes.Size);
        TLanes.Store(third, counts + (2 * TLanes.Size));
        TLanes.Store(fourth, counts + (3 * TLanes.Size));
        TLanes.Store(fifth, counts + (4 * TLanes.Size));
        TLanes.Store(sixth, counts + (5 * TLanes.Size));
        TLanes.Store(seventh, counts + (6 * TLanes.Size));
        TLanes.Store(eighth, counts + (7 * TLanes.Size));
    }

    /// <summary>Adds four registers to ones and twos; gives what the twos carry.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TRegister AddFour<TLanes, TRegister>(ref TRegister ones, ref TRegister twos, byte* bits)
        where TLanes : ILanes<TRegister>
        where TRegister : struct
    {
        TRegister low = Add<TLanes, TRegister>(ref ones, TLanes.Load(bits), TLanes.Load(bits + TLanes.Size));
        TRegister high = Add<TLanes, TRegister>(ref ones, TLanes.Load(bits + (2 * TLanes.Size)), TLanes.Load(bits + (3 * TLanes.Size)));
        return Add<TLanes, TRegister>(ref twos, low, high);
    }

    /// <summary>A full adder.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TRegister Add<TLanes, TRegister>(ref TRegister sum, TRegister first, TRegister second)
        where TLanes : ILanes<TRegister>
        where TRegister : struct
    {
        TRegister before = sum;
        sum = TLanes.XorAll(before, first, second);
        return TLanes.Most(before, first, second);
    }

    /// <summary>A half adder.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TRegister Add<TLanes, TRegister>(ref TRegister sum, TRegister more)
        where TLanes : ILanes<TRegister>
        where TRegister : struct
    {
        TRegister before = sum;
        sum = TLanes.Xor(before, more);
        return TLanes.And(before, more);
    }

    /// <summary>Exchanges the upper bits of one register's squares with the lower ones of another's.</summary>
    /// <param name="first">The one.</param>
    /// <param name="second">The other.</param>
    /// <param name="side">How long a square is.</param>
    /// <param name="lower">The lower bits of the squares in a byte.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Exchange<TLanes, TRegister>(ref TRegister first, ref TRegister second, int side, byte lower)
        where TLanes : ILanes<TRegister>
        where TRegister : struct
    {
        TRegister mask = TLanes.Broadcast(lower);
        TRegister up = TLanes.And(second, mask);
        for (int i = 0; i < side; i++)
        {
            up = TLanes.Add(up, up);
        }
        TRegister down = TLanes.And(TLanes.ShiftRight(first, side), mask);
        first = TLanes.Or(TLanes.And(first, mask), up);
        second = TLanes.Or(TLanes.AndNot(second, mask), down);
    }
}
