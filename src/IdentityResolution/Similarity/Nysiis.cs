using System.Numerics;
using System.Runtime.CompilerServices;
using IdentityResolution.Similarity.Kernels;
using IdentityResolution.Similarity.Phonetic;

namespace IdentityResolution.Similarity;

/// <summary>NYSIIS: the code of the New York State Identification and Intelligence System, which keeps the place of vowels.</summary>
/// <remarks>
/// Accented Latin letters count as their base letters; everything else is left out; a word without letters has the empty code.
/// Source: Taft (1970), "Name Search Techniques", New York State Identification and Intelligence System, Special Report 1.
/// </remarks>
[SkipLocalsInit]
public static class Nysiis
{
    /// <summary>The length at which the original system cuts a code. Characters.</summary>
    public const int StandardLength = 6;

    /// <summary>Writes the code of a word.</summary>
    /// <param name="word">The word; may hold anything.</param>
    /// <param name="destination">Receives the code; at least <paramref name="maxLength"/> characters.</param>
    /// <param name="maxLength">Where the code is cut. Characters, at least 1. Default 6, as in the original system.</param>
    /// <returns>How many characters were written.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxLength"/> is less than 1.</exception>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public static int Encode(ReadOnlySpan<char> word, Span<char> destination, int maxLength = StandardLength) => Write(word, destination, maxLength);

    /// <summary>Writes the code of a word of which every byte is one character: ASCII or Latin-1.</summary>
    /// <inheritdoc cref="Encode(ReadOnlySpan{char}, Span{char}, int)"/>
    public static int Encode(ReadOnlySpan<byte> word, Span<char> destination, int maxLength = StandardLength) => Write(word, destination, maxLength);

    /// <summary>The code of a word, cut at 6 characters.</summary>
    /// <param name="word">The word; may hold anything.</param>
    /// <returns>The code; the empty string for a word without letters.</returns>
    public static string Encode(ReadOnlySpan<char> word)
    {
        Span<char> code = stackalloc char[StandardLength];
        return new string(code[..Encode(word, code)]);
    }

    /// <summary>The code of a word of which every byte is one character (ASCII or Latin-1), cut at 6 characters.</summary>
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
        Codes.Destination(destination, maxLength);
        using var scratch = new Scratch<char>(stackalloc char[Codes.StackLetters], LatinLetters.MaxLength(word.Length));
        Span<char> letters = scratch.Span[..LatinLetters.Fold(word, scratch.Span)];
        if (letters.IsEmpty)
        {
            return 0;
        }
        ReplaceStart(letters);
        letters = ReplaceEnd(letters);

        // The key is written over the letters that have been read: it is never longer than they are.
        int length = 1;
        char previous = letters[0];
        for (int i = 1; i < letters.Length; i++)
        {
            Transcode(letters, i, previous);
            char letter = letters[i];
            if (letter != previous)
            {
                letters[length++] = letter;
            }
            previous = letter;
        }
        length = TrimEnd(letters, length);
        length = Math.Min(length, maxLength);
        letters[..length].CopyTo(destination);
        return length;
    }

    private static void ReplaceStart(Span<char> letters)
    {
        if (letters.StartsWith("MAC"))
        {
            letters[1] = 'C';
        }
        else if (letters.StartsWith("KN"))
        {
            letters[0] = 'N';
        }
        else if (letters[0] == 'K')
        {
            letters[0] = 'C';
        }
        else if (letters.StartsWith("PH") || letters.StartsWith("PF"))
        {
            letters[..2].Fill('F');
        }
        else if (letters.StartsWith("SCH"))
        {
            letters[..3].Fill('S');
        }
    }

    private static Span<char> ReplaceEnd(Span<char> letters)
    {
        char last = letters is [.., 'E' or 'I', 'E'] ? 'Y'
            : letters is [.., 'D' or 'R' or 'N', 'T'] or [.., 'R' or 'N', 'D'] ? 'D'
            : '\0';
        if (last == '\0')
        {
            return letters;
        }
        letters[^2] = last;
        return letters[..^1];
    }

    private static void Transcode(Span<char> letters, int i, char previous)
    {
        char next = i + 1 < letters.Length ? letters[i + 1] : ' ';
        switch (letters[i])
        {
            case 'E' when next == 'V':
                letters[i] = 'A';
                letters[i + 1] = 'F';
                break;
            case 'A' or 'E' or 'I' or 'O' or 'U':
                letters[i] = 'A';
                break;
            case 'Q':
                letters[i] = 'G';
                break;
            case 'Z':
                letters[i] = 'S';
                break;
            case 'M':
                letters[i] = 'N';
                break;
            case 'K':
                letters[i] = next == 'N' ? 'N' : 'C';
                break;
            case 'S' when next == 'C' && i + 2 < letters.Length && letters[i + 2] == 'H':
                letters.Slice(i, 3).Fill('S');
                break;
            case 'P' when next == 'H':
                letters.Slice(i, 2).Fill('F');
                break;
            case 'H' when !IsVowel(previous) || !IsVowel(next):
            case 'W' when IsVowel(previous):
                letters[i] = previous;
                break;
            default:
                break;
        }
    }

    private static int TrimEnd(Span<char> key, int length)
    {
        if (length > 1 && key[length - 1] == 'S')
        {
            length--;
        }
        if (length > 2 && key[length - 2] == 'A' && key[length - 1] == 'Y')
        {
            key[length - 2] = 'Y';
            length--;
        }
        if (length > 1 && key[length - 1] == 'A')
        {
            length--;
        }
        return length;
    }

    private static bool IsVowel(char letter) => letter is 'A' or 'E' or 'I' or 'O' or 'U';
}
