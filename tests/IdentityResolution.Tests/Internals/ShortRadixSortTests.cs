using IdentityResolution.Internals;

namespace IdentityResolution.Tests.Internals;

public class ShortRadixSortTests
{
    [Fact]
    public void Keys_come_out_in_order_with_their_items_and_equal_keys_keep_theirs() => Law.Holds(random =>
    {
        int bits = random.Next(1, 33);
        uint[] keys = [.. Enumerable.Range(0, random.Next(0, 1500)).Select(_ => (uint)random.NextInt64(1L << bits) & (random.Next(2) == 0 ? uint.MaxValue : 0x0F0F_000F))];
        int[] items = [.. Enumerable.Range(0, keys.Length)];
        int[] expectedItems = [.. items.OrderBy(item => keys[item])];
        uint[] expectedKeys = [.. keys.Order()];
        ShortRadixSort.Sort(keys, items, bits);
        Assert.Equal(expectedKeys, keys);
        Assert.Equal(expectedItems, items);
    });
}
