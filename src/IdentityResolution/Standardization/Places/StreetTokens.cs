using System.Runtime.CompilerServices;
using IdentityResolution.Standardization.Text;

namespace IdentityResolution.Standardization.Places;

/// <summary>A word or number of an address.</summary>
/// <param name="Start">Where it starts in the text.</param>
/// <param name="Length">Its length.</param>
/// <param name="AfterBreak">Whether a comma or a line end stands before it.</param>
/// <param name="Entry">Its entry in <see cref="StreetWords"/>; 0 = none.</param>
internal readonly record struct StreetToken(int Start, int Length, bool AfterBreak, short Entry);

/// <summary>The words and numbers of an address, as offsets into its folded text.</summary>
internal ref struct StreetTokens
{
    /// <summary>Most words that are looked at; longer texts are no street addresses and are only cleaned.</summary>
    public const int MaxWords = 32;

    // Every word may have a number sign before it.
    private const int Capacity = MaxWords * 2;

    private readonly ReadOnlySpan<char> _text;
    private Buffer _tokens;

    /// <summary>Takes a text that is split by <see cref="TrySplit"/>.</summary>
    public StreetTokens(ReadOnlySpan<char> text) => _text = text;

    /// <summary>How many tokens there are.</summary>
    public int Count { get; private set; }

    /// <summary>The text of a token; empty outside the list.</summary>
    public readonly ReadOnlySpan<char> this[int index] =>
        (uint)index < (uint)Count ? _text.Slice(_tokens[index].Start, _tokens[index].Length) : [];

    /// <summary>Whether a token can be so.</summary>
    public readonly bool Is(int index, StreetRoles role) =>
        (uint)index < (uint)Count && (StreetWords.Get(_tokens[index].Entry).Roles & role) != StreetRoles.None;

    /// <summary>How a token is spelled out; null when it stays.</summary>
    public readonly string? Target(int index) => (uint)index < (uint)Count ? StreetWords.Get(_tokens[index].Entry).Target : null;

    /// <summary>Whether the token is a number such as 7th.</summary>
    public readonly bool IsOrdinal(int index) => this[index] is [>= '0' and <= '9', ..] && IsOrdinal(this[index]);

    /// <summary>Splits the text. False when it has more words than <see cref="MaxWords"/>.</summary>
    public bool TrySplit()
    {
        ReadOnlySpan<char> text = _text;
        if (CountWords(text) > MaxWords)
        {
            return false;
        }
        int position = 0;
        bool afterBreak = false;
        while (position < text.Length)
        {
            char c = text[position];
            if (!Words.IsWordCharacter(c) && c != '#')
            {
                afterBreak |= c is ',' or ';' or '\n' or '|';
                position++;
                continue;
            }
            if (c == '#' && !WordFollows(text[(position + 1)..]))
            {
                position++;
                continue;
            }
            int length = TokenLength(text[position..]);
            short entry = char.IsAsciiLetterLower(c) ? StreetWords.Find(text.Slice(position, length)) : (short)0;
            _tokens[Count++] = new StreetToken(position, length, afterBreak, entry);
            afterBreak = false;
            position += length;
        }
        return true;
    }

    /// <summary>Copies words and numbers as they are, parted by blanks. Returns how many characters were written.</summary>
    public static int Clean(ReadOnlySpan<char> text, Span<char> destination)
    {
        int written = 0;
        int position = 0;
        while (position < text.Length)
        {
            if (!Words.IsWordCharacter(text[position]))
            {
                position++;
                continue;
            }
            int length = TokenLength(text[position..]);
            if (written > 0)
            {
                destination[written++] = ' ';
            }
            text.Slice(position, length).CopyTo(destination[written..]);
            written += length;
            position += length;
        }
        return written;
    }

    /// <summary>Whether a comma or line end stands before the token; true past the last one.</summary>
    public readonly bool StartsPart(int index) => index >= Count || _tokens[index].AfterBreak;

    /// <summary>Whether the token starts with a digit.</summary>
    public readonly bool IsNumber(int index) => this[index] is [>= '0' and <= '9', ..] && !IsOrdinal(this[index]);

    /// <summary>Whether a text starts with a house number, and how long it is.</summary>
    public static bool StartsWithNumber(ReadOnlySpan<char> text, out int length)
    {
        length = text is [>= '0' and <= '9', ..] ? TokenLength(text) : 0;
        return length > 0 && !IsOrdinal(text[..length]);
    }

    /// <summary>The length of the token at the start of the text: a word; <c>#</c>; or a number with letters and parts such as 12a, 12-14, 4/12.</summary>
    private static int TokenLength(ReadOnlySpan<char> text)
    {
        if (text[0] == '#')
        {
            return 1;
        }
        int end = WordLength(text);
        if (!char.IsAsciiDigit(text[0]))
        {
            return end;
        }
        while (end + 1 < text.Length && text[end] is '-' or '/' && IsNumberPart(text[(end + 1)..], out int length))
        {
            end += 1 + length;
        }
        return end;
    }

    private static int CountWords(ReadOnlySpan<char> text)
    {
        int count = 0;
        bool inside = false;
        foreach (char c in text)
        {
            bool word = Words.IsWordCharacter(c);
            count += word && !inside ? 1 : 0;
            inside = word;
        }
        return count;
    }

    // Of "# # 4" the last sign counts.
    private static bool WordFollows(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (c == '#' || Words.IsWordCharacter(c))
            {
                return c != '#';
            }
        }
        return false;
    }

    private static bool IsOrdinal(ReadOnlySpan<char> token) =>
        token.Length > 2 && token[^2..] is "st" or "nd" or "rd" or "th" && Words.AreDigits(token[..^2]);

    private static bool IsNumberPart(ReadOnlySpan<char> text, out int length)
    {
        length = WordLength(text);
        return length > 0 && (char.IsAsciiDigit(text[0]) || length == 1);
    }

    private static int WordLength(ReadOnlySpan<char> text)
    {
        int length = 0;
        while (length < text.Length && Words.IsWordCharacter(text[length]))
        {
            length++;
        }
        return length;
    }

    [InlineArray(Capacity)]
    private struct Buffer
    {
        private StreetToken _first;
    }
}
