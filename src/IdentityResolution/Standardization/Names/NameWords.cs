using System.Buffers;
using IdentityResolution.Standardization.Text;

namespace IdentityResolution.Standardization.Names;

/// <summary>Titles, suffixes and the cleaning of personal names.</summary>
internal static class NameWords
{
    /// <summary>Characters that vanish inside a name instead of parting it: apostrophes (o'brien) and slips of the keyboard.</summary>
    public static readonly SearchValues<char> Dropped = SearchValues.Create("'`\"^*~:;!?|<>[]{}\\=#$%@");

    /// <summary>Titles that stand before a name.</summary>
    public static readonly WordSet Titles = new(
        "dr mr mrs ms miss mx prof professor rev reverend revd sir dame capt captain sgt cpl doctor mister " +
        "herr frau dipl mme mlle monsieur madame mademoiselle sig sigra signor signora signorina dott dottssa sra srta senor senora " +
        "senorita mevr mevrouw dhr meneer drs mgr gospodin gospozha shri smt kumari");

    /// <summary>Suffixes that stand after a name wherever it is written.</summary>
    public static readonly WordSet Suffixes = new("jr sr jnr snr ii iii iv 2nd 3rd 4th phd esq esquire dds dvm cpa obe mbe cbe");

    /// <summary>Words that are a suffix only after a comma, because people are also named so.</summary>
    public static readonly WordSet CommaSuffixes = new("md do ma ba bsc msc mba rn jd qc kc v vi i junior senior m.d. ph.d. d.d.s. d.v.m. m.b.a. j.d. r.n. llm llb");

    /// <summary>Drops titles at the start, as long as a word remains. Returns the new length.</summary>
    public static int DropTitles(Span<char> text, int length)
    {
        while (true)
        {
            int blank = text[..length].IndexOf(' ');
            if (blank < 0 || !Titles.Contains(text[..blank]))
            {
                return length;
            }
            length = Words.RemoveStart(text, length, blank + 1);
        }
    }

    /// <summary>Drops suffixes at the end, as long as a word remains. Returns the new length.</summary>
    public static int DropSuffixes(ReadOnlySpan<char> text, int length)
    {
        while (true)
        {
            int blank = text[..length].LastIndexOf(' ');
            if (blank < 0)
            {
                return length;
            }
            ReadOnlySpan<char> last = text[(blank + 1)..length];
            if (last is "d" && (text[..length].EndsWith(" ph d") || text[..length] is "ph d") && blank > 2)
            {
                length = blank - 3;
            }
            else if (Suffixes.Contains(last))
            {
                length = blank;
            }
            else
            {
                return length;
            }
        }
    }

    /// <summary>Joins <c>mc donald</c> and spells <c>st john</c> as <c>saint john</c>. Returns the new length.</summary>
    public static int NormalizeParticles(Span<char> text, int length)
    {
        int start = 0;
        while (start < length)
        {
            int blank = text[start..length].IndexOf(' ');
            if (blank < 0)
            {
                return length;
            }
            ReadOnlySpan<char> word = text.Slice(start, blank);
            if (word is "mc")
            {
                length = Words.Replace(text, length, start + blank, 1, "");
                continue;
            }
            if (word is "st")
            {
                length = Words.Replace(text, length, start, blank, "saint");
                blank = 5;
            }
            else if (word is "vd")
            {
                length = Words.Replace(text, length, start, blank, "van der");
                blank = 7;
            }
            start += blank + 1;
        }
        return length;
    }
}
