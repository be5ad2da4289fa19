using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace IdentityResolution.Similarity.Kernels;

/// <summary>Levenshtein distance to many.</summary>
internal readonly struct LevenshteinMeasure(int maxDistance) : IManyMeasure<int>
{
    public bool TryReject(int leftLength, ulong leftSignature, int rightLength, ulong rightSignature, out int result) =>
        EditMeasures.TryReject(maxDistance, leftLength, leftSignature, rightLength, rightSignature, out result);

    public int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => LevenshteinKernel.Distance(left, right, maxDistance);

    public int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right) =>
        LevenshteinKernel.Distance(Units.Of(left), Units.Of(right), maxDistance);

    [SkipLocalsInit]
    public unsafe void CompareGroup<T, TLookup>(
        TLookup lookup, ReadOnlySpan<byte> left, ref readonly LaneGroup group, ref byte arena, byte* rows, Span<int> results)
        where T : unmanaged
        where TLookup : struct, ILaneLookup<T>
    {
        T* lengths = stackalloc T[LaneRows.Lanes];
        T* rises = stackalloc T[LaneRows.Lanes];
        T* falls = stackalloc T[LaneRows.Lanes];
        EditMeasures.SetLengths(in group, lengths);
        LaneKernel.Levenshtein(lookup, rows, lengths, group.Longest, rises, falls);
        EditMeasures.Store(in group, left.Length, rises, falls, maxDistance, results);
    }

    public bool TryRejectAll(Strips strips, int firstSlot, int endSlot, ulong leftSignature, int leftLength, out int result) =>
        EditMeasures.TryRejectAll(maxDistance, strips, firstSlot, endSlot, leftSignature, leftLength, out result);

    public bool UsesSlices => false;

    public unsafe void CompareSlices(Slices slices, nint* rows, int textLength, in Ending ending, Span<int> results) =>
        throw new UnreachableException();

    public unsafe void CompareStrip<TLanes, TRegister>(ref readonly StripPart part, int* results)
        where TLanes : ILanes<TRegister>
        where TRegister : struct =>
        StripKernel.Levenshtein<TLanes, TRegister>(in part, EditMeasures.Most(maxDistance), results);
}

/// <summary>Optimal string alignment distance to many.</summary>
internal readonly struct AlignmentMeasure(int maxDistance) : IManyMeasure<int>
{
    public bool TryReject(int leftLength, ulong leftSignature, int rightLength, ulong rightSignature, out int result) =>
        EditMeasures.TryReject(maxDistance, leftLength, leftSignature, rightLength, rightSignature, out result);

    public int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => OsaKernel.Distance(left, right, maxDistance);

    public int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right) =>
        OsaKernel.Distance(Units.Of(left), Units.Of(right), maxDistance);

    [SkipLocalsInit]
    public unsafe void CompareGroup<T, TLookup>(
        TLookup lookup, ReadOnlySpan<byte> left, ref readonly LaneGroup group, ref byte arena, byte* rows, Span<int> results)
        where T : unmanaged
        where TLookup : struct, ILaneLookup<T>
    {
        T* lengths = stackalloc T[LaneRows.Lanes];
        T* rises = stackalloc T[LaneRows.Lanes];
        T* falls = stackalloc T[LaneRows.Lanes];
        EditMeasures.SetLengths(in group, lengths);
        LaneKernel.Alignment(lookup, rows, lengths, group.Longest, rises, falls);
        EditMeasures.Store(in group, left.Length, rises, falls, maxDistance, results);
    }

    public bool TryRejectAll(Strips strips, int firstSlot, int endSlot, ulong leftSignature, int leftLength, out int result) =>
        EditMeasures.TryRejectAll(maxDistance, strips, firstSlot, endSlot, leftSignature, leftLength, out result);

    public bool UsesSlices => false;

    public unsafe void CompareSlices(Slices slices, nint* rows, int textLength, in Ending ending, Span<int> results) =>
        throw new UnreachableException();

    public unsafe void CompareStrip<TLanes, TRegister>(ref readonly StripPart part, int* results)
        where TLanes : ILanes<TRegister>
        where TRegister : struct =>
        StripKernel.Alignment<TLanes, TRegister>(in part, EditMeasures.Most(maxDistance), results);
}

/// <summary>Indel distance to many.</summary>
internal readonly struct IndelMeasure(int maxDistance) : IManyMeasure<int>
{
    public bool TryReject(int leftLength, ulong leftSignature, int rightLength, ulong rightSignature, out int result) =>
        EditMeasures.TryReject(maxDistance, leftLength, leftSignature, rightLength, rightSignature, out result);

    public int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => LcsKernel.Distance(left, right, maxDistance);

    public int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right) => LcsKernel.Distance(Units.Of(left), Units.Of(right), maxDistance);

    [SkipLocalsInit]
    public unsafe void CompareGroup<T, TLookup>(
        TLookup lookup, ReadOnlySpan<byte> left, ref readonly LaneGroup group, ref byte arena, byte* rows, Span<int> results)
        where T : unmanaged
        where TLookup : struct, ILaneLookup<T>
    {
        T* lengths = stackalloc T[LaneRows.Lanes];
        T* open = stackalloc T[LaneRows.Lanes];
        EditMeasures.SetLengths(in group, lengths);
        LaneKernel.Subsequence(lookup, rows, lengths, group.Longest, open);
        ulong mask = Units.LowBits(left.Length);
        for (int lane = 0; lane < group.Count; lane++)
        {
            int common = BitOperations.PopCount(~LaneGroup.Get(open, lane) & mask);
            int distance = left.Length + group.LengthOf(lane) - (2 * common);
            results[group.PlaceOf(lane)] = distance <= maxDistance ? distance : maxDistance + 1;
        }
    }

    public bool TryRejectAll(Strips strips, int firstSlot, int endSlot, ulong leftSignature, int leftLength, out int result) =>
        EditMeasures.TryRejectAll(maxDistance, strips, firstSlot, endSlot, leftSignature, leftLength, out result);

    /// <summary>A cut-off may reject whole strips.</summary>
    public bool UsesSlices => maxDistance >= 2 * Strips.MaxLength;

    public unsafe void CompareSlices(Slices slices, nint* rows, int textLength, in Ending ending, Span<int> results)
    {
        if (slices.RegisterBytes == Vector512<byte>.Count)
        {
            new SliceRun<Lanes512<byte>, Vector512<byte>>(slices, rows, textLength, in ending, results).Run();
        }
        else
        {
            new SliceRun<Lanes256<byte>, Vector256<byte>>(slices, rows, textLength, in ending, results).Run();
        }
    }

    public unsafe void CompareStrip<TLanes, TRegister>(ref readonly StripPart part, int* results)
        where TLanes : ILanes<TRegister>
        where TRegister : struct =>
        StripKernel.Indel<TLanes, TRegister>(in part, EditMeasures.Most(maxDistance), results);
}

internal static unsafe class EditMeasures
{
    /// <summary>Up to this length a strip costs less than its signatures.</summary>
    private const int MinSignatureLength = 16;

    /// <summary>From this cut-off on signatures reject too little.</summary>
    private const int MaxSignatureDistance = 12;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryReject(
        int maxDistance, int leftLength, ulong leftSignature, int rightLength, ulong rightSignature, out int result)
    {
        result = unchecked(maxDistance + 1);
        return Signatures.LeastDistance(leftSignature, rightSignature, leftLength, rightLength) > maxDistance;
    }

    /// <summary>A distance past the cut-off, as lanes give it; no distance of two texts of up to 64 units passes 128.</summary>
    public static int Most(int maxDistance) => Math.Min(maxDistance, 2 * Strips.MaxLength) + 1;

    /// <summary>By the lengths, which are sorted; and by signatures where lanes are so wide that looking at each value is the lesser work.</summary>
    public static bool TryRejectAll(
        int maxDistance, Strips strips, int firstSlot, int endSlot, ulong leftSignature, int leftLength, out int result)
    {
        result = unchecked(maxDistance + 1);
        int shortest = strips.Lengths[firstSlot];
        int longest = strips.Lengths[endSlot - 1];
        if (shortest - leftLength > maxDistance || leftLength - longest > maxDistance)
        {
            return true;
        }
        return maxDistance < MaxSignatureDistance && shortest > MinSignatureLength
            && !strips.AnyWithin(firstSlot, endSlot, leftSignature, leftLength, maxDistance);
    }

    public static void SetLengths<T>(ref readonly LaneGroup group, T* lengths)
        where T : unmanaged
    {
        for (int lane = 0; lane < LaneRows.Lanes; lane++)
        {
            LaneGroup.Set(lengths, lane, (ulong)group.LengthOf(lane));
        }
    }

    public static void Store<T>(
        ref readonly LaneGroup group, int leftLength, T* rises, T* falls, int maxDistance, Span<int> results)
        where T : unmanaged
    {
        ulong mask = Units.LowBits(leftLength);
        for (int lane = 0; lane < group.Count; lane++)
        {
            int distance = group.LengthOf(lane) + BitOperations.PopCount(LaneGroup.Get(rises, lane) & mask)
                - BitOperations.PopCount(LaneGroup.Get(falls, lane) & mask);
            results[group.PlaceOf(lane)] = distance <= maxDistance ? distance : maxDistance + 1;
        }
    }
}
