using System.Buffers;
using System.Runtime.CompilerServices;

namespace IdentityResolution.Standardization.Text;

/// <summary>Helpers over folded text made of words with single blanks between them.</summary>
internal static class Words
{
    private static readonly SearchValues<char> Plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789");

    /// <summary>Whether the text is one word of ASCII letters and digits.</summary>
    public static bool IsPlainWord(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExcept(Plain);

    /// <summary>Whether a digit stands in the text.</summary>
    /// <remarks>A plain loop: the texts are short, and the vectorized search allocates until the runtime has optimized it.</remarks>
    public static bool HasDigit(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (char.IsAsciiDigit(c))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Whether the text is of digits only; true when it is empty.</summary>
    public static bool AreDigits(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Whether the text is of the letters a to z only; true when it is empty.</summary>
    public static bool AreLetters(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (!char.IsAsciiLetterLower(c))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Whether a folded character belongs to a word: a letter, a mark or a digit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsWordCharacter(char folded) => char.IsAsciiLetterLower(folded) || char.IsAsciiDigit(folded) || folded > '\u007F';

    /// <summary>Copies folded text so that every run of characters outside words becomes one blank, except those in <paramref name="dropped"/>, which go.</summary>
    /// <returns>How many characters were written; never more than the text has.</returns>
    public static int Clean(ReadOnlySpan<char> folded, Span<char> destination, SearchValues<char> dropped)
    {
        int length = 0;
        bool pending = false;
        foreach (char c in folded)
        {
            if (IsWordCharacter(c))
            {
                if (pending && length > 0)
                {
                    destination[length++] = ' ';
                }
                pending = false;
                destination[length++] = c;
            }
            else if (!dropped.Contains(c))
            {
                pending = true;
            }
        }
        return length;
    }

    /// <summary>The folded words of a text, with single blanks between them.</summary>
    public static string Of(string text, SearchValues<char> dropped)
    {
        var folded = new char[TextFold.MaxLength(text)];
        int length = TextFold.Fold(text, folded);
        var words = new char[length];
        return new string(words, 0, Clean(folded.AsSpan(0, length), words, dropped));
    }

    /// <summary>Copies folded text with runs of blanks and control characters made one blank, and none at the ends.</summary>
    public static int Collapse(ReadOnlySpan<char> folded, Span<char> destination)
    {
        int length = 0;
        bool pending = false;
        foreach (char c in folded)
        {
            if (c is <= ' ' or '\u007F')
            {
                pending = true;
                continue;
            }
            if (pending && length > 0)
            {
                destination[length++] = ' ';
            }
            pending = false;
            destination[length++] = c;
        }
        return length;
    }

    /// <summary>The first word.</summary>
    public static ReadOnlySpan<char> First(ReadOnlySpan<char> words)
    {
        int blank = words.IndexOf(' ');
        return blank < 0 ? words : words[..blank];
    }

    /// <summary>The last word.</summary>
    public static ReadOnlySpan<char> Last(ReadOnlySpan<char> words) => words[(words.LastIndexOf(' ') + 1)..];

    /// <summary>How many words there are.</summary>
    public static int Count(ReadOnlySpan<char> words) => words.IsEmpty ? 0 : words.Count(' ') + 1;

    /// <summary>Removes words at the start in place.</summary>
    /// <returns>The new length.</returns>
    public static int RemoveStart(Span<char> text, int length, int count)
    {
        text[count..length].CopyTo(text);
        return length - count;
    }

    /// <summary>Replaces a part of the text in place; the span must have room.</summary>
    /// <returns>The new length.</returns>
    public static int Replace(Span<char> text, int length, int start, int count, ReadOnlySpan<char> replacement)
    {
        text[(start + count)..length].CopyTo(text[(start + replacement.Length)..]);
        replacement.CopyTo(text[start..]);
        return length - count + replacement.Length;
    }
}
