using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace IdentityResolution.Similarity.Kernels;

/// <summary>Registers of 512 bits (Avx512BW) with unsigned lanes of 8, 16, 32 or 64 bits.</summary>
internal readonly unsafe struct Lanes512<T> : ILanes<Vector512<T>>
    where T : unmanaged
{
    public static int Count => Vector512<T>.Count;

    public static int Size => 64;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Broadcast(ulong value)
    {
        if (sizeof(T) == sizeof(byte))
        {
            return Vector512.Create((byte)value).As<byte, T>();
        }
        if (sizeof(T) == sizeof(ushort))
        {
            return Vector512.Create((ushort)value).As<ushort, T>();
        }
        return sizeof(T) == sizeof(uint) ? Vector512.Create((uint)value).As<uint, T>() : Vector512.Create(value).As<ulong, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Load(byte* source) => Vector512.Load(source).As<byte, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<T> lanes, byte* destination) => lanes.As<T, byte>().Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Add(Vector512<T> left, Vector512<T> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Subtract(Vector512<T> left, Vector512<T> right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> And(Vector512<T> left, Vector512<T> right) => left & right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Or(Vector512<T> left, Vector512<T> right) => left | right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Xor(Vector512<T> left, Vector512<T> right) => left ^ right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> AndNot(Vector512<T> left, Vector512<T> right) => Vector512.AndNot(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> OrNeither(Vector512<T> first, Vector512<T> second, Vector512<T> third) =>
        Ternary(first, second, third, 0xF1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> OrExcept(Vector512<T> first, Vector512<T> second, Vector512<T> third) =>
        Ternary(first, second, third, 0xF4);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> CloseMatched(Vector512<T> open, Vector512<T> match) =>
        OrExcept(open + (open & match), open, match);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> OrBoth(Vector512<T> first, Vector512<T> second, Vector512<T> third) =>
        Ternary(first, second, third, 0xF8);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> OrEither(Vector512<T> first, Vector512<T> second, Vector512<T> third) =>
        Ternary(first, second, third, 0xF6);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> XorBoth(Vector512<T> first, Vector512<T> second, Vector512<T> third) =>
        Ternary(first, second, third, 0x78);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> All(Vector512<T> first, Vector512<T> second, Vector512<T> third) =>
        Ternary(first, second, third, 0x80);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> BothExcept(Vector512<T> first, Vector512<T> second, Vector512<T> third) =>
        Ternary(first, second, third, 0x40);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> AndEither(Vector512<T> first, Vector512<T> second, Vector512<T> third) =>
        Ternary(first, second, third, 0xE0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> XorAll(Vector512<T> first, Vector512<T> second, Vector512<T> third) =>
        Ternary(first, second, third, 0x96);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Most(Vector512<T> first, Vector512<T> second, Vector512<T> third) =>
        Ternary(first, second, third, 0xE8);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Min(Vector512<T> left, Vector512<T> right) => Vector512.Min(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Max(Vector512<T> left, Vector512<T> right) => Vector512.Max(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> GreaterThan(Vector512<T> left, Vector512<T> right) => Vector512.GreaterThan(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> NonZero(Vector512<T> lanes) => ~Vector512.Equals(lanes, Vector512<T>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> ShiftRight(Vector512<T> lanes, int count)
    {
        var places = Vector128.CreateScalar((ulong)count);
        if (sizeof(T) == sizeof(byte))
        {
            // There is no shift of bytes: bits of a pair's upper one must not come down into the lower.
            Vector512<byte> pairs = Avx512BW.ShiftRightLogical(lanes.As<T, ushort>(), places.AsUInt16()).AsByte();
            return (pairs & Vector512.Create((byte)(0xFF >> count))).As<byte, T>();
        }
        if (sizeof(T) == sizeof(ushort))
        {
            return Avx512BW.ShiftRightLogical(lanes.As<T, ushort>(), places.AsUInt16()).As<ushort, T>();
        }
        return sizeof(T) == sizeof(uint)
            ? Avx512F.ShiftRightLogical(lanes.As<T, uint>(), places.AsUInt32()).As<uint, T>()
            : Avx512F.ShiftRightLogical(lanes.As<T, ulong>(), places).As<ulong, T>();
    }

    /// <summary>By a table of the 16 values of half a byte, then summed up to the width of a lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> PopCount(Vector512<T> lanes)
    {
        Vector512<byte> table = Vector512.Create(Vector256.Create(Lanes256<byte>.HalfByteCounts, Lanes256<byte>.HalfByteCounts));
        var half = Vector512.Create((byte)0x0F);
        var bytes = lanes.As<T, byte>();
        Vector512<byte> counts = Avx512BW.Shuffle(table, bytes & half)
            + Avx512BW.Shuffle(table, (bytes.AsUInt16() >>> 4).AsByte() & half);
        if (sizeof(T) == sizeof(byte))
        {
            return counts.As<byte, T>();
        }
        if (sizeof(T) == sizeof(ulong))
        {
            return Avx512BW.SumAbsoluteDifferences(counts, Vector512<byte>.Zero).As<ushort, T>();
        }
        Vector512<short> sums = Avx512BW.MultiplyAddAdjacent(counts, Vector512<sbyte>.One);
        return sizeof(T) == sizeof(ushort)
            ? sums.As<short, T>()
            : Avx512BW.MultiplyAddAdjacent(sums, Vector512<short>.One).As<int, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreAsInts(Vector512<T> lanes, int* destination)
    {
        if (sizeof(T) == sizeof(byte))
        {
            Vector512<byte> bytes = lanes.As<T, byte>();
            Avx512F.ConvertToVector512Int32(bytes.GetLower().GetLower()).Store(destination);
            Avx512F.ConvertToVector512Int32(bytes.GetLower().GetUpper()).Store(destination + Vector512<int>.Count);
            Avx512F.ConvertToVector512Int32(bytes.GetUpper().GetLower()).Store(destination + (2 * Vector512<int>.Count));
            Avx512F.ConvertToVector512Int32(bytes.GetUpper().GetUpper()).Store(destination + (3 * Vector512<int>.Count));
        }
        else if (sizeof(T) == sizeof(ushort))
        {
            (Vector512<uint> low, Vector512<uint> high) = Vector512.Widen(lanes.As<T, ushort>());
            low.AsInt32().Store(destination);
            high.AsInt32().Store(destination + Vector512<uint>.Count);
        }
        else if (sizeof(T) == sizeof(uint))
        {
            lanes.As<T, int>().Store(destination);
        }
        else
        {
            Avx512F.ConvertToVector256Int32(lanes.As<T, long>()).Store(destination);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Ternary(
        Vector512<T> first, Vector512<T> second, Vector512<T> third, [ConstantExpected] byte control) =>
        Avx512F.TernaryLogic(first.As<T, ulong>(), second.As<T, ulong>(), third.As<T, ulong>(), control).As<ulong, T>();
}
