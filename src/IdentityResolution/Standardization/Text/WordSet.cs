using System.Collections.Frozen;

namespace IdentityResolution.Standardization.Text;

/// <summary>A fixed set of words that is asked with spans.</summary>
internal sealed class WordSet
{
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _words;

    public WordSet(string words)
        : this(words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
    {
    }

    public WordSet(IEnumerable<string> words) =>
        _words = words.ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether the word is in the set.</summary>
    public bool Contains(ReadOnlySpan<char> word) => _words.Contains(word);
}
