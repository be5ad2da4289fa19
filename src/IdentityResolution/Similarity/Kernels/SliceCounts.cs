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
    /// <param name="counts">Receives the counts: a register for each binary digit, the ones first.</param>
    public static void Count<TLanes, TRegister>(byte* bits, int length, byte* counts)
        where TLanes : ILanes<TRegister>
        where TRegister : struct
    {
        TRegister none = TLanes.Broadcast(0);
        TRegister ones = none;
        TRegister twos = none;
        TRegister fours = none;
        TRegister eights = none;
        TRegister sixteens = none;
        TRegister thirtyTwos = none;
        TRegister sixtyFours = none;
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
        TLanes.Store(ones, counts);
        TLanes.Store(twos, counts + TLanes.Size);
        TLanes.Store(fours, counts + (2 * TLanes.Size));
        TLanes.Store(eights, counts + (3 * TLanes.Size));
        TLanes.Store(sixteens, counts + (4 * TLanes.Size));
        TLanes.Store(thirtyTwos, counts + (5 * TLanes.Size));
        TLanes.Store(sixtyFours, counts + (6 * TLanes.Size));
        TLanes.Store(none, counts + (7 * TLanes.Size));
    }

    /// <summary>Turns binary digits into bytes: bit j of byte k in register i becomes bit i of byte k in register j.</summary>
    /// <remarks>Squares of bits are exchanged across the diagonal, four by four, two by two, one by one.</remarks>
    public static void Turn<TLanes, TRegister>(byte* counts)
        where TLanes : ILanes<TRegister>
        where TRegister : struct
    {
        for (int i = 0; i < 4; i++)
        {
            Exchange<TLanes, TRegister>(counts + (i * TLanes.Size), 4, 0x0F);
        }
        for (int i = 0; i < 4; i++)
        {
            Exchange<TLanes, TRegister>(counts + ((i + (i & 2)) * TLanes.Size), 2, 0x33);
        }
        for (int i = 0; i < 4; i++)
        {
            Exchange<TLanes, TRegister>(counts + (2 * i * TLanes.Size), 1, 0x55);
        }
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
    /// <param name="register">The register; the other stands as many registers behind it as a square is long.</param>
    /// <param name="side">How long a square is.</param>
    /// <param name="lower">The lower bits of the squares.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Exchange<TLanes, TRegister>(byte* register, int side, byte lower)
        where TLanes : ILanes<TRegister>
        where TRegister : struct
    {
        byte* other = register + (side * TLanes.Size);
        TRegister mask = TLanes.Broadcast(lower);
        TRegister first = TLanes.Load(register);
        TRegister second = TLanes.Load(other);
        TRegister up = TLanes.And(second, mask);
        for (int i = 0; i < side; i++)
        {
            up = TLanes.Add(up, up);
        }
        TRegister down = TLanes.And(TLanes.ShiftRight(first, side), mask);
        TLanes.Store(TLanes.Or(TLanes.And(first, mask), up), register);
        TLanes.Store(TLanes.Or(TLanes.AndNot(second, mask), down), other);
    }
}
