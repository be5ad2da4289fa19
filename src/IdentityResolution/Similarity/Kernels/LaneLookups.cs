using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace IdentityResolution.Similarity.Kernels;

/// <summary>Looks up the match masks of one pattern for one byte of each lane.</summary>
internal interface ILaneLookup<T>
    where T : unmanaged
{
    /// <summary>The match mask of each lane's byte.</summary>
    Vector256<T> Match(Vector256<T> units);
}

/// <summary>Compares with each distinct byte of a short pattern.</summary>
/// <param name="entries">For each distinct byte: the byte in every lane, then its mask in every lane.</param>
/// <param name="count">How many distinct bytes there are.</param>
internal readonly unsafe struct DistinctLookup(Vector256<short>* entries, int count) : ILaneLookup<short>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<short> Match(Vector256<short> units)
    {
        Vector256<short> match = Vector256.Equals(units, entries[0]) & entries[1];
        for (int i = 1; i < count; i++)
        {
            match |= Vector256.Equals(units, entries[2 * i]) & entries[(2 * i) + 1];
        }
        return match;
    }

    /// <summary>Fills the entries of a pattern of 1 to 16 bytes.</summary>
    /// <returns>How many distinct bytes there are.</returns>
    public static int Fill(ReadOnlySpan<byte> pattern, Vector256<short>* entries)
    {
        int count = 0;
        uint done = 0;
        for (int i = 0; i < pattern.Length; i++)
        {
            if (((done >> i) & 1) != 0)
            {
                continue;
            }
            uint mask = 0;
            for (int k = i; k < pattern.Length; k++)
            {
                mask |= pattern[k] == pattern[i] ? 1u << k : 0;
            }
            done |= mask;
            entries[2 * count] = Vector256.Create((short)pattern[i]);
            entries[(2 * count) + 1] = Vector256.Create((short)mask);
            count++;
        }
        return count;
    }
}

/// <summary>A table of 256 masks of 32 bits.</summary>
internal readonly unsafe struct TableLookup32(int* table) : ILaneLookup<int>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<int> Match(Vector256<int> units) => Avx2.GatherVector256(table, units, sizeof(int));
}

/// <summary>A table of 256 masks of 64 bits.</summary>
internal readonly unsafe struct TableLookup64(long* table) : ILaneLookup<long>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<long> Match(Vector256<long> units) => Avx2.GatherVector256(table, units, sizeof(long));
}
