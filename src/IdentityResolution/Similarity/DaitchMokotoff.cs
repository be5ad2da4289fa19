using System.Numerics;
using System.Runtime.CompilerServices;
using IdentityResolution.Similarity.Kernels;
using IdentityResolution.Similarity.Phonetic;

namespace IdentityResolution.Similarity;

/// <summary>Daitch-Mokotoff Soundex: six digits for Slavic, Yiddish and German names; a name that may sound in several ways has several codes.</summary>
/// <remarks>
/// Accented Latin letters count as their base letters, but T with a cedilla or comma, and A and E with an ogonek, have rules of their own.
/// Signs and digits are left out; a word without letters is "000000". Two names sound alike when they share a code.
/// Source: Daitch and Mokotoff (1985), "Soundex coding", in: Avotaynu; table at https://www.avotaynu.com/soundex.htm.
/// </remarks>
[SkipLocalsInit]
public static class DaitchMokotoff
{
    /// <summary>The length of every code. Digits.</summary>
    public const int CodeLength = 6;

    /// <summary>The most codes that a word can have; of a word with still more branches the first ones are kept.</summary>
    public const int MaxCodes = 128;

    /// <summary>Writes the first code of a word: of alternatives, the one that the table names first.</summary>
    /// <param name="word">The word; may hold anything.</param>
    /// <param name="destination">Receives the code; at least <see cref="CodeLength"/> characters.</param>
    /// <returns>6, the length of the code.</returns>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public static int Encode(ReadOnlySpan<char> word, Span<char> destination) => WriteFirst(word, destination);

    /// <summary>Writes the first code of a word of which every byte is one character: ASCII or Latin-1.</summary>
    /// <inheritdoc cref="Encode(ReadOnlySpan{char}, Span{char})"/>
    public static int Encode(ReadOnlySpan<byte> word, Span<char> destination) => WriteFirst(word, destination);

    /// <summary>Writes all codes of a word, one behind the other, six digits each.</summary>
    /// <param name="word">The word; may hold anything.</param>
    /// <param name="destination">Receives the codes; as many as fit are written, <see cref="CodeLength"/> * <see cref="MaxCodes"/> characters hold all.</param>
    /// <returns>How many codes were written.</returns>
    public static int EncodeAll(ReadOnlySpan<char> word, Span<char> destination) => Write(word, destination, MaxCodes);

    /// <summary>Writes all codes of a word of which every byte is one character: ASCII or Latin-1.</summary>
    /// <inheritdoc cref="EncodeAll(ReadOnlySpan{char}, Span{char})"/>
    public static int EncodeAll(ReadOnlySpan<byte> word, Span<char> destination) => Write(word, destination, MaxCodes);

    /// <summary>The first code of a word.</summary>
    /// <param name="word">The word; may hold anything.</param>
    /// <returns>Six digits.</returns>
    public static string Encode(ReadOnlySpan<char> word)
    {
        Span<char> code = stackalloc char[CodeLength];
        return new string(code[..Encode(word, code)]);
    }

    /// <summary>The first code of a word of which every byte is one character (ASCII or Latin-1).</summary>
    /// <inheritdoc cref="Encode(ReadOnlySpan{char})"/>
    public static string Encode(ReadOnlySpan<byte> word)
    {
        Span<char> code = stackalloc char[CodeLength];
        return new string(code[..Encode(word, code)]);
    }

    /// <summary>All codes of a word, in the order of the table's alternatives.</summary>
    /// <param name="word">The word; may hold anything.</param>
    /// <returns>At least one code of six digits; no code twice.</returns>
    public static string[] EncodeAll(ReadOnlySpan<char> word) => All(word);

    /// <summary>All codes of a word of which every byte is one character (ASCII or Latin-1), in the order of the table's alternatives.</summary>
    /// <inheritdoc cref="EncodeAll(ReadOnlySpan{char})"/>
    public static string[] EncodeAll(ReadOnlySpan<byte> word) => All(word);

    private static string[] All<T>(ReadOnlySpan<T> word)
        where T : unmanaged, INumberBase<T>
    {
        Span<char> codes = stackalloc char[CodeLength * MaxCodes];
        var all = new string[Write(word, codes, MaxCodes)];
        for (int i = 0; i < all.Length; i++)
        {
            all[i] = new string(codes.Slice(i * CodeLength, CodeLength));
        }
        return all;
    }

    private static int WriteFirst<T>(ReadOnlySpan<T> word, Span<char> destination)
        where T : unmanaged, INumberBase<T>
    {
        Codes.Destination(destination, CodeLength);
        return CodeLength * Write(word, destination, maxCodes: 1);
    }

    private static int Write<T>(ReadOnlySpan<T> word, Span<char> destination, int maxCodes)
        where T : unmanaged, INumberBase<T>
    {
        using var scratch = new Scratch<char>(stackalloc char[Codes.StackLetters], LatinLetters.MaxLength(word.Length));
        var encoder = new DaitchMokotoffEncoder(stackalloc DaitchMokotoffBranch[maxCodes], stackalloc DaitchMokotoffBranch[maxCodes]);
        encoder.Run(scratch.Span[..Fold(word, scratch.Span)]);
        return encoder.Write(destination);
    }

    private static int Fold<T>(ReadOnlySpan<T> word, Span<char> letters)
        where T : unmanaged, INumberBase<T>
    {
        int length = 0;
        for (int i = 0; i < word.Length; i++)
        {
            switch (LatinLetters.Character(word[i]))
            {
                case '\u0162' or '\u0163' or '\u021A' or '\u021B':
                    letters[length++] = DaitchMokotoffRules.CedillaT;
                    break;
                case '\u0104' or '\u0105' or '\u0118' or '\u0119':
                    letters[length++] = DaitchMokotoffRules.OgonekVowel;
                    break;
                case ' ' or '\t' or '\n' or '\r':
                    break;
                default:
                    length += LatinLetters.Fold(word.Slice(i, 1), letters[length..], keepOthers: true, cedilla: 'C');
                    break;
            }
        }
        return length;
    }
}
