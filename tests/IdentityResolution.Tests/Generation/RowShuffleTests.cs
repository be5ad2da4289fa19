using FsCheck;
using FsCheck.Fluent;
using IdentityResolution.Generation;

namespace IdentityResolution.Tests.Generation;

public class RowShuffleTests
{
    [Fact]
    public void Every_row_comes_exactly_once() => Prop.ForAll(
        (from count in Gen.Choose(1, 3000) from seed in Gen.Choose(0, 1000) select (count, seed)).ToArbitrary(),
        given =>
        {
            var shuffle = new RowShuffle(given.count, (ulong)given.seed);
            return Enumerable.Range(0, given.count).Select(i => shuffle[i]).Order().SequenceEqual(Enumerable.Range(0, given.count).Select(i => (long)i));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Rows_that_were_neighbours_part()
    {
        var shuffle = new RowShuffle(10_000, 42);
        Assert.InRange(Enumerable.Range(0, 9_999).Count(i => Math.Abs(shuffle[i] - shuffle[i + 1]) == 1), 0, 12);
    }

    [Fact]
    public void Another_seed_gives_another_order()
    {
        var first = new RowShuffle(1000, 1);
        var second = new RowShuffle(1000, 2);
        Assert.InRange(Enumerable.Range(0, 1000).Count(i => first[i] == second[i]), 0, 10);
    }
}
