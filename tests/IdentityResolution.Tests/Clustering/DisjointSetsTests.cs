using FsCheck;
using FsCheck.Fluent;
using IdentityResolution.Clustering;
using IdentityResolution.Reference.Clustering;

namespace IdentityResolution.Tests.Clustering;

public class DisjointSetsTests
{
    private static readonly Arbitrary<(int Records, (int Left, int Right)[] Pairs)> Graphs = (
        from records in Gen.Choose(1, 60)
        from count in Gen.Choose(0, 70)
        from pairs in Gen.ArrayOf(from left in Gen.Choose(0, records - 1) from right in Gen.Choose(0, records - 1) select (left, right), count)
        select (records, pairs)).ToArbitrary();

    [Fact]
    public void Sets_are_the_components_of_the_graph() => Law.Holds(
        Graphs, graph => Assert.Equal(ReferenceComponents.Label(graph.Records, graph.Pairs), Label(graph.Records, graph.Pairs)), tests: 500);

    [Fact]
    public void Order_of_pairs_and_of_their_sides_does_not_matter() => Law.Holds(
        Graphs,
        graph => Assert.Equal(Label(graph.Records, graph.Pairs), Label(graph.Records, [.. graph.Pairs.Reverse().Select(pair => (pair.Right, pair.Left))])));

    [Fact]
    public void Union_gives_the_representative_of_both() => Law.Holds(Graphs, graph =>
    {
        var sets = new DisjointSets(graph.Records);
        foreach ((int left, int right) in graph.Pairs)
        {
            int representative = sets.Union(left, right);
            Assert.Equal(representative, sets.Find(left));
            Assert.Equal(representative, sets.Find(right));
        }
    });

    [Fact]
    public void Long_chains_are_one_set()
    {
        const int Length = 100_000;
        var sets = new DisjointSets(Length);
        for (int i = Length - 1; i > 0; i--)
        {
            sets.Union(i - 1, i);
        }
        Assert.Equal(1, sets.Number(new int[Length]));
        Assert.Equal(Length, sets.Count);
    }

    [Fact]
    public void Nothing_makes_no_set() => Assert.Equal(0, new DisjointSets(0).Number([]));

    private static int[] Label(int records, (int Left, int Right)[] pairs)
    {
        var sets = new DisjointSets(records);
        foreach ((int left, int right) in pairs)
        {
            sets.Union(left, right);
        }
        var cluster = new int[records];
        int count = sets.Number(cluster);
        Assert.Equal(cluster.Distinct().Count(), count);
        return cluster;
    }
}
