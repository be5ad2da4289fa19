using System.Numerics;
using System.Runtime.CompilerServices;
using IdentityResolution.Similarity.Kernels;
using IdentityResolution.Similarity.Phonetic;

namespace IdentityResolution.Similarity;

/// <summary>Caverphone 2.0: made for names in the electoral rolls of southern New Zealand; ten characters.</summary>
/// <remarks>
/// Accented Latin letters count as their base letters; everything else is left out. A word without letters is "1111111111".
/// Source: Hood (2004), "Caverphone Revisited", Caversham Project Technical Paper CTP150804.
/// </remarks>
[SkipLocalsInit]
public static class Caverphone2
{
    /// <summary>The length of every code. Characters.</summary>
    public const int CodeLength = 10;

    // In the paper's order. ^ is the beginning, $ the end, + one or more; 2 and 3 mark what is taken out later.
    private static readonly (string From, string To)[] Rules =
    [
        ("e$", ""),
        ("^cough", "cou2f"), ("^rough", "rou2f"), ("^tough", "tou2f"), ("^enough", "enou2f"), ("^trough", "trou2f"), ("^gn", "2n"),
        ("mb$", "m2"),
        ("cq", "2q"), ("ci", "si"), ("ce", "se"), ("cy", "sy"), ("tch", "2ch"), ("c", "k"), ("q", "k"), ("x", "k"), ("v", "f"),
        ("dg", "2g"), ("tio", "sio"), ("tia", "sia"), ("d", "t"), ("ph", "fh"), ("b", "p"), ("sh", "s2"), ("z", "s"),
        ("^a", "A"), ("^e", "A"), ("^i", "A"), ("^o", "A"), ("^u", "A"), ("a", "3"), ("e", "3"), ("i", "3"), ("o", "3"), ("u", "3"),
        ("j", "y"), ("^y3", "Y3"), ("^y", "A"), ("y", "3"),
        ("3gh3", "3kh3"), ("gh", "22"), ("g", "k"),
        ("s+", "S"), ("t+", "T"), ("p+", "P"), ("k+", "K"), ("f+", "F"), ("m+", "M"), ("n+", "N"),
        ("w3", "W3"), ("wh3", "Wh3"), ("w$", "3"), ("w", "2"),
        ("^h", "A"), ("h", "2"),
        ("r3", "R3"), ("r$", "3"), ("r", "2"), ("l3", "L3"), ("l$", "3"), ("l", "2"),
        ("2", ""), ("3$", "A"), ("3", ""),
    ];

    /// <summary>Writes the code of a word.</summary>
    /// <param name="word">The word; may hold anything.</param>
    /// <param name="destination">Receives the code; at least <see cref="CodeLength"/> characters.</param>
    /// <returns>10, the length of the code.</returns>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public static int Encode(ReadOnlySpan<char> word, Span<char> destination) => Write(word, destination);

    /// <summary>Writes the code of a word of which every byte is one character: ASCII or Latin-1.</summary>
    /// <inheritdoc cref="Encode(ReadOnlySpan{char}, Span{char})"/>
    public static int Encode(ReadOnlySpan<byte> word, Span<char> destination) => Write(word, destination);

    /// <summary>The code of a word.</summary>
    /// <param name="word">The word; may hold anything.</param>
    /// <returns>Ten characters.</returns>
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
        Span<char> letters = scratch.Span[..LatinLetters.Fold(word, scratch.Span)];
        foreach (ref char letter in letters)
        {
            letter = (char)(letter | 0x20);
        }
        foreach ((string from, string to) in Rules)
        {
            letters = letters[..Rewriting.Replace(letters, from, to)];
        }
        code.Fill('1');
        letters[..Math.Min(letters.Length, CodeLength)].CopyTo(code);
        return CodeLength;
    }
}
