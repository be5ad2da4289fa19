using System.Text;
using FsCheck;
using FsCheck.Fluent;
using IdentityResolution.Records;
using IdentityResolution.Tests.Identity;

namespace IdentityResolution.Tests.Records;

public class RecordKeyOrderTests
{
    // Few letters, zero bytes among them, and long shared beginnings: the places where prefixes of seven bytes go wrong.
    private static readonly Arbitrary<(string Source, string Id)[]> Keys = (
        from shared in Gen.Elements("", "customer-", "\0\0\0\0\0\0\0", "0123456789012345")
        from keys in Gen.ArrayOf(
            from source in Gen.Elements("b", "a", "ab", "A")
            from own in Gen.Elements(true, true, false)
            from length in Gen.Choose(1, 18)
            from letters in Gen.ArrayOf(Gen.Elements('\0', 'a', 'b', '\u00E9', '\uFF80'), length)
            select (source, (own ? shared : string.Empty) + new string(letters)))
        select keys.Distinct().ToArray()).ToArbitrary();

    [Fact]
    public void Keys_are_ordered_as_comparing_orders_them() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(3UL, 5UL),
        Prop.ForAll(Keys, keys =>
        {
            RecordKeyIndex index = IdentityWorld.Keys(keys);
            int[] expected = [.. Enumerable.Range(0, index.Count)];
            Array.Sort(expected, index.Compare);
            Assert.Equal(expected, RecordKeyOrder.Sort(index));
        }));

    [Theory]
    [InlineData(100_000, "", 7)]
    [InlineData(20_000, "a prefix that is longer than seven bytes/", 3)]
    [InlineData(20_000, "\0\0\0\0\0\0\0\0\0", 1)]
    public void Large_numbers_of_keys_are_ordered_too(int count, string prefix, int step)
    {
        var index = new RecordKeyIndex();
        for (long i = 0; i < count; i++)
        {
            // A walk over all residues, so that keys come out of order and in lengths of their own.
            Assert.True(index.TryAdd(index.AddSource(i % 3 == 0 ? "crm" : "shop"), Encoding.UTF8.GetBytes(prefix + (i * 7919 * step % count)), out _));
        }

        int[] order = RecordKeyOrder.Sort(index);

        Assert.Equal(count, order.Distinct().Count());
        for (int i = 1; i < count; i++)
        {
            Assert.True(index.Compare(order[i - 1], order[i]) < 0);
        }
    }

    [Fact]
    public void Very_long_keys_that_share_their_beginning_are_ordered()
    {
        (string, string)[] keys = [.. Enumerable.Range(1, 300).Select(length => ("s", new string('a', ((length * 37) % 301) * 50)))];

        RecordKeyIndex index = IdentityWorld.Keys(keys);

        Assert.Equal(
            Enumerable.Range(0, 300).OrderBy(record => index.Id(record).Length), RecordKeyOrder.Sort(index));
    }

    [Fact]
    public void No_keys_have_no_order() => Assert.Empty(RecordKeyOrder.Sort(new RecordKeyIndex()));
}
