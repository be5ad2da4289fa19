namespace IdentityResolution;

/// <summary>Holds for two records when a date of one lies before a date of the other, either way round.</summary>
/// <param name="First">The field with the date that lies before, for example when somebody died.</param>
/// <param name="Second">The field with the date that lies after, for example when somebody was born.</param>
/// <remarks>A date without day or month counts as before only where every date that it may stand for is. A missing date is not before any.</remarks>
public sealed record DateBefore(string First, string Second);
