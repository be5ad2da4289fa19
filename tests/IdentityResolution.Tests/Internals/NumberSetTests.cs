using FsCheck;
using FsCheck.Fluent;
using IdentityResolution.Internals;

namespace IdentityResolution.Tests.Internals;

public class NumberSetTests
{
    // Few numbers with equal low bits, so that they meet in one slot, and zero, which a free slot looks like.
    private static readonly Arbitrary<ulong[]> Numbers = Gen.ArrayOf(Gen.OneOf(
        Gen.Choose(0, 40).Select(number => (ulong)number),
        Gen.Choose(0, 40).Select(number => (ulong)number << 40))).ToArbitrary();

    [Fact]
    public void Numbers_are_new_once_as_in_a_plain_set() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(11UL, 13UL),
        Prop.ForAll(Numbers, numbers =>
        {
            var plain = new HashSet<ulong>();
            var set = new NumberSet(0);
            Assert.All(numbers, number => Assert.Equal(plain.Add(number), set.Add(number)));
        }));

    [Fact]
    public void More_numbers_than_expected_find_room()
    {
        var set = new NumberSet(4);
        for (ulong number = 0; number < 10_000; number++)
        {
            Assert.True(set.Add(StableHash.Of(number)));
        }
        for (ulong number = 0; number < 10_000; number++)
        {
            Assert.False(set.Add(StableHash.Of(number)));
        }
    }
}
