using System.Collections.Frozen;
using System.Globalization;
using IdentityResolution.Standardization.Text;

namespace IdentityResolution.Similarity.Letters;

/// <summary>What the Unicode Character Database says about canonical equivalence; read once, when first asked for.</summary>
internal static class CanonicalTable
{
    private const int FirstSyllable = 0xAC00;
    private const int SyllableCount = 11_172;
    private const int FirstLead = 0x1100;
    private const int FirstVowel = 0x1161;
    private const int VowelCount = 21;
    private const int TrailBase = 0x11A7; // one before the first trailing consonant: it stands for none
    private const int TrailCount = 28;

    private static readonly FrozenDictionary<int, (int First, int Second)> Decompositions;
    private static readonly FrozenDictionary<(int First, int Second), int> Compositions;
    private static readonly FrozenDictionary<int, byte> Classes;

    static CanonicalTable()
    {
        var decompositions = new Dictionary<int, (int, int)>();
        var classes = new Dictionary<int, byte>();
        foreach (string line in EmbeddedTable.Lines("CanonicalForms.txt"))
        {
            string[] parts = line.Split(' ');
            if (parts[0] == "D")
            {
                AddDecompositions(decompositions, parts);
            }
            else
            {
                AddClasses(classes, parts);
            }
        }
        Decompositions = decompositions.ToFrozenDictionary();
        Compositions = decompositions.Where(entry => entry.Value.Item2 != 0).ToFrozenDictionary(entry => entry.Value, entry => entry.Key);
        Classes = classes.ToFrozenDictionary();
    }

    /// <summary>Decomposes a code point by one step.</summary>
    /// <param name="codePoint">The code point.</param>
    /// <param name="first">What stands first.</param>
    /// <param name="second">What follows; 0 when nothing does.</param>
    /// <returns>Whether it decomposes at all.</returns>
    public static bool TryDecompose(int codePoint, out int first, out int second)
    {
        int syllable = codePoint - FirstSyllable;
        if ((uint)syllable < SyllableCount)
        {
            int trail = syllable % TrailCount;
            (first, second) = trail > 0
                ? (codePoint - trail, TrailBase + trail)
                : (FirstLead + (syllable / (VowelCount * TrailCount)), FirstVowel + (syllable / TrailCount % VowelCount));
            return true;
        }
        bool isFound = Decompositions.TryGetValue(codePoint, out (int First, int Second) parts);
        (first, second) = parts;
        return isFound;
    }

    /// <summary>The character that two others are the decomposition of.</summary>
    public static bool TryCompose(int first, int second, out int composed)
    {
        int vowel = second - FirstVowel;
        int trail = second - TrailBase;
        if ((uint)(first - FirstLead) < SyllableCount / (VowelCount * TrailCount) && (uint)vowel < VowelCount)
        {
            composed = FirstSyllable + ((((first - FirstLead) * VowelCount) + vowel) * TrailCount);
            return true;
        }
        if ((uint)(first - FirstSyllable) < SyllableCount && (first - FirstSyllable) % TrailCount == 0 && trail is > 0 and < TrailCount)
        {
            composed = first + trail;
            return true;
        }
        return Compositions.TryGetValue((first, second), out composed);
    }

    /// <summary>The combining class: 0 for what keeps its place, else the order among marks.</summary>
    public static byte CombiningClass(int codePoint) => Classes.GetValueOrDefault(codePoint);

    private static void AddDecompositions(Dictionary<int, (int, int)> decompositions, string[] parts)
    {
        int codePoint = Hex(parts[1]);
        foreach (string entry in parts.AsSpan(2))
        {
            int plus = entry.IndexOf('+', StringComparison.Ordinal);
            decompositions.Add(codePoint++, plus < 0 ? (Hex(entry), 0) : (Hex(entry.AsSpan(0, plus)), Hex(entry.AsSpan(plus + 1))));
        }
    }

    private static void AddClasses(Dictionary<int, byte> classes, string[] parts)
    {
        byte value = byte.Parse(parts[1], CultureInfo.InvariantCulture);
        foreach (string range in parts.AsSpan(2))
        {
            int dash = range.IndexOf('-', StringComparison.Ordinal);
            int first = Hex(dash < 0 ? range : range.AsSpan(0, dash));
            int last = dash < 0 ? first : Hex(range.AsSpan(dash + 1));
            for (int codePoint = first; codePoint <= last; codePoint++)
            {
                classes.Add(codePoint, value);
            }
        }
    }

    private static int Hex(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
