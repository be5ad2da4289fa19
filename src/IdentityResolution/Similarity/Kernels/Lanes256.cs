using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace IdentityResolution.Similarity.Kernels;

/// <summary>Registers of 256 bits (Avx2) with unsigned lanes of 8, 16, 32 or 64 bits.</summary>
internal readonly unsafe struct Lanes256<T> : ILanes<Vector256<T>>
    where T : unmanaged
{
    /// <summary>How many bits are set in each number of four bits.</summary>
    internal static Vector128<byte> HalfByteCounts
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.Create((byte)0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
    }

    public static int Count => Vector256<T>.Count;

    public static int Size => 32;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Broadcast(ulong value)
    {
        if (sizeof(T) == sizeof(byte))
        {
            return Vector256.Create((byte)value).As<byte, T>();
        }
        if (sizeof(T) == sizeof(ushort))
        {
            return Vector256.Create((ushort)value).As<ushort, T>();
        }
        return sizeof(T) == sizeof(uint) ? Vector256.Create((uint)value).As<uint, T>() : Vector256.Create(value).As<ulong, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Load(byte* source) => Vector256.Load(source).As<byte, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<T> lanes, byte* destination) => lanes.As<T, byte>().Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Add(Vector256<T> left, Vector256<T> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Subtract(Vector256<T> left, Vector256<T> right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> And(Vector256<T> left, Vector256<T> right) => left & right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Or(Vector256<T> left, Vector256<T> right) => left | right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Xor(Vector256<T> left, Vector256<T> right) => left ^ right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> AndNot(Vector256<T> left, Vector256<T> right) => Vector256.AndNot(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> OrNeither(Vector256<T> first, Vector256<T> second, Vector256<T> third) =>
        first | ~(second | third);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> OrExcept(Vector256<T> first, Vector256<T> second, Vector256<T> third) =>
        first | (second & ~third);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> CloseMatched(Vector256<T> open, Vector256<T> match) =>
        OrExcept(open + (open & match), open, match);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> OrBoth(Vector256<T> first, Vector256<T> second, Vector256<T> third) =>
        first | (second & third);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> OrEither(Vector256<T> first, Vector256<T> second, Vector256<T> third) =>
        first | (second ^ third);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> XorBoth(Vector256<T> first, Vector256<T> second, Vector256<T> third) =>
        first ^ (second & third);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> All(Vector256<T> first, Vector256<T> second, Vector256<T> third) =>
        first & second & third;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> BothExcept(Vector256<T> first, Vector256<T> second, Vector256<T> third) =>
        first & second & ~third;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> AndEither(Vector256<T> first, Vector256<T> second, Vector256<T> third) =>
        first & (second | third);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> XorAll(Vector256<T> first, Vector256<T> second, Vector256<T> third) =>
        first ^ second ^ third;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Most(Vector256<T> first, Vector256<T> second, Vector256<T> third) =>
        (first & second) | (third & (first ^ second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Min(Vector256<T> left, Vector256<T> right) => Vector256.Min(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Max(Vector256<T> left, Vector256<T> right) => Vector256.Max(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> GreaterThan(Vector256<T> left, Vector256<T> right) => Vector256.GreaterThan(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> NonZero(Vector256<T> lanes) => ~Vector256.Equals(lanes, Vector256<T>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> ShiftRight(Vector256<T> lanes, int count)
    {
        var places = Vector128.CreateScalar((ulong)count);
        if (sizeof(T) == sizeof(byte))
        {
            // There is no shift of bytes: bits of a pair's upper one must not come down into the lower.
            Vector256<byte> pairs = Avx2.ShiftRightLogical(lanes.As<T, ushort>(), places.AsUInt16()).AsByte();
            return (pairs & Vector256.Create((byte)(0xFF >> count))).As<byte, T>();
        }
        if (sizeof(T) == sizeof(ushort))
        {
            return Avx2.ShiftRightLogical(lanes.As<T, ushort>(), places.AsUInt16()).As<ushort, T>();
        }
        return sizeof(T) == sizeof(uint)
            ? Avx2.ShiftRightLogical(lanes.As<T, uint>(), places.AsUInt32()).As<uint, T>()
            : Avx2.ShiftRightLogical(lanes.As<T, ulong>(), places).As<ulong, T>();
    }

    /// <summary>By a table of the 16 values of half a byte, then summed up to the width of a lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> PopCount(Vector256<T> lanes)
    {
        Vector256<byte> table = Vector256.Create(HalfByteCounts, HalfByteCounts);
        var half = Vector256.Create((byte)0x0F);
        var bytes = lanes.As<T, byte>();
        Vector256<byte> counts = Avx2.Shuffle(table, bytes & half)
            + Avx2.Shuffle(table, (bytes.AsUInt16() >>> 4).AsByte() & half);
        if (sizeof(T) == sizeof(byte))
        {
            return counts.As<byte, T>();
        }
        if (sizeof(T) == sizeof(ulong))
        {
            return Avx2.SumAbsoluteDifferences(counts, Vector256<byte>.Zero).As<ushort, T>();
        }
        Vector256<short> sums = Avx2.MultiplyAddAdjacent(counts, Vector256<sbyte>.One);
        return sizeof(T) == sizeof(ushort)
            ? sums.As<short, T>()
            : Avx2.MultiplyAddAdjacent(sums, Vector256<short>.One).As<int, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreAsInts(Vector256<T> lanes, int* destination)
    {
        if (sizeof(T) == sizeof(byte))
        {
            (Vector256<ushort> low, Vector256<ushort> high) = Vector256.Widen(lanes.As<T, byte>());
            Lanes256<ushort>.StoreAsInts(low, destination);
            Lanes256<ushort>.StoreAsInts(high, destination + Vector256<ushort>.Count);
        }
        else if (sizeof(T) == sizeof(ushort))
        {
            (Vector256<uint> low, Vector256<uint> high) = Vector256.Widen(lanes.As<T, ushort>());
            low.AsInt32().Store(destination);
            high.AsInt32().Store(destination + Vector256<uint>.Count);
        }
        else if (sizeof(T) == sizeof(uint))
        {
            lanes.As<T, int>().Store(destination);
        }
        else
        {
            Vector256.Narrow(lanes.As<T, ulong>(), lanes.As<T, ulong>()).GetLower().AsInt32().Store(destination);
        }
    }
}
