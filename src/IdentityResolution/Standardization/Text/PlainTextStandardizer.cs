namespace IdentityResolution.Standardization.Text;

/// <summary>Text and categories: folded words; a dot stays between digits (2.4ghz), a hyphen in a code of letters and digits goes (KX-TG432 is kxtg432).</summary>
internal sealed class PlainTextStandardizer(Placeholders placeholders, StandardizationOptions options) : TextStandardizerBase(placeholders, options)
{
    /// <inheritdoc />
    protected override StandardizedLength Write(Span<char> folded, Span<char> destination)
    {
        int length = 0;
        bool pending = false;
        for (int i = 0; i < folded.Length; i++)
        {
            char c = folded[i];
            if (Words.IsWordCharacter(c) || (c == '.' && IsBetweenDigits(folded, i)))
            {
                if (pending && length > 0)
                {
                    destination[length++] = ' ';
                }
                pending = false;
                destination[length++] = c;
            }
            else if (c is not ('\'' or '`') && !(c == '-' && IsWithinCode(folded, i)))
            {
                pending = true;
            }
        }
        return new StandardizedLength(length, ValueQuality.Valid);
    }

    // A word with hyphens that holds letters and digits is one code, however it is hyphenated.
    private static bool IsWithinCode(ReadOnlySpan<char> text, int hyphen)
    {
        int start = hyphen;
        while (start > 0 && IsCodeCharacter(text[start - 1]))
        {
            start--;
        }
        int end = hyphen + 1;
        while (end < text.Length && IsCodeCharacter(text[end]))
        {
            end++;
        }
        ReadOnlySpan<char> code = text[start..end];
        return code.IndexOfAnyInRange('0', '9') >= 0 && code.IndexOfAnyInRange('a', 'z') >= 0;
    }

    private static bool IsCodeCharacter(char c) => c == '-' || Words.IsWordCharacter(c);

    private static bool IsBetweenDigits(ReadOnlySpan<char> text, int index) =>
        index > 0 && index + 1 < text.Length && char.IsAsciiDigit(text[index - 1]) && char.IsAsciiDigit(text[index + 1]);
}
