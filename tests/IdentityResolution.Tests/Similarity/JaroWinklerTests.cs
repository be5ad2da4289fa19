using System.Text;
using FsCheck;
using FsCheck.Fluent;
using IdentityResolution.Reference.Similarity;
using IdentityResolution.Similarity;
using IdentityResolution.Similarity.Kernels;

namespace IdentityResolution.Tests.Similarity;

public class JaroWinklerTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(1000).WithReplay(20_240_502, 77);

    [Fact]
    public void Jaro_and_jaro_winkler_equal_their_plain_twins() => Check.One(Thorough, Prop.ForAll(TextPairs.UpTo(300), pair =>
    {
        (string left, string right) = (pair.Left, pair.Right);
        Assert.Equal(PlainJaro.Similarity(left, right), Jaro.Similarity(left, right));
        Assert.Equal(PlainJaro.WinklerSimilarity(left, right), JaroWinkler.Similarity(left, right));
        if (pair.IsLatin1)
        {
            (byte[] leftBytes, byte[] rightBytes) = (Encoding.Latin1.GetBytes(left), Encoding.Latin1.GetBytes(right));
            Assert.Equal(PlainJaro.Similarity(left, right), Jaro.Similarity(leftBytes, rightBytes));
            Assert.Equal(PlainJaro.WinklerSimilarity(left, right), JaroWinkler.Similarity(leftBytes, rightBytes));
        }
    }));

    // What Jaro.Similarity takes depends on the machine and on the lengths; this compares both ways wherever there are two.
    [Fact]
    public void Counts_are_the_same_in_registers_and_by_words() => Check.One(Thorough, Prop.ForAll(TextPairs.UpTo(80), pair =>
    {
        if (pair.Left.Length == 0 || pair.Right.Length == 0)
        {
            return;
        }
        ReadOnlySpan<ushort> left = Units.Of(pair.Left);
        ReadOnlySpan<ushort> right = Units.Of(pair.Right);
        int minMatches = Math.Min(left.Length, right.Length) / 2;
        Assert.Equal(JaroKernel.CountByWords(left, right, 0), JaroKernel.Count(left, right, 0));
        Assert.Equal(JaroKernel.CountByWords(left, right, minMatches), JaroKernel.Count(left, right, minMatches));
        if (pair.IsLatin1)
        {
            (byte[] leftBytes, byte[] rightBytes) = (Encoding.Latin1.GetBytes(pair.Left), Encoding.Latin1.GetBytes(pair.Right));
            Assert.Equal(JaroKernel.CountByWords(left, right, 0), JaroKernel.Count<byte>(leftBytes, rightBytes, 0));
            Assert.Equal(JaroKernel.CountByWords<byte>(leftBytes, rightBytes, minMatches), JaroKernel.Count(left, right, minMatches));
        }
    }));

    [Fact]
    public void A_cut_off_changes_nothing_but_what_lies_below_it() => Check.One(Thorough, Prop.ForAll(TextPairs.UpTo(80), pair =>
    {
        foreach (double cutOff in new[] { 0.3, 0.7, 0.8, 0.85, 0.92, 1.0 })
        {
            double jaro = Jaro.Similarity(pair.Left, pair.Right);
            Assert.Equal(jaro >= cutOff ? jaro : 0, Jaro.Similarity(pair.Left, pair.Right, cutOff));
            double winkler = JaroWinkler.Similarity(pair.Left, pair.Right);
            Assert.Equal(winkler >= cutOff ? winkler : 0, JaroWinkler.Similarity(pair.Left, pair.Right, cutOff));
            double distance = 1 - winkler;
            Assert.Equal(distance <= cutOff ? distance : 1, JaroWinkler.Distance(pair.Left, pair.Right, cutOff));
        }
    }));

    [Fact]
    public void Both_are_symmetric() => Check.One(Thorough, Prop.ForAll(TextPairs.UpTo(150), pair =>
    {
        Assert.Equal(Jaro.Similarity(pair.Left, pair.Right), Jaro.Similarity(pair.Right, pair.Left), 1e-15);
        Assert.Equal(JaroWinkler.Similarity(pair.Left, pair.Right), JaroWinkler.Similarity(pair.Right, pair.Left), 1e-15);
    }));

    // Winkler (1990) and the tables of Porter and Winkler (1997).
    [Theory]
    [InlineData("MARTHA", "MARHTA", 0.944, 0.961)]
    [InlineData("DIXON", "DICKSONX", 0.767, 0.813)]
    [InlineData("DWAYNE", "DUANE", 0.822, 0.840)]
    [InlineData("JONES", "JOHNSON", 0.790, 0.832)]
    [InlineData("ABROMS", "ABRAMS", 0.889, 0.922)]
    [InlineData("MASSEY", "MASSIE", 0.889, 0.933)]
    [InlineData("", "", 1, 1)]
    [InlineData("a", "", 0, 0)]
    [InlineData("a", "a", 1, 1)]
    [InlineData("a", "b", 0, 0)]
    public void Published_examples_come_out(string left, string right, double jaro, double winkler)
    {
        Assert.Equal(jaro, Jaro.Similarity(left, right), 0.0005);
        Assert.Equal(winkler, JaroWinkler.Similarity(left, right), 0.0005);
    }
}
