using System.Runtime.CompilerServices;

namespace IdentityResolution.Similarity.Kernels;

/// <summary>What the q-gram measures are made of. A text shorter than q has no gram.</summary>
/// <param name="Left">Distinct grams of the left text.</param>
/// <param name="Right">Distinct grams of the right text.</param>
/// <param name="Common">Distinct grams of both.</param>
/// <param name="Distance">Sum over all grams of the difference of their counts.</param>
/// <param name="Product">Sum over all grams of the product of their counts.</param>
/// <param name="LeftSquares">Sum of the squared counts of the left text.</param>
/// <param name="RightSquares">Sum of the squared counts of the right text.</param>
/// <param name="AreEqual">Whether the texts are equal; looked at only where neither has a gram.</param>
[SkipLocalsInit]
internal readonly record struct QGramCounts(
    int Left, int Right, int Common, int Distance, long Product, long LeftSquares, long RightSquares, bool AreEqual)
{
    private const int StackGrams = 256;

    /// <summary>Counts the grams of two texts: packs each gram into 64 bits, sorts, and merges.</summary>
    public static QGramCounts Of<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, int q)
        where T : unmanaged, IEquatable<T>
    {
        if (q is < 1 or > 4)
        {
            throw new ArgumentOutOfRangeException(nameof(q), q, "must be in [1, 4].");
        }
        using var leftScratch = new Scratch<ulong>(stackalloc ulong[StackGrams], Math.Max(0, left.Length - q + 1));
        using var rightScratch = new Scratch<ulong>(stackalloc ulong[StackGrams], Math.Max(0, right.Length - q + 1));
        Fill(left, q, leftScratch.Span);
        Fill(right, q, rightScratch.Span);
        return leftScratch.Span.IsEmpty && rightScratch.Span.IsEmpty
            ? default(QGramCounts) with { AreEqual = left.SequenceEqual(right) }
            : Merge(leftScratch.Span, rightScratch.Span);
    }

    private static void Fill<T>(ReadOnlySpan<T> text, int q, Span<ulong> grams)
        where T : unmanaged
    {
        ulong gram = 0;
        ulong mask = q == 4 ? ulong.MaxValue : (1UL << (16 * q)) - 1;
        for (int i = 0; i < text.Length; i++)
        {
            gram = ((gram << 16) | ToUnit(text[i])) & mask;
            if (i >= q - 1)
            {
                grams[i - q + 1] = gram;
            }
        }
        grams.Sort();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ushort ToUnit<T>(T unit)
        where T : unmanaged =>
        typeof(T) == typeof(byte) ? Unsafe.BitCast<T, byte>(unit) : Unsafe.BitCast<T, ushort>(unit);

    private static QGramCounts Merge(ReadOnlySpan<ulong> left, ReadOnlySpan<ulong> right)
    {
        (int i, int j) = (0, 0);
        (int lefts, int rights, int common, int distance) = (0, 0, 0, 0);
        (long product, long leftSquares, long rightSquares) = (0, 0, 0);
        while (i < left.Length || j < right.Length)
        {
            ulong gram = i == left.Length ? right[j] : j == right.Length ? left[i] : Math.Min(left[i], right[j]);
            int inLeft = Take(left, ref i, gram);
            int inRight = Take(right, ref j, gram);
            lefts += inLeft > 0 ? 1 : 0;
            rights += inRight > 0 ? 1 : 0;
            common += inLeft > 0 && inRight > 0 ? 1 : 0;
            distance += Math.Abs(inLeft - inRight);
            product += (long)inLeft * inRight;
            leftSquares += (long)inLeft * inLeft;
            rightSquares += (long)inRight * inRight;
        }
        return new QGramCounts(lefts, rights, common, distance, product, leftSquares, rightSquares, false);
    }

    private static int Take(ReadOnlySpan<ulong> grams, ref int index, ulong gram)
    {
        int start = index;
        while (index < grams.Length && grams[index] == gram)
        {
            index++;
        }
        return index - start;
    }
}
