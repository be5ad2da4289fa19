using System.Globalization;

namespace IdentityResolution.Similarity.Letters;

/// <summary>Finds where one unit of a text ends and the next begins.</summary>
internal static class LetterSplitter
{
    // Below it every character is a plain letter: most texts don't need the table at all.
    private const char FirstMark = '\u0300';

    /// <summary>Whether every character is one unit that is its own best spelling, so that a text can be compared as it is.</summary>
    public static bool IsPlain(ReadOnlySpan<char> text, TextUnit unit)
    {
        // A plain loop: texts are short, and the range searches box their bounds until the JIT has optimized the call.
        foreach (char character in text)
        {
            bool isPlain = unit switch
            {
                TextUnit.Letter => character < FirstMark || PlainLetters.Contains(character),
                TextUnit.CodePoint => !char.IsSurrogate(character),
                _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "is no unit of text."),
            };
            if (!isPlain)
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>How many characters the first unit of a text has.</summary>
    /// <param name="text">Not empty.</param>
    /// <param name="unit">What counts as one unit.</param>
    public static int NextLength(ReadOnlySpan<char> text, TextUnit unit)
    {
        if (unit == TextUnit.CodePoint)
        {
            return text.Length > 1 && char.IsSurrogatePair(text[0], text[1]) ? 2 : 1;
        }
        // CR and LF are plain letters, so they stay two.
        bool isAlone = text.Length == 1 || (PlainLetters.Contains(text[0]) && PlainLetters.Contains(text[1]));
        return isAlone ? 1 : StringInfo.GetNextTextElementLength(text);
    }
}
