using System.Text;
using FsCheck;
using FsCheck.Fluent;
using IdentityResolution.Records;
using IdentityResolution.Tests.Identity;

namespace IdentityResolution.Tests.Records;

public class AscendingRunsTests
{
    private static readonly Arbitrary<string[]> Ascending = (
        from prefix in Gen.Elements("", "C", "customer-")
        from numbers in Gen.ArrayOf(Gen.OneOf(Gen.Choose(0, 30), Gen.Choose(0, 5000), Gen.Choose(0, int.MaxValue)))
        select numbers.Distinct().Order().Select(number => prefix + number).ToArray()).ToArbitrary();

    [Fact]
    public void Numbers_behind_a_prefix_are_put_in_order_as_comparing_orders_them() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(7UL, 9UL),
        Prop.ForAll(Ascending, ids =>
        {
            RecordKeyIndex keys = IdentityWorld.Keys([.. ids.Select(id => ("s", id))]);
            int[] records = [.. Enumerable.Range(0, ids.Length)];
            int[] expected = [.. records];
            Array.Sort(expected, keys.Compare);

            Assert.True(AscendingRuns.TryMerge(keys, records));
            Assert.Equal(expected, records);
        }));

    [Theory]
    [InlineData("a2", "a1")]
    [InlineData("a10", "a9")]
    [InlineData("a1", "a20", "a3")]
    public void Ids_that_do_not_ascend_are_left_as_they_are(params string[] ids)
    {
        RecordKeyIndex keys = IdentityWorld.Keys([.. ids.Select(id => ("s", id))]);
        int[] records = [.. Enumerable.Range(0, ids.Length)];

        Assert.False(AscendingRuns.TryMerge(keys, records));
        Assert.Equal(Enumerable.Range(0, ids.Length), records);
    }

    [Theory]
    [InlineData(16, true)]
    [InlineData(17, false)]
    public void Ids_of_many_lengths_are_left_to_another_way(int lengths, bool expected)
    {
        RecordKeyIndex keys = IdentityWorld.Keys([.. Enumerable.Range(1, lengths).Select(length => ("s", new string('z', length)))]);
        int[] records = [.. Enumerable.Range(0, lengths)];

        Assert.Equal(expected, AscendingRuns.TryMerge(keys, records));
        Assert.Equal(Enumerable.Range(0, lengths), records);
    }

    [Fact]
    public void Only_the_records_that_are_given_count()
    {
        var keys = new RecordKeyIndex();
        foreach (string id in (string[])["1", "2", "10", "11", "20", "100"])
        {
            Assert.True(keys.TryAdd(keys.AddSource(id.Length == 2 ? "two" : "other"), Encoding.UTF8.GetBytes(id), out _));
        }
        int[] records = [0, 1, 5];

        Assert.True(AscendingRuns.TryMerge(keys, records));
        Assert.Equal([0, 5, 1], records);
    }
}
