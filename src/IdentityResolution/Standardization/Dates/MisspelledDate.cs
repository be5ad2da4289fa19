using IdentityResolution.Standardization.Text;

namespace IdentityResolution.Standardization.Dates;

/// <summary>Puts the parts of a date with slips of the keyboard in it (05-1w-1963) in the usual order, so that it stays close to the date that was meant.</summary>
internal static class MisspelledDate
{
    private const int LeastDigits = 5;

    /// <summary>Writes <c>yyyy-MM-dd</c> as written. Returns 0 when the text is not three parts of which one, first or last, has four characters.</summary>
    public static int TryWrite(ReadOnlySpan<char> folded, Span<char> destination, DateOrder order)
    {
        ReadOnlySpan<char> text = folded.Trim();
        int first = PartLength(text);
        int second = first + 1 < text.Length ? PartLength(text[(first + 1)..]) : 0;
        int start = first + second + 2;
        if (second is not (1 or 2) || start >= text.Length || PartLength(text[start..]) != text.Length - start || CountDigits(text) < LeastDigits)
        {
            return 0;
        }
        ReadOnlySpan<char> left = text[..first];
        ReadOnlySpan<char> middle = text.Slice(first + 1, second);
        ReadOnlySpan<char> right = text[start..];
        return (left.Length, right.Length) switch
        {
            (4, 1 or 2) => Write(left, middle, right, destination),
            (1 or 2, 4) when order == DateOrder.MonthDayYear => Write(right, left, middle, destination),
            (1 or 2, 4) => Write(right, middle, left, destination),
            _ => 0,
        };
    }

    private static int Write(ReadOnlySpan<char> year, ReadOnlySpan<char> month, ReadOnlySpan<char> day, Span<char> destination)
    {
        int length = 0;
        year.CopyTo(destination);
        length += year.Length;
        length += WritePart(month, destination[length..]);
        return length + WritePart(day, destination[length..]);
    }

    private static int WritePart(ReadOnlySpan<char> part, Span<char> destination)
    {
        destination[0] = '-';
        destination[1] = '0';
        part.CopyTo(destination[(3 - part.Length)..]);
        return 3;
    }

    private static int PartLength(ReadOnlySpan<char> text)
    {
        int length = 0;
        while (length < text.Length && Words.IsWordCharacter(text[length]))
        {
            length++;
        }
        return length;
    }

    private static int CountDigits(ReadOnlySpan<char> text)
    {
        int count = 0;
        foreach (char c in text)
        {
            count += char.IsAsciiDigit(c) ? 1 : 0;
        }
        return count;
    }
}
