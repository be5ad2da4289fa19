using IdentityResolution.Blocking;
using IdentityResolution.Fields;
using IdentityResolution.Internals;
using IdentityResolution.Records;
using IdentityResolution.Training;

namespace IdentityResolution.Tests.Training;

public class BlockSampleTests
{
    private const ulong Seed = 7;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_pair_is_drawn_by_the_hash_of_its_keys_alone(bool linkOnly) => Law.Holds(random =>
    {
        FieldTable table = TestTable.Create(
            TestTable.Keys([.. Enumerable.Range(0, 60).Select(i => ($"s{random.Next(2)}", TestTable.Id(i)))]),
            [("name", [.. Enumerable.Range(0, 60).Select(_ => random.Next(8) == 0 ? null : $"n{random.Next(4)} m{random.Next(4)}")])],
            shared: false);
        var filter = new PairFilter(table.Keys, linkOnly, []);
        BlockingRule[] rules = [new() { Keys = ["name"] }, new() { Keys = ["name.words"], MaxBlockSize = 40 }];
        var workers = new Workers(1, CancellationToken.None);
        CandidatePairs candidates = CandidatePairs.Build(table, rules, filter, workers);
        double share = random.NextDouble();
        for (int rule = 0; rule < rules.Length; rule++)
        {
            BlockSample sample = BlockSample.Draw(candidates, rule, table.Keys.Hashes(workers), Seed, share);
            (int Left, int Right)[] all = [.. AllPairs(table.Count).Where(pair => filter.Allows(pair.Left, pair.Right) && candidates.Rules[rule].Share(pair.Left, pair.Right))];
            Assert.Equal(all.Length, sample.AllPairs);
            Assert.Equal(
                all.Where(pair => StableHash.Of(PairHash.Of(table.Keys, pair.Left, pair.Right), Seed) <= (ulong)(share * ulong.MaxValue)),
                sample.Pairs.Order());
            Assert.Equal(all, BlockSample.Draw(candidates, rule, table.Keys.Hashes(workers), Seed, 1).Pairs.Order());
        }
    }, tests: 30);

    private static IEnumerable<(int Left, int Right)> AllPairs(int count) =>
        from left in Enumerable.Range(0, count) from right in Enumerable.Range(left + 1, count - left - 1) select (left, right);
}
