using FsCheck;
using FsCheck.Fluent;
using IdentityResolution.Internals;

namespace IdentityResolution.Tests.Internals;

public class RadixSortTests
{
    // Sizes on both sides of 256, where the algorithm changes; keys with few and with many differing bytes, so that equal keys occur.
    private static readonly Arbitrary<ulong[]> Keys = (
        from length in Gen.OneOf(Gen.Choose(0, 5), Gen.Choose(250, 262), Gen.Choose(263, 1200))
        from mask in Gen.Elements(0UL, 0xFFUL, 0x700UL, 0xFF00_0000_0000_0000UL, 0x0F0F_0000_00F0_0001UL, ulong.MaxValue)
        from seed in Gen.Choose(0, 1_000_000)
        let random = new Random(seed)
        select Enumerable.Range(0, length).Select(_ => ((ulong)random.NextInt64() << 1 ^ (ulong)random.NextInt64()) & mask).ToArray()).ToArbitrary();

    [Fact]
    public void Keys_come_out_in_order_with_their_items_and_equal_keys_keep_theirs() => Law.Holds(Keys, keys =>
    {
        int[] items = [.. Enumerable.Range(0, keys.Length)];
        int[] expectedItems = [.. items.OrderBy(item => keys[item])];
        ulong[] expectedKeys = [.. keys];
        Array.Sort(expectedKeys);
        ulong[] sorted = [.. keys];
        RadixSort.Sort(sorted, items);
        Assert.Equal(expectedKeys, sorted);
        Assert.Equal(expectedItems, items);
        ulong[] alone = [.. keys];
        RadixSort.Sort(alone, []);
        Assert.Equal(expectedKeys, alone);
    });
}
