using FsCheck;
using FsCheck.Fluent;
using IdentityResolution.Similarity.Kernels;

namespace IdentityResolution.Tests.Similarity;

public class EndingTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20_240_505, 79);

    [Fact]
    public void Two_texts_share_as_many_units_as_agree_from_the_end_but_at_most_sixteen() => Check.One(Thorough, Prop.ForAll(
        TextPairs.UpTo(40),
        TextPairs.UpTo(20),
        (pair, ends) =>
        {
            foreach ((string left, string right) in new[] { (pair.Left, pair.Right), (pair.Left + ends.Left, pair.Right + ends.Left) })
            {
                var symbols = new Symbols();
                Assert.True(symbols.TryAdd(left, new byte[left.Length]));
                Ending ending = Of(left, symbols);
                int expected = left.Reverse().Zip(right.Reverse()).TakeWhile(units => units.First == units.Second).Take(Ending.MaxLength).Count();
                Assert.Equal(expected, ending.SharedWith(Of(right, symbols)));
                Assert.Equal(Math.Min(left.Length, Ending.MaxLength), ending.SharedWith(ending));
                Assert.Equal(Math.Min(expected, 2), ending.Last(Math.Min(2, ending.Length)).SharedWith(Of(right, symbols)));
            }
        }));

    [Fact]
    public void Units_that_no_value_holds_are_shared_with_none()
    {
        var symbols = new Symbols();
        Assert.True(symbols.TryAdd("ab", new byte[2]));
        Assert.Equal(1, Of("ab", symbols).SharedWith(Of("\u0416b", symbols)));
        Assert.Equal(0, Of("ab", symbols).SharedWith(Of("\u0416", symbols)));
        Assert.Equal(0, Of("", symbols).SharedWith(Of("", symbols)));
    }

    private static Ending Of(string text, Symbols symbols) =>
        Ending.Of([.. new byte[Ending.MaxLength], .. text.Select(unit => (byte)symbols.Find(unit))]);
}
