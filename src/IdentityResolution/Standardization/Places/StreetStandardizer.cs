using IdentityResolution.Standardization.Text;

namespace IdentityResolution.Standardization.Places;

/// <summary>Street addresses: <c>number street unit</c>, abbreviations spelled out.</summary>
internal sealed class StreetStandardizer(Placeholders placeholders, StandardizationOptions options) : TextStandardizerBase(placeholders, options)
{
    /// <inheritdoc />
    protected override StandardizedLength Write(Span<char> folded, Span<char> destination)
    {
        int length = StreetWriter.Write(folded, destination);
        return new StandardizedLength(length, ValueQuality.Valid);
    }
}
