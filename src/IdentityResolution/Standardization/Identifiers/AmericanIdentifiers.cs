using IdentityResolution.Standardization.Text;

namespace IdentityResolution.Standardization.Identifiers;

/// <summary>Identifiers of the United States and Brazil.</summary>
internal static class AmericanIdentifiers
{
    // Printed in wallets and leaflets, and used by thousands since.
    private static readonly WordSet NeverSsn = new("078051120 219099999 457555462 123456789 987654321");

    private static readonly int[] CnpjWeights = [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2];

    /// <summary>Nine digits; area not 000, 666 or 9xx, group not 00, serial not 0000. Source: Social Security Administration, SSN randomization (2011).</summary>
    public static bool IsSsn(ReadOnlySpan<char> form) =>
        CheckDigits.AreDigits(form, 9)
        && form[..3] is not ("000" or "666") && form[0] != '9'
        && form[3..5] is not "00" && form[5..] is not "0000"
        && form.ContainsAnyExcept(form[0])
        && !NeverSsn.Contains(form);

    /// <summary>Nine digits with a prefix that a campus of the Internal Revenue Service gives out.</summary>
    public static bool IsEin(ReadOnlySpan<char> form)
    {
        if (!CheckDigits.AreDigits(form, 9) || !form.ContainsAnyExcept(form[0]))
        {
            return false;
        }
        int prefix = CheckDigits.Modulo(form[..2], 100);
        return prefix is (>= 1 and <= 6) or (>= 10 and <= 16) or (>= 20 and <= 27) or (>= 30 and <= 48) or (>= 50 and <= 68) or (>= 71 and <= 77)
            or (>= 80 and <= 88) or (>= 90 and <= 95) or 98 or 99;
    }

    /// <summary>Eleven digits, the last two by weights counted down to 2, modulo 11.</summary>
    public static bool IsCpf(ReadOnlySpan<char> form)
    {
        if (!CheckDigits.AreDigits(form, 11) || !form.ContainsAnyExcept(form[0]))
        {
            return false;
        }
        int first = 0;
        int second = 0;
        for (int i = 0; i < 10; i++)
        {
            first += i < 9 ? (form[i] - '0') * (10 - i) : 0;
            second += (form[i] - '0') * (11 - i);
        }
        return first * 10 % 11 % 10 == form[9] - '0' && second * 10 % 11 % 10 == form[10] - '0';
    }

    /// <summary>Fourteen digits, the last two by weights 2 to 9 from the right, modulo 11.</summary>
    public static bool IsCnpj(ReadOnlySpan<char> form) =>
        CheckDigits.AreDigits(form, 14)
        && form.ContainsAnyExcept(form[0])
        && Complement(CheckDigits.WeightedSum(form[..12], CnpjWeights.AsSpan(1))) == form[12] - '0'
        && Complement(CheckDigits.WeightedSum(form[..13], CnpjWeights)) == form[13] - '0';

    private static int Complement(int sum) => sum % 11 < 2 ? 0 : 11 - (sum % 11);
}
