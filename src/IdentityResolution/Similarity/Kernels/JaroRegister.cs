using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace IdentityResolution.Similarity.Kernels;

/// <summary>Jaro counts of two texts that fit a register of 512 bits each: matched units are pressed together and compared at once.</summary>
internal static unsafe class JaroRegister
{
    /// <summary>The fewest units that don't fit: one less than a register has, so that a count of units fits its bits.</summary>
    private const int TooLong = 64;

    /// <summary>As <see cref="JaroKernel.Count"/>, where both texts fit.</summary>
    /// <returns>Whether they do: up to 63 bytes or UTF-16 units of Latin-1, up to 31 other UTF-16 units.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryCount<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, int window, int minMatches, out JaroCounts counts)
        where T : unmanaged
    {
        counts = default;
        if (!Avx512Vbmi2.IsSupported || !Vector512.IsHardwareAccelerated || (left.Length | right.Length) >= TooLong)
        {
            return false;
        }
        if (sizeof(T) == sizeof(byte))
        {
            fixed (T* leftStart = &MemoryMarshal.GetReference(left), rightStart = &MemoryMarshal.GetReference(right))
            {
                counts = Count(
                    WholeRegister.LoadBytes((byte*)leftStart, left.Length),
                    WholeRegister.LoadBytes((byte*)rightStart, right.Length),
                    left.Length,
                    right,
                    window,
                    minMatches);
            }
            return true;
        }
        return TryCountWide(left, right, window, minMatches, out counts);
    }

    private static bool TryCountWide<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, int window, int minMatches, out JaroCounts counts)
        where T : unmanaged
    {
        // Pinned once, and both loads of a text whatever its length: pins and branches cost more here than the loads.
        int half = Vector512<ushort>.Count;
        Vector512<ushort> leftLow;
        Vector512<ushort> leftHigh;
        Vector512<ushort> rightLow;
        Vector512<ushort> rightHigh;
        fixed (T* leftStart = &MemoryMarshal.GetReference(left), rightStart = &MemoryMarshal.GetReference(right))
        {
            leftLow = WholeRegister.LoadWide((ushort*)leftStart, left.Length);
            leftHigh = WholeRegister.LoadWide((ushort*)leftStart + half, left.Length - half);
            rightLow = WholeRegister.LoadWide((ushort*)rightStart, right.Length);
            rightHigh = WholeRegister.LoadWide((ushort*)rightStart + half, right.Length - half);
        }
        if (Vector512.LessThanAll(leftLow | rightLow | leftHigh | rightHigh, Vector512.Create((ushort)0x100)))
        {
            counts = Count(
                Vector512.Narrow(leftLow, leftHigh), Vector512.Narrow(rightLow, rightHigh), left.Length, right, window, minMatches);
            return true;
        }
        bool isLong = (left.Length | right.Length) >= half;
        counts = isLong ? default : Count(leftLow, rightLow, left.Length, right, window, minMatches);
        return !isLong;
    }

    /// <summary>The counts of two texts in registers; the right one's units are also needed one by one.</summary>
    /// <remarks>Inlined: as arguments the registers would go through memory, which costs as much as a pair of names.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static JaroCounts Count<TLane, T>(
        Vector512<TLane> leftUnits, Vector512<TLane> rightUnits, int leftLength, ReadOnlySpan<T> right, int window, int minMatches)
        where TLane : unmanaged
        where T : unmanaged
    {
        ulong all = Units.LowBits(leftLength);
        ulong free = all;
        ulong matchedRight = 0;
        ulong reach = Units.LowBits(window + 1);
        int last = Math.Min(right.Length, leftLength + window);
        ref T unit = ref MemoryMarshal.GetReference(right);
        for (int i = 0; i < last; i++)
        {
            // A unit's low byte comes first, and is all of it where lanes are narrower.
            var wanted = Vector512.Create(Unsafe.As<T, TLane>(ref Unsafe.Add(ref unit, i)));
            ulong match = Vector512.Equals(leftUnits, wanted).ExtractMostSignificantBits() & reach & free;
            free ^= match & (0 - match);
            matchedRight |= (match != 0 ? 1UL : 0UL) << i;
            reach = (reach << 1) | (i < window ? 1UL : 0UL);
        }
        ulong matchedLeft = all & ~free;
        int matches = BitOperations.PopCount(matchedLeft);
        if (matches < minMatches)
        {
            return default;
        }
        // Behind the matched units both registers hold zeros, which are equal.
        ulong inOrder = Vector512.Equals(Press(leftUnits, matchedLeft), Press(rightUnits, matchedRight)).ExtractMostSignificantBits();
        return new JaroCounts(matches, Vector512<TLane>.Count - BitOperations.PopCount(inOrder));
    }

    /// <summary>The units of some bits, one behind the other, and zeros behind them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Press<T>(Vector512<T> units, ulong bits)
        where T : unmanaged
    {
        if (sizeof(T) == sizeof(byte))
        {
            // Every byte gets the eight bits among which its own is.
            var places = Vector512.Create(
                Vector256.Create(0x0000000000000000UL, 0x0101010101010101, 0x0202020202020202, 0x0303030303030303),
                Vector256.Create(0x0404040404040404UL, 0x0505050505050505, 0x0606060606060606, 0x0707070707070707)).AsByte();
            var bit = Vector512.Create(0x8040201008040201).AsByte();
            Vector512<byte> mask = Avx512BW.Shuffle(Vector512.Create(bits).AsByte(), places) & bit;
            return Avx512Vbmi2.Compress(Vector512<byte>.Zero, Vector512.Equals(mask, bit), units.As<T, byte>()).As<byte, T>();
        }
        var halves = Vector512.Create(Vector256.Create((ushort)bits), Vector256.Create((ushort)(bits >> 16)));
        var bitOfHalf = Vector512.Create(Vector256.Create(
            (ushort)1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768));
        Vector512<ushort> isWanted = Vector512.Equals(halves & bitOfHalf, bitOfHalf);
        return Avx512Vbmi2.Compress(Vector512<ushort>.Zero, isWanted, units.As<T, ushort>()).As<ushort, T>();
    }
}
