using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace IdentityResolution.Similarity.Kernels;

/// <summary>The last units of a text by their numbers in a block; or the ending that several texts share.</summary>
/// <param name="symbols">The numbers, the last unit's at the upper end; 0 is a unit that no value of the block holds, and what lies before a short text.</param>
/// <param name="length">How many units it has, at most <see cref="MaxLength"/>.</param>
internal readonly struct Ending(Vector128<byte> symbols, int length)
{
    /// <summary>The longest ending that is kept.</summary>
    public const int MaxLength = 16;

    private readonly Vector128<byte> _symbols = symbols;

    /// <summary>How many units it has.</summary>
    public int Length { get; } = length;

    /// <summary>The number of a unit, 0 before the first.</summary>
    /// <param name="place">How many units stand behind it, below <see cref="MaxLength"/>.</param>
    public byte this[int place] => _symbols.GetElement(MaxLength - 1 - place);

    /// <summary>The ending of a text.</summary>
    /// <param name="numbers">The numbers of its units, and <see cref="MaxLength"/> zeros before them.</param>
    public static Ending Of(ReadOnlySpan<byte> numbers) =>
        new(Vector128.Create(numbers[^MaxLength..]), Math.Min(numbers.Length - MaxLength, MaxLength));

    /// <summary>How many units two endings share, from the end on; a unit that no value holds is shared with none of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int SharedWith(in Ending other)
    {
        uint differing = ~(Vector128.Equals(_symbols, other._symbols).ExtractMostSignificantBits() << MaxLength);
        return Math.Min(BitOperations.LeadingZeroCount(differing), Math.Min(Length, other.Length));
    }

    /// <summary>The last units alone.</summary>
    /// <param name="length">How many, at most <see cref="Length"/>.</param>
    public Ending Last(int length) => new(_symbols, length);
}
