using IdentityResolution.Blocking;
using IdentityResolution.Records;

namespace IdentityResolution.Tests.Blocking;

public class PairFilterTests
{
    private static readonly string[] Sources = ["crm", "shop", "web"];

    [Fact]
    public void Pairs_are_allowed_as_said_and_counted_right() => Law.Holds(random =>
    {
        int count = random.Next(0, 30);
        RecordKeyIndex keys = TestTable.Keys([.. Enumerable.Range(0, count).Select(i => (Sources[random.Next(3)], TestTable.Id(i)))]);
        bool linkOnly = random.Next(3) == 0;
        string[] unique = [.. keys.Sources.Where(_ => random.Next(2) == 0)];
        bool dedupeOnly = !linkOnly && random.Next(3) == 0;
        var filter = new PairFilter(keys, linkOnly, unique, dedupeOnly);
        long allowed = 0;
        for (int left = 0; left < count; left++)
        {
            for (int right = left + 1; right < count; right++)
            {
                (string one, string other) = (keys.Key(left).Source, keys.Key(right).Source);
                bool expected = one == other ? !linkOnly && !unique.Contains(one) : !dedupeOnly;
                Assert.Equal(expected, filter.Allows(left, right));
                Assert.Equal(expected, filter.Allows(right, left));
                Assert.Equal(expected, (filter.NumberOf(left) == filter.NumberOf(right)) == filter.AllowsEqual);
                allowed += expected ? 1 : 0;
            }
        }
        Assert.Equal(allowed, filter.PossiblePairs);
        Assert.Equal(allowed, filter.CountPairs(Enumerable.Range(0, count).ToArray()));
        Assert.Equal(dedupeOnly || keys.Sources.Any(source => linkOnly || unique.Contains(source)), filter.Restricts);
        Assert.All(Enumerable.Range(0, keys.Sources.Count), source => Assert.Equal(linkOnly || unique.Contains(keys.Sources[source]), filter.IsClosed(source)));
    });

    [Fact]
    public void Every_unknown_unique_source_is_told_with_the_sources_that_exist()
    {
        RecordKeyIndex keys = TestTable.Keys(("crm", "a"), ("shop", "b"));
        InvalidModelException exception = Assert.Throws<InvalidModelException>(() => new PairFilter(keys, false, ["CRM", "shop", "web"]));
        Assert.Equal(
            [
                new ModelError("uniqueSources[0]", "'CRM' is no source; sources are crm, shop."),
                new ModelError("uniqueSources[2]", "'web' is no source; sources are crm, shop."),
            ],
            exception.Errors);
    }

    [Fact]
    public void Without_records_no_source_is_unknown() => Assert.Equal(0, new PairFilter(new RecordKeyIndex(), false, ["web"]).PossiblePairs);
}
