using System.Collections.Frozen;

namespace IdentityResolution.Standardization.Text;

/// <summary>A fixed set of words that is asked with spans.</summary>
internal sealed class WordSet
{
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _words;
    private readonly WordFilter _filter;

    public WordSet(string words)
        : this(words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
    {
    }

    public WordSet(IEnumerable<string> words)
    {
        FrozenSet<string> set = words.ToFrozenSet(StringComparer.Ordinal);
        _words = set.GetAlternateLookup<ReadOnlySpan<char>>();
        _filter = new WordFilter(set);
    }

    /// <summary>Whether the word is in the set.</summary>
    public bool Contains(ReadOnlySpan<char> word) => _filter.CanHave(word) && _words.Contains(word);
}
