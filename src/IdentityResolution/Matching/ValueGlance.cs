using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace IdentityResolution.Matching;

/// <summary>What can be seen of a value at a glance: enough to tell most unlike values apart without reading them. 32 bytes.</summary>
internal readonly struct ValueGlance
{
    /// <summary>Longest value that is told at a glance, in bytes.</summary>
    public const int MaxLength = 255;

    private const int Buckets = 32;
    private const int MaxCount = 15;

    // How often each character occurs, by its low five bits; four bits a count, even buckets in the low halves.
    private Vector128<byte> Counts { get; init; }

    /// <summary>The first four bytes; zero bytes where there are fewer.</summary>
    public uint Start { get; private init; }

    /// <summary>The first number that a <see cref="LevelScreen"/> keeps of the value.</summary>
    public int First { get; init; }

    /// <summary>The second number that a <see cref="LevelScreen"/> keeps of the value.</summary>
    public int Second { get; init; }

    /// <summary>Bytes of the value.</summary>
    public byte Length { get; private init; }

    /// <summary>Can the value be told at a glance? Not when it is empty, long, not ASCII, or repeats a character very often.</summary>
    public bool IsPlain { get; private init; }

    /// <summary>Has the value no blank?</summary>
    public bool IsOneWord { get; private init; }

    /// <summary>Looks at a value.</summary>
    public static ValueGlance Of(ReadOnlySpan<byte> value)
    {
        if (value.Length is 0 or > MaxLength || !Ascii.IsValid(value))
        {
            return default;
        }
        Span<byte> counts = stackalloc byte[Buckets];
        counts.Clear();
        ref byte first = ref MemoryMarshal.GetReference(counts);
        foreach (byte unit in value)
        {
            Unsafe.Add(ref first, unit & (Buckets - 1))++;
        }
        Vector128<byte> low = Vector128.LoadUnsafe(ref first);
        Vector128<byte> high = Vector128.LoadUnsafe(ref first, (nuint)Vector128<byte>.Count);
        if (Vector128.GreaterThanAny(low | high, Vector128.Create((byte)MaxCount)))
        {
            return default;
        }
        uint start = 0;
        for (int i = 0; i < Math.Min(value.Length, sizeof(uint)); i++)
        {
            start |= (uint)value[i] << (8 * i);
        }
        return new ValueGlance
        {
            Counts = low | (high << 4),
            Start = start,
            Length = (byte)value.Length,
            IsPlain = true,
            IsOneWord = !value.Contains((byte)' '),
        };
    }

    /// <summary>The most characters that two plain values can have in common, each counted as often as both have it; never too few.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int MostCommon(in ValueGlance left, in ValueGlance right)
    {
        Vector128<byte> low = Vector128.Create((byte)0x0F);
        Vector128<byte> sum = Vector128.Min(left.Counts & low, right.Counts & low)
            + Vector128.Min(High(left.Counts, low), High(right.Counts, low));
        if (Sse2.IsSupported)
        {
            Vector128<ulong> halves = Sse2.SumAbsoluteDifferences(sum, Vector128<byte>.Zero).AsUInt64();
            return (int)(halves.ToScalar() + halves.GetElement(1));
        }
        // No more than the shorter length, so a byte holds the sum.
        return Vector128.Sum(sum);
    }

    /// <summary>How many bytes two values have in common at their start, at most 4; never too few.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int CommonStart(in ValueGlance left, in ValueGlance right) =>
        BitOperations.TrailingZeroCount((ulong)(left.Start ^ right.Start) | (1UL << 32)) >> 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> High(Vector128<byte> counts, Vector128<byte> low) => (counts.AsUInt16() >> 4).AsByte() & low;
}
