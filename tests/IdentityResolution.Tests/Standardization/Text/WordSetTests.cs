using IdentityResolution.Standardization;
using IdentityResolution.Standardization.Text;

namespace IdentityResolution.Tests.Standardization.Text;

public class WordSetTests
{
    [Fact]
    public void Sets_and_maps_know_their_words_and_no_others() => Law.Holds(random =>
    {
        string[] words = [.. Enumerable.Range(0, random.Next(1, 30)).Select(_ => Word(random)).Where(word => word.Length > 0).Distinct()];
        var set = new WordSet(words);
        var map = new WordMap(string.Join("; ", words));

        Assert.All(words, word => Assert.True(set.Contains(word)));
        Assert.All(words, word => Assert.True(map.TryGet(word, out string target) && target == word));
        for (int i = 0; i < 100; i++)
        {
            string asked = Word(random);
            Assert.Equal(words.Contains(asked), set.Contains(asked));
            Assert.Equal(words.Contains(asked), map.TryGet(asked, out _));
        }
    });

    [Fact]
    public void The_empty_word_can_be_in_a_set()
    {
        Assert.True(new WordSet([""]).Contains(""));
        Assert.False(new WordSet(["a"]).Contains(""));
    }

    [Fact]
    public void Placeholders_are_known_however_they_are_set() => Law.Holds(random =>
    {
        string[] extra = [.. Enumerable.Range(0, random.Next(0, 6)).Select(_ => Word(random)).Where(word => word.Length > 0)];
        Placeholders placeholders = Placeholders.For(FieldKind.Email, extra);

        Assert.All(extra, word => Assert.True(placeholders.Contains(word)));
        foreach (string word in (string[])["n a", "unknown", "x", "n/a", "t b d"])
        {
            Assert.True(placeholders.Contains(word));
            Assert.True(placeholders.CanBe($"--{word.Replace(' ', '.')} !"));
        }
    });

    // Of few characters, so that words meet; letters, digits, marks and others.
    private static string Word(Random random) =>
        new([.. Enumerable.Range(0, random.Next(0, 5)).Select(_ => "ab9.-\u00E9z"[random.Next(7)])]);
}
