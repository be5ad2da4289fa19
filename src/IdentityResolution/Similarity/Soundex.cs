using System.Numerics;
using System.Runtime.CompilerServices;
using IdentityResolution.Similarity.Kernels;
using IdentityResolution.Similarity.Phonetic;

namespace IdentityResolution.Similarity;

/// <summary>American Soundex: the first letter and three digits for the consonants that follow.</summary>
/// <remarks>
/// H and W are transparent, as in the census rule: consonants of one digit on both sides of them count once (Ashcraft is A261).
/// Accented Latin letters count as their base letters; everything else is left out; a word without letters has the empty code.
/// Source: Russell (1918), US patent 1,261,167; the National Archives (2007), "The Soundex Indexing System".
/// </remarks>
[SkipLocalsInit]
public static class Soundex
{
    /// <summary>The length of every code that is not empty. Characters.</summary>
    public const int CodeLength = 4;

    //                             ABCDEFGHIJKLMNOPQRSTUVWXYZ
    private const string Digits = "01230120022455012623010202";

    /// <summary>Writes the code of a word.</summary>
    /// <param name="word">The word; may hold anything.</param>
    /// <param name="destination">Receives the code; at least <see cref="CodeLength"/> characters.</param>
    /// <returns>How many characters were written: 4, or 0 for a word without letters.</returns>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public static int Encode(ReadOnlySpan<char> word, Span<char> destination) => Write(word, destination);

    /// <summary>Writes the code of a word of which every byte is one character: ASCII or Latin-1.</summary>
    /// <inheritdoc cref="Encode(ReadOnlySpan{char}, Span{char})"/>
    public static int Encode(ReadOnlySpan<byte> word, Span<char> destination) => Write(word, destination);

    /// <summary>The code of a word.</summary>
    /// <param name="word">The word; may hold anything.</param>
    /// <returns>Four characters, or the empty string for a word without letters.</returns>
    public static string Encode(ReadOnlySpan<char> word)
    {
        Span<char> code = stackalloc char[CodeLength];
        return new string(code[..Encode(word, code)]);
    }

    /// <summary>The code of a word of which every byte is one character (ASCII or Latin-1).</summary>
    /// <inheritdoc cref="Encode(ReadOnlySpan{char})"/>
    public static string Encode(ReadOnlySpan<byte> word)
    {
        Span<char> code = stackalloc char[CodeLength];
        return new string(code[..Encode(word, code)]);
    }

    private static int Write<T>(ReadOnlySpan<T> word, Span<char> destination)
        where T : unmanaged, INumberBase<T>
    {
        Span<char> code = Codes.Destination(destination, CodeLength);
        using var scratch = new Scratch<char>(stackalloc char[Codes.StackLetters], LatinLetters.MaxLength(word.Length));
        ReadOnlySpan<char> letters = scratch.Span[..LatinLetters.Fold(word, scratch.Span)];
        if (letters.IsEmpty)
        {
            return 0;
        }
        code.Fill('0');
        code[0] = letters[0];
        int length = 1;
        char last = Digits[letters[0] - 'A'];
        foreach (char letter in letters[1..])
        {
            if (letter is 'H' or 'W')
            {
                continue;
            }
            char digit = Digits[letter - 'A'];
            if (digit != '0' && digit != last)
            {
                code[length++] = digit;
                if (length == CodeLength)
                {
                    break;
                }
            }
            last = digit;
        }
        return CodeLength;
    }
}
