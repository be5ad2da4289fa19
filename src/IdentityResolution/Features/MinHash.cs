using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using IdentityResolution.Internals;

namespace IdentityResolution.Features;

/// <summary>Min-wise hashing of a text's character triples, in bands: texts that are alike share a band.</summary>
/// <remarks>
/// Broder, On the resemblance and containment of documents (1997); bands as in Indyk and Motwani, Approximate nearest neighbors (1998). Two texts
/// whose sets of triples have a Jaccard index of j share at least one band with a probability of about 1 - (1 - j^r)^16, r being the rows of a band.
/// Texts of fewer than three bytes have one triple, padded.
/// </remarks>
internal sealed class MinHash
{
    /// <summary>How many bands a text has.</summary>
    public const int Bands = 16;

    /// <summary>The most rows of a band.</summary>
    public const int MaxRows = 8;

    private const int GramBytes = 3;
    private const ulong Seed = 0x6d696e68617368;
    private readonly int _rows;
    private readonly uint[] _factors;
    private readonly uint[] _offsets;
    private readonly uint[] _least;

    /// <summary>Prepares the hash functions, which are always the same.</summary>
    /// <param name="rows">How many smallest hashes make a band: the more, the more alike texts must be. From 1 to <see cref="MaxRows"/>.</param>
    public MinHash(int rows)
    {
        _rows = rows;
        int functions = Bands * rows;
        _least = new uint[functions];
        _factors = [.. Enumerable.Range(0, functions).Select(i => (uint)StableHash.Of((ulong)i, Seed) | 1)];
        _offsets = [.. Enumerable.Range(0, functions).Select(i => (uint)(StableHash.Of((ulong)i, Seed) >> 32))];
    }

    /// <summary>Adds the bands of a text to a list, as numbers that are not negative; none when the text is empty.</summary>
    /// <remarks>Numbers of different bands may collide once in 2^31.</remarks>
    public void AddBands(ReadOnlySpan<byte> text, List<int> bands)
    {
        if (text.IsEmpty)
        {
            return;
        }
        _least.AsSpan().Fill(uint.MaxValue);
        for (int start = 0; start == 0 || start + GramBytes <= text.Length; start++)
        {
            uint gram = text[start];
            gram |= start + 1 < text.Length ? (uint)text[start + 1] << 8 : 0;
            gram |= start + 2 < text.Length ? (uint)text[start + 2] << 16 : 0;
            TakeLesser((uint)StableHash.Of(gram, Seed));
        }
        for (int band = 0; band < Bands; band++)
        {
            ulong hash = (ulong)band;
            foreach (uint least in _least.AsSpan(band * _rows, _rows))
            {
                hash = StableHash.Combine(hash, least);
            }
            bands.Add((int)(hash >> 33));
        }
    }

    // Bands is a multiple of the width, so there is no rest.
    private void TakeLesser(uint gram)
    {
        ref uint least = ref MemoryMarshal.GetArrayDataReference(_least);
        ref uint factors = ref MemoryMarshal.GetArrayDataReference(_factors);
        ref uint offsets = ref MemoryMarshal.GetArrayDataReference(_offsets);
        Vector256<uint> all = Vector256.Create(gram);
        for (nuint i = 0; i < (nuint)_least.Length; i += (nuint)Vector256<uint>.Count)
        {
            Vector256<uint> hash = (all * Vector256.LoadUnsafe(ref factors, i)) + Vector256.LoadUnsafe(ref offsets, i);
            Vector256.Min(Vector256.LoadUnsafe(ref least, i), hash).StoreUnsafe(ref least, i);
        }
    }
}
