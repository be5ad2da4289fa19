using System.Collections.Frozen;
using IdentityResolution.Standardization.Text;

namespace IdentityResolution.Standardization.Names;

/// <summary>Spells Chinese and Korean names as their bearers write them in Latin letters, a word per syllable.</summary>
/// <remarks>
/// For comparing with a name in another script only. Standard forms keep Chinese characters, because many characters share a reading.
/// Family names of Korea are hardly ever written by the rules of romanization: Kim, not Gim.
/// </remarks>
internal static class EastAsianNames
{
    private static readonly FrozenDictionary<char, string> Readings = Load();

    private static readonly WordMap KoreanSurnames = new(
        "kim: gim; lee: i, ri; park: bak; choi: choe; chung: jeong; kang: gang; cho: jo; yoon: yun; lim: im; ahn: an; roh: no; yoo: yu; woo: u; suh: seo; kwon: gwon; koo: gu; baek: baeg; moon: mun; shin: sin");

    /// <summary>Writes the text with syllables spelled; what is none stays.</summary>
    /// <param name="text">A raw name.</param>
    /// <param name="destination">At least nine times as long as the text.</param>
    /// <returns>How many characters were written.</returns>
    public static int Spell(ReadOnlySpan<char> text, Span<char> destination)
    {
        int length = 0;
        bool first = true;
        foreach (char c in text)
        {
            if (Readings.TryGetValue(c, out string? reading))
            {
                reading.CopyTo(destination[length..]);
                length += reading.Length;
                destination[length++] = ' ';
                continue;
            }
            int syllable = Transliteration.SpellHangul(c, destination[length..]);
            if (syllable == 0)
            {
                destination[length++] = c;
                continue;
            }
            // The family name comes first and is one syllable with few exceptions.
            if (first && KoreanSurnames.TryGet(destination.Slice(length, syllable), out string surname))
            {
                surname.CopyTo(destination[length..]);
                syllable = surname.Length;
            }
            first = false;
            length += syllable;
            destination[length++] = ' ';
        }
        return length;
    }

    private static FrozenDictionary<char, string> Load()
    {
        var readings = new Dictionary<char, string>();
        foreach (string line in EmbeddedTable.Lines("HanNames.txt"))
        {
            int blank = line.IndexOf(' ', StringComparison.Ordinal);
            foreach (char c in line.AsSpan(blank + 1))
            {
                readings.TryAdd(c, line[..blank].Replace('ü', 'u'));
            }
        }
        return readings.ToFrozenDictionary();
    }
}
