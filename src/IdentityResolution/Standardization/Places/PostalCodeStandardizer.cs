using IdentityResolution.Standardization.Text;

namespace IdentityResolution.Standardization.Places;

/// <summary>Postal codes: lower-case letters and digits only, without country prefix (d-10115) and ZIP+4 add-on.</summary>
internal sealed class PostalCodeStandardizer(Placeholders placeholders, StandardizationOptions options) : TextStandardizerBase(placeholders, options)
{
    private readonly bool _unitedStates = string.Equals(options.DefaultRegion, "US", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc />
    protected override StandardizedLength Write(Span<char> folded, Span<char> destination)
    {
        ReadOnlySpan<char> text = CutPrefix(folded.Trim());
        text = IsZipPlusFour(text) ? text[..5] : text;
        int length = 0;
        foreach (char c in text)
        {
            if (Words.IsWordCharacter(c))
            {
                destination[length++] = c;
            }
        }
        if (_unitedStates && Words.AreDigits(destination[..length]))
        {
            length = MendUnitedStates(destination, length);
        }
        ReadOnlySpan<char> form = destination[..length];
        if (length == 0 || (form[0] is '0' or '9' && length > 2 && !form.ContainsAnyExcept(form[0])))
        {
            return StandardizedLength.Missing;
        }
        bool valid = length is >= 3 and <= 10 && Words.HasDigit(form);
        return new StandardizedLength(length, valid ? ValueQuality.Valid : ValueQuality.Suspect);
    }

    // Spreadsheets drop the leading zero of New England's codes.
    private static int MendUnitedStates(Span<char> text, int length)
    {
        if (length == 9)
        {
            return 5;
        }
        return length is 3 or 4 ? Words.Replace(text, length, 0, 0, "00".AsSpan(0, 5 - length)) : length;
    }

    private static ReadOnlySpan<char> CutPrefix(ReadOnlySpan<char> text)
    {
        int dash = text.IndexOf('-');
        bool prefix = dash is 1 or 2 && text.Length > dash + 1 && char.IsAsciiLetter(text[0]) && char.IsAsciiLetter(text[dash - 1])
            && char.IsAsciiDigit(text[dash + 1]);
        return prefix ? text[(dash + 1)..] : text;
    }

    private static bool IsZipPlusFour(ReadOnlySpan<char> text) =>
        text.Length == 10 && text[5] == '-' && Words.AreDigits(text[..5]) && Words.AreDigits(text[6..]);
}
