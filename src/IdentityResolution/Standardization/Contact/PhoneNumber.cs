namespace IdentityResolution.Standardization;

/// <summary>Reads parts of telephone numbers.</summary>
public static class PhoneNumber
{
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
