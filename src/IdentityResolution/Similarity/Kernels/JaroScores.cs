using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace IdentityResolution.Similarity.Kernels;

/// <summary>The formulas of <see cref="JaroCounts"/> and <see cref="JaroWinklerKernel.Boost"/> for many, in the same order of operations.</summary>
internal static unsafe class JaroScores
{
    /// <summary>Works out the similarities of a register's values.</summary>
    /// <param name="pair">The strips and the text.</param>
    /// <param name="counts">The whole numbers.</param>
    /// <param name="from">Where the register's numbers begin.</param>
    /// <param name="enough">A bit for each value whose similarity matters; those of the others may be given as 0.</param>
    /// <param name="prefixWeight">How much of the rest a common unit at the beginning adds; 0 for Jaro.</param>
    /// <param name="minSimilarity">The cut-off.</param>
    /// <param name="results">Receives the register's similarities.</param>
    public static void Score<TLanes, TRegister>(
        in StripPair pair, JaroLanes counts, int from, ulong enough, double prefixWeight, double minSimilarity, double* results)
        where TLanes : ILanes<TRegister>
        where TRegister : struct
    {
        fixed (int* allLengths = pair.Strips.Lengths)
        {
            // The last strip's lanes past the last value have no length.
            int* lengths = stackalloc int[Strips.RowBytes];
            int present = Math.Clamp(pair.Strips.Count - pair.Slot - from, 0, TLanes.Count);
            if (present == TLanes.Count)
            {
                lengths = allLengths + pair.Slot + from;
            }
            else
            {
                new ReadOnlySpan<int>(allLengths + pair.Slot + from, present).CopyTo(new Span<int>(lengths, Strips.RowBytes));
            }
            if (TLanes.Size == Strips.RowBytes)
            {
                for (int lane = 0; lane < TLanes.Count; lane += Vector512<double>.Count)
                {
                    Vector512<double> scores = ((enough >> lane) & 0xFF) == 0
                        ? Vector512<double>.Zero
                        : Score512(counts, from + lane, lengths + lane, pair.TextLength, prefixWeight, minSimilarity);
                    scores.Store(results + lane);
                }
                return;
            }
            for (int lane = 0; lane < TLanes.Count; lane += Vector256<double>.Count)
            {
                Vector256<double> scores = ((enough >> lane) & 0xF) == 0
                    ? Vector256<double>.Zero
                    : Score256(counts, from + lane, lengths + lane, pair.TextLength, prefixWeight, minSimilarity);
                scores.Store(results + lane);
            }
        }
    }

    private static Vector512<double> Score512(
        JaroLanes counts, int at, int* lengths, int textLength, double prefixWeight, double minSimilarity)
    {
        Vector256<int> found = Vector256.Load(counts.Matches + at);
        Vector512<double> matches = Avx512F.ConvertToVector512Double(found);
        Vector512<double> inOrder = Avx512F.ConvertToVector512Double(found - (Vector256.Load(counts.HalfTranspositions + at) >> 1));
        Vector512<double> lengthsOfValues = Avx512F.ConvertToVector512Double(Vector256.Load(lengths));
        Vector512<double> jaro = ((matches / Vector512.Create((double)textLength)) + (matches / lengthsOfValues) + (inOrder / matches))
            / Vector512.Create(3.0);
        jaro = Vector512.ConditionalSelect(Vector512.GreaterThan(matches, Vector512<double>.Zero), jaro, Vector512<double>.Zero);
        Vector512<double> prefixes = Avx512F.ConvertToVector512Double(Vector256.Load(counts.Prefixes + at));
        Vector512<double> boosted = jaro + (prefixes * Vector512.Create(prefixWeight) * (Vector512<double>.One - jaro));
        Vector512<double> scores = Vector512.ConditionalSelect(
            Vector512.GreaterThan(jaro, Vector512.Create(JaroWinklerKernel.BoostThreshold)), boosted, jaro);
        return Vector512.ConditionalSelect(
            Vector512.GreaterThanOrEqual(scores, Vector512.Create(minSimilarity)), scores, Vector512<double>.Zero);
    }

    private static Vector256<double> Score256(
        JaroLanes counts, int at, int* lengths, int textLength, double prefixWeight, double minSimilarity)
    {
        Vector128<int> found = Vector128.Load(counts.Matches + at);
        Vector256<double> matches = Avx.ConvertToVector256Double(found);
        Vector256<double> inOrder = Avx.ConvertToVector256Double(found - (Vector128.Load(counts.HalfTranspositions + at) >> 1));
        Vector256<double> lengthsOfValues = Avx.ConvertToVector256Double(Vector128.Load(lengths));
        Vector256<double> jaro = ((matches / Vector256.Create((double)textLength)) + (matches / lengthsOfValues) + (inOrder / matches))
            / Vector256.Create(3.0);
        jaro = Vector256.ConditionalSelect(Vector256.GreaterThan(matches, Vector256<double>.Zero), jaro, Vector256<double>.Zero);
        Vector256<double> prefixes = Avx.ConvertToVector256Double(Vector128.Load(counts.Prefixes + at));
        Vector256<double> boosted = jaro + (prefixes * Vector256.Create(prefixWeight) * (Vector256<double>.One - jaro));
        Vector256<double> scores = Vector256.ConditionalSelect(
            Vector256.GreaterThan(jaro, Vector256.Create(JaroWinklerKernel.BoostThreshold)), boosted, jaro);
        return Vector256.ConditionalSelect(
            Vector256.GreaterThanOrEqual(scores, Vector256.Create(minSimilarity)), scores, Vector256<double>.Zero);
    }
}
