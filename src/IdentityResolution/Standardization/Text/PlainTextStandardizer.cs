namespace IdentityResolution.Standardization.Text;

/// <summary>Text and categories: folded words; a dot or comma stays between digits (2.4ghz).</summary>
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
            else if (c is not ('\'' or '`'))
            {
                pending = true;
            }
        }
        return new StandardizedLength(length, ValueQuality.Valid);
    }

    private static bool IsBetweenDigits(ReadOnlySpan<char> text, int index) =>
        index > 0 && index + 1 < text.Length && char.IsAsciiDigit(text[index - 1]) && char.IsAsciiDigit(text[index + 1]);
}
