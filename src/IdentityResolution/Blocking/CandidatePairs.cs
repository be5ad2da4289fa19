using System.Numerics;
using System.Runtime.CompilerServices;
using IdentityResolution.Fields;
using IdentityResolution.Internals;

namespace IdentityResolution.Blocking;

/// <summary>All candidate pairs of a model's blocking rules, streamed block by block; each pair comes once.</summary>
internal sealed class CandidatePairs
{
    private const long PairsPerChunk = 200_000;
    private const int FetchAhead = 24;
    private readonly BlockIndex[] _rules;
    private readonly PairFilter _filter;
    private readonly BlockRows _rows;
    private readonly int[] _splitRules;
    private readonly Chunk[] _chunks;

    private CandidatePairs(BlockIndex[] rules, PairFilter filter, BlockRows rows)
    {
        _rules = rules;
        _filter = filter;
        _rows = rows;
        _splitRules = [.. Enumerable.Range(0, rules.Length).Where(rule => rules[rule].IsSplit)];
        _chunks = [.. Enumerable.Range(0, rules.Length).SelectMany(rule => Split(rules[rule], rule))];
    }

    /// <summary>A consumer of pairs; implement as a struct.</summary>
    public interface IPairVisitor
    {
        /// <summary>Receives the next pairs, in order of blocks; the left record below the right one.</summary>
        /// <param name="pairs">The pairs.</param>
        /// <param name="records">Records that come for the first time in a block; a hint what to ask the memory for.</param>
        void Visit(ReadOnlySpan<(int Left, int Right)> pairs, ReadOnlySpan<int> records);
    }

    /// <summary>The blocks of each rule, in model order.</summary>
    public IReadOnlyList<BlockIndex> Rules => _rules;

    /// <summary>Which pairs may match.</summary>
    public PairFilter Filter => _filter;

    /// <summary>Pieces of about equal work.</summary>
    public int ChunkCount => _chunks.Length;

    /// <summary>Builds the blocks of every rule; once for a table.</summary>
    public static CandidatePairs Build(FieldTable table, IReadOnlyList<BlockingRule> rules, PairFilter filter, Workers workers)
    {
        foreach (string key in rules.SelectMany(rule => rule.Keys.Concat(rule.DivideBy)))
        {
            table.PrepareKey(key);
        }
        var indexes = new BlockIndex[rules.Count];
        for (int rule = 0; rule < indexes.Length; rule++)
        {
            indexes[rule] = BlockIndex.Of(table, rules[rule]);
        }
        BlockRows rows = table.Derive(string.Join('\u0001', rules.Select(BlockIndex.NameOf)), () => new BlockRows(indexes, table.Count, workers));
        return new CandidatePairs(indexes, filter, rows);
    }

    /// <summary>Which rules have a pair: bit r is set for rule r.</summary>
    public uint RulesOf(int left, int right)
    {
        ReadOnlySpan<int> rules = _rows.Rules;
        ReadOnlySpan<int> leftBlocks = _rows[left];
        ReadOnlySpan<int> rightBlocks = _rows[right];
        uint found = 0;
        for (int i = 0; i < rules.Length; i++)
        {
            found |= leftBlocks[i] == rightBlocks[i] && leftBlocks[i] >= 0 ? 1u << rules[i] : 0;
        }
        foreach (int rule in _splitRules)
        {
            found |= _rules[rule].Share(left, right) ? 1u << rule : 0;
        }
        return found;
    }

    /// <summary>Asks the memory for what <see cref="RulesOf"/> will look at.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fetch(int record) => _rows.Fetch(record);

    /// <summary>Visits the pairs of one chunk that no earlier rule has.</summary>
    /// <returns>How many pairs were visited.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public long Visit<TVisitor>(int chunk, ref TVisitor visitor)
        where TVisitor : struct, IPairVisitor
    {
        (int rule, int firstBlock, int endBlock) = _chunks[chunk];
        BlockIndex blocks = _rules[rule];
        ReadOnlySpan<int> all = blocks.Records[..blocks.StartOf(endBlock)];
        ReadOnlySpan<int> splitEarlier = _splitRules.AsSpan(0, _splitRules.Count(earlier => earlier < rule));
        bool mayRepeat = blocks.IsSplit || splitEarlier.Length > 0;
        var fresh = new FreshPairs(_rows, rule - splitEarlier.Length, _filter);
        var batch = new PairBatch();
        int fetched = blocks.StartOf(firstBlock);
        for (int block = firstBlock; block < endBlock; block++)
        {
            ReadOnlySpan<int> records = blocks[block];
            for (int end = fresh.AreAllFresh ? fetched : Math.Min(all.Length, blocks.StartOf(block + 1) + FetchAhead); fetched < end; fetched++)
            {
                _rows.Fetch(all[fetched]);
            }
            fresh.Load(records);
            bool announced = false;
            for (int i = 0; i < records.Length - 1; i++)
            {
                int left = records[i];
                for (int j = i + 1; j < records.Length; j += FreshPairs.Width)
                {
                    uint bits = fresh.After(i, j) & (0xFFu >> Math.Max(0, j + FreshPairs.Width - records.Length));
                    if (bits == 0)
                    {
                        continue;
                    }
                    batch.MakeRoom(ref visitor);
                    for (; bits != 0; bits &= bits - 1)
                    {
                        int right = records[j + BitOperations.TrailingZeroCount(bits)];
                        if (!mayRepeat || (blocks.IsFirstShared(block, left, right) && !SharedEarlier(splitEarlier, left, right)))
                        {
                            batch.Add(left, right);
                            if (!announced)
                            {
                                batch.Announce(records);
                                announced = true;
                            }
                        }
                    }
                }
            }
        }
        batch.Flush(ref visitor);
        fresh.Free();
        return batch.Pairs;
    }

    /// <summary>Visits every allowed pair of one rule, whatever other rules have.</summary>
    public void VisitRule<TVisitor>(int rule, ref TVisitor visitor)
        where TVisitor : struct, IPairVisitor
    {
        BlockIndex blocks = _rules[rule];
        var batch = new PairBatch();
        for (int block = 0; block < blocks.Count; block++)
        {
            ReadOnlySpan<int> records = blocks[block];
            for (int i = 0; i < records.Length - 1; i++)
            {
                for (int j = i + 1; j < records.Length; j++)
                {
                    if (_filter.Allows(records[i], records[j]) && blocks.IsFirstShared(block, records[i], records[j]))
                    {
                        batch.MakeRoom(ref visitor);
                        batch.Add(records[i], records[j]);
                    }
                }
            }
        }
        batch.Flush(ref visitor);
    }

    private bool SharedEarlier(ReadOnlySpan<int> rules, int left, int right)
    {
        foreach (int rule in rules)
        {
            if (_rules[rule].Share(left, right))
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
