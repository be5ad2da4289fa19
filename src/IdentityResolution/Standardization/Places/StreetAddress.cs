using IdentityResolution.Standardization.Places;

namespace IdentityResolution.Standardization;

/// <summary>The parts of a street address, in standard form.</summary>
/// <param name="Number">House number such as <c>12a</c> or <c>12-14</c>; empty when there is none.</param>
/// <param name="Street">Street, abbreviations spelled out; empty when there is none.</param>
/// <param name="Unit">Flat, suite or room number without the word; empty when there is none.</param>
/// <param name="Rest">What follows the unit, such as a town; empty when nothing does.</param>
public readonly record struct StreetAddress(string Number, string Street, string Unit, string Rest)
{
    /// <summary>Takes an address apart.</summary>
    /// <param name="raw">A raw value in Anglo-American (12 Main St Apt 4) or continental layout (Hauptstr. 12a).</param>
    /// <returns>The parts; all empty when nothing is there.</returns>
    public static StreetAddress Parse(ReadOnlySpan<char> raw)
    {
        IStandardizer standardizer = Shared.Standardizer;
        var form = new char[standardizer.MaxLength(raw.Length)];
        ReadOnlySpan<char> standard = form.AsSpan(0, standardizer.Standardize(raw, form).Length);
        Split(standard, out ReadOnlySpan<char> number, out ReadOnlySpan<char> street, out ReadOnlySpan<char> unit, out ReadOnlySpan<char> rest);
        return new StreetAddress(number.ToString(), street.ToString(), unit.ToString(), rest.ToString());
    }

    /// <summary>Takes a standard form apart without allocation.</summary>
    /// <param name="standard">A standard form of <see cref="FieldKind.StreetAddress"/>.</param>
    /// <param name="number">The house number, or empty.</param>
    /// <param name="street">The street, or empty.</param>
    /// <param name="unit">The unit without the word, or empty.</param>
    /// <param name="rest">What follows the unit, or empty.</param>
    public static void Split(
        ReadOnlySpan<char> standard, out ReadOnlySpan<char> number, out ReadOnlySpan<char> street, out ReadOnlySpan<char> unit, out ReadOnlySpan<char> rest)
    {
        number = [];
        unit = [];
        rest = [];
        street = standard;
        if (StreetTokens.StartsWithNumber(standard, out int length))
        {
            number = standard[..length];
            street = standard[length..].TrimStart(' ');
        }
        int word = street.StartsWith("unit ") ? 0 : street.IndexOf(" unit ") + 1;
        if (word == 0 && !street.StartsWith("unit "))
        {
            return;
        }
        ReadOnlySpan<char> after = street[(word + "unit ".Length)..];
        int blank = after.IndexOf(' ');
        unit = blank < 0 ? after : after[..blank];
        rest = blank < 0 ? [] : after[(blank + 1)..];
        street = street[..word].TrimEnd(' ');
    }

    private static class Shared
    {
        public static readonly IStandardizer Standardizer = Standardizers.For(FieldKind.StreetAddress);
    }
}
