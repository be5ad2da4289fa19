using IdentityResolution.Standardization.Text;

namespace IdentityResolution.Standardization.Contact;

/// <summary>Telephone numbers: <c>+</c> and digits when the country is known, else the national digits.</summary>
/// <remarks>The extension is left out; <see cref="PhoneNumber"/> gives it.</remarks>
internal sealed class PhoneStandardizer(Placeholders placeholders, StandardizationOptions options) : TextStandardizerBase(placeholders, options)
{
    private readonly NumberingPlan? _plan = NumberingPlan.OfRegion(options.DefaultRegion);

    /// <inheritdoc />
    protected override StandardizedLength Write(Span<char> folded, Span<char> destination)
    {
        ReadOnlySpan<char> number = folded[..PhoneText.NumberEnd(folded)];
        // In front of the digits one place is kept for "+" and three for a country code.
        bool international = false;
        int length = 0;
        if (PhoneText.IsPlain(number) || !PhoneText.TryLetters(number, destination[4..], out length))
        {
            length = PhoneText.Digits(number, destination[4..], out international);
        }
        Span<char> digits = destination.Slice(4, length);
        if (length == 0)
        {
            int words = Words.Clean(folded, destination, NothingDropped.Instance);
            return new StandardizedLength(words, ValueQuality.Suspect);
        }
        if (PhoneText.IsPlaceholder(digits))
        {
            return StandardizedLength.Missing;
        }
        return international || PhoneText.TryCutPrefix(ref digits, _plan)
            ? WriteInternational(digits, destination)
            : WriteNational(digits, destination);
    }

    private static StandardizedLength WriteInternational(Span<char> digits, Span<char> destination)
    {
        if (PhoneText.IsPlaceholder(digits))
        {
            return StandardizedLength.Missing;
        }
        NumberingPlan? plan = NumberingPlan.OfInternational(digits);
        bool valid = digits.Length is >= 7 and <= 15;
        ReadOnlySpan<char> code = plan is null ? "" : plan.Code;
        Span<char> national = digits[code.Length..];
        if (plan is not null)
        {
            // "+44 (0)20": the trunk prefix does not follow a country code.
            Span<char> bare = plan.Trunk is "0" or "06" ? national.TrimStart('0') : national;
            national = bare.IsEmpty ? national : bare;
            valid &= plan.Allows(national.Length);
            if (PhoneText.IsPlaceholder(national))
            {
                return StandardizedLength.Missing;
            }
        }
        destination[0] = '+';
        national.CopyTo(destination[(1 + code.Length)..]);
        code.CopyTo(destination[1..]);
        int length = 1 + code.Length + national.Length;
        return PhoneText.IsPlaceholder(destination[1..length])
            ? StandardizedLength.Missing
            : new StandardizedLength(length, valid ? ValueQuality.Valid : ValueQuality.Suspect);
    }

    private StandardizedLength WriteNational(Span<char> digits, Span<char> destination)
    {
        if (_plan is null)
        {
            digits.CopyTo(destination);
            return new StandardizedLength(digits.Length, digits.Length is >= 7 and <= 15 ? ValueQuality.Valid : ValueQuality.Suspect);
        }
        Span<char> national = digits;
        if (_plan.Trunk.Length > 0 && digits.StartsWith(_plan.Trunk) && _plan.Allows(digits.Length - _plan.Trunk.Length))
        {
            national = digits[_plan.Trunk.Length..];
        }
        else if (!_plan.Allows(digits.Length) && digits.StartsWith(_plan.Code) && _plan.Allows(digits.Length - _plan.Code.Length))
        {
            national = digits[_plan.Code.Length..];
        }
        if (!_plan.Allows(national.Length) || (_plan.Trunk == "0" && national[0] == '0'))
        {
            digits.CopyTo(destination);
            return new StandardizedLength(digits.Length, ValueQuality.Suspect);
        }
        if (PhoneText.IsPlaceholder(national))
        {
            return StandardizedLength.Missing;
        }
        int start = 1 + _plan.Code.Length;
        national.CopyTo(destination[start..]);
        destination[0] = '+';
        _plan.Code.CopyTo(destination[1..]);
        return new StandardizedLength(start + national.Length, ValueQuality.Valid);
    }
}
