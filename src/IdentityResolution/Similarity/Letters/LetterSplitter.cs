using System.Globalization;

namespace IdentityResolution.Similarity.Letters;

/// <summary>Finds where one unit of a text ends and the next begins.</summary>
internal static class LetterSplitter
{
    /// <summary>Below it no character combines, and none is equivalent to another.</summary>
    public const char FirstMark = '\u0300';

    /// <summary>Whether every character is certainly one unit that equals no other. A quick check: <see langword="false"/> says nothing.</summary>
    public static bool IsPlain(ReadOnlySpan<char> text, TextUnit unit) => unit switch
    {
        TextUnit.Letter => !text.ContainsAnyExceptInRange('\0', (char)(FirstMark - 1)),
        TextUnit.CodePoint => !text.ContainsAnyInRange('\uD800', '\uDFFF'),
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "is no unit of text."),
    };

    /// <summary>How many characters the first unit of a text has.</summary>
    /// <param name="text">Not empty.</param>
    /// <param name="unit">What counts as one unit.</param>
    public static int NextLength(ReadOnlySpan<char> text, TextUnit unit)
    {
        if (unit == TextUnit.CodePoint)
        {
            return text.Length > 1 && char.IsSurrogatePair(text[0], text[1]) ? 2 : 1;
        }
        // Most letters need no look at the tables: nothing below the first mark joins with its like. (CR and LF would; they stay two.)
        bool isAlone = text.Length == 1 || (text[0] < FirstMark && text[1] < FirstMark);
        return isAlone ? 1 : StringInfo.GetNextTextElementLength(text);
    }
}
