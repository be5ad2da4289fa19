using System.Collections.Frozen;

namespace IdentityResolution.Standardization.Text;

/// <summary>A fixed map from words to words that is asked with spans.</summary>
internal sealed class WordMap
{
    private readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _words;
    private readonly WordFilter _filter;

    /// <summary>Reads groups: <c>target: word, word; target: word</c>. Every target also maps to itself.</summary>
    /// <exception cref="ArgumentException">A word has two targets.</exception>
    public WordMap(string groups)
    {
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string group in groups.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            int colon = group.IndexOf(':', StringComparison.Ordinal);
            string target = colon < 0 ? group : group[..colon].Trim();
            string[] others = colon < 0 ? [] : group[(colon + 1)..].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            foreach (string word in others.Append(target))
            {
                if (!words.TryAdd(word, target) && words[word] != target)
                {
                    throw new ArgumentException($"The word '{word}' has two targets.", nameof(groups));
                }
            }
        }
        _filter = new WordFilter(words.Keys);
        _words = words.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The target of a word.</summary>
    public bool TryGet(ReadOnlySpan<char> word, out string target)
    {
        if (_filter.CanHave(word) && _words.TryGetValue(word, out string? found))
        {
            target = found;
            return true;
        }
        target = "";
        return false;
    }
}
