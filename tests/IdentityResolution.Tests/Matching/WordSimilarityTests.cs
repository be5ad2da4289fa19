using System.Text;
using IdentityResolution.Matching;

namespace IdentityResolution.Tests.Matching;

public class WordSimilarityTests
{
    [Theory]
    [InlineData("john smith", "john smith", 1)]
    [InlineData("john smith", "smith john", 1)]
    [InlineData("john smith", "john", 0.5)]
    [InlineData("a b c", "a d", 0.25)]
    [InlineData("john", "anna", 0)]
    [InlineData("", "", 1)]
    [InlineData("", "anna", 0)]
    [InlineData("a a", "a", 0.5)]
    public void Soft_Jaccard_counts_common_words(string left, string right, double similarity) =>
        Assert.Equal(similarity, WordSimilarity.SoftJaccard(Utf8(left), Utf8(right)), 12);

    [Fact]
    public void Close_words_count_by_their_similarity()
    {
        // Jaro-Winkler of martha and marhta is 0.96111.
        Assert.Equal(1.961111 / (4 - 1.961111), WordSimilarity.SoftJaccard("martha jones"u8, "marhta jones"u8), 5);
        Assert.Equal(0, WordSimilarity.SoftJaccard("dixon"u8, "dicksonx"u8));
    }

    [Fact]
    public void Word_similarities_stay_in_range_and_are_1_for_the_same_words() => Law.Holds(random =>
    {
        string[] words = [.. Enumerable.Range(0, random.Next(1, 70)).Select(_ => RandomValues.Name(random))];
        string left = string.Join(' ', words.SelectMany(word => word.Split(' ')).Take(64));
        string[] shuffled = left.Split(' ');
        random.Shuffle(shuffled);
        string right = string.Join(' ', shuffled);
        string other = RandomValues.Any(random);
        Assert.Equal(1, WordSimilarity.SoftJaccard(Utf8(left), Utf8(right)), 12);
        Assert.InRange(WordSimilarity.SoftJaccard(Utf8(left), Utf8(other)), 0, 1);
        Assert.True(WordSimilarity.Contains(Utf8(left), Utf8(right)));
        Assert.Equal(other.Split(' ').All(shuffled.Contains) && other.Split(' ').Length <= shuffled.Length, WordSimilarity.Contains(Utf8(left), Utf8(other)));
    });

    [Fact]
    public void Bigram_similarity_is_the_Jaccard_of_the_sets() => Law.Holds(random =>
    {
        byte[] left = Utf8(RandomValues.Any(random));
        byte[] right = Utf8(random.Next(2) == 0 ? RandomValues.Any(random) : RandomValues.Damage(random, Encoding.UTF8.GetString(left)));
        HashSet<(byte, byte)> one = [.. left.Zip(left.Skip(1))];
        HashSet<(byte, byte)> other = [.. right.Zip(right.Skip(1))];
        double expected = one.Count == 0 || other.Count == 0
            ? left.SequenceEqual(right) ? 1 : 0
            : (double)one.Intersect(other).Count() / one.Union(other).Count();
        Assert.Equal(expected, WordSimilarity.BigramSimilarity(left, right), 12);
        Assert.Equal(expected, WordSimilarity.BigramSimilarity(right, left), 12);
    });

    [Fact]
    public void Bigrams_of_long_values_are_compared_too()
    {
        byte[] value = [.. Enumerable.Range(0, 2000).Select(i => (byte)('a' + (i * i % 26)))];
        Assert.Equal(1, WordSimilarity.BigramSimilarity(value, value));
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
