namespace IdentityResolution.Standardization.Text;

/// <summary>Sex as <c>m</c>, <c>f</c> or <c>x</c>; other words are kept and suspect.</summary>
/// <remarks>Codes 1 and 2, 0 and 9 as in ISO/IEC 5218:2022.</remarks>
internal sealed class SexStandardizer(Placeholders placeholders, StandardizationOptions options) : TextStandardizerBase(placeholders, options)
{
    private static readonly WordMap Codes = new(
        "m: male, man, men, boy, mr, 1, masculine, masculin, masculino, maschile, maschio, uomo, homme, hombre, varon, homem, mannlich, maennlich, mann, herr, " +
        "mannelijk, muz, mezczyzna, muzh, muzhskoy, muzhchina, erkek, h, male m;" +
        "f: female, woman, women, girl, mrs, ms, miss, 2, feminine, feminin, feminino, femenino, femminile, femmina, donna, femme, mujer, mulher, weiblich, frau, " +
        "vrouwelijk, vrouw, zena, kobieta, zhenskiy, zhenshchina, kadin, w, fem, female f, kvinna, kvinde, nainen, k, zh;" +
        "x: other, nonbinary, non binary, diverse, divers, intersex, 3, o, third gender, nb, d, indeterminate, x x;" +
        "?: u, 0, 9, not known, not applicable, unknown, undetermined, prefer not to say, not disclosed, no answer, i");

    /// <inheritdoc />
    protected override StandardizedLength Write(Span<char> folded, Span<char> destination)
    {
        int length = Words.Clean(folded, destination, NothingDropped.ButApostrophes);
        if (!Codes.TryGet(destination[..length], out string code))
        {
            return new StandardizedLength(length, ValueQuality.Suspect);
        }
        if (code == "?")
        {
            return StandardizedLength.Missing;
        }
        destination[0] = code[0];
        return new StandardizedLength(1, ValueQuality.Valid);
    }
}
