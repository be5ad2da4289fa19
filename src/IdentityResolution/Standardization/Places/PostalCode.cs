namespace IdentityResolution.Standardization;

/// <summary>Parts of postal codes in standard form, for blocking on areas of different size. No allocation.</summary>
public static class PostalCode
{
    /// <summary>The area: the outward code in the United Kingdom (<c>po89</c> of <c>po891ld</c>), elsewhere the first three characters.</summary>
    /// <param name="standard">A standard form of <see cref="FieldKind.PostalCode"/>.</param>
    /// <returns>A part of <paramref name="standard"/>; all of it when it is shorter.</returns>
    public static ReadOnlySpan<char> Area(ReadOnlySpan<char> standard) =>
        IsUnitedKingdom(standard) ? standard[..^3] : standard[..Math.Min(3, standard.Length)];

    /// <summary>The sector: one character more than the area.</summary>
    /// <param name="standard">A standard form of <see cref="FieldKind.PostalCode"/>.</param>
    /// <returns>A part of <paramref name="standard"/>; all of it when it is shorter.</returns>
    public static ReadOnlySpan<char> Sector(ReadOnlySpan<char> standard) => standard[..Math.Min(Area(standard).Length + 1, standard.Length)];

    /// <summary>The whole code.</summary>
    /// <param name="standard">A standard form of <see cref="FieldKind.PostalCode"/>.</param>
    /// <returns><paramref name="standard"/> itself.</returns>
    public static ReadOnlySpan<char> Full(ReadOnlySpan<char> standard) => standard;

    /// <summary>Whether the code has the shape of a British one: one or two letters, a district, then a digit and two letters.</summary>
    /// <param name="standard">A standard form of <see cref="FieldKind.PostalCode"/>.</param>
    public static bool IsUnitedKingdom(ReadOnlySpan<char> standard) =>
        standard.Length is >= 5 and <= 7
        && char.IsAsciiLetter(standard[0])
        && char.IsAsciiDigit(standard[^3]) && char.IsAsciiLetter(standard[^2]) && char.IsAsciiLetter(standard[^1])
        && standard[1..^3].ContainsAnyInRange('0', '9');
}
