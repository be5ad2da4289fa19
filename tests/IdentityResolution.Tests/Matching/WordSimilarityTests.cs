using System.Text;
using IdentityResolution.Fields;
using IdentityResolution.Matching;
using IdentityResolution.Records;

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
    [InlineData("a a", "a", 1)]
    public void Soft_Jaccard_counts_common_words(string left, string right, double similarity) =>
        Assert.Equal(similarity, SoftJaccard(left, right), 12);

    [Fact]
    public void Close_words_count_by_their_similarity()
    {
        // Jaro-Winkler of martha and marhta is 0.96111.
        Assert.Equal(1.961111 / (4 - 1.961111), SoftJaccard("martha jones", "marhta jones"), 5);
        Assert.Equal(0, SoftJaccard("dixon", "dicksonx"));
    }

    [Fact]
    public void Short_words_are_equal_or_different() => Assert.Equal(0, SoftJaccard("ann", "anne"));

    [Fact]
    public void Long_texts_that_differ_in_many_words_count_equal_words_only()
    {
        string left = "common " + string.Join(' ', Enumerable.Range(0, 20).Select(i => $"leftword{(char)('a' + i)}"));
        string right = "common " + string.Join(' ', Enumerable.Range(0, 20).Select(i => $"leftwort{(char)('a' + i)}"));

        Assert.Equal(1.0 / 41, SoftJaccard(left, right), 12);
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
        Assert.Equal(1, SoftJaccard(left, right), 12);
        Assert.InRange(SoftJaccard(left, other), 0, 1);
        Assert.Equal(SoftJaccard(left, other), SoftJaccard(other, left), 12);
        Assert.True(Contained(left, right));
        string[] few = other.Split(' ');
        bool expected = few.All(shuffled.Contains) || shuffled.All(few.Contains);
        Assert.Equal(expected, Contained(left, other));
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
        Assert.Equal(expected, WordSimilarity.Bigrams(left, right), 12);
        Assert.Equal(expected, WordSimilarity.Bigrams(right, left), 12);
    });

    [Fact]
    public void Bigrams_of_long_values_are_compared_too()
    {
        byte[] value = [.. Enumerable.Range(0, 2000).Select(i => (byte)('a' + (i * i % 26)))];
        Assert.Equal(1, WordSimilarity.Bigrams(value, value));
    }

    private static double SoftJaccard(string left, string right)
    {
        (WordTable words, int leftCode, int rightCode) = Split(left, right);
        return WordSimilarity.SoftJaccard(words, words[leftCode], words[rightCode]);
    }

    private static bool Contained(string left, string right)
    {
        (WordTable words, int leftCode, int rightCode) = Split(left, right);
        return WordSimilarity.Contained(words[leftCode], words[rightCode]);
    }

    private static (WordTable Words, int Left, int Right) Split(string left, string right)
    {
        var values = new ValueDictionary();
        int leftCode = values.GetOrAdd(Utf8(left));
        int rightCode = values.GetOrAdd(Utf8(right));
        return (new WordTable(values), leftCode, rightCode);
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
