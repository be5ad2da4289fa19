namespace IdentityResolution.Standardization.Identifiers;

/// <summary>Identifiers of ISO standards.</summary>
internal static class InternationalIdentifiers
{
    // Lengths of the IBAN registry, country by country.
    private const string IbanLengths =
        "ad24 ae23 al28 at20 az28 ba20 be16 bg22 bh22 bi27 br29 by28 ch21 cr22 cy28 cz24 de22 dj27 dk18 do28 ee20 eg29 es24 fi18 fk18 fo18 fr27 gb22 ge22 gi23 " +
        "gl18 gr27 gt28 hr21 hu28 ie22 il23 iq23 is26 it27 jo30 kw30 kz20 lb28 lc32 li21 lt20 lu20 lv21 ly25 mc27 md24 me22 mk19 mn20 mr27 mt31 mu30 ni28 " +
        "nl18 no15 om23 pk24 pl28 ps29 pt25 qa29 ro24 rs22 ru33 sa24 sc31 sd18 se24 si19 sk24 sm27 so23 st25 sv28 tl23 tn24 tr26 ua29 va22 vg24 xk20 ye30 ";

    /// <summary>Two letters, two check digits, an account number of the country's length; MOD 97-10 with the first four characters last.</summary>
    public static bool IsIban(ReadOnlySpan<char> form)
    {
        if (form.Length is < 15 or > 34 || !char.IsAsciiLetter(form[0]) || !CheckDigits.AreDigits(form[2..4]))
        {
            return false;
        }
        int entry = IbanLengths.AsSpan().IndexOf(form[..2]);
        bool length = entry >= 0 && entry % 5 == 0 && form.Length == ((IbanLengths[entry + 2] - '0') * 10) + (IbanLengths[entry + 3] - '0');
        return length && CheckDigits.Mod97(form[..4], CheckDigits.Mod97(form[4..])) == 1;
    }

    /// <summary>Eighteen letters and digits and two check digits by MOD 97-10.</summary>
    public static bool IsLei(ReadOnlySpan<char> form) =>
        form.Length == 20 && CheckDigits.AreDigits(form[18..]) && CheckDigits.Mod97(form) == 1;
}
