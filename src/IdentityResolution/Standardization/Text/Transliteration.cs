using System.Globalization;

namespace IdentityResolution.Standardization.Text;

/// <summary>Lower-case ASCII for characters beyond ASCII, read from <c>Tables/Transliteration.txt</c>.</summary>
/// <remarks>
/// Own table rather than Unicode normalization: the forms must not depend on the machine's ICU version or globalization mode.
/// Hangul syllables are spelled by rule (Revised Romanization of Korean, 2000, without sound changes between syllables).
/// </remarks>
internal static class Transliteration
{
    /// <summary>The most characters that one UTF-16 unit can become.</summary>
    public const int MaxExpansion = 8;

    private const int HangulFirst = 0xAC00;
    private const int HangulLast = 0xD7A3;

    private static readonly string[] Initials = ["g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"];

    private static readonly string[] Vowels =
        ["a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "eu", "ui", "i"];

    private static readonly string[] Finals =
    [
        "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t", "ng", "t", "t", "k", "t", "p", "t",
    ];

    // Per UTF-16 unit: 0 = not listed, else 1 + index into Entries.
    private static readonly ushort[] Index = new ushort[char.MaxValue + 1];
    private static readonly string[] Entries = Load();

    /// <summary>The ASCII spelling of a character; false when it has none and is kept.</summary>
    public static bool TryGet(char character, out string spelling)
    {
        int index = Index[character];
        spelling = index == 0 ? "" : Entries[index - 1];
        return index != 0;
    }

    /// <summary>Spells a Hangul syllable. Returns how many characters were written, 0 when the character is none.</summary>
    public static int SpellHangul(char character, Span<char> destination)
    {
        if (character is < (char)HangulFirst or > (char)HangulLast)
        {
            return 0;
        }
        int syllable = character - HangulFirst;
        int length = Append(Initials[syllable / (Vowels.Length * Finals.Length)], destination, 0);
        length = Append(Vowels[syllable / Finals.Length % Vowels.Length], destination, length);
        return Append(Finals[syllable % Finals.Length], destination, length);
    }

    private static int Append(string text, Span<char> destination, int length)
    {
        text.CopyTo(destination[length..]);
        return length + text.Length;
    }

    private static string[] Load()
    {
        var entries = new List<string>();
        var numbers = new Dictionary<string, ushort>(StringComparer.Ordinal);
        foreach (string line in EmbeddedTable.Lines("Transliteration.txt"))
        {
            string[] parts = line.Split(' ');
            int code = int.Parse(parts[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            foreach (string part in parts.AsSpan(1))
            {
                string spelling = part == "<>" ? "" : part.Replace('_', ' ');
                if (!numbers.TryGetValue(spelling, out ushort number))
                {
                    entries.Add(spelling);
                    number = (ushort)entries.Count;
                    numbers.Add(spelling, number);
                }
                Index[code++] = number;
            }
        }
        return [.. entries];
    }
}
