using System.Numerics;
using System.Runtime.CompilerServices;
using IdentityResolution.Similarity.Kernels;
using IdentityResolution.Similarity.Phonetic;

namespace IdentityResolution.Similarity;

/// <summary>Double Metaphone: a code for how a word sounds in English, and an alternate one for words of other descent.</summary>
/// <remarks>
/// The alternate code equals the primary one for most words. Digits, blanks and signs are silent, but the rules for "van ", "von " and "san "
/// see the blank. Accented Latin letters count as their base letters, a C with a cedilla as S; other letters are left out.
/// Source: Philips (2000), "The Double Metaphone Search Algorithm", C/C++ Users Journal 18(6).
/// </remarks>
[SkipLocalsInit]
public static class DoubleMetaphone
{
    /// <summary>The length at which codes are cut when nothing else is said. Characters.</summary>
    public const int StandardLength = 4;

    /// <summary>Writes both codes of a word.</summary>
    /// <param name="word">The word; may hold anything.</param>
    /// <param name="primary">Receives the primary code; it is cut where the span ends.</param>
    /// <param name="alternate">Receives the alternate code; it is cut where the span ends.</param>
    /// <param name="alternateLength">How many characters of the alternate code were written.</param>
    /// <returns>How many characters of the primary code were written.</returns>
    public static int Encode(ReadOnlySpan<char> word, Span<char> primary, Span<char> alternate, out int alternateLength) =>
        Write(word, primary, alternate, out alternateLength);

    /// <summary>Writes both codes of a word of which every byte is one character: ASCII or Latin-1.</summary>
    /// <inheritdoc cref="Encode(ReadOnlySpan{char}, Span{char}, Span{char}, out int)"/>
    public static int Encode(ReadOnlySpan<byte> word, Span<char> primary, Span<char> alternate, out int alternateLength) =>
        Write(word, primary, alternate, out alternateLength);

    /// <summary>Writes the primary code of a word.</summary>
    /// <param name="word">The word; may hold anything.</param>
    /// <param name="destination">Receives the code; at least <paramref name="maxLength"/> characters.</param>
    /// <param name="maxLength">Where the code is cut. Characters, at least 1. Default 4.</param>
    /// <returns>How many characters were written; 0 when nothing of the word sounds.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxLength"/> is less than 1.</exception>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public static int Encode(ReadOnlySpan<char> word, Span<char> destination, int maxLength = StandardLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength, 1);
        return Encode(word, Codes.Destination(destination, maxLength), [], out _);
    }

    /// <summary>Writes the primary code of a word of which every byte is one character: ASCII or Latin-1.</summary>
    /// <inheritdoc cref="Encode(ReadOnlySpan{char}, Span{char}, int)"/>
    public static int Encode(ReadOnlySpan<byte> word, Span<char> destination, int maxLength = StandardLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength, 1);
        return Encode(word, Codes.Destination(destination, maxLength), [], out _);
    }

    /// <summary>Writes the alternate code of a word.</summary>
    /// <inheritdoc cref="Encode(ReadOnlySpan{char}, Span{char}, int)"/>
    public static int EncodeAlternate(ReadOnlySpan<char> word, Span<char> destination, int maxLength = StandardLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength, 1);
        Encode(word, [], Codes.Destination(destination, maxLength), out int length);
        return length;
    }

    /// <summary>Writes the alternate code of a word of which every byte is one character: ASCII or Latin-1.</summary>
    /// <inheritdoc cref="Encode(ReadOnlySpan{char}, Span{char}, int)"/>
    public static int EncodeAlternate(ReadOnlySpan<byte> word, Span<char> destination, int maxLength = StandardLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength, 1);
        Encode(word, [], Codes.Destination(destination, maxLength), out int length);
        return length;
    }

    /// <summary>The primary code of a word, cut at 4 characters.</summary>
    /// <param name="word">The word; may hold anything.</param>
    /// <returns>The code; the empty string when nothing of the word sounds.</returns>
    public static string Encode(ReadOnlySpan<char> word)
    {
        Span<char> code = stackalloc char[StandardLength];
        return new string(code[..Encode(word, code)]);
    }

    /// <summary>The primary code of a word of which every byte is one character (ASCII or Latin-1), cut at 4 characters.</summary>
    /// <inheritdoc cref="Encode(ReadOnlySpan{char})"/>
    public static string Encode(ReadOnlySpan<byte> word)
    {
        Span<char> code = stackalloc char[StandardLength];
        return new string(code[..Encode(word, code)]);
    }

    /// <summary>The alternate code of a word, cut at 4 characters.</summary>
    /// <inheritdoc cref="Encode(ReadOnlySpan{char})"/>
    public static string EncodeAlternate(ReadOnlySpan<char> word)
    {
        Span<char> code = stackalloc char[StandardLength];
        return new string(code[..EncodeAlternate(word, code)]);
    }

    /// <summary>The alternate code of a word of which every byte is one character (ASCII or Latin-1), cut at 4 characters.</summary>
    /// <inheritdoc cref="Encode(ReadOnlySpan{char})"/>
    public static string EncodeAlternate(ReadOnlySpan<byte> word)
    {
        Span<char> code = stackalloc char[StandardLength];
        return new string(code[..EncodeAlternate(word, code)]);
    }

    private static int Write<T>(ReadOnlySpan<T> word, Span<char> primary, Span<char> alternate, out int alternateLength)
        where T : unmanaged, INumberBase<T>
    {
        using var scratch = new Scratch<char>(stackalloc char[Codes.StackLetters], LatinLetters.MaxLength(word.Length));
        Span<char> letters = scratch.Span[..LatinLetters.Fold(word, scratch.Span, keepOthers: true, cedilla: 'S')].Trim();
        var encoder = new DoubleMetaphoneEncoder(letters, primary, alternate);
        encoder.Run();
        alternateLength = encoder.AlternateLength;
        return encoder.PrimaryLength;
    }
}
