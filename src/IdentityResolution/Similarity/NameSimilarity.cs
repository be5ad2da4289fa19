using System.Buffers;
using System.Runtime.CompilerServices;
using IdentityResolution.Similarity.Names;
using IdentityResolution.Standardization;
using IdentityResolution.Standardization.Names;

namespace IdentityResolution.Similarity;

/// <summary>Compares whole names of people or organisations, in any word order, script and spelling.</summary>
/// <remarks>
/// Names are brought to standard form first (titles, legal forms, scripts), then words are paired, the most alike first: equal words,
/// nicknames, initials, slips of the keyboard, other romanizations of one name, words written together or apart, abbreviations. Words that
/// contradict each other count more than words that one side merely lacks. Symmetric; 1 for names of equal standard form.
/// Time O(words * words * letters * letters); no allocation for names of up to 256 characters. Safe for many threads.
/// </remarks>
[SkipLocalsInit]
public static class NameSimilarity
{
    private const int StackLength = 256;

    private static readonly IStandardizer People = Standardizers.For(FieldKind.FullName, StandardizationOptions.Default with { DropTitles = false });
    private static readonly IStandardizer Companies = Standardizers.For(FieldKind.OrganizationName);

    /// <summary>The similarity of two names of people.</summary>
    /// <param name="left">A whole name, raw or in standard form.</param>
    /// <param name="right">A whole name, raw or in standard form.</param>
    /// <param name="nicknames">Which given names stand for each other; <see langword="null"/> for <see cref="NicknameTable.Default"/>.</param>
    /// <returns>A similarity in [0, 1]; 1 when neither is a name, 0 when one is none. From about 0.75 on, names are mostly of one person.</returns>
    public static double OfPeople(ReadOnlySpan<char> left, ReadOnlySpan<char> right, NicknameTable? nicknames = null) =>
        Compare(left, right, People, new WordLikeness(nicknames ?? NicknameTable.Default));

    /// <summary>The similarity of two names of organisations.</summary>
    /// <param name="left">A name, raw or in standard form.</param>
    /// <param name="right">A name, raw or in standard form.</param>
    /// <returns>A similarity in [0, 1]; 1 when neither is a name, 0 when one is none. From about 0.75 on, names are mostly of one organisation.</returns>
    public static double OfOrganizations(ReadOnlySpan<char> left, ReadOnlySpan<char> right) =>
        Compare(left, right, Companies, new WordLikeness(null));

    private static double Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right, IStandardizer standardizer, WordLikeness likeness)
    {
        NameScripts leftScripts = ScriptsOf(left);
        NameScripts rightScripts = ScriptsOf(right);
        if ((leftScripts & NameScripts.EastAsian) == (rightScripts & NameScripts.EastAsian))
        {
            return CompareForms(left, right, standardizer, likeness with
            {
                SkipsVowels = (leftScripts & NameScripts.Vowelless) != (rightScripts & NameScripts.Vowelless),
                IsNative = leftScripts != NameScripts.Latin && rightScripts != NameScripts.Latin,
            });
        }
        // Chinese and Korean names meet another script: spell them as a passport does.
        bool isLeft = (leftScripts & NameScripts.EastAsian) == NameScripts.EastAsian;
        ReadOnlySpan<char> name = isLeft ? left : right;
        char[] spelled = ArrayPool<char>.Shared.Rent(9 * name.Length);
        try
        {
            ReadOnlySpan<char> latin = spelled.AsSpan(0, EastAsianNames.Spell(name, spelled));
            return CompareForms(isLeft ? latin : left, isLeft ? right : latin, standardizer, likeness);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(spelled);
        }
    }

    // A plain loop: the texts are short.
    private static NameScripts ScriptsOf(ReadOnlySpan<char> text)
    {
        NameScripts scripts = NameScripts.Latin;
        foreach (char c in text)
        {
            scripts |= c switch
            {
                < '\u0370' or (>= '\u1E00' and <= '\u303F') => NameScripts.Latin,
                (>= '\u0591' and <= '\u08FF') or (>= '\uFB1D' and <= '\uFEFC') => NameScripts.Vowelless,
                (>= '\u4E00' and <= '\u9FFF') or (>= '\uAC00' and <= '\uD7A3') => NameScripts.EastAsian,
                _ => NameScripts.Other,
            };
        }
        return scripts;
    }

    private static double CompareForms(ReadOnlySpan<char> left, ReadOnlySpan<char> right, IStandardizer standardizer, WordLikeness likeness)
    {
        int leftRoom = standardizer.MaxLength(left.Length);
        int rightRoom = standardizer.MaxLength(right.Length);
        char[]? rented = leftRoom > 2 * StackLength || rightRoom > 2 * StackLength ? ArrayPool<char>.Shared.Rent(checked(leftRoom + rightRoom)) : null;
        Span<char> room = rented is null ? stackalloc char[4 * StackLength] : rented;
        leftRoom = rented is null ? 2 * StackLength : leftRoom;
        try
        {
            Span<char> first = room[..leftRoom];
            Span<char> second = room[leftRoom..];
            first = first[..standardizer.Standardize(left, first).Length];
            second = second[..standardizer.Standardize(right, second).Length];
            return likeness.IsOfPeople ? OfStandardPeople(first, second, likeness) : OfStandardForms(first, second, likeness);
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<char>.Shared.Return(rented);
            }
        }
    }

    // Titles go; a generation on both sides (Jr, III) must be the same.
    private static double OfStandardPeople(Span<char> left, Span<char> right, WordLikeness likeness)
    {
        left = left[..NameAffixes.BuiltIn.DropTitles(left, left.Length)];
        right = right[..NameAffixes.BuiltIn.DropTitles(right, right.Length)];
        int first = TakeSuffixes(ref left);
        int second = TakeSuffixes(ref right);
        double similarity = OfStandardForms(left, right, likeness);
        return first > 0 && second > 0 && first != second ? similarity * WordLikeness.OtherGeneration : similarity;
    }

    private static int TakeSuffixes(ref Span<char> name)
    {
        int generation = 0;
        while (NameAffixes.BuiltIn.SuffixLength(name) is var length and > 0)
        {
            ReadOnlySpan<char> suffix = name[^(length - 1)..];
            generation = suffix is "jr" or "jnr" ? 1 : suffix is "sr" or "snr" ? 5 : suffix is "ii" or "2nd" ? 2 : suffix is "iii" or "3rd" ? 3 : suffix is "iv" or "4th" ? 4 : generation;
            name = name[..^length];
        }
        return generation;
    }

    private static double OfStandardForms(ReadOnlySpan<char> left, ReadOnlySpan<char> right, WordLikeness likeness)
    {
        if (left.SequenceEqual(right))
        {
            return 1;
        }
        if (left.IsEmpty || right.IsEmpty)
        {
            return 0;
        }
        // Ties between pairs of words fall by their order, so the order of the sides must not matter.
        return left.SequenceCompareTo(right) <= 0 ? NameAlignment.Similarity(left, right, likeness) : NameAlignment.Similarity(right, left, likeness);
    }

    [Flags]
    private enum NameScripts
    {
        Latin = 0,
        Vowelless = 1,
        EastAsian = 2,
        Other = 4,
    }
}
