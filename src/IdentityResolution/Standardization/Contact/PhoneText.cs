using System.Buffers;
using IdentityResolution.Standardization.Text;

namespace IdentityResolution.Standardization.Contact;

/// <summary>Helpers that read folded text of telephone numbers.</summary>
internal static class PhoneText
{
    private const string KeyPad = "22233344455566677778889999";
    private static readonly string[] ExtensionMarks = ["extension", "extn", "ext", "durchwahl", "poste", "ramal", "anexo", "interno", "toestel", "dob", "wewn", "klappe", "x", "#"];
    private static readonly string[] Separators = [" / ", " or ", " and ", ",", ";", "|"];

    private static readonly SearchValues<char> Plain = SearchValues.Create("0123456789()-+. ");

    /// <summary>Whether the text is of digits and the common punctuation between them alone.</summary>
    public static bool IsPlain(ReadOnlySpan<char> folded) => !folded.ContainsAnyExcept(Plain);

    /// <summary>Where the number ends and an extension or a second number may begin.</summary>
    public static int NumberEnd(ReadOnlySpan<char> folded)
    {
        int end = folded.Length;
        if (IsPlain(folded))
        {
            return end;
        }
        foreach (string separator in Separators)
        {
            int start = folded[..end].IndexOf(separator);
            if (start > 0 && CountDigits(folded[..start]) >= 7 && CountDigits(folded[start..]) >= 7)
            {
                end = start;
            }
        }
        foreach (string mark in ExtensionMarks)
        {
            int start = folded[..end].IndexOf(mark);
            if (start > 0 && CountDigits(folded[..start]) >= 6 && DigitFollows(folded[(start + mark.Length)..end]))
            {
                return start;
            }
        }
        return end;
    }

    /// <summary>Reads a number of the North American plan with letters for digits (1-800-FLOWERS). False when the text is none.</summary>
    public static bool TryLetters(ReadOnlySpan<char> folded, Span<char> destination, out int length)
    {
        length = 0;
        int letters = 0;
        foreach (char c in folded)
        {
            if (char.IsAsciiDigit(c))
            {
                destination[length++] = c;
            }
            else if (char.IsAsciiLetterLower(c) && length >= 3)
            {
                letters++;
                destination[length++] = KeyPad[c - 'a'];
            }
            else if (Words.IsWordCharacter(c) || c == '+')
            {
                return false;
            }
        }
        return letters is >= 3 and <= 7 && (length == 10 || (length == 11 && destination[0] == '1'));
    }

    /// <summary>Copies the digits; <paramref name="international"/> tells whether a plus sign stood before them.</summary>
    public static int Digits(ReadOnlySpan<char> folded, Span<char> destination, out bool international)
    {
        international = false;
        int length = 0;
        foreach (char c in folded)
        {
            if (char.IsAsciiDigit(c))
            {
                destination[length++] = c;
            }
            else if (c == '+' && length == 0)
            {
                international = true;
            }
        }
        return length;
    }

    /// <summary>Cuts an international prefix, 00 or 011, from digits that are long enough to have one.</summary>
    public static bool TryCutPrefix(ref Span<char> digits, NumberingPlan? plan)
    {
        bool northAmerica = plan?.Code == "1";
        if (digits.StartsWith("011") && (northAmerica ? digits.Length >= 11 : plan is null && digits.Length >= 13)
            && NumberingPlan.OfInternational(digits[3..]) is not null)
        {
            digits = digits[3..];
            return true;
        }
        if (digits.StartsWith("00") && digits.Length >= 10 && NumberingPlan.OfInternational(digits[2..]) is not null)
        {
            digits = digits[2..];
            return true;
        }
        return false;
    }

    /// <summary>Whether digits stand for "no number": all the same, or counted up or down.</summary>
    public static bool IsPlaceholder(ReadOnlySpan<char> digits) =>
        digits.Length > 0
        && (!digits.ContainsAnyExcept(digits[0])
            || digits is "1234567" or "12345678" or "123456789" or "1234567890" or "0123456789" or "0987654321" or "9876543210");

    private static bool DigitFollows(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (Words.IsWordCharacter(c))
            {
                return char.IsAsciiDigit(c);
            }
        }
        return false;
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
