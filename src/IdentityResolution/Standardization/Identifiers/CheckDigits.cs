namespace IdentityResolution.Standardization.Identifiers;

/// <summary>Check digit algorithms over ASCII digits and lower-case letters.</summary>
internal static class CheckDigits
{
    private static readonly byte[] VerhoeffProducts =
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4, 0, 6, 7, 8, 9, 5, 2, 3, 4, 0, 1, 7, 8, 9, 5, 6, 3, 4, 0, 1, 2, 8, 9, 5, 6, 7,
        4, 0, 1, 2, 3, 9, 5, 6, 7, 8, 5, 9, 8, 7, 6, 0, 4, 3, 2, 1, 6, 5, 9, 8, 7, 1, 0, 4, 3, 2, 7, 6, 5, 9, 8, 2, 1, 0, 4, 3,
        8, 7, 6, 5, 9, 3, 2, 1, 0, 4, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0,
    ];

    private static readonly byte[] VerhoeffPermutation = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];

    /// <summary>Whether the text is of so many digits.</summary>
    public static bool AreDigits(ReadOnlySpan<char> text, int length) => text.Length == length && AreDigits(text);

    /// <summary>Whether the text is of digits only.</summary>
    public static bool AreDigits(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange('0', '9');

    /// <summary>The number that digits spell, modulo another.</summary>
    public static int Modulo(ReadOnlySpan<char> digits, int modulus)
    {
        int remainder = 0;
        foreach (char c in digits)
        {
            remainder = ((remainder * 10) + (c - '0')) % modulus;
        }
        return remainder;
    }

    /// <summary>The sum of digits times weights; the shorter one ends it.</summary>
    public static int WeightedSum(ReadOnlySpan<char> digits, ReadOnlySpan<int> weights)
    {
        int sum = 0;
        for (int i = 0; i < Math.Min(digits.Length, weights.Length); i++)
        {
            sum += (digits[i] - '0') * weights[i];
        }
        return sum;
    }

    /// <summary>Luhn's formula. Source: ISO/IEC 7812-1:2017, annex B.</summary>
    public static bool Luhn(ReadOnlySpan<char> digits)
    {
        if (!AreDigits(digits) || digits.Length < 2)
        {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < digits.Length; i++)
        {
            int digit = digits[digits.Length - 1 - i] - '0';
            int doubled = digit * 2;
            sum += (i & 1) == 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % 10 == 0;
    }

    /// <summary>Verhoeff's scheme. Source: Verhoeff (1969), Error Detecting Decimal Codes, Mathematical Centre Tract 29.</summary>
    public static bool Verhoeff(ReadOnlySpan<char> digits)
    {
        if (!AreDigits(digits))
        {
            return false;
        }
        int check = 0;
        for (int i = 0; i < digits.Length; i++)
        {
            int digit = digits[digits.Length - 1 - i] - '0';
            for (int round = 0; round < i % 8; round++)
            {
                digit = VerhoeffPermutation[digit];
            }
            check = VerhoeffProducts[(check * 10) + digit];
        }
        return check == 0;
    }

    /// <summary>MOD 97-10 with letters as two digits (a = 10): the remainder must be 1. Source: ISO/IEC 7064:2003.</summary>
    public static int Mod97(ReadOnlySpan<char> text, int start = 0)
    {
        int remainder = start;
        foreach (char c in text)
        {
            remainder = char.IsAsciiDigit(c) ? ((remainder * 10) + (c - '0')) % 97 : ((remainder * 100) + (c - 'a' + 10)) % 97;
        }
        return remainder;
    }

    /// <summary>MOD 11,10: a hybrid system with one check digit at the end. Source: ISO/IEC 7064:2003.</summary>
    public static bool Mod11And10(ReadOnlySpan<char> digits)
    {
        if (!AreDigits(digits))
        {
            return false;
        }
        int check = 10;
        foreach (char c in digits[..^1])
        {
            int sum = (check + (c - '0')) % 10;
            check = (sum == 0 ? 10 : sum) * 2 % 11;
        }
        return (11 - check) % 10 == digits[^1] - '0';
    }
}
