using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IdentityResolution.Similarity.Kernels;

/// <summary>Up to 64 units held in registers. Bit i of a match is set where unit i equals the unit asked for.</summary>
/// <remarks>A comparison of all units at once takes the place of the usual table of match masks: nothing to clear, any alphabet.</remarks>
internal interface IPattern<T>
    where T : unmanaged
{
    /// <summary>The match mask of a unit. Bits past the pattern's length are arbitrary.</summary>
    ulong Match(T unit);
}

/// <summary>A pattern of up to 32 bytes: 32 byte units, 16 UTF-16 units.</summary>
internal readonly struct Pattern32<T>(Vector256<T> first) : IPattern<T>
    where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Match(T unit) => Vector256.Equals(first, Vector256.Create(unit)).ExtractMostSignificantBits();
}

/// <summary>A pattern of up to 64 bytes: 64 byte units, 32 UTF-16 units.</summary>
internal readonly struct Pattern64<T>(Vector256<T> first, Vector256<T> second) : IPattern<T>
    where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Match(T unit)
    {
        var wanted = Vector256.Create(unit);
        return Vector256.Equals(first, wanted).ExtractMostSignificantBits()
            | ((ulong)Vector256.Equals(second, wanted).ExtractMostSignificantBits() << Vector256<T>.Count);
    }
}

/// <summary>A pattern of up to 64 units of 16 bits.</summary>
internal readonly struct Pattern128<T>(Pattern64<T> low, Pattern64<T> high) : IPattern<T>
    where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Match(T unit) => low.Match(unit) | (high.Match(unit) << (2 * Vector256<T>.Count));
}

/// <summary>A pattern of up to 64 units below 256 in one register of bytes: one comparison, for UTF-16 texts too (AVX-512 BW).</summary>
internal readonly struct PatternOfBytes<T>(Vector512<byte> units) : IPattern<T>
    where T : unmanaged
{
    /// <summary>Up to this length the smaller registers take less time.</summary>
    public const int LongEnough = 32;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe ulong Match(T unit)
    {
        ulong match = Vector512.Equals(units, Vector512.Create(Unsafe.As<T, byte>(ref unit))).ExtractMostSignificantBits();
        return sizeof(T) == sizeof(byte) || Unsafe.As<T, ushort>(ref unit) <= byte.MaxValue ? match : 0;
    }
}

/// <summary>A computation over one pattern of up to 64 units; compiled once for each kind of pattern.</summary>
internal interface IPatternAction<T, TResult>
    where T : unmanaged
{
    /// <summary>Runs on a loaded pattern.</summary>
    TResult Run<TPattern>(TPattern pattern)
        where TPattern : struct, IPattern<T>;
}

internal static class Patterns
{
    /// <summary>Loads 1 to 64 units into the smallest pattern that holds them, and runs an action on it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TResult Run<T, TAction, TResult>(ReadOnlySpan<T> units, TAction action)
        where T : unmanaged
        where TAction : struct, IPatternAction<T, TResult>, allows ref struct
    {
        ref T start = ref MemoryMarshal.GetReference(units);
        int step = Vector256<T>.Count;
        if (units.Length <= step)
        {
            return action.Run(new Pattern32<T>(Units.Load(ref start, units.Length)));
        }
        return units.Length > PatternOfBytes<T>.LongEnough
            ? RunLong<T, TAction, TResult>(units, action)
            : action.Run(Load64(ref start, units.Length));
    }

    /// <summary>A method of its own, so that shorter texts don't pay for its registers and pinned references.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TResult RunLong<T, TAction, TResult>(ReadOnlySpan<T> units, TAction action)
        where T : unmanaged
        where TAction : struct, IPatternAction<T, TResult>, allows ref struct
    {
        if (WholeRegister.TryLoad(units, out Vector512<byte> bytes))
        {
            return action.Run(new PatternOfBytes<T>(bytes));
        }
        ref T start = ref MemoryMarshal.GetReference(units);
        int step = Vector256<T>.Count;
        if (units.Length <= 2 * step)
        {
            return action.Run(Load64(ref start, units.Length));
        }
        return action.Run(new Pattern128<T>(
            Load64(ref start, 2 * step), Load64(ref Unsafe.Add(ref start, 2 * step), units.Length - (2 * step))));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Pattern64<T> Load64<T>(ref T start, int count)
        where T : unmanaged
    {
        int step = Vector256<T>.Count;
        return new Pattern64<T>(
            Units.Load(ref start, count),
            count > step ? Units.Load(ref Unsafe.Add(ref start, step), count - step) : default);
    }
}
