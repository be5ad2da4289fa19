using System.Numerics;
using System.Runtime.CompilerServices;
using IdentityResolution.Similarity.Kernels;
using IdentityResolution.Similarity.Phonetic;

namespace IdentityResolution.Similarity;

/// <summary>Metaphone: how a word sounds in English, in sixteen consonants; "0" is th, "X" is sh.</summary>
/// <remarks>
/// A word of one letter is its own code. Digits, blanks and signs are silent but part letters. Accented Latin letters count as their base
/// letters; other letters are left out. <see cref="DoubleMetaphone"/> knows far more names.
/// Source: Philips (1990), "Hanging on the Metaphone", Computer Language 7(12).
/// </remarks>
[SkipLocalsInit]
public static class Metaphone
{
    /// <summary>The length at which codes are cut when nothing else is said. Characters.</summary>
    public const int StandardLength = 4;

    /// <summary>Writes the code of a word.</summary>
    /// <param name="word">The word; may hold anything.</param>
    /// <param name="destination">Receives the code; at least <paramref name="maxLength"/> characters.</param>
    /// <param name="maxLength">Where the code is cut. Characters, at least 1. Default 4.</param>
    /// <returns>How many characters were written; 0 when nothing of the word sounds.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxLength"/> is less than 1.</exception>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public static int Encode(ReadOnlySpan<char> word, Span<char> destination, int maxLength = StandardLength) => Write(word, destination, maxLength);

    /// <summary>Writes the code of a word of which every byte is one character: ASCII or Latin-1.</summary>
    /// <inheritdoc cref="Encode(ReadOnlySpan{char}, Span{char}, int)"/>
    public static int Encode(ReadOnlySpan<byte> word, Span<char> destination, int maxLength = StandardLength) => Write(word, destination, maxLength);

    /// <summary>The code of a word, cut at 4 characters.</summary>
    /// <param name="word">The word; may hold anything.</param>
    /// <returns>The code; the empty string when nothing of the word sounds.</returns>
    public static string Encode(ReadOnlySpan<char> word)
    {
        Span<char> code = stackalloc char[StandardLength];
        return new string(code[..Encode(word, code)]);
    }

    /// <summary>The code of a word of which every byte is one character (ASCII or Latin-1), cut at 4 characters.</summary>
    /// <inheritdoc cref="Encode(ReadOnlySpan{char})"/>
    public static string Encode(ReadOnlySpan<byte> word)
    {
        Span<char> code = stackalloc char[StandardLength];
        return new string(code[..Encode(word, code)]);
    }

    private static int Write<T>(ReadOnlySpan<T> word, Span<char> destination, int maxLength)
        where T : unmanaged, INumberBase<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength, 1);
        Span<char> code = Codes.Destination(destination, maxLength);
        using var scratch = new Scratch<char>(stackalloc char[Codes.StackLetters], LatinLetters.MaxLength(word.Length));
        Span<char> letters = scratch.Span[..LatinLetters.Fold(word, scratch.Span, keepOthers: true, cedilla: 'C')];
        if (letters.Length == 1)
        {
            code[0] = letters[0];
            return char.IsAsciiLetter(letters[0]) ? 1 : 0;
        }
        return MetaphoneEncoder.Encode(letters, code);
    }
}
