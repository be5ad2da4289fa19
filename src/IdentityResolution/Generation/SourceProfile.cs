namespace IdentityResolution.Generation;

/// <summary>How a source writes telephone numbers.</summary>
internal enum PhoneStyle
{
    Plain = 0,
    Spaced,
    International,
    Dashed,
}

/// <summary>What a source is like: how many records it holds, how carefully they are entered, what it asks for and how it writes.</summary>
/// <param name="Name">The source's name.</param>
/// <param name="Share">Records relative to the other sources.</param>
/// <param name="ErrorFactor">Errors relative to the average; 1 = average.</param>
/// <param name="NoBirthDate">Share of records without a birth date, in [0, 1].</param>
/// <param name="NoEmail">Share of records without an e-mail address, in [0, 1].</param>
/// <param name="NoPhone">Share of records without a telephone, in [0, 1].</param>
/// <param name="NoAddress">Share of records without street and postal code, in [0, 1].</param>
/// <param name="PlainLetters">Share of records stored without diacritics, in [0, 1].</param>
/// <param name="LowerCase">Share of records in lower case, in [0, 1].</param>
/// <param name="UpperCase">Share of records in capitals, in [0, 1].</param>
/// <param name="Phones">How telephone numbers are written.</param>
internal sealed record SourceProfile(
    string Name,
    int Share,
    double ErrorFactor,
    double NoBirthDate,
    double NoEmail,
    double NoPhone,
    double NoAddress,
    double PlainLetters,
    double LowerCase,
    double UpperCase,
    PhoneStyle Phones)
{
    /// <summary>The sources, in the order in which they are taken.</summary>
    public static IReadOnlyList<SourceProfile> All { get; } =
    [
        new("crm", 34, 0.7, 0.06, 0.16, 0.12, 0.05, 0.10, 0.00, 0.00, PhoneStyle.Spaced),
        new("shop", 28, 1.0, 0.22, 0.02, 0.25, 0.06, 0.30, 0.06, 0.02, PhoneStyle.Plain),
        new("support", 16, 1.3, 0.30, 0.10, 0.12, 0.30, 0.40, 0.04, 0.00, PhoneStyle.International),
        new("web", 10, 1.2, 0.20, 0.03, 0.40, 0.30, 0.20, 0.20, 0.01, PhoneStyle.Plain),
        new("loyalty", 7, 0.9, 0.08, 0.20, 0.20, 0.08, 0.30, 0.00, 0.00, PhoneStyle.Dashed),
        new("partner", 5, 1.8, 0.12, 0.25, 0.25, 0.10, 1.00, 0.00, 1.00, PhoneStyle.Spaced),
    ];
}
