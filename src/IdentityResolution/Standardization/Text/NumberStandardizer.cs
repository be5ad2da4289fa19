namespace IdentityResolution.Standardization.Text;

/// <summary>Numbers as plain decimal digits with a dot: no currency, no thousands separators, no useless zeros.</summary>
/// <remarks>One dot is a decimal point; one comma is a decimal comma unless exactly three digits follow it; where both stand, the last one is decimal.</remarks>
internal sealed class NumberStandardizer(Placeholders placeholders, StandardizationOptions options) : TextStandardizerBase(placeholders, options)
{
    private static readonly WordSet Units = new(
        "usd eur gbp chf jpy aud cad nzd sek nok dkk pln czk huf inr brl zar rub cny mxn us dollar dollars euro euros pound pounds rs kr zl");

    /// <inheritdoc />
    protected override StandardizedLength Write(Span<char> folded, Span<char> destination)
    {
        int length = TryWrite(folded, destination);
        if (length > 0)
        {
            return new StandardizedLength(length, ValueQuality.Valid);
        }
        length = Words.Collapse(folded, destination);
        bool any = false;
        foreach (char c in destination[..length])
        {
            any |= Words.IsWordCharacter(c);
        }
        return new StandardizedLength(any ? length : 0, ValueQuality.Suspect);
    }

    private static int TryWrite(ReadOnlySpan<char> text, Span<char> destination)
    {
        text = text.Trim();
        bool negative = text is ['(', .., ')'];
        text = negative ? text[1..^1] : text;
        if (!TryScan(text, ref negative, out int point, out int digits) || digits == 0)
        {
            return 0;
        }
        int length = 0;
        if (negative)
        {
            destination[length++] = '-';
        }
        int start = length;
        for (int i = 0; i < text.Length; i++)
        {
            if (i == point)
            {
                if (length == start)
                {
                    destination[length++] = '0';
                }
                destination[length++] = '.';
            }
            else if (char.IsAsciiDigit(text[i]))
            {
                if (length == start + 1 && destination[start] == '0')
                {
                    length--;
                }
                destination[length++] = text[i];
            }
        }
        if (point >= 0)
        {
            length = destination[..length].TrimEnd('0').Length;
            length = destination[..length].TrimEnd('.').Length;
        }
        return destination[..length] is "-0" ? Zero(destination) : length;
    }

    private static int Zero(Span<char> destination)
    {
        destination[0] = '0';
        return 1;
    }

    private static bool TryScan(ReadOnlySpan<char> text, ref bool negative, out int point, out int digits)
    {
        point = -1;
        digits = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsAsciiDigit(c))
            {
                digits++;
            }
            else if (c == '-' && (digits == 0 || i == text.Length - 1) && !negative)
            {
                negative = true;
            }
            else if (char.IsAsciiLetter(c))
            {
                int end = i;
                while (end < text.Length && char.IsAsciiLetter(text[end]))
                {
                    end++;
                }
                if (!Units.Contains(text[i..end]))
                {
                    return false;
                }
                i = end - 1;
            }
            else if (c is not (' ' or '.' or ',' or '\'' or '_' or '$' or '%' or '+' or '\t'))
            {
                return false;
            }
        }
        point = FindPoint(text);
        return true;
    }

    private static int FindPoint(ReadOnlySpan<char> text)
    {
        int dots = text.Count('.');
        int commas = text.Count(',');
        int dot = text.LastIndexOf('.');
        int comma = text.LastIndexOf(',');
        if (dots > 0 && commas > 0)
        {
            return Math.Max(dot, comma);
        }
        if (dots == 1)
        {
            return dot;
        }
        return commas == 1 && DigitsAfter(text, comma) != 3 ? comma : -1;
    }

    private static int DigitsAfter(ReadOnlySpan<char> text, int index)
    {
        int count = 0;
        for (int i = index + 1; i < text.Length && char.IsAsciiDigit(text[i]); i++)
        {
            count++;
        }
        return count;
    }
}
