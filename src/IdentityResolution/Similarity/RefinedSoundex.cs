using System.Numerics;
using System.Runtime.CompilerServices;
using IdentityResolution.Similarity.Kernels;
using IdentityResolution.Similarity.Phonetic;

namespace IdentityResolution.Similarity;

/// <summary>Refined Soundex: the first letter and a digit of ten classes for every change of sound, vowels included.</summary>
/// <remarks>
/// Made for spelling correction: it tells more words apart than <see cref="Soundex"/>. The code has no fixed length.
/// Accented Latin letters count as their base letters; everything else is left out; a word without letters has the empty code.
/// Source: the class table of Apache commons-codec, RefinedSoundex; the idea is Soundex's.
/// </remarks>
[SkipLocalsInit]
public static class RefinedSoundex
{
    //                             ABCDEFGHIJKLMNOPQRSTUVWXYZ
    private const string Digits = "01360240043788015936020505";

    /// <summary>The most characters that the code of a word of a length can have.</summary>
    /// <param name="wordLength">Length of the word in UTF-16 units, at least 0.</param>
    /// <returns>A length that always suffices as destination.</returns>
    public static int MaxLength(int wordLength) => LatinLetters.MaxLength(wordLength) + 1;

    /// <summary>Writes the code of a word.</summary>
    /// <param name="word">The word; may hold anything.</param>
    /// <param name="destination">Receives the code; it is cut where the span ends. <see cref="MaxLength"/> characters hold all of it.</param>
    /// <returns>How many characters were written; 0 for a word without letters.</returns>
    public static int Encode(ReadOnlySpan<char> word, Span<char> destination) => Write(word, destination);

    /// <summary>Writes the code of a word of which every byte is one character: ASCII or Latin-1.</summary>
    /// <inheritdoc cref="Encode(ReadOnlySpan{char}, Span{char})"/>
    public static int Encode(ReadOnlySpan<byte> word, Span<char> destination) => Write(word, destination);

    /// <summary>The code of a word.</summary>
    /// <param name="word">The word; may hold anything.</param>
    /// <returns>The code; the empty string for a word without letters.</returns>
    public static string Encode(ReadOnlySpan<char> word)
    {
        using var scratch = new Scratch<char>(stackalloc char[Codes.StackLetters], MaxLength(word.Length));
        return new string(scratch.Span[..Encode(word, scratch.Span)]);
    }

    /// <summary>The code of a word of which every byte is one character (ASCII or Latin-1).</summary>
    /// <inheritdoc cref="Encode(ReadOnlySpan{char})"/>
    public static string Encode(ReadOnlySpan<byte> word)
    {
        using var scratch = new Scratch<char>(stackalloc char[Codes.StackLetters], MaxLength(word.Length));
        return new string(scratch.Span[..Encode(word, scratch.Span)]);
    }

    private static int Write<T>(ReadOnlySpan<T> word, Span<char> destination)
        where T : unmanaged, INumberBase<T>
    {
        using var scratch = new Scratch<char>(stackalloc char[Codes.StackLetters], LatinLetters.MaxLength(word.Length));
        ReadOnlySpan<char> letters = scratch.Span[..LatinLetters.Fold(word, scratch.Span)];
        var code = new CodeWriter(destination);
        if (letters.IsEmpty)
        {
            return 0;
        }
        code.Append(letters[0]);
        char last = '\0';
        foreach (char letter in letters)
        {
            char digit = Digits[letter - 'A'];
            if (digit != last)
            {
                code.Append(digit);
            }
            last = digit;
        }
        return code.Length;
    }
}
