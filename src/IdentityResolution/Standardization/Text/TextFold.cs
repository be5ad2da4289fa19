using System.Buffers;
using System.Globalization;
using System.Text;

namespace IdentityResolution.Standardization.Text;

/// <summary>Folds text: lower case, diacritics dropped, common scripts transliterated to ASCII.</summary>
/// <remarks>
/// What remains beyond ASCII is a letter, a mark or a number: other symbols become blanks, and lone surrogates go.
/// Blanks and control characters are not collapsed here.
/// </remarks>
internal static class TextFold
{
    /// <summary>A length that always suffices for the folded text.</summary>
    public static int MaxLength(ReadOnlySpan<char> raw) =>
        Ascii.IsValid(raw) ? raw.Length : checked(raw.Length * Transliteration.MaxExpansion);

    /// <summary>Folds a text.</summary>
    /// <param name="raw">Any text.</param>
    /// <param name="destination">Receives the folded text; at least <see cref="MaxLength"/> characters.</param>
    /// <returns>How many characters were written.</returns>
    public static int Fold(ReadOnlySpan<char> raw, Span<char> destination)
    {
        if (Ascii.ToLower(raw, destination, out int written) == OperationStatus.Done)
        {
            return written;
        }
        return FoldSlow(raw, destination, written, transliterate: true);
    }

    /// <summary>As <see cref="Fold"/>, but letters of other scripts than Latin stay what they are, in lower case.</summary>
    public static int FoldLatin(ReadOnlySpan<char> raw, Span<char> destination)
    {
        if (Ascii.ToLower(raw, destination, out int written) == OperationStatus.Done)
        {
            return written;
        }
        return FoldSlow(raw, destination, written, transliterate: false);
    }

    /// <summary>Lower case without transliteration: for addresses of mailboxes, where another letter is another mailbox.</summary>
    /// <returns>How many characters were written; never more than the text has.</returns>
    public static int Lower(ReadOnlySpan<char> raw, Span<char> destination)
    {
        if (Ascii.ToLower(raw, destination, out int length) == OperationStatus.Done)
        {
            return length;
        }
        for (int i = length; i < raw.Length; i++)
        {
            char c = raw[i];
            if (char.IsSurrogate(c))
            {
                length += FoldPair(raw[i..], destination[length..], out int taken);
                i += taken - 1;
                continue;
            }
            // Full-width forms are ASCII typed in another input mode.
            c = c is >= '\uFF01' and <= '\uFF5E' ? (char)(c - 0xFEE0) : c;
            UnicodeCategory category = CharUnicodeInfo.GetUnicodeCategory(c);
            if (category != UnicodeCategory.Format)
            {
                destination[length++] = char.IsAscii(c) || IsWordCategory(category) ? char.ToLowerInvariant(c) : ' ';
            }
        }
        return length;
    }

    private static int FoldSlow(ReadOnlySpan<char> raw, Span<char> destination, int start, bool transliterate)
    {
        int length = start;
        bool doubleNext = false;
        for (int i = start; i < raw.Length; i++)
        {
            char c = raw[i];
            if (char.IsAscii(c))
            {
                destination[length++] = char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c;
            }
            else if (char.IsSurrogate(c))
            {
                length += FoldPair(raw[i..], destination[length..], out int taken);
                i += taken - 1;
            }
            else if (!transliterate && IsForeignLetter(c))
            {
                destination[length++] = char.ToLowerInvariant(c);
            }
            else if (Transliteration.TryGet(c, out string spelling))
            {
                length = AppendSpelling(c, spelling, destination, length, ref doubleNext);
            }
            else
            {
                length += FoldOther(c, destination[length..]);
            }
        }
        return length;
    }

    // Kana are spelled with a look at their neighbours: a small ya, yu or yo takes the i before it, a small tsu doubles what follows.
    private static int AppendSpelling(char c, string spelling, Span<char> destination, int length, ref bool doubleNext)
    {
        if (c is < '\u3041' or > '\u30FF')
        {
            spelling.CopyTo(destination[length..]);
            doubleNext = false;
            return length + spelling.Length;
        }
        if (c is '\u3063' or '\u30C3')
        {
            doubleNext = true;
            return length;
        }
        bool small = c is '\u3083' or '\u3085' or '\u3087' or '\u30E3' or '\u30E5' or '\u30E7';
        if (small && length > 1 && destination[length - 1] == 'i')
        {
            length--;
            bool sibilant = destination[length - 1] is 'h' or 'j';
            spelling = sibilant ? spelling[1..] : spelling;
        }
        else if (doubleNext && spelling.Length > 1)
        {
            destination[length++] = spelling[0] == 'c' ? 't' : spelling[0];
        }
        doubleNext = false;
        spelling.CopyTo(destination[length..]);
        return length + spelling.Length;
    }

    private static int FoldOther(char c, Span<char> destination)
    {
        int hangul = Transliteration.SpellHangul(c, destination);
        if (hangul > 0)
        {
            return hangul;
        }
        char lower = char.ToLowerInvariant(c);
        if (lower != c && Transliteration.TryGet(lower, out string spelling))
        {
            spelling.CopyTo(destination);
            return spelling.Length;
        }
        destination[0] = IsWordCategory(CharUnicodeInfo.GetUnicodeCategory(lower)) ? lower : ' ';
        return 1;
    }

    private static int FoldPair(ReadOnlySpan<char> raw, Span<char> destination, out int taken)
    {
        if (Rune.DecodeFromUtf16(raw, out Rune rune, out taken) != OperationStatus.Done)
        {
            return 0;
        }
        Rune lower = Rune.ToLowerInvariant(rune);
        if (IsWordCategory(Rune.GetUnicodeCategory(lower)))
        {
            return lower.EncodeToUtf16(destination);
        }
        destination[0] = ' ';
        return 1;
    }

    // A letter of another script than Latin; Latin ones stand in some blocks beyond the first too, some as signs.
    private static bool IsForeignLetter(char c) => c >= '\u0370' && char.IsLetter(c)
        && c is not ((>= '\u1D00' and <= '\u1DBF') or (>= '\u1E00' and <= '\u1EFF') or (>= '\u2000' and <= '\u2BFF') or (>= '\u2C60' and <= '\u2C7F')
            or (>= '\uA720' and <= '\uA7FF') or (>= '\uAB30' and <= '\uAB6F') or (>= '\uFB00' and <= '\uFB06') or (>= '\uFF21' and <= '\uFF5A'));

    private static bool IsWordCategory(UnicodeCategory category) => category <= UnicodeCategory.OtherNumber;
}
