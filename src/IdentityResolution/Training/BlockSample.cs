using System.Runtime.CompilerServices;
using IdentityResolution.Blocking;
using IdentityResolution.Internals;
using IdentityResolution.Matching;
using IdentityResolution.Records;

namespace IdentityResolution.Training;

/// <summary>Pairs of one blocking rule, drawn by a hash of their keys.</summary>
/// <param name="Pairs">The pairs, in order of blocks.</param>
/// <param name="AllPairs">How many pairs the rule has.</param>
internal sealed record BlockSample(List<(int Left, int Right)> Pairs, long AllPairs)
{
    private const int FetchAhead = 16;
    private const int FetchValuesAhead = 8;

    /// <summary>Draws a share of the allowed pairs of a rule, whatever other rules have.</summary>
    /// <param name="candidates">The blocks.</param>
    /// <param name="rule">The rule, by position.</param>
    /// <param name="hashOf">The hash of each record's key.</param>
    /// <param name="seed">Chooses the pairs.</param>
    /// <param name="share">Which share of them; 1 and more = all.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static BlockSample Draw(CandidatePairs candidates, int rule, ulong[] hashOf, ulong seed, double share)
    {
        BlockIndex blocks = candidates.Rules[rule];
        PairFilter filter = candidates.Filter;
        ulong limit = share >= 1 ? ulong.MaxValue : (ulong)(share * ulong.MaxValue);
        var pairs = new List<(int Left, int Right)>();
        bool everyPairCounts = !filter.Restricts && !blocks.IsSplit;
        long all = 0;
        ulong[] hashes = [];
        ReadOnlySpan<int> ofAllBlocks = blocks.Records;
        for (int block = 0; block < blocks.Count; block++)
        {
            ReadOnlySpan<int> records = blocks[block];
            hashes = hashes.Length < records.Length ? new ulong[records.Length * 2] : hashes;
            int start = blocks.StartOf(block);
            for (int i = 0; i < records.Length; i++)
            {
                Ahead.Fetch(hashOf, ofAllBlocks[Math.Min(start + i + Ahead.Distance, ofAllBlocks.Length - 1)]);
                hashes[i] = hashOf[records[i]];
            }
            for (int i = 0; i < records.Length - 1; i++)
            {
                ulong left = hashes[i];
                for (int j = i + 1; j < records.Length; j++)
                {
                    if (!everyPairCounts && !(filter.Allows(records[i], records[j]) && blocks.IsFirstShared(block, records[i], records[j])))
                    {
                        continue;
                    }
                    all++;
                    if (StableHash.Of(PairHash.Of(left, hashes[j]), seed) <= limit)
                    {
                        pairs.Add((records[i], records[j]));
                    }
                }
            }
        }
        return new BlockSample(pairs, all);
    }

    /// <summary>Compares the drawn pairs.</summary>
    /// <param name="comparer">Compares.</param>
    /// <param name="candidates">Tells which rules have a pair.</param>
    /// <param name="comparisons">How many comparisons there are.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public PatternCounts Compare(PairComparer comparer, CandidatePairs candidates, int comparisons)
    {
        var counts = new PatternCounts();
        Span<byte> levels = stackalloc byte[comparisons];
        for (int i = 0; i < Pairs.Count; i++)
        {
            // Drawn pairs stand anywhere: what they need is asked for ahead.
            (int left, int right) = Pairs[Math.Min(Pairs.Count - 1, i + FetchAhead)];
            comparer.Fetch(left);
            comparer.Fetch(right);
            candidates.Fetch(left);
            candidates.Fetch(right);
            (left, right) = Pairs[Math.Min(Pairs.Count - 1, i + FetchValuesAhead)];
            comparer.FetchValues(left);
            comparer.FetchValues(right);
            (left, right) = Pairs[i];
            uint swaps = comparer.Compare(left, right, levels);
            counts.Add(PatternKey.Pack(levels, candidates.RulesOf(left, right), swaps));
        }
        return counts;
    }
}
