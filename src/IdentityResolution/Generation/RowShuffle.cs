using System.Numerics;
using IdentityResolution.Internals;

namespace IdentityResolution.Generation;

/// <summary>A pseudo-random permutation of [0, count): any position can be asked for alone, and no table is kept.</summary>
/// <remarks>
/// A four-round balanced Feistel network over the next even number of bits; values past the end walk the cycle until they fall inside
/// (fewer than four steps on average). Sources: Luby and Rackoff (1988), "How to Construct Pseudorandom Permutations from Pseudorandom
/// Functions"; Black and Rogaway (2002), "Ciphers with Arbitrary Finite Domains".
/// </remarks>
internal sealed class RowShuffle
{
    private const int Rounds = 4;
    private readonly ulong _count;
    private readonly int _halfBits;
    private readonly ulong _halfMask;
    private readonly ulong _seed;

    /// <summary>Chooses a permutation.</summary>
    /// <param name="count">Size of the domain, at least 1.</param>
    /// <param name="seed">Chooses the permutation.</param>
    public RowShuffle(long count, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        _count = (ulong)count;
        int bits = BitOperations.Log2(Math.Max(1, _count - 1)) + 1;
        _halfBits = (bits + 1) / 2;
        _halfMask = (1UL << _halfBits) - 1;
        _seed = seed;
    }

    /// <summary>Where the item at a position comes from.</summary>
    /// <param name="position">A position in [0, count).</param>
    /// <returns>A number in [0, count); each exactly once over all positions.</returns>
    public long this[long position]
    {
        get
        {
            ulong value = (ulong)position;
            do
            {
                value = Encrypt(value);
            }
            while (value >= _count);
            return (long)value;
        }
    }

    private ulong Encrypt(ulong value)
    {
        ulong left = value >> _halfBits;
        ulong right = value & _halfMask;
        for (uint round = 0; round < Rounds; round++)
        {
            ulong next = left ^ (StableHash.Combine(_seed + round, right) & _halfMask);
            left = right;
            right = next;
        }
        return (left << _halfBits) | right;
    }
}
