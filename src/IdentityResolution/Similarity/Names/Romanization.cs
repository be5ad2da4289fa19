using System.Runtime.CompilerServices;

namespace IdentityResolution.Similarity.Names;

/// <summary>Brings the ways in which one foreign name is spelled in Latin letters (Yuri, Jurij, Iouri) close to each other.</summary>
/// <remarks>
/// Letters and pairs of letters that romanizations of Arabic, Hebrew, Cyrillic, Greek and Chinese names and the spellings of European
/// languages exchange become one. What is left is compared by an edit distance in which vowels, h, and the
/// exchange of voiced and voiceless letters (Kim, Gim) cost half: they are what romanizations differ in.
/// </remarks>
[SkipLocalsInit]
internal static class Romanization
{
    private const int MaxLength = 64;

    // Costs of edits, in halves.
    private const int Weak = 1;
    private const int Full = 2;

    // By letter: the one that stands for it, voiced for voiceless.
    private const string Exchanged = "-pjt-vk--cgr---b-lzd-f---s";

    // Tried in this order; the longest first.
    private static readonly (string From, string To)[] Groups =
    [
        ("shch", "s"), ("tsch", "c"), ("dsch", "j"), ("tch", "c"), ("sch", "s"), ("dzh", "j"), ("sh", "s"), ("ch", "c"), ("cz", "c"), ("sz", "s"), ("zh", "j"),
        ("kh", "h"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("gh", "g"), ("bh", "b"), ("dj", "j"), ("ts", "z"), ("tz", "z"), ("dz", "z"), ("ck", "k"), ("qu", "kv"),
        ("ou", "u"), ("eo", "o"), ("eu", "u"), ("oo", "u"), ("ee", "i"), ("ie", "i"), ("ei", "i"), ("ey", "i"), ("iy", "i"), ("ij", "i"), ("ay", "ai"), ("oe", "o"), ("ue", "u"), ("ae", "a"), ("aa", "a"),
    ];

    private static readonly (string From, string To)[][] ByFirstLetter =
        [.. Enumerable.Range('a', 26).Select(letter => Groups.Where(group => group.From[0] == letter).ToArray())];

    /// <summary>Writes the key of a word of at most 32 letters.</summary>
    /// <returns>How many characters were written; at least 1, at most twice the word.</returns>
    public static int Write(ReadOnlySpan<char> word, Span<char> key)
    {
        int length = 0;
        for (int i = 0; i < word.Length;)
        {
            int taken = 0;
            foreach ((string from, string to) in char.IsAsciiLetterLower(word[i]) ? ByFirstLetter[word[i] - 'a'] : [])
            {
                if (word[i..].StartsWith(from))
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
        Span<int> row = stackalloc int[MaxLength + 1];
        row[0] = 0;
        for (int j = 0; j < right.Length; j++)
        {
            row[j + 1] = row[j] + Cost(right[j]);
        }
        int rightWhole = row[right.Length];
        int leftWhole = 0;
        foreach (char c in left)
        {
            int cost = Cost(c);
            int diagonal = row[0];
            leftWhole += cost;
            row[0] = leftWhole;
            for (int j = 0; j < right.Length; j++)
            {
                int above = row[j + 1];
                int exchange = c == right[j] ? 0 : (IsVowel(c) && IsVowel(right[j])) || AreExchanged(c, right[j]) ? Weak : Full;
                row[j + 1] = Math.Min(Math.Min(above + cost, row[j] + Cost(right[j])), diagonal + exchange);
                diagonal = above;
            }
        }
        return 1 - Math.Min(1, (double)row[right.Length] / Math.Max(rightWhole, leftWhole));
    }

    /// <summary>The similarity of what is left without vowels and h, and without what Arabic and Hebrew write for vowels or lack.</summary>
    public static double SkeletonSimilarity(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        Span<char> leftBones = stackalloc char[MaxLength];
        Span<char> rightBones = stackalloc char[MaxLength];
        leftBones = leftBones[..WriteSkeleton(left, leftBones)];
        rightBones = rightBones[..WriteSkeleton(right, rightBones)];
        return leftBones.Length < 2 || rightBones.Length < 2 ? 0 : Similarity(leftBones, rightBones);
    }

    private static int WriteSkeleton(ReadOnlySpan<char> key, Span<char> bones)
    {
        int length = 0;
        foreach (char c in key)
        {
            if (!IsVowel(c) && c is not ('h' or 'v'))
            {
                bones[length++] = c == 'p' ? 'b' : c;
            }
        }
        return length;
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

    private static bool AreExchanged(char left, char right) => char.IsAsciiLetterLower(left) && Exchanged[left - 'a'] == right;

    private static bool IsVowel(char c) => c is 'a' or 'e' or 'i' or 'o' or 'u';

    private static int Cost(char c) => IsVowel(c) || c == 'h' ? Weak : Full;
}
