using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IdentityResolution.Similarity.Kernels;

/// <summary>Jaro or Jaro-Winkler similarity to many.</summary>
internal readonly struct JaroMeasure(double minSimilarity, bool isBoosted) : IManyMeasure<double>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReject(int leftLength, ulong leftSignature, int rightLength, ulong rightSignature, out double result)
    {
        result = 0;
        if (minSimilarity <= 0 || leftLength == 0 || rightLength == 0)
        {
            return false;
        }
        int most = Signatures.MostMatches(leftSignature, rightSignature, leftLength, rightLength);
        double jaro = most <= 0 ? 0 : new JaroCounts(most, 0).Similarity(leftLength, rightLength);
        return (isBoosted ? JaroWinklerKernel.Boost(jaro, JaroWinklerKernel.MaxPrefix) : jaro) < minSimilarity;
    }

    public double Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => isBoosted
        ? JaroWinklerKernel.JaroWinkler(left, right, minSimilarity)
        : JaroWinklerKernel.Jaro(left, right, minSimilarity);

    public double Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right) => isBoosted
        ? JaroWinklerKernel.JaroWinkler(Units.Of(left), Units.Of(right), minSimilarity)
        : JaroWinklerKernel.Jaro(Units.Of(left), Units.Of(right), minSimilarity);

    [SkipLocalsInit]
    public unsafe void CompareGroup<T, TLookup>(
        TLookup lookup, ReadOnlySpan<byte> left, ref readonly LaneGroup group, ref byte arena, byte* rows, Span<double> results)
        where T : unmanaged
        where TLookup : struct, ILaneLookup<T>
    {
        T* lengths = stackalloc T[LaneRows.Lanes];
        T* windows = stackalloc T[LaneRows.Lanes];
        T* reaches = stackalloc T[LaneRows.Lanes];
        T* matched = stackalloc T[LaneRows.Lanes];
        T* halfTranspositions = stackalloc T[LaneRows.Lanes];
        for (int lane = 0; lane < LaneRows.Lanes; lane++)
        {
            int length = group.LengthOf(lane);
            int window = Math.Max(0, (Math.Max(left.Length, length) >> 1) - 1);
            LaneGroup.Set(lengths, lane, (ulong)length);
            LaneGroup.Set(windows, lane, (ulong)window);
            LaneGroup.Set(reaches, lane, Units.LowBits(window + 1));
        }
        T all;
        LaneGroup.Set(&all, 0, Units.LowBits(left.Length));
        LaneKernel.Jaro(lookup, all, rows, lengths, windows, reaches, group.Longest, matched, halfTranspositions);

        double* similarities = stackalloc double[LaneRows.Lanes];
        Score(in group, left, ref arena, matched, halfTranspositions, similarities);
        for (int lane = 0; lane < group.Count; lane++)
        {
            results[group.PlaceOf(lane)] = CutOff.AtLeast(similarities[lane], minSimilarity);
        }
    }

    public bool TryRejectAll(Strips strips, int firstSlot, int endSlot, ulong leftSignature, int leftLength, out double result)
    {
        result = 0;
        if (minSimilarity <= 0)
        {
            return false;
        }
        // The nearer a length is to the text's, the more is possible.
        int nearest = Math.Clamp(leftLength, strips.Lengths[firstSlot], strips.Lengths[endSlot - 1]);
        double jaro = nearest == 0 ? 0 : JaroWinklerKernel.MostPossible(leftLength, nearest);
        return (isBoosted ? JaroWinklerKernel.Boost(jaro, JaroWinklerKernel.MaxPrefix) : jaro) < minSimilarity;
    }

    public bool UsesSlices => false;

    public unsafe void CompareSlices(Slices slices, nint* rows, int textLength, in Ending ending, Span<double> results) =>
        throw new UnreachableException();

    public unsafe void CompareStrip<TLanes, TRegister>(ref readonly StripPart part, double* results)
        where TLanes : ILanes<TRegister>
        where TRegister : struct =>
        JaroScores.Compare<TLanes, TRegister>(in part, minSimilarity, isBoosted, results);

    /// <summary>The formulas of <see cref="JaroCounts"/> and <see cref="JaroWinklerKernel.Boost"/>, four lanes at a time, in the same order.</summary>
    [SkipLocalsInit]
    private unsafe void Score<T>(
        ref readonly LaneGroup group, ReadOnlySpan<byte> left, ref byte arena, T* matched, T* halfTranspositions, double* similarities)
        where T : unmanaged
    {
        double* matches = stackalloc double[LaneRows.Lanes];
        double* inOrder = stackalloc double[LaneRows.Lanes];
        double* lengths = stackalloc double[LaneRows.Lanes];
        double* prefixes = stackalloc double[LaneRows.Lanes];
        uint start = Beginning(left);
        for (int lane = 0; lane < LaneRows.Lanes; lane++)
        {
            int count = BitOperations.PopCount(LaneGroup.Get(matched, lane));
            matches[lane] = count;
            inOrder[lane] = count - (int)(LaneGroup.Get(halfTranspositions, lane) >> 1);
            int length = group.LengthOf(lane);
            lengths[lane] = length;
            uint difference = start ^ Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref arena, group.StartOf(lane)));
            int prefix = BitOperations.TrailingZeroCount((ulong)difference | (1UL << 32)) >> 3;
            prefixes[lane] = isBoosted ? Math.Min(prefix, Math.Min(length, left.Length)) : 0;
        }
        var leftLength = Vector256.Create((double)left.Length);
        for (int lane = 0; lane < LaneRows.Lanes; lane += Vector256<double>.Count)
        {
            var count = Vector256.Load(matches + lane);
            Vector256<double> jaro = ((count / leftLength) + (count / Vector256.Load(lengths + lane))
                + (Vector256.Load(inOrder + lane) / count)) / Vector256.Create(3.0);
            jaro = Vector256.ConditionalSelect(Vector256.GreaterThan(count, Vector256<double>.Zero), jaro, Vector256<double>.Zero);
            Vector256<double> boosted = jaro + (Vector256.Load(prefixes + lane) * Vector256.Create(JaroWinklerKernel.PrefixWeight)
                * (Vector256<double>.One - jaro));
            Vector256.ConditionalSelect(Vector256.GreaterThan(jaro, Vector256.Create(JaroWinklerKernel.BoostThreshold)), boosted, jaro)
                .Store(similarities + lane);
        }
    }

    private static uint Beginning(ReadOnlySpan<byte> text)
    {
        if (text.Length >= sizeof(uint))
        {
            return MemoryMarshal.Read<uint>(text);
        }
        uint beginning = 0;
        for (int i = 0; i < text.Length; i++)
        {
            beginning |= (uint)text[i] << (8 * i);
        }
        return beginning;
    }
}
