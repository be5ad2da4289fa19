using System.Text;
using IdentityResolution.Features;

namespace IdentityResolution.Tests.Features;

public sealed class MinHashTests
{
    [Fact]
    public void A_text_has_sixteen_bands_and_equal_texts_the_same() => Law.Holds(random =>
    {
        string text = Text(random, random.Next(1, 60));
        List<int> bands = Bands(text, random.Next(1, 9));
        Assert.Equal(MinHash.Bands, bands.Count);
        Assert.All(bands, band => Assert.True(band >= 0));
    });

    [Fact]
    public void Order_and_repeats_of_triples_do_not_matter() => Assert.Equal(Bands("abababab", 3), Bands("babababa", 3));

    [Fact]
    public void No_text_has_no_band() => Assert.Empty(Bands("", 3));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Bands_are_shared_as_often_as_theory_has_it(int rows)
    {
        // 400 pairs whose triples have a known Jaccard index: the share of equal bands is about its power.
        var random = new Random(5);
        double expected = 0;
        double found = 0;
        for (int i = 0; i < 400; i++)
        {
            string text = Text(random, 40);
            string other = text[..random.Next(20, 38)] + Text(random, random.Next(1, 6));
            expected += Math.Pow(Jaccard(text, other), rows);
            found += Bands(text, rows).Zip(Bands(other, rows)).Count(pair => pair.First == pair.Second) / (double)MinHash.Bands;
        }
        Assert.InRange(found / 400, (expected / 400) - 0.03, (expected / 400) + 0.03);
    }

    private static double Jaccard(string left, string right)
    {
        HashSet<string> a = [.. Enumerable.Range(0, left.Length - 2).Select(i => left.Substring(i, 3))];
        HashSet<string> b = [.. Enumerable.Range(0, right.Length - 2).Select(i => right.Substring(i, 3))];
        return a.Intersect(b).Count() / (double)a.Union(b).Count();
    }

    private static List<int> Bands(string text, int rows)
    {
        var bands = new List<int>();
        new MinHash(rows).AddBands(Encoding.UTF8.GetBytes(text), bands);
        return bands;
    }

    private static string Text(Random random, int length) => new([.. Enumerable.Range(0, length).Select(_ => (char)('a' + random.Next(26)))]);
}
