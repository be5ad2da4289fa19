using System.Numerics;
using System.Runtime.CompilerServices;

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
}

internal static unsafe class EditMeasures
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryReject(
        int maxDistance, int leftLength, ulong leftSignature, int rightLength, ulong rightSignature, out int result)
    {
        result = unchecked(maxDistance + 1);
        return Signatures.LeastDistance(leftSignature, rightSignature, leftLength, rightLength) > maxDistance;
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
