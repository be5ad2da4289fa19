using FsCheck;
using FsCheck.Fluent;
using IdentityResolution.Clustering;
using IdentityResolution.Internals;
using IdentityResolution.Matching;

namespace IdentityResolution.Tests.Clustering;

public class ConnectedComponentsTests
{
    [Fact]
    public void Components_are_those_of_union_find_whatever_the_order_of_the_links() => Prop.ForAll(
        (from records in Gen.Choose(1, 40)
         from ends in Gen.ListOf(Gen.Two(Gen.Choose(0, records - 1)))
         select (records, links: ends.Select(end => RecordLink.ByRule(end.Item1, end.Item2, 0)).ToArray())).ToArbitrary(),
        world =>
        {
            var sets = new DisjointSets(world.records);
            foreach (RecordLink link in world.links)
            {
                sets.Union(link.Left, link.Right);
            }
            var expected = new int[world.records];
            int expectedCount = sets.Number(expected);
            var workers = new Workers(2, CancellationToken.None);

            Assert.Equal(expected, ConnectedComponents.Number(world.records, world.links, workers, out int count));
            Assert.Equal(expectedCount, count);
            Assert.Equal(expected, ConnectedComponents.Number(world.records, Enumerable.Reverse(world.links).ToArray(), workers, out _));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void Threads_that_join_the_same_components_at_once_lose_nothing(int chains)
    {
        // Chains of a million records, link by link in a scattered order: every thread works on every chain.
        const int Records = 1_000_003;
        var links = new RecordLink[Records - chains];
        for (int i = 0; i < links.Length; i++)
        {
            int record = (int)(i * 611_953L % links.Length);
            links[i] = RecordLink.ByRule(record, record + chains, 0);
        }

        int[] components = ConnectedComponents.Number(Records, links, new Workers(4, CancellationToken.None), out int count);

        Assert.Equal(chains, count);
        Assert.All(Enumerable.Range(0, 1000), i => Assert.Equal(i * 997 % chains, components[i * 997]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Components_of_many_pieces_are_numbered_in_order_of_their_first_record(int threads)
    {
        // Records of several pieces, a third of them alone; a link joins records that stand anywhere.
        const int Records = 900_001;
        var random = new Random(5);
        RecordLink[] links = [.. Enumerable.Range(0, 400_000).Select(_ => RecordLink.ByRule(random.Next(Records), random.Next(Records), 0))];
        var sets = new DisjointSets(Records);
        foreach (RecordLink link in links)
        {
            sets.Union(link.Left, link.Right);
        }
        var expected = new int[Records];
        int expectedCount = sets.Number(expected);

        Assert.Equal(expected, ConnectedComponents.Number(Records, links, new Workers(threads, CancellationToken.None), out int count));
        Assert.Equal(expectedCount, count);
    }

    [Fact]
    public void Without_records_there_is_no_component()
    {
        Assert.Empty(ConnectedComponents.Number(0, Array.Empty<RecordLink>(), Workers.One, out int count));
        Assert.Equal(0, count);
    }
}
