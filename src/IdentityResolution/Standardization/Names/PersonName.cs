using IdentityResolution.Standardization.Names;
using IdentityResolution.Standardization.Text;

namespace IdentityResolution.Standardization;

/// <summary>The parts of a person's name, in standard form; a part that is not there is empty.</summary>
/// <param name="Title">Titles before the name, such as <c>prof dr</c>.</param>
/// <param name="Given">First given name.</param>
/// <param name="Middle">Further given names or initials, parted by blanks.</param>
/// <param name="Surname">Family name with its particles (<c>van der berg</c>).</param>
/// <param name="Suffix">What follows the name: <c>jr</c>, <c>iii</c>, <c>phd</c>.</param>
/// <param name="Nickname">A name in brackets or double quotes.</param>
public sealed record PersonName(string Title, string Given, string Middle, string Surname, string Suffix, string Nickname)
{
    private static readonly WordSet Particles = new(
        "van von vom zu zum zur der den de del della dello degli di da do dos das du des la le las los el al bin ibn bint ben abu ter ten te op san santa saint mac y av af");

    /// <summary>Takes a whole name apart.</summary>
    /// <param name="raw">A name as <c>given middle surname</c> or <c>surname, given middle</c>; any text.</param>
    /// <param name="options">Further titles and suffixes; <see langword="null"/> for the built-in ones alone.</param>
    /// <returns>The parts. A single word is taken for a surname.</returns>
    /// <remarks>Where a name without a comma puts the surname first (Hungarian, Chinese), the parts are swapped: no order is guessed.</remarks>
    public static PersonName Parse(ReadOnlySpan<char> raw, StandardizationOptions? options = null)
    {
        NameAffixes affixes = NameAffixes.For(options ?? StandardizationOptions.Default);
        var buffer = new char[TextFold.MaxLength(raw)];
        Span<char> folded = buffer.AsSpan(0, TextFold.Fold(raw, buffer));
        string nickname = TakeAside(folded);
        int comma = FindSurnameComma(folded, affixes);
        var words = new List<string>(Split(comma < 0 ? folded : folded[(comma + 1)..]));
        var surname = new List<string>(comma < 0 ? [] : Split(folded[..comma]));
        List<string> titles = TakeTitles(words, surname.Count > 0, affixes);
        titles.AddRange(surname.Count > 1 ? TakeTitles(surname, mayEmpty: false, affixes) : []);
        List<string> suffixes = TakeSuffixes(words, AfterComma(folded, comma), surname.Count > 0, affixes);
        suffixes.InsertRange(0, surname.Count > 1 ? TakeSuffixes(surname, afterComma: "", mayEmpty: false, affixes) : []);
        if (comma < 0)
        {
            int start = words.Count <= 1 ? 0 : SurnameStart(words);
            surname = words[start..];
            words = words[..start];
        }
        return new PersonName(
            string.Join(' ', titles), words.Count > 0 ? words[0] : "", string.Join(' ', words.Skip(1)), Normalize(surname), string.Join(' ', suffixes), nickname);
    }

    private static string[] Split(ReadOnlySpan<char> folded)
    {
        var cleaned = new char[folded.Length];
        int length = Words.Clean(folded, cleaned, NameWords.Dropped);
        return new string(cleaned, 0, length).Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    // The comma of "last, first"; a comma before suffixes alone is none.
    private static int FindSurnameComma(ReadOnlySpan<char> folded, NameAffixes affixes)
    {
        int comma = folded.IndexOf(',');
        if (comma < 0)
        {
            return -1;
        }
        foreach (Range part in folded[(comma + 1)..].Split(','))
        {
            ReadOnlySpan<char> text = folded[(comma + 1)..][part].Trim();
            if (!text.IsEmpty && !affixes.IsSuffixPart(text))
            {
                return comma;
            }
        }
        return -1;
    }

    private static string AfterComma(ReadOnlySpan<char> folded, int surnameComma)
    {
        ReadOnlySpan<char> rest = folded[(surnameComma + 1)..];
        int comma = rest.IndexOf(',');
        return comma < 0 ? "" : string.Join(' ', Split(rest[(comma + 1)..]));
    }

    private static string TakeAside(Span<char> folded)
    {
        if (!FullNameStandardizer.TryFindAside(folded, out int start, out int end))
        {
            return "";
        }
        string nickname = string.Join(' ', Split(folded[start..end]));
        folded[start..end].Fill(' ');
        return nickname;
    }

    // What is asked of affixes keeps a word for the name; here all may go where the surname stands elsewhere.
    private static List<string> TakeTitles(List<string> words, bool mayEmpty, NameAffixes affixes)
    {
        var titles = new List<string>();
        while (words.Count > 0)
        {
            string text = string.Join(' ', mayEmpty ? words.Append("-") : words);
            int taken = text.AsSpan(0, affixes.TitleLength(text)).Count(' ');
            if (taken == 0)
            {
                break;
            }
            titles.AddRange(words.Take(taken));
            words.RemoveRange(0, taken);
        }
        return titles;
    }

    private static List<string> TakeSuffixes(List<string> words, string afterComma, bool mayEmpty, NameAffixes affixes)
    {
        var suffixes = new List<string>();
        while (words.Count > 0)
        {
            string text = string.Join(' ', mayEmpty ? words.Prepend("-") : words);
            bool said = afterComma.Length > 0 && afterComma.EndsWith(words[^1], StringComparison.Ordinal);
            int taken = text.AsSpan(text.Length - affixes.SuffixLength(text, said)).Count(' ');
            if (taken == 0)
            {
                break;
            }
            string suffix = string.Join(' ', words[^taken..]);
            suffixes.Insert(0, suffix is "ph d" ? "phd" : suffix);
            words.RemoveRange(words.Count - taken, taken);
        }
        return suffixes;
    }

    // The surname starts at the first particle after the given name, else it is the last word.
    private static int SurnameStart(List<string> words)
    {
        for (int i = 1; i < words.Count - 1; i++)
        {
            if (Particles.Contains(words[i]) || (words[i] is "st" or "mc"))
            {
                return i;
            }
        }
        return words.Count - 1;
    }

    private static string Normalize(List<string> surname)
    {
        string joined = string.Join(' ', surname);
        var text = new char[(joined.Length * 4) + 8];
        joined.CopyTo(0, text, 0, joined.Length);
        return new string(text, 0, NameWords.NormalizeParticles(text, joined.Length));
    }
}
