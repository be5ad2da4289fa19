using IdentityResolution.Standardization.Contact;
using IdentityResolution.Standardization.Text;

namespace IdentityResolution.Standardization;

/// <summary>A telephone number and its parts.</summary>
/// <param name="Number">Standard form: <c>+</c> and digits when the country is known, else national digits; empty when there is none.</param>
/// <param name="CountryCode">Country code digits such as <c>1</c> or <c>44</c>; empty when it is not known.</param>
/// <param name="Extension">Digits of the extension; empty when there is none.</param>
/// <param name="Quality">Whether the number is missing, valid, or of a wrong length.</param>
public readonly record struct PhoneNumber(string Number, string CountryCode, string Extension, ValueQuality Quality)
{
    // More digits are a second number.
    private const int MaxExtension = 6;

    /// <summary>Takes a raw value apart.</summary>
    /// <param name="raw">A raw value; any text.</param>
    /// <param name="defaultRegion">ISO 3166-1 alpha-2 code of the country whose numbers are written without country code; <see langword="null"/> for none.</param>
    /// <returns>The parts; all empty when there is no number.</returns>
    /// <exception cref="ArgumentException"><paramref name="defaultRegion"/> is not two letters.</exception>
    public static PhoneNumber Parse(ReadOnlySpan<char> raw, string? defaultRegion = null)
    {
        IStandardizer standardizer = Standardizers.For(FieldKind.Phone, StandardizationOptions.Default with { DefaultRegion = defaultRegion });
        var form = new char[standardizer.MaxLength(raw.Length)];
        StandardizedLength written = standardizer.Standardize(raw, form);
        string number = new(form, 0, written.Length);
        string code = number is ['+', ..] ? NumberingPlan.OfInternational(number.AsSpan(1))?.Code ?? "" : "";
        int length = TextFold.Fold(raw, form);
        int end = PhoneText.NumberEnd(form.AsSpan(0, length));
        int digits = PhoneText.Digits(form.AsSpan(end, length - end), form, out _);
        return new PhoneNumber(number, code, written.Length == 0 || digits > MaxExtension ? "" : new string(form, 0, digits), written.Quality);
    }

    /// <summary>The last digits of a standard form: what stays equal whether or not the country code was written.</summary>
    /// <param name="standard">A standard form: digits, with or without a plus sign in front.</param>
    /// <param name="count">How many digits, at least 1; 7 to 9 suit most countries.</param>
    /// <returns>The last <paramref name="count"/> digits, or empty when there are fewer.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
    public static ReadOnlySpan<char> LastDigits(ReadOnlySpan<char> standard, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ReadOnlySpan<char> digits = standard is ['+', ..] ? standard[1..] : standard;
        return digits.Length < count ? [] : digits[^count..];
    }
}
