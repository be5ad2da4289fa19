namespace IdentityResolution.Standardization;

/// <summary>What became of a raw value.</summary>
public enum ValueQuality : byte
{
    /// <summary>Nothing is there: empty, blank, or a placeholder such as <c>n/a</c> or <c>test@test.com</c>.</summary>
    Missing = 0,

    /// <summary>The value is well formed.</summary>
    Valid,

    /// <summary>Something is there but it is not well formed (an impossible date, a phone of three digits); it is kept for comparing.</summary>
    Suspect,
}

/// <summary>The outcome of standardizing one value.</summary>
/// <param name="Length">How many characters were written. 0 when missing.</param>
/// <param name="Quality">What became of the value.</param>
public readonly record struct StandardizedLength(int Length, ValueQuality Quality)
{
    /// <summary>Nothing was written.</summary>
    public static StandardizedLength Missing => default;
}

/// <summary>Turns a raw value into the form that is compared. Pure: the same raw value always gives the same form.</summary>
/// <remarks>Called once per distinct value; must be safe to call from several threads at once.</remarks>
public interface IStandardizer
{
    /// <summary>The most characters that a raw value of this length can become.</summary>
    /// <param name="rawLength">Length of the raw value in UTF-16 units, at least 0.</param>
    /// <returns>A length that always suffices as destination, at least 1.</returns>
    int MaxLength(int rawLength);

    /// <summary>Writes the standard form of a raw value.</summary>
    /// <param name="raw">The raw value; may hold anything.</param>
    /// <param name="destination">Receives the form; at least <see cref="MaxLength"/> characters.</param>
    /// <returns>How many characters were written, and what became of the value.</returns>
    StandardizedLength Standardize(ReadOnlySpan<char> raw, Span<char> destination);
}
