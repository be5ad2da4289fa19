namespace IdentityResolution.Training;

/// <summary>The words of a column name: <c>dateOfBirth</c>, <c>DATE_OF_BIRTH</c> and <c>date-of-birth 2</c> all become date, of, birth.</summary>
internal sealed class ColumnName
{
    private readonly string[] _words;

    private ColumnName(string[] words) => _words = words;

    /// <summary>The words, without trailing numbers, joined by underscores; empty when nothing is left.</summary>
    public string Normalized => string.Join('_', _words);

    /// <summary>The last word; empty when there is none.</summary>
    public string Last => _words.Length == 0 ? "" : _words[^1];

    /// <summary>Splits a name into words.</summary>
    public static ColumnName Parse(string name)
    {
        var words = new List<string>();
        int start = 0;
        for (int i = 0; i <= name.Length; i++)
        {
            bool end = i == name.Length || !char.IsLetterOrDigit(name[i]);
            bool humps = !end && i > start
                && ((char.IsUpper(name[i]) && (char.IsLower(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1]) && char.IsUpper(name[i - 1]))))
                    || (char.IsDigit(name[i]) != char.IsDigit(name[i - 1])));
            if (!end && !humps)
            {
                continue;
            }
            if (i > start)
            {
                words.Add(name[start..i].ToLowerInvariant());
            }
            start = end ? i + 1 : i;
        }
        // Numbers tell columns of one input apart (address_1, address_2) and are kept unless they are years or the like.
        words.RemoveAll(word => word.Length >= 3 && word.All(char.IsAsciiDigit));
        return new ColumnName([.. words]);
    }

    /// <summary>Is one of these words in the name?</summary>
    public bool Has(params ReadOnlySpan<string> words)
    {
        foreach (string word in words)
        {
            if (_words.Contains(word, StringComparer.Ordinal))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Does a word of the name contain one of these pieces?</summary>
    public bool Contains(params ReadOnlySpan<string> pieces)
    {
        string joined = string.Concat(_words);
        foreach (string piece in pieces)
        {
            if (joined.Contains(piece, StringComparison.Ordinal))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>The name without some of its words, joined by underscores.</summary>
    public string Without(params string[] words) => string.Join('_', _words.Where(word => !words.Contains(word, StringComparer.Ordinal)));
}
