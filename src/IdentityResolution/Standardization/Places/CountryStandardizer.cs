using IdentityResolution.Standardization.Text;

namespace IdentityResolution.Standardization.Places;

/// <summary>Countries as ISO 3166-1 alpha-2 codes in lower case; unknown names are kept and suspect.</summary>
internal sealed class CountryStandardizer(Placeholders placeholders, StandardizationOptions options) : TextStandardizerBase(placeholders, options)
{
    /// <inheritdoc />
    protected override StandardizedLength Write(Span<char> folded, Span<char> destination)
    {
        int length = Words.Clean(folded, destination, NothingDropped.ButApostrophes);
        if (!Countries.TryGetCode(destination[..length], out string code))
        {
            return new StandardizedLength(length, ValueQuality.Suspect);
        }
        code.CopyTo(destination);
        return new StandardizedLength(2, ValueQuality.Valid);
    }
}
