using System.Text;
using IdentityResolution.Internals;

namespace IdentityResolution.Tests.Internals;

public class StableHashTests
{
    // Stores, samples and ties rest on these numbers: they may never change.
    [Theory]
    [InlineData("", 4808886099364463827UL)]
    [InlineData("a", 7852112099385141351UL)]
    [InlineData("abcd", 16660349616727654048UL)]
    [InlineData("0123456789abcdef", 5052684117927911335UL)]
    [InlineData("0123456789abcdef0", 571550782315852321UL)]
    public void Hashes_are_the_same_for_ever(string text, ulong hash) => Assert.Equal(hash, StableHash.Of(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Numbers_hash_the_same_for_ever()
    {
        Assert.Equal(8380024979267124963UL, StableHash.Of(1));
        Assert.Equal(14478078708134051230UL, StableHash.Of(1, seed: 2));
        Assert.Equal(3011206354747581293UL, StableHash.Combine(1, 2));
    }

    [Fact]
    public void Texts_of_every_length_and_their_neighbours_hash_apart()
    {
        var seen = new HashSet<ulong>();
        for (int length = 0; length <= 70; length++)
        {
            var bytes = new byte[length];
            Assert.True(seen.Add(StableHash.Of(bytes)));
            for (int i = 0; i < length; i++)
            {
                bytes[i] ^= 1;
                Assert.True(seen.Add(StableHash.Of(bytes)));
                bytes[i] ^= 1;
            }
            Assert.NotEqual(StableHash.Of(bytes), StableHash.Of(bytes, seed: 1));
        }
    }

    [Fact]
    public void A_pair_is_ordered() => Assert.NotEqual(StableHash.Combine(1, 2), StableHash.Combine(2, 1));

    [Fact]
    public void Low_bits_of_small_numbers_are_spread_evenly()
    {
        var buckets = new int[64];
        for (ulong i = 0; i < 64_000; i++)
        {
            buckets[StableHash.Of(i) & 63]++;
        }
        Assert.All(buckets, count => Assert.InRange(count, 800, 1200));
    }
}
