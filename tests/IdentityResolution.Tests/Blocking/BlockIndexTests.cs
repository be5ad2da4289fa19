using IdentityResolution.Blocking;
using IdentityResolution.Fields;
using IdentityResolution.Internals;

namespace IdentityResolution.Tests.Blocking;

public class BlockIndexTests
{
    private const int Records = 40_000;

    [Theory]
    [InlineData(4, 1, "a")]
    [InlineData(1000, 3, "a")]
    [InlineData(1000, 3, "a", "b")]
    [InlineData(1000, 3, "a", "b.initial", "c")]
    [InlineData(int.MaxValue, 2, "c")]
    [InlineData(20, 2, "c")]
    public void Many_records_stand_in_the_blocks_of_their_keys(int maxBlockSize, int threads, params string[] keys)
    {
        FieldTable table = Table(threads);
        BlockIndex blocks = BlockIndex.Build(table, keys, maxBlockSize);
        var features = keys.Select(table.Prepare).ToArray();
        int[][] groups = [.. Enumerable.Range(0, Records)
            .Where(record => Array.TrueForAll(features, feature => feature.CodeOf(record) >= 0))
            .GroupBy(record => string.Join('+', features.Select(feature => feature.CodeOf(record))), StringComparer.Ordinal)
            .Select(group => group.ToArray())
            .Where(group => group.Length > 1)];
        int[][] expected = [.. groups.Where(group => group.Length <= maxBlockSize).OrderBy(group => group[0])];
        int[][] built = [.. Enumerable.Range(0, blocks.Count).Select(block => blocks[block].ToArray()).OrderBy(block => block[0])];
        Assert.Equal(expected, built);
        OversizedBlocks oversized = groups.Where(group => group.Length > maxBlockSize).Aggregate(OversizedBlocks.None, (all, group) => all.Add(group.Length));
        Assert.Equal(oversized, blocks.Oversized);
        var filter = new PairFilter(table.Keys, linkOnly: false, []);
        Assert.Equal(new BlockTally(expected.Sum(group => group.Length * (group.Length - 1L) / 2), oversized, expected.Length), BlockTally.Count(table, keys, maxBlockSize, filter));
    }

    [Fact]
    public void Threads_do_not_matter()
    {
        BlockIndex one = BlockIndex.Build(Table(1), ["a", "b"], 100, "c");
        BlockIndex three = BlockIndex.Build(Table(3), ["a", "b"], 100, "c");
        Assert.Equal(one.Records.ToArray(), three.Records.ToArray());
        Assert.Equal(Enumerable.Range(0, one.Count).Select(one.StartOf), Enumerable.Range(0, three.Count).Select(three.StartOf));
    }

    // Most values are rare, some are common; one key in eight is missing.
    private static FieldTable Table(int threads)
    {
        var random = new Random(20261122);
        string?[] Values(int distinct) => [.. Enumerable.Range(0, Records).Select(_ =>
            random.Next(8) == 0 ? null : $"{(char)('a' + random.Next(26))}{(int)(distinct * Math.Pow(random.NextDouble(), 3))}")];
        FieldTable alone = TestTable.Of(("a", Values(20_000)), ("b", Values(900)), ("c", Values(3)));
        return new FieldTable(alone.Keys, [alone["a"], alone["b"], alone["c"]], workers: new Workers(threads, CancellationToken.None));
    }
}
