namespace IdentityResolution.Standardization.Identifiers;

/// <summary>Identifiers of persons in European countries.</summary>
internal static class EuropeanIdentifiers
{
    private static readonly System.Buffers.SearchValues<char> LettersNotInNino = System.Buffers.SearchValues.Create("dfiquv");

    private const string DniLetters = "trwagmyfpdxbnjzsqvhlcke";
    private static readonly int[] NhsWeights = [10, 9, 8, 7, 6, 5, 4, 3, 2];
    private static readonly int[] BsnWeights = [9, 8, 7, 6, 5, 4, 3, 2, -1];
    private static readonly int[] PeselWeights = [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1];

    /// <summary>Ten digits, the last by weights 10 to 2 modulo 11.</summary>
    public static bool IsNhs(ReadOnlySpan<char> form)
    {
        if (!CheckDigits.AreDigits(form, 10) || !form.ContainsAnyExcept(form[0]))
        {
            return false;
        }
        int check = 11 - (CheckDigits.WeightedSum(form, NhsWeights) % 11);
        return check != 10 && check % 11 == form[9] - '0';
    }

    /// <summary>Two letters, six digits and a letter a to d, without the prefixes that are not given out.</summary>
    public static bool IsNino(ReadOnlySpan<char> form) =>
        form.Length == 9
        && char.IsAsciiLetter(form[0]) && char.IsAsciiLetter(form[1])
        && !form[..2].ContainsAny(LettersNotInNino) && form[1] != 'o'
        && form[..2] is not ("bg" or "gb" or "kn" or "nk" or "nt" or "tn" or "zz")
        && CheckDigits.AreDigits(form[2..8])
        && form[8] is >= 'a' and <= 'd';

    /// <summary>Nine digits that satisfy the eleven test; eight are padded.</summary>
    public static bool IsBsn(ReadOnlySpan<char> form)
    {
        if (form.Length == 8 && CheckDigits.AreDigits(form))
        {
            return form.ContainsAnyExcept(form[0]) && CheckDigits.WeightedSum(form, BsnWeights.AsSpan(1)) % 11 == 0;
        }
        return CheckDigits.AreDigits(form, 9) && form.ContainsAnyExcept(form[0]) && CheckDigits.WeightedSum(form, BsnWeights) % 11 == 0;
    }

    /// <summary>Eleven digits, the first not 0, one digit of the first ten twice or thrice; MOD 11,10.</summary>
    public static bool IsGermanTaxId(ReadOnlySpan<char> form)
    {
        if (!CheckDigits.AreDigits(form, 11) || form[0] == '0' || !CheckDigits.Mod11And10(form))
        {
            return false;
        }
        int repeated = 0;
        for (char digit = '0'; digit <= '9'; digit++)
        {
            int count = form[..10].Count(digit);
            repeated += count is 2 or 3 ? 1 : count > 3 ? 10 : 0;
        }
        return repeated == 1;
    }

    /// <summary>Eight digits, or x, y, z and seven, and a letter by the remainder modulo 23.</summary>
    public static bool IsDni(ReadOnlySpan<char> form)
    {
        if (form.Length != 9 || !CheckDigits.AreDigits(form[1..8]))
        {
            return false;
        }
        int lead = form[0] switch
        {
            'x' => 0,
            'y' => 1,
            'z' => 2,
            >= '0' and <= '9' => form[0] - '0',
            _ => -1,
        };
        int remainder = lead < 0 ? -1 : ((lead * (10_000_000 % 23)) + CheckDigits.Modulo(form[1..8], 23)) % 23;
        return remainder >= 0 && DniLetters[remainder] == form[8];
    }

    /// <summary>Thirteen digits (Corsica: 2a, 2b) and a key: 97 less the remainder modulo 97.</summary>
    public static bool IsNir(ReadOnlySpan<char> form)
    {
        if (form.Length != 15 || form[0] is not (>= '1' and <= '8'))
        {
            return false;
        }
        Span<char> digits = stackalloc char[15];
        form.CopyTo(digits);
        if (form[5..7] is "2a" or "2b")
        {
            (form[6] == 'a' ? "19" : "18").CopyTo(digits[5..]);
        }
        return CheckDigits.AreDigits(digits) && 97 - CheckDigits.Modulo(digits[..13], 97) == CheckDigits.Modulo(digits[13..], 100);
    }

    /// <summary>Eleven digits, weights 1, 3, 7, 9 modulo 10.</summary>
    public static bool IsPesel(ReadOnlySpan<char> form) =>
        CheckDigits.AreDigits(form, 11) && form.ContainsAnyExcept(form[0]) && CheckDigits.WeightedSum(form, PeselWeights) % 10 == 0;

    /// <summary>Six digits of the birth date (day + 60 for coordination numbers) and four digits, Luhn.</summary>
    public static bool IsPersonnummer(ReadOnlySpan<char> form)
    {
        if (form.Length == 12)
        {
            form = form[..2] is "18" or "19" or "20" ? form[2..] : [];
        }
        return CheckDigits.AreDigits(form, 10)
            && CheckDigits.Modulo(form[2..4], 100) is >= 1 and <= 12
            && CheckDigits.Modulo(form[4..6], 100) is (>= 1 and <= 31) or (>= 61 and <= 91)
            && CheckDigits.Luhn(form);
    }

    /// <summary>Nine digits and two: 97 less the remainder modulo 97, a 2 in front for those born from 2000 on.</summary>
    public static bool IsBelgianNationalNumber(ReadOnlySpan<char> form)
    {
        if (!CheckDigits.AreDigits(form, 11))
        {
            return false;
        }
        int before = CheckDigits.Modulo(form[..9], 97);
        int after = ((2 * (1_000_000_000 % 97)) + before) % 97;
        int check = CheckDigits.Modulo(form[9..], 100);
        return check == 97 - before || check == 97 - after;
    }
}
