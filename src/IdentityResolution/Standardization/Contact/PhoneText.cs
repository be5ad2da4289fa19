namespace IdentityResolution.Standardization.Contact;

/// <summary>Helpers that read folded text of telephone numbers.</summary>
internal static class PhoneText
{
    private static readonly string[] ExtensionMarks = ["extension", "extn", "ext", "x", "#", ";"];

    /// <summary>Where the number ends and an extension may begin.</summary>
    public static int NumberEnd(ReadOnlySpan<char> folded)
    {
        foreach (string mark in ExtensionMarks)
        {
            int start = folded.IndexOf(mark);
            if (start > 0 && CountDigits(folded[..start]) >= 6)
            {
                return start;
            }
        }
        return folded.Length;
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
        digits.Length > 0 && (!digits.ContainsAnyExcept(digits[0])
            || (digits.Length >= 7 && ("01234567890123456789".AsSpan().IndexOf(digits) is 0 or 1 || "98765432109876543210".AsSpan().IndexOf(digits) is 0)));

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
