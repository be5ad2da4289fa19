using IdentityResolution.Standardization.Text;

namespace IdentityResolution.Standardization.Identifiers;

/// <summary>Identifiers: lower-case letters and digits only.</summary>
internal sealed class IdentifierStandardizer(Placeholders placeholders, StandardizationOptions options) : TextStandardizerBase(placeholders, options)
{
    private readonly IdentifierScheme? _scheme = options.IdentifierScheme is { } name ? IdentifierScheme.Find(name) : null;

    /// <inheritdoc />
    protected override StandardizedLength Write(Span<char> folded, Span<char> destination)
    {
        int length = 0;
        foreach (char c in folded)
        {
            if (Words.IsWordCharacter(c))
            {
                destination[length++] = c;
            }
        }
        ReadOnlySpan<char> form = destination[..length];
        return IsPlaceholder(form)
            ? StandardizedLength.Missing
            : new StandardizedLength(length, _scheme is null || _scheme.IsValid(form) ? ValueQuality.Valid : ValueQuality.Suspect);
    }

    // 000000000, 123456789, 987654321: digits that nobody was given. A single digit can be a real identifier, except 0.
    private static bool IsPlaceholder(ReadOnlySpan<char> form) =>
        form is "0" or "notavailable" or "notprovided" or "notapplicable" or "unknown" or "nonegiven"
        || (form.Length >= 3 && char.IsAsciiDigit(form[0]) && !form.ContainsAnyExcept(form[0]))
        || (form.Length >= 6 && form[0] == 'x' && !form.ContainsAnyExcept('x'))
        || (form.Length >= 6 && ("01234567890123456789".AsSpan().IndexOf(form) is 0 or 1 || "98765432109876543210".AsSpan().IndexOf(form) == 0));
}
