using System.Runtime.CompilerServices;

namespace IdentityResolution.Similarity.Names;

/// <summary>Brings the ways in which one foreign name is spelled in Latin letters (Yuri, Jurij, Iouri) close to each other.</summary>
/// <remarks>
/// Letters and pairs of letters that romanizations of Arabic, Hebrew, Cyrillic, Greek and Chinese names and the spellings of European
/// languages exchange become one. What is left is compared by an edit distance in which vowels cost half: they are what romanizations
/// differ in, and what Arabic and Hebrew do not write.
/// </remarks>
[SkipLocalsInit]
internal static class Romanization
{
    private const int MaxLength = 64;
    private const double VowelCost = 0.5;

    // Tried in this order; the longest first.
    private static readonly (string From, string To)[] Groups =
    [
        ("shch", "s"), ("tsch", "c"), ("dsch", "j"), ("tch", "c"), ("sch", "s"), ("dzh", "j"), ("sh", "s"), ("ch", "c"), ("cz", "c"), ("sz", "s"), ("zh", "j"),
        ("kh", "h"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("gh", "g"), ("bh", "b"), ("dj", "j"), ("ts", "z"), ("tz", "z"), ("dz", "z"), ("ck", "k"), ("qu", "kv"),
        ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ie", "i"), ("ei", "i"), ("ey", "i"), ("iy", "i"), ("ij", "i"), ("ay", "ai"), ("oe", "o"), ("ue", "u"), ("ae", "a"), ("aa", "a"),
    ];

    /// <summary>Writes the key of a word of at most 32 letters.</summary>
    /// <returns>How many characters were written; at least 1, at most twice the word.</returns>
    public static int Write(ReadOnlySpan<char> word, Span<char> key)
    {
        int length = 0;
        for (int i = 0; i < word.Length;)
        {
            int taken = 0;
            foreach ((string from, string to) in Groups)
            {
                if (word[i] == from[0] && word[i..].StartsWith(from))
                {
                    taken = from.Length;
                    foreach (char c in to)
                    {
                        Append(c, key, ref length);
                    }
                    break;
                }
            }
            if (taken == 0)
            {
                taken = 1;
                WriteOne(word, i, key, ref length);
            }
            i += taken;
        }
        if (length == 0)
        {
            key[length++] = word[0];
        }
        return length;
    }

    /// <summary>1 less the share of the edits, in [0, 1].</summary>
    public static double Similarity(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        Span<double> previous = stackalloc double[MaxLength + 1];
        Span<double> current = stackalloc double[MaxLength + 1];
        previous[0] = 0;
        for (int j = 0; j < right.Length; j++)
        {
            previous[j + 1] = previous[j] + Cost(right[j]);
        }
        double whole = previous[right.Length];
        double leftWhole = 0;
        foreach (char c in left)
        {
            current[0] = previous[0] + Cost(c);
            leftWhole += Cost(c);
            for (int j = 0; j < right.Length; j++)
            {
                double exchange = c == right[j] ? 0 : IsVowel(c) && IsVowel(right[j]) ? VowelCost : 1;
                current[j + 1] = Math.Min(Math.Min(previous[j + 1] + Cost(c), current[j] + Cost(right[j])), previous[j] + exchange);
            }
            Span<double> swap = previous;
            previous = current;
            current = swap;
        }
        // In letters, of which the vowels are half.
        return 1 - Math.Min(1, previous[right.Length] / Math.Max(whole, leftWhole));
    }

    private static void WriteOne(ReadOnlySpan<char> word, int i, Span<char> key, ref int length)
    {
        char next = i + 1 < word.Length ? word[i + 1] : '\0';
        switch (word[i])
        {
            case 'c':
                Append(next is 'e' or 'i' or 'y' ? 's' : 'k', key, ref length);
                break;
            case 'q':
                Append('k', key, ref length);
                break;
            case 'w':
                Append('v', key, ref length);
                break;
            case 'y' or 'j':
                Append('i', key, ref length);
                break;
            case 'x':
                Append('k', key, ref length);
                Append('s', key, ref length);
                break;
            case 'h' when i > 0:
                break;
            default:
                Append(word[i], key, ref length);
                break;
        }
    }

    // Doubled letters are one.
    private static void Append(char c, Span<char> key, ref int length)
    {
        if (length == 0 || key[length - 1] != c)
        {
            key[length++] = c;
        }
    }

    private static bool IsVowel(char c) => c is 'a' or 'e' or 'i' or 'o' or 'u';

    private static double Cost(char c) => IsVowel(c) ? VowelCost : 1;
}
