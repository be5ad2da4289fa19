using IdentityResolution.Fields;
using IdentityResolution.Internals;

namespace IdentityResolution.Blocking;

/// <summary>All candidate pairs of a model's blocking rules, streamed block by block; each pair comes once.</summary>
internal sealed class CandidatePairs
{
    private const long PairsPerChunk = 200_000;
    private readonly BlockIndex[] _rules;
    private readonly PairFilter _filter;
    private readonly Chunk[] _chunks;

    private CandidatePairs(BlockIndex[] rules, PairFilter filter)
    {
        _rules = rules;
        _filter = filter;
        _chunks = [.. Enumerable.Range(0, rules.Length).SelectMany(rule => Split(rules[rule], rule))];
    }

    /// <summary>A consumer of pairs; implement as a struct.</summary>
    public interface IPairVisitor
    {
        /// <summary>Receives a pair, <paramref name="left"/> below <paramref name="right"/>.</summary>
        void Visit(int left, int right);
    }

    /// <summary>The blocks of each rule, in model order.</summary>
    public IReadOnlyList<BlockIndex> Rules => _rules;

    /// <summary>Which pairs may match.</summary>
    public PairFilter Filter => _filter;

    /// <summary>Pieces of about equal work.</summary>
    public int ChunkCount => _chunks.Length;

    /// <summary>Builds the blocks of every rule.</summary>
    public static CandidatePairs Build(FieldTable table, IReadOnlyList<BlockingRule> rules, PairFilter filter, Workers workers)
    {
        foreach (string key in rules.SelectMany(rule => rule.Keys))
        {
            table.PrepareKey(key);
        }
        var indexes = new BlockIndex[rules.Count];
        workers.Run(rules.Count, rule => indexes[rule] = BlockIndex.Build(table, rules[rule].Keys, rules[rule].MaxBlockSize));
        return new CandidatePairs(indexes, filter);
    }

    /// <summary>Visits the pairs of one chunk that no earlier rule has.</summary>
    /// <returns>How many pairs were visited.</returns>
    public long Visit<TVisitor>(int chunk, ref TVisitor visitor)
        where TVisitor : struct, IPairVisitor
    {
        (int rule, int firstBlock, int endBlock) = _chunks[chunk];
        BlockIndex blocks = _rules[rule];
        ReadOnlySpan<BlockIndex> earlier = _rules.AsSpan(0, rule);
        long pairs = 0;
        for (int block = firstBlock; block < endBlock; block++)
        {
            ReadOnlySpan<int> records = blocks[block];
            for (int i = 0; i < records.Length - 1; i++)
            {
                int left = records[i];
                for (int j = i + 1; j < records.Length; j++)
                {
                    int right = records[j];
                    if (_filter.Allows(left, right) && blocks.IsFirstShared(block, left, right) && !SharedEarlier(earlier, left, right))
                    {
                        visitor.Visit(left, right);
                        pairs++;
                    }
                }
            }
        }
        return pairs;
    }

    /// <summary>Visits every allowed pair of one rule, whatever other rules have.</summary>
    public void VisitRule<TVisitor>(int rule, ref TVisitor visitor)
        where TVisitor : struct, IPairVisitor
    {
        BlockIndex blocks = _rules[rule];
        for (int block = 0; block < blocks.Count; block++)
        {
            ReadOnlySpan<int> records = blocks[block];
            for (int i = 0; i < records.Length - 1; i++)
            {
                for (int j = i + 1; j < records.Length; j++)
                {
                    if (_filter.Allows(records[i], records[j]) && blocks.IsFirstShared(block, records[i], records[j]))
                    {
                        visitor.Visit(records[i], records[j]);
                    }
                }
            }
        }
    }

    private static bool SharedEarlier(ReadOnlySpan<BlockIndex> earlier, int left, int right)
    {
        foreach (BlockIndex rule in earlier)
        {
            if (rule.Share(left, right))
            {
                return true;
            }
        }
        return false;
    }

    private static IEnumerable<Chunk> Split(BlockIndex blocks, int rule)
    {
        int first = 0;
        long pairs = 0;
        for (int block = 0; block < blocks.Count; block++)
        {
            long size = blocks[block].Length;
            pairs += size * (size - 1) / 2;
            if (pairs >= PairsPerChunk)
            {
                yield return new Chunk(rule, first, block + 1);
                first = block + 1;
                pairs = 0;
            }
        }
        if (first < blocks.Count)
        {
            yield return new Chunk(rule, first, blocks.Count);
        }
    }

    private readonly record struct Chunk(int Rule, int FirstBlock, int EndBlock);
}
