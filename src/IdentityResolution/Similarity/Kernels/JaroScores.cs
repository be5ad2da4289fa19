using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace IdentityResolution.Similarity.Kernels;

/// <summary>The formulas of <see cref="JaroCounts"/> and <see cref="JaroWinklerKernel.Boost"/> for many, in the same order of operations.</summary>
internal static unsafe class JaroScores
{
    /// <summary>Compares a text with prepared values, and leaves off what the cut-off makes needless.</summary>
    /// <param name="part">The values and the text.</param>
    /// <param name="minSimilarity">The cut-off.</param>
    /// <param name="isBoosted">Whether a common beginning counts: Jaro-Winkler.</param>
    /// <param name="results">Receives a similarity for every lane.</param>
    [SkipLocalsInit]
    public static void Compare<TLanes, TRegister>(ref readonly StripPart part, double minSimilarity, bool isBoosted, double* results)
        where TLanes : ILanes<TRegister>
        where TRegister : struct
    {
        byte* kept = stackalloc byte[JaroStrips.KeptBytes];
        byte* matched = stackalloc byte[Strips.RowBytes];
        byte* agreeing = stackalloc byte[Strips.RowBytes];
        int* matches = stackalloc int[Strips.MaxLanes];
        int* prefixes = stackalloc int[Strips.MaxLanes];
        int* halfTranspositions = stackalloc int[Strips.MaxLanes];
        int* lengths = stackalloc int[Strips.MaxLanes];
        int* needed = stackalloc int[Vector256<int>.Count];
        part.Lengths.CopyTo(new Span<int>(lengths, Strips.MaxLanes));
        SetNeeded(in part, minSimilarity, isBoosted, needed);

        JaroStrips.FindMatches<TLanes, TRegister>(in part, kept, matched, agreeing);
        JaroStrips.Count<TLanes, TRegister>(matched, agreeing, matches, prefixes);
        bool isOrderKnown = false;
        var neededByPrefix = Vector256.Load(needed);
        int step = Vector256<int>.Count;
        for (int lane = 0; lane < TLanes.Count; lane += step)
        {
            Vector256<int> enough = Avx2.PermuteVar8x32(neededByPrefix, Vector256.Load(prefixes + lane));
            if (Vector256.GreaterThanAll(enough, Vector256.Load(matches + lane)))
            {
                Vector256<double>.Zero.Store(results + lane);
                Vector256<double>.Zero.Store(results + lane + (step / 2));
                continue;
            }
            if (!isOrderKnown)
            {
                JaroStrips.CompareOrder<TLanes, TRegister>(in part, kept, matched, halfTranspositions);
                isOrderKnown = true;
            }
            var formula = new Formula(part.TextLength, isBoosted ? JaroWinklerKernel.PrefixWeight : 0, minSimilarity);
            if (TLanes.Size == Strips.RowBytes)
            {
                formula.Score512(matches + lane, halfTranspositions + lane, prefixes + lane, lengths + lane).Store(results + lane);
            }
            else
            {
                formula.Score256(matches + lane, halfTranspositions + lane, prefixes + lane, lengths + lane).Store(results + lane);
                int half = lane + (step / 2);
                formula.Score256(matches + half, halfTranspositions + half, prefixes + half, lengths + half).Store(results + half);
            }
        }
    }

    /// <summary>For common beginnings of 0 to 4 units, the fewest matches that can reach the cut-off with the shortest value; 0 at the other places.</summary>
    private static void SetNeeded(ref readonly StripPart part, double minSimilarity, bool isBoosted, int* needed)
    {
        Vector256<int>.Zero.Store(needed);
        for (int prefix = 0; prefix <= JaroWinklerKernel.MaxPrefix; prefix++)
        {
            double boost = isBoosted ? prefix * JaroWinklerKernel.PrefixWeight : 0;
            needed[prefix] = JaroWinklerKernel.MinMatches((minSimilarity - boost) / (1 - boost), part.TextLength, part.Lengths[0]);
        }
    }

    private readonly struct Formula(int textLength, double prefixWeight, double minSimilarity)
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<double> Score512(int* matches, int* halfTranspositions, int* prefixes, int* lengths)
        {
            Vector256<int> found = Vector256.Load(matches);
            Vector512<double> count = Avx512F.ConvertToVector512Double(found);
            Vector512<double> inOrder = Avx512F.ConvertToVector512Double(found - (Vector256.Load(halfTranspositions) >> 1));
            Vector512<double> ofText = count / Vector512.Create((double)textLength);
            Vector512<double> ofValue = count / Avx512F.ConvertToVector512Double(Vector256.Load(lengths));
            Vector512<double> jaro = (ofText + ofValue + (inOrder / count)) / Vector512.Create(3.0);
            jaro = Vector512.ConditionalSelect(Vector512.GreaterThan(count, Vector512<double>.Zero), jaro, Vector512<double>.Zero);
            Vector512<double> weight = Avx512F.ConvertToVector512Double(Vector256.Load(prefixes)) * Vector512.Create(prefixWeight);
            Vector512<double> boosted = jaro + (weight * (Vector512<double>.One - jaro));
            var isBoosted = Vector512.GreaterThan(jaro, Vector512.Create(JaroWinklerKernel.BoostThreshold));
            Vector512<double> scores = Vector512.ConditionalSelect(isBoosted, boosted, jaro);
            var isEnough = Vector512.GreaterThanOrEqual(scores, Vector512.Create(minSimilarity));
            return Vector512.ConditionalSelect(isEnough, scores, Vector512<double>.Zero);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<double> Score256(int* matches, int* halfTranspositions, int* prefixes, int* lengths)
        {
            Vector128<int> found = Vector128.Load(matches);
            Vector256<double> count = Avx.ConvertToVector256Double(found);
            Vector256<double> inOrder = Avx.ConvertToVector256Double(found - (Vector128.Load(halfTranspositions) >> 1));
            Vector256<double> ofText = count / Vector256.Create((double)textLength);
            Vector256<double> ofValue = count / Avx.ConvertToVector256Double(Vector128.Load(lengths));
            Vector256<double> jaro = (ofText + ofValue + (inOrder / count)) / Vector256.Create(3.0);
            jaro = Vector256.ConditionalSelect(Vector256.GreaterThan(count, Vector256<double>.Zero), jaro, Vector256<double>.Zero);
            Vector256<double> weight = Avx.ConvertToVector256Double(Vector128.Load(prefixes)) * Vector256.Create(prefixWeight);
            Vector256<double> boosted = jaro + (weight * (Vector256<double>.One - jaro));
            var isBoosted = Vector256.GreaterThan(jaro, Vector256.Create(JaroWinklerKernel.BoostThreshold));
            Vector256<double> scores = Vector256.ConditionalSelect(isBoosted, boosted, jaro);
            var isEnough = Vector256.GreaterThanOrEqual(scores, Vector256.Create(minSimilarity));
            return Vector256.ConditionalSelect(isEnough, scores, Vector256<double>.Zero);
        }
    }
}
