using IdentityResolution.Standardization.Text;

namespace IdentityResolution.Standardization.Places;

/// <summary>House numbers: <c>12a</c>, <c>12-14</c>, <c>12/3</c>; no blanks, no leading zeros.</summary>
internal sealed class HouseNumberStandardizer(Placeholders placeholders, StandardizationOptions options) : TextStandardizerBase(placeholders, options)
{
    private static readonly string[] Marks = ["number", "no", "nr", "num", "n", "hausnummer", "house"];

    /// <inheritdoc />
    protected override StandardizedLength Write(Span<char> folded, Span<char> destination)
    {
        int length = 0;
        char separator = '\0';
        foreach (char c in folded)
        {
            if (!Words.IsWordCharacter(c))
            {
                separator = c is '-' or '/' ? c : separator;
                continue;
            }
            if (length > 0 && separator != '\0' && (char.IsAsciiDigit(c) || !char.IsAsciiDigit(destination[length - 1])))
            {
                destination[length++] = separator;
            }
            separator = '\0';
            destination[length++] = c;
        }
        length = CutMarks(destination, length);
        int zeros = 0;
        while (zeros + 1 < length && destination[zeros] == '0' && char.IsAsciiDigit(destination[zeros + 1]))
        {
            zeros++;
        }
        length = Words.RemoveStart(destination, length, zeros);
        bool valid = length is > 0 and <= 12 && char.IsAsciiDigit(destination[0]);
        return new StandardizedLength(length, valid ? ValueQuality.Valid : ValueQuality.Suspect);
    }

    private static int CutMarks(Span<char> text, int length)
    {
        foreach (string mark in Marks)
        {
            if (length > mark.Length && text.StartsWith(mark) && char.IsAsciiDigit(text[mark.Length]))
            {
                return Words.RemoveStart(text, length, mark.Length);
            }
        }
        return length;
    }
}
