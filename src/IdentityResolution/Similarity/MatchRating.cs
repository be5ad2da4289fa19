using System.Numerics;
using System.Runtime.CompilerServices;
using IdentityResolution.Similarity.Kernels;
using IdentityResolution.Similarity.Phonetic;

namespace IdentityResolution.Similarity;

/// <summary>Match Rating Approach: a codex of the consonants, and a rule for when two names sound alike.</summary>
/// <remarks>
/// Accented Latin letters count as their base letters; everything else is left out. A word of one letter has the empty codex and is like none.
/// Source: Moore, Kuhns, Trefftzs and Montgomery (1977), "Accessing individual records from personal data files using non-unique
/// identifiers", NBS Special Publication 500-2.
/// </remarks>
[SkipLocalsInit]
public static class MatchRating
{
    /// <summary>The greatest length of a codex. Characters.</summary>
    public const int MaxCodeLength = 6;

    /// <summary>Writes the codex of a word: a leading vowel and the consonants, doubled ones once; of more than six the first and last three.</summary>
    /// <param name="word">The word; may hold anything.</param>
    /// <param name="destination">Receives the codex; at least <see cref="MaxCodeLength"/> characters.</param>
    /// <returns>How many characters were written; 0 for a word of fewer than two letters.</returns>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public static int Encode(ReadOnlySpan<char> word, Span<char> destination) => Write(word, destination);

    /// <summary>Writes the codex of a word of which every byte is one character: ASCII or Latin-1.</summary>
    /// <inheritdoc cref="Encode(ReadOnlySpan{char}, Span{char})"/>
    public static int Encode(ReadOnlySpan<byte> word, Span<char> destination) => Write(word, destination);

    /// <summary>The codex of a word.</summary>
    /// <param name="word">The word; may hold anything.</param>
    /// <returns>Up to six characters; the empty string for a word of fewer than two letters.</returns>
    public static string Encode(ReadOnlySpan<char> word)
    {
        Span<char> code = stackalloc char[MaxCodeLength];
        return new string(code[..Encode(word, code)]);
    }

    /// <summary>The codex of a word of which every byte is one character (ASCII or Latin-1).</summary>
    /// <inheritdoc cref="Encode(ReadOnlySpan{char})"/>
    public static string Encode(ReadOnlySpan<byte> word)
    {
        Span<char> code = stackalloc char[MaxCodeLength];
        return new string(code[..Encode(word, code)]);
    }

    /// <summary>Whether two words sound alike by the approach's comparison of their codices.</summary>
    /// <param name="left">One word.</param>
    /// <param name="right">The other word.</param>
    /// <returns>Whether the rating reaches the least one that codices of these lengths must reach; <see langword="false"/> where a codex is empty.</returns>
    public static bool AreAlike(ReadOnlySpan<char> left, ReadOnlySpan<char> right) =>
        TryRate(left, right, out int rating, out int minRating) && rating >= minRating;

    /// <summary>Whether two words sound alike; every byte is one character, as in ASCII or Latin-1.</summary>
    /// <inheritdoc cref="AreAlike(ReadOnlySpan{char}, ReadOnlySpan{char})"/>
    public static bool AreAlike(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        TryRate(left, right, out int rating, out int minRating) && rating >= minRating;

    /// <summary>Rates how far two words sound alike: 6 less the letters of the longer rest that found no partner.</summary>
    /// <param name="left">One word.</param>
    /// <param name="right">The other word.</param>
    /// <param name="rating">The rating, in [0, 6].</param>
    /// <param name="minRating">The least rating at which codices of these lengths are alike, in [2, 5].</param>
    /// <returns><see langword="false"/> when the two can't be rated: a codex is empty, or their lengths differ by three or more.</returns>
    public static bool TryRate(ReadOnlySpan<char> left, ReadOnlySpan<char> right, out int rating, out int minRating) =>
        Rate(left, right, out rating, out minRating);

    /// <summary>Rates how far two words sound alike; every byte is one character, as in ASCII or Latin-1.</summary>
    /// <inheritdoc cref="TryRate(ReadOnlySpan{char}, ReadOnlySpan{char}, out int, out int)"/>
    public static bool TryRate(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, out int rating, out int minRating) =>
        Rate(left, right, out rating, out minRating);

    private static bool Rate<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, out int rating, out int minRating)
        where T : unmanaged, INumberBase<T>
    {
        Span<char> leftCode = stackalloc char[MaxCodeLength];
        Span<char> rightCode = stackalloc char[MaxCodeLength];
        leftCode = leftCode[..Write(left, leftCode)];
        rightCode = rightCode[..Write(right, rightCode)];
        int sum = leftCode.Length + rightCode.Length;
        minRating = sum <= 4 ? 5 : sum <= 7 ? 4 : sum <= 11 ? 3 : 2;
        rating = 0;
        if (leftCode.IsEmpty || rightCode.IsEmpty || Math.Abs(leftCode.Length - rightCode.Length) >= 3)
        {
            return false;
        }
        Remove(leftCode, rightCode);
        int leftRest = leftCode.Length - leftCode.Count('\0');
        int rightRest = rightCode.Length - rightCode.Count('\0');
        rating = MaxCodeLength - Math.Max(leftRest, rightRest);
        return true;
    }

    private static int Write<T>(ReadOnlySpan<T> word, Span<char> destination)
        where T : unmanaged, INumberBase<T>
    {
        Span<char> code = Codes.Destination(destination, MaxCodeLength);
        using var scratch = new Scratch<char>(stackalloc char[Codes.StackLetters], LatinLetters.MaxLength(word.Length));
        Span<char> letters = scratch.Span[..LatinLetters.Fold(word, scratch.Span)];
        if (letters.Length < 2)
        {
            return 0;
        }
        int length = KeepConsonants(letters);
        if (length <= MaxCodeLength)
        {
            letters[..length].CopyTo(code);
            return length;
        }
        letters[..3].CopyTo(code);
        letters[(length - 3)..length].CopyTo(code[3..]);
        return MaxCodeLength;
    }

    /// <summary>Strikes out letters that stand at the same place from the left, and then from the right.</summary>
    private static void Remove(Span<char> left, Span<char> right)
    {
        int shorter = Math.Min(left.Length, right.Length);
        for (int i = 0; i < shorter; i++)
        {
            if (left[i] == right[i])
            {
                left[i] = right[i] = '\0';
            }
        }
        for (int i = 1; i <= shorter; i++)
        {
            if (left[^i] == right[^i])
            {
                left[^i] = right[^i] = '\0';
            }
        }
    }

    private static int KeepConsonants(Span<char> letters)
    {
        int length = 0;
        bool isPaired = false; // the last letter kept already stands for two
        for (int i = 0; i < letters.Length; i++)
        {
            char letter = letters[i];
            if (letter is 'A' or 'E' or 'I' or 'O' or 'U')
            {
                if (i == 0)
                {
                    letters[length++] = letter;
                }
                continue;
            }
            if (length > 0 && letters[length - 1] == letter && !isPaired)
            {
                isPaired = true;
                continue;
            }
            letters[length++] = letter;
            isPaired = false;
        }
        return length;
    }
}
