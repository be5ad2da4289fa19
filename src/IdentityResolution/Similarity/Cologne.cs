using System.Numerics;
using System.Runtime.CompilerServices;
using IdentityResolution.Similarity.Kernels;
using IdentityResolution.Similarity.Phonetic;

namespace IdentityResolution.Similarity;

/// <summary>Koelner Phonetik, the Cologne code: for German words and names, one digit for a sound.</summary>
/// <remarks>
/// Equal digits count once even with vowels or H between them, as in Apache commons-codec 1.22 (other implementations keep both).
/// Umlauts and other accented letters count as their base letters, sharp s as S; everything else is left out. The code has no fixed length.
/// Source: Postel (1969), "Die Koelner Phonetik. Ein Verfahren zur Identifizierung von Personennamen auf der Grundlage der
/// Gestaltanalyse", IBM-Nachrichten 19.
/// </remarks>
[SkipLocalsInit]
public static class Cologne
{
    /// <summary>The most characters that the code of a word of a length can have.</summary>
    /// <param name="wordLength">Length of the word in UTF-16 units, at least 0.</param>
    /// <returns>A length that always suffices as destination.</returns>
    public static int MaxLength(int wordLength) => LatinLetters.MaxLength(wordLength) * 2;

    /// <summary>Writes the code of a word.</summary>
    /// <param name="word">The word; may hold anything.</param>
    /// <param name="destination">Receives the code; it is cut where the span ends. <see cref="MaxLength"/> characters hold all of it.</param>
    /// <returns>How many characters were written; 0 when nothing of the word sounds.</returns>
    public static int Encode(ReadOnlySpan<char> word, Span<char> destination) => Write(word, destination);

    /// <summary>Writes the code of a word of which every byte is one character: ASCII or Latin-1.</summary>
    /// <inheritdoc cref="Encode(ReadOnlySpan{char}, Span{char})"/>
    public static int Encode(ReadOnlySpan<byte> word, Span<char> destination) => Write(word, destination);

    /// <summary>The code of a word.</summary>
    /// <param name="word">The word; may hold anything.</param>
    /// <returns>The code; the empty string when nothing of the word sounds.</returns>
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
        var letters = new Word(scratch.Span[..LatinLetters.Fold(word, scratch.Span)]);
        var writer = new DigitWriter(new CodeWriter(destination));
        for (int i = 0; i < letters.Length; i++)
        {
            char next = letters[i + 1];
            switch (letters[i])
            {
                case 'A' or 'E' or 'I' or 'J' or 'O' or 'U' or 'Y':
                    writer.Add('0');
                    break;
                case 'B':
                case 'P' when next != 'H':
                    writer.Add('1');
                    break;
                case 'D' or 'T':
                    writer.Add(next is 'S' or 'C' or 'Z' ? '8' : '2');
                    break;
                case 'F' or 'P' or 'V' or 'W':
                    writer.Add('3');
                    break;
                case 'G' or 'K' or 'Q':
                    writer.Add('4');
                    break;
                case 'X':
                    if (letters[i - 1] is not ('C' or 'K' or 'Q'))
                    {
                        writer.Add('4');
                    }
                    writer.Add('8');
                    break;
                case 'S' or 'Z':
                    writer.Add('8');
                    break;
                case 'C':
                    writer.Add(IsHardC(letters, i, writer.Length == 0) ? '4' : '8');
                    break;
                case 'L':
                    writer.Add('5');
                    break;
                case 'M' or 'N':
                    writer.Add('6');
                    break;
                case 'R':
                    writer.Add('7');
                    break;
                default:
                    break; // H is silent
            }
        }
        return writer.Length;
    }

    private static bool IsHardC(Word letters, int index, bool isFirstSound)
    {
        if (isFirstSound)
        {
            return letters.IsOneOf(index + 1, "AHKLOQRUX");
        }
        return letters[index - 1] is not ('S' or 'Z') && letters.IsOneOf(index + 1, "AHKOQUX");
    }

    /// <summary>A digit that repeats the one before sounds once, whatever silent letters are between, and 0 sounds only at the beginning.</summary>
    private ref struct DigitWriter(CodeWriter code)
    {
        private CodeWriter _code = code;

        public readonly int Length => _code.Length;

        public void Add(char digit)
        {
            if (digit != _code.Last && (digit != '0' || _code.Length == 0))
            {
                _code.Append(digit);
            }
        }
    }
}
