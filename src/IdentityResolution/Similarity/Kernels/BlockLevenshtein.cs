using System.Numerics;
using System.Runtime.CompilerServices;

namespace IdentityResolution.Similarity.Kernels;

/// <summary>Levenshtein distance of patterns over 64 units: a column of words, and of those only the ones that the cut-off's band touches.</summary>
/// <remarks>
/// Sources: Hyyro (2003), "A bit-vector algorithm for computing Levenshtein and Damerau edit distances"; the band: Ukkonen (1985),
/// "Algorithms for approximate string matching", Information and Control 64. A word that enters the band is taken to rise by 1 at every
/// row, and the row above the band by 1 at every column: both are real paths, so what lies outside is never too small.
/// </remarks>
[SkipLocalsInit]
internal static class BlockLevenshtein
{
    private const int StackWords = 8;

    /// <summary>The distance, or any greater number than <paramref name="maxDistance"/> when it is greater.</summary>
    public static int Distance<T>(ReadOnlySpan<T> longer, ReadOnlySpan<T> shorter, int maxDistance)
        where T : unmanaged
    {
        int words = Units.WordCount(longer.Length);
        using var vpScratch = new Scratch<ulong>(stackalloc ulong[StackWords], words);
        using var vnScratch = new Scratch<ulong>(stackalloc ulong[StackWords], words);
        using var bottomScratch = new Scratch<int>(stackalloc int[StackWords], words);
        Span<ulong> vp = vpScratch.Span;
        Span<ulong> vn = vnScratch.Span;
        Span<int> bottom = bottomScratch.Span;
        var pattern = new LongPattern<T>(longer);

        // A path of cost <= max to the far corner keeps within these diagonals (row - column).
        int extra = longer.Length - shorter.Length;
        int above = (maxDistance - extra) / 2;
        int below = extra + above;
        int last = -1;
        int first = 0;
        for (int column = 1; column <= shorter.Length; column++)
        {
            first = Math.Max(first, (column - above - 1) >> 6);
            int wanted = Math.Min(words - 1, (column + below - 1) >> 6);
            for (; last < wanted; last++)
            {
                vp[last + 1] = ulong.MaxValue;
                vn[last + 1] = 0;
                bottom[last + 1] = (last < 0 ? column - 1 : bottom[last]) + 64;
            }
            ulong carryUp = 1;
            ulong carryDown = 0;
            T unit = shorter[column - 1];
            for (int word = first; word <= last; word++)
            {
                ulong match = pattern.Match(word, unit) | carryDown;
                ulong rises = vp[word];
                ulong falls = vn[word];
                ulong d0 = (((match & rises) + rises) ^ rises) | match | falls;
                ulong hp = falls | ~(d0 | rises);
                ulong hn = d0 & rises;
                bottom[word] += (int)(hp >> 63) - (int)(hn >> 63);
                ulong down = (hp << 1) | carryUp;
                vp[word] = (hn << 1) | carryDown | ~(d0 | down);
                vn[word] = down & d0;
                carryUp = hp >> 63;
                carryDown = hn >> 63;
            }
        }
        ulong past = ~Units.LowBits(longer.Length - ((words - 1) * 64));
        return bottom[words - 1] - BitOperations.PopCount(vp[words - 1] & past) + BitOperations.PopCount(vn[words - 1] & past);
    }
}
