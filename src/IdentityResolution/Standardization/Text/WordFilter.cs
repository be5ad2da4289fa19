namespace IdentityResolution.Standardization.Text;

/// <summary>Tells of most texts, without hashing all of them, that they are not among some words: by length and three characters.</summary>
internal sealed class WordFilter
{
    private const int Size = 1 << 11;
    private readonly bool[] _kinds = new bool[Size];

    /// <summary>Notes what the words are like.</summary>
    public WordFilter(IEnumerable<string> words)
    {
        foreach (string word in words)
        {
            _kinds[Kind(word)] = true;
        }
    }

    /// <summary>Can the text be one of the words? Never false for one that is.</summary>
    public bool CanHave(ReadOnlySpan<char> text) => _kinds[Kind(text)];

    private static int Kind(ReadOnlySpan<char> text) => text.IsEmpty
        ? 0
        : (text.Length + (text[0] * 31) + (text[text.Length >> 1] * 257) + (text[^1] * 1181)) & (Size - 1);
}
