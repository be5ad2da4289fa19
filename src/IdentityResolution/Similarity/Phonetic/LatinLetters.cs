using System.Numerics;

namespace IdentityResolution.Similarity.Phonetic;

/// <summary>Reduces Latin letters to A to Z: the alphabet of the phonetic codes.</summary>
/// <remarks>
/// Accents go (e acute is E), ligatures and letters of their own become what they sound or look like (sharp s is SS, ae is AE, thorn is TH,
/// stroked o is O, stroked l is L). The tables hold U+00C0 to U+024F and U+1E00 to U+1EFF, from the Unicode decompositions.
/// It does not depend on the culture, nor on globalization data being installed.
/// </remarks>
internal static class LatinLetters
{
    private const char None = '.';
    private const char FirstExtended = '\u00C0';
    private const char FirstAdditional = '\u1E00';

    private const string Extended = "AAAAAAACEEEEIIIIDNOOOOO.OUUUUYTSAAAAAAACEEEEIIIIDNOOOOO.OUUUUYTYAAAAAACCCCCCCCDDDDEEEEEEEEEEGGGGGGGG"
        + "HHHHIIIIIIIIIIIIJJKKKLLLLLLLLLLNNNNNNNNNOOOOOOOORRRRRRSSSSSSSSTTTTTTUUUUUUUUUUUUWWYYYZZZZZZSBB....O."
        + ".DD...EEEFFG.H.IKKL..NNOOO..PP.....TTTTUU.VYYZZ.............DDDLLLNNNAAIIOOUUUUUUUUUUEAAAAAAGGGGKKOO"
        + "OO..JDDDGGH.NNAAAA..AAAAEEEEIIIIOOOORRRRUUUUSSTT..HH.D..ZZAAEEOOOOOOOOYYLNTJ..ACCLTSZ..BU.EEJJ..RRYY";

    private const string ExtendedSecond = "......E.......................HS......E.......................H....................................."
        + "..............JJ......................GG......EE...................................................."
        + ".............V..............................................ZZZJJJJJJ.....................EE........"
        + ".....ZZZ..V.....EE..................................................................................";

    private const string Additional = "AABBBBBBCCDDDDDDDDDDEEEEEEEEEEFFGGHHHHHHHHHHIIIIKKKKKKLLLLLLLLMMMMMMNNNNNNNNOOOOOOOOPPPPRRRRRRRRSSSS"
        + "SSSSSSTTTTTTTTUUUUUUUUUUVVVVWWWWWWWWWWXXXXYYZZZZZZHTWYAS..S.AAAAAAAAAAAAAAAAAAAAAAAAEEEEEEEEEEEEEEEE"
        + "IIIIOOOOOOOOOOOOOOOOOOOOOOOOUUUUUUUUUUUUUUYYYYYYYY......";

    private const string AdditionalSecond = "...................................................................................................."
        + "..........................................................S........................................."
        + "........................................................";

    /// <summary>The most letters that a word of a length can become.</summary>
    public static int MaxLength(int wordLength) => wordLength * 2;

    /// <summary>Writes the letters of a word as A to Z and leaves out everything else.</summary>
    /// <returns>How many letters were written.</returns>
    public static int Fold<T>(ReadOnlySpan<T> word, Span<char> destination)
        where T : unmanaged, INumberBase<T> => Fold(word, destination, keepOthers: false, cedilla: 'C');

    /// <summary>Writes the letters of a word as A to Z; other ASCII characters are kept or left out, everything else is left out.</summary>
    /// <param name="word">Any text: UTF-16 units, or bytes of which each is one character of Latin-1.</param>
    /// <param name="destination">At least twice as long as the word.</param>
    /// <param name="keepOthers">Whether blanks, digits and signs of ASCII are kept as they are.</param>
    /// <param name="cedilla">What a C with a cedilla becomes.</param>
    public static int Fold<T>(ReadOnlySpan<T> word, Span<char> destination, bool keepOthers, char cedilla)
        where T : unmanaged, INumberBase<T>
    {
        int length = 0;
        foreach (T unit in word)
        {
            char raw = Character(unit);
            char upper = (char)(raw & ~0x20);
            if (upper is >= 'A' and <= 'Z' && raw < 128)
            {
                destination[length++] = upper;
            }
            else if (raw < 128)
            {
                if (keepOthers)
                {
                    destination[length++] = raw;
                }
            }
            else if (raw is '\u00C7' or '\u00E7')
            {
                destination[length++] = cedilla;
            }
            else
            {
                (char first, char second) = Lookup(raw);
                if (first != None)
                {
                    destination[length++] = first;
                }
                if (second != None)
                {
                    destination[length++] = second;
                }
            }
        }
        return length;
    }

    /// <summary>The character that a unit stands for.</summary>
    public static char Character<T>(T unit)
        where T : unmanaged, INumberBase<T> => (char)ushort.CreateTruncating(unit);

    private static (char First, char Second) Lookup(char raw) => raw switch
    {
        >= FirstExtended and < (char)(FirstExtended + 400) => (Extended[raw - FirstExtended], ExtendedSecond[raw - FirstExtended]),
        >= FirstAdditional and < (char)(FirstAdditional + 256) =>
            (Additional[raw - FirstAdditional], AdditionalSecond[raw - FirstAdditional]),
        >= '\uFF21' and <= '\uFF3A' => ((char)(raw - 0xFF21 + 'A'), None),
        >= '\uFF41' and <= '\uFF5A' => ((char)(raw - 0xFF41 + 'A'), None),
        _ => (None, None),
    };
}
