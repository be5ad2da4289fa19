namespace IdentityResolution.Standardization.Identifiers;

/// <summary>Value added tax numbers with country prefix. Source: European Commission, VIES, structures of VAT numbers.</summary>
internal static class VatNumbers
{
    private static readonly int[] DanishWeights = [2, 7, 6, 5, 4, 3, 2, 1];
    private static readonly int[] FinnishWeights = [7, 9, 10, 5, 8, 4, 2];
    private static readonly int[] PolishWeights = [6, 5, 7, 2, 3, 4, 5, 6, 7];
    private static readonly int[] PortugueseWeights = [9, 8, 7, 6, 5, 4, 3, 2];
    private static readonly int[] DutchWeights = [9, 8, 7, 6, 5, 4, 3, 2];
    private static readonly int[] BritishWeights = [8, 7, 6, 5, 4, 3, 2];

    /// <summary>Whether a prefixed number has the country's shape and check digits.</summary>
    public static bool IsValid(ReadOnlySpan<char> form)
    {
        if (form.Length is < 6 or > 15)
        {
            return false;
        }
        ReadOnlySpan<char> number = form[2..];
        return form[..2] switch
        {
            "at" => IsAustrian(number),
            "be" => CheckDigits.AreDigits(number, 10) && 97 - CheckDigits.Modulo(number[..8], 97) == CheckDigits.Modulo(number[8..], 100),
            "de" => number.Length == 9 && number[0] != '0' && CheckDigits.Mod11And10(number),
            "dk" => CheckDigits.AreDigits(number, 8) && CheckDigits.WeightedSum(number, DanishWeights) % 11 == 0,
            "fi" => CheckDigits.AreDigits(number, 8) && (11 - (CheckDigits.WeightedSum(number, FinnishWeights) % 11)) % 11 == number[7] - '0',
            "fr" => IsFrench(number),
            "gb" or "xi" => IsBritish(number),
            "it" => number.Length == 11 && CheckDigits.Luhn(number),
            "lu" => CheckDigits.AreDigits(number, 8) && CheckDigits.Modulo(number[..6], 89) == CheckDigits.Modulo(number[6..], 100),
            "nl" => IsDutch(form),
            "pl" => CheckDigits.AreDigits(number, 10) && CheckDigits.WeightedSum(number, PolishWeights) % 11 == number[9] - '0',
            "pt" => CheckDigits.AreDigits(number, 9) && PortugueseCheck(number) == number[8] - '0',
            "se" => CheckDigits.AreDigits(number, 12) && number.EndsWith("01") && CheckDigits.Luhn(number[..10]),
            "es" => number.Length == 9 && CheckDigits.AreDigits(number[1..8]),
            "ie" => number.Length is 8 or 9 && char.IsAsciiDigit(number[0]) && char.IsAsciiLetter(number[^1]),
            "cy" => number.Length == 9 && CheckDigits.AreDigits(number[..8]) && char.IsAsciiLetter(number[8]),
            "cz" => number.Length is >= 8 and <= 10 && CheckDigits.AreDigits(number),
            "bg" or "lt" => number.Length is 9 or 10 or 12 && CheckDigits.AreDigits(number),
            "ee" or "el" => CheckDigits.AreDigits(number, 9),
            "hr" or "lv" => CheckDigits.AreDigits(number, 11),
            "hu" or "mt" or "si" => CheckDigits.AreDigits(number, 8),
            "ro" => number.Length is >= 4 and <= 10 && CheckDigits.AreDigits(number),
            "sk" => CheckDigits.AreDigits(number, 10) && CheckDigits.Modulo(number, 11) == 0,
            _ => false,
        };
    }

    private static bool IsAustrian(ReadOnlySpan<char> number)
    {
        if (number.Length != 9 || number[0] != 'u' || !CheckDigits.AreDigits(number[1..]))
        {
            return false;
        }
        int sum = 4;
        for (int i = 1; i < 8; i++)
        {
            int digit = number[i] - '0';
            int doubled = digit * 2;
            sum += (i & 1) == 1 ? digit : (doubled / 10) + (doubled % 10);
        }
        return (10 - (sum % 10)) % 10 == number[8] - '0';
    }

    // A key of two digits follows from the SIREN number; newer keys hold letters and are not checked.
    private static bool IsFrench(ReadOnlySpan<char> number) =>
        number.Length == 11
        && CheckDigits.Luhn(number[2..])
        && (!CheckDigits.AreDigits(number[..2]) || ((3 * CheckDigits.Modulo(number[2..], 97)) + 12) % 97 == CheckDigits.Modulo(number[..2], 100));

    private static bool IsBritish(ReadOnlySpan<char> number)
    {
        if (number.Length is not (9 or 12) || !CheckDigits.AreDigits(number))
        {
            return false;
        }
        int sum = CheckDigits.WeightedSum(number[..7], BritishWeights) + CheckDigits.Modulo(number[7..9], 100);
        return sum % 97 == 0 || (sum + 55) % 97 == 0;
    }

    private static bool IsDutch(ReadOnlySpan<char> form)
    {
        ReadOnlySpan<char> number = form[2..];
        if (number.Length != 12 || number[9] != 'b' || !CheckDigits.AreDigits(number[..9]) || !CheckDigits.AreDigits(number[10..]))
        {
            return false;
        }
        return CheckDigits.WeightedSum(number, DutchWeights) % 11 == number[8] - '0' || CheckDigits.Mod97(form) == 1;
    }

    private static int PortugueseCheck(ReadOnlySpan<char> number)
    {
        int check = 11 - (CheckDigits.WeightedSum(number, PortugueseWeights) % 11);
        return check > 9 ? 0 : check;
    }
}
