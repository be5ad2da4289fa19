using IdentityResolution.Blocking;
using IdentityResolution.Fields;
using IdentityResolution.Internals;

namespace IdentityResolution.Tests.Blocking;

public sealed class SortedNeighbourhoodTests
{
    [Fact]
    public void Records_are_sorted_by_the_texts_of_the_keys_and_a_missing_later_key_comes_first()
    {
        FieldTable table = TestTable.Of(("a", ["smith", "adams", null, "smith", "smyth", "smith"]), ("b", ["2", "9", "1", "1", "5", null]));
        Assert.Equal([1, 5, 3, 0, 4], SortedNeighbourhood.Sort(table, ["a", "b"]));
    }

    [Fact]
    public void Windows_overlap_by_half_and_end_with_the_last_record()
    {
        Assert.Equal([0..4, 2..6, 4..7], SortedNeighbourhood.Windows(7, 4));
        Assert.Equal([0..3], SortedNeighbourhood.Windows(3, 10));
        Assert.Empty(SortedNeighbourhood.Windows(1, 2));
    }

    [Fact]
    public void Every_pair_at_most_half_a_window_apart_is_made_once_and_none_a_window_apart() => Law.Holds(random =>
    {
        int count = random.Next(1, 60);
        int window = random.Next(2, 12);
        FieldTable table = TestTable.Of(("a", [.. Enumerable.Range(0, count).Select(_ => random.Next(8) == 0 ? null : $"v{random.Next(30)}")]));
        int[] sorted = SortedNeighbourhood.Sort(table, ["a.suffix:2"]);
        int[] place = new int[count];
        place.AsSpan().Fill(-1);
        for (int i = 0; i < sorted.Length; i++)
        {
            place[sorted[i]] = i;
        }
        var collector = new Collector([]);
        CandidatePairs candidates = CandidatePairs.Build(
            table, [new BlockingRule { Keys = ["a.suffix:2"], Window = window }], new PairFilter(table.Keys, false, []), new Workers(1, CancellationToken.None));
        for (int chunk = 0; chunk < candidates.ChunkCount; chunk++)
        {
            candidates.Visit(chunk, ref collector);
        }
        Assert.Equal(collector.Pairs.Count, collector.Pairs.Distinct().Count());
        HashSet<(int, int)> made = [.. collector.Pairs];
        for (int left = 0; left < count; left++)
        {
            for (int right = left + 1; right < count; right++)
            {
                int apart = place[left] < 0 || place[right] < 0 ? int.MaxValue : Math.Abs(place[left] - place[right]);
                Assert.False(apart >= window && made.Contains((left, right)));
                Assert.False(apart <= window / 2 && !made.Contains((left, right)));
            }
        }
    });

    [Fact]
    public void The_order_of_records_does_not_matter() => Law.Holds(random =>
    {
        int count = random.Next(2, 40);
        (string Source, string Id)[] keys = [.. Enumerable.Range(0, count).Select(i => ("s", TestTable.Id(i)))];
        string?[] values = [.. Enumerable.Range(0, count).Select(_ => $"v{random.Next(6)}")];
        int[] shuffle = [.. Enumerable.Range(0, count)];
        random.Shuffle(shuffle);
        FieldTable table = TestTable.Create(TestTable.Keys(keys), [("a", values)], shared: false);
        FieldTable other = TestTable.Create(TestTable.Keys([.. shuffle.Select(i => keys[i])]), [("a", shuffle.Select(i => values[i]).ToArray())], shared: false);
        Assert.Equal(
            SortedNeighbourhood.Sort(table, ["a"]).Select(table.Keys.Key),
            SortedNeighbourhood.Sort(other, ["a"]).Select(other.Keys.Key));
    });

    private readonly record struct Collector(List<(int Left, int Right)> Pairs) : CandidatePairs.IPairVisitor
    {
        public void Visit(ReadOnlySpan<(int Left, int Right)> pairs, ReadOnlySpan<int> records) => Pairs.AddRange(pairs);
    }
}
