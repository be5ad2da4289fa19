using IdentityResolution.Internals;
using IdentityResolution.Training;

namespace IdentityResolution.Tests.Training;

public class KeySampleTests
{
    private static readonly Workers Three = new(3, CancellationToken.None);

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 1)]
    [InlineData(300, 300)]
    [InlineData(300, 1000)]
    [InlineData(200_000, 7)]
    [InlineData(200_000, 5000)]
    [InlineData(200_000, 199_999)]
    public void The_first_records_are_those_with_the_smallest_hashes_in_their_order(int records, int count)
    {
        ulong[] hashOf = Hashes(records);
        int[] expected = [.. Enumerable.Range(0, records).OrderBy(record => StableHash.Of(hashOf[record], 3)).Take(count)];
        Assert.Equal(expected, KeySample.First(hashOf, 3, count, Workers.One));
        Assert.Equal(expected, KeySample.First(hashOf, 3, count, Three));
    }

    [Fact]
    public void A_share_is_about_that_share_in_order_of_records_and_another_seed_draws_others()
    {
        ulong[] hashOf = Hashes(200_000);
        int[] tenth = KeySample.Share(hashOf, 3, 0.1, Three);
        Assert.InRange(tenth.Length, 19_000, 21_000);
        Assert.Equal(tenth.Order(), tenth);
        Assert.InRange(tenth.Intersect(KeySample.Share(hashOf, 4, 0.1, Three)).Count(), 1, 4000);
        Assert.Equal(Enumerable.Range(0, 200_000), KeySample.Share(hashOf, 3, 1, Three));
    }

    private static ulong[] Hashes(int records) => [.. Enumerable.Range(0, records).Select(record => StableHash.Of((ulong)record))];
}
