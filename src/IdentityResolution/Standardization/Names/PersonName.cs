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
    /// <returns>The parts. A single word is taken for a surname.</returns>
    /// <remarks>Where a name without a comma puts the surname first (Hungarian, Chinese), the parts are swapped: no order is guessed.</remarks>
    public static PersonName Parse(ReadOnlySpan<char> raw)
    {
        var buffer = new char[TextFold.MaxLength(raw)];
        Span<char> folded = buffer.AsSpan(0, TextFold.Fold(raw, buffer));
        string nickname = TakeAside(folded);
        int comma = FindSurnameComma(folded);
        var words = new List<string>(Split(comma < 0 ? folded : folded[(comma + 1)..]));
        var surname = new List<string>(comma < 0 ? [] : Split(folded[..comma]));
        List<string> titles = TakeTitles(words, surname.Count > 0);
        titles.AddRange(surname.Count > 1 ? TakeTitles(surname, mayEmpty: false) : []);
        List<string> suffixes = TakeSuffixes(words, AfterComma(folded, comma), surname.Count > 0);
        suffixes.InsertRange(0, surname.Count > 1 ? TakeSuffixes(surname, afterComma: "", mayEmpty: false) : []);
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
    private static int FindSurnameComma(ReadOnlySpan<char> folded)
    {
        int comma = folded.IndexOf(',');
        if (comma < 0)
        {
            return -1;
        }
        foreach (Range part in folded[(comma + 1)..].Split(','))
        {
            ReadOnlySpan<char> text = folded[(comma + 1)..][part].Trim();
            if (!text.IsEmpty && !FullNameStandardizer.IsSuffix(text))
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

    private static List<string> TakeTitles(List<string> words, bool mayEmpty)
    {
        var titles = new List<string>();
        while (words.Count > (mayEmpty ? 0 : 1) && NameWords.Titles.Contains(words[0]))
        {
            titles.Add(words[0]);
            words.RemoveAt(0);
        }
        return titles;
    }

    private static List<string> TakeSuffixes(List<string> words, string afterComma, bool mayEmpty)
    {
        var suffixes = new List<string>();
        while (words.Count > (mayEmpty ? 0 : 1))
        {
            string last = words[^1];
            bool spelled = last == "d" && words.Count > 2 && words[^2] == "ph";
            bool said = afterComma.Length > 0 && NameWords.CommaSuffixes.Contains(last) && afterComma.EndsWith(last, StringComparison.Ordinal);
            if (!spelled && !said && !NameWords.Suffixes.Contains(last))
            {
                break;
            }
            suffixes.Insert(0, spelled ? "phd" : last);
            words.RemoveRange(words.Count - (spelled ? 2 : 1), spelled ? 2 : 1);
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
