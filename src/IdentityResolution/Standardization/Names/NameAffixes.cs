using IdentityResolution.Standardization.Text;

namespace IdentityResolution.Standardization.Names;

/// <summary>What stands before and after a personal name and is no part of it: titles and suffixes, those of a user included.</summary>
/// <remarks>Asked with words of folded text. Immutable.</remarks>
internal sealed class NameAffixes
{
    private const string BuiltInTitles =
        "dr mr mrs ms miss mx prof professor rev reverend revd sir dame capt captain sgt cpl doctor mister " +
        "herr frau dipl mme mlle monsieur madame mademoiselle sig sigra signor signora signorina dott dottssa sra srta senor senora " +
        "senorita mevr mevrouw dhr meneer drs mgr gospodin gospozha shri smt kumari";

    private const string BuiltInSuffixes = "jr sr jnr snr ii iii iv 2nd 3rd 4th phd esq esquire dds dvm cpa obe mbe cbe";

    // Words that are a suffix only after a comma, because people are also named so.
    private static readonly WordSet CommaSuffixes = new("md do ma ba bsc msc mba rn jd qc kc v vi i junior senior m.d. ph.d. d.d.s. d.v.m. m.b.a. j.d. r.n. llm llb");

    private readonly WordSet _titles;
    private readonly WordSet _suffixes;
    private readonly string[] _titlePhrases;
    private readonly string[] _suffixPhrases;

    private NameAffixes(IReadOnlyList<string> titles, IReadOnlyList<string> suffixes)
    {
        string[] ownTitles = [.. titles.Select(title => Words.Of(title, NameWords.Dropped))];
        string[] ownSuffixes = [.. suffixes.Select(suffix => Words.Of(suffix, NameWords.Dropped))];
        _titles = new WordSet(BuiltInTitles.Split(' ').Concat(ownTitles));
        _suffixes = new WordSet(BuiltInSuffixes.Split(' ').Concat(ownSuffixes));
        _titlePhrases = [.. ownTitles.Where(title => title.Contains(' ', StringComparison.Ordinal)).Select(title => title + " ")];
        _suffixPhrases = [.. ownSuffixes.Where(suffix => suffix.Contains(' ', StringComparison.Ordinal)).Select(suffix => " " + suffix)];
    }

    /// <summary>The built-in ones.</summary>
    public static NameAffixes BuiltIn { get; } = new([], []);

    /// <summary>The built-in ones and those that options add.</summary>
    public static NameAffixes For(StandardizationOptions options) =>
        options.Titles.Count + options.Suffixes.Count == 0 ? BuiltIn : new NameAffixes(options.Titles, options.Suffixes);

    /// <summary>Whether a part between commas is a suffix alone.</summary>
    public bool IsSuffixPart(ReadOnlySpan<char> part)
    {
        part = part is [.., '.'] && part.Count('.') == 1 ? part[..^1] : part;
        if (_suffixes.Contains(part) || CommaSuffixes.Contains(part))
        {
            return true;
        }
        foreach (string phrase in _suffixPhrases)
        {
            if (part.Length <= 2 * phrase.Length && IsPhrase(part, phrase.AsSpan(1)))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>How many characters at the start are a title and the blank after it; 0 when none is, or nothing else is there.</summary>
    public int TitleLength(ReadOnlySpan<char> words)
    {
        int blank = words.IndexOf(' ');
        if (blank >= 0 && _titles.Contains(words[..blank]))
        {
            return blank + 1;
        }
        foreach (string phrase in _titlePhrases)
        {
            if (words.Length > phrase.Length && words.StartsWith(phrase))
            {
                return phrase.Length;
            }
        }
        return 0;
    }

    /// <summary>How many characters at the end are a suffix and the blank before it; 0 when none is, or nothing else is there.</summary>
    /// <param name="words">The words of a name.</param>
    /// <param name="afterComma">The last words stand after a comma, where more words are suffixes.</param>
    public int SuffixLength(ReadOnlySpan<char> words, bool afterComma = false)
    {
        int blank = words.LastIndexOf(' ');
        if (blank < 0)
        {
            return 0;
        }
        if (words.EndsWith(" ph d") && words.Length > 5)
        {
            return 5;
        }
        ReadOnlySpan<char> last = words[(blank + 1)..];
        if (_suffixes.Contains(last) || (afterComma && CommaSuffixes.Contains(last)))
        {
            return words.Length - blank;
        }
        foreach (string phrase in _suffixPhrases)
        {
            if (words.Length > phrase.Length && words.EndsWith(phrase))
            {
                return phrase.Length;
            }
        }
        return 0;
    }

    /// <summary>Drops titles at the start, as long as a word remains. Returns the new length.</summary>
    public int DropTitles(Span<char> text, int length)
    {
        while (TitleLength(text[..length]) is var title and > 0)
        {
            length = Words.RemoveStart(text, length, title);
        }
        return length;
    }

    /// <summary>Drops suffixes at the end, as long as a word remains. Returns the new length.</summary>
    public int DropSuffixes(ReadOnlySpan<char> text, int length)
    {
        while (SuffixLength(text[..length]) is var suffix and > 0)
        {
            length -= suffix;
        }
        return length;
    }

    private static bool IsPhrase(ReadOnlySpan<char> part, ReadOnlySpan<char> phrase)
    {
        Span<char> words = part.Length <= 256 ? stackalloc char[part.Length] : new char[part.Length];
        return words[..Words.Clean(part, words, NameWords.Dropped)].SequenceEqual(phrase);
    }
}
