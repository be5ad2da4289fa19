namespace IdentityResolution.Generation;

/// <summary>One record of an invented person, damaged as real ones are, with the person it is of.</summary>
/// <param name="RecordId">The record's id; unique over all sources of a run.</param>
/// <param name="Source">The source's name.</param>
/// <param name="FirstName">First name as entered; empty = missing.</param>
/// <param name="Surname">Surname as entered; empty = missing.</param>
/// <param name="BirthDate">Date of birth as entered; null = missing.</param>
/// <param name="Email">E-mail address as entered; empty = missing.</param>
/// <param name="Phone">Telephone as the source writes it; empty = missing.</param>
/// <param name="Street">House number and street; empty = missing.</param>
/// <param name="City">Town; empty = missing.</param>
/// <param name="Postcode">Postal code; empty = missing.</param>
/// <param name="TrueId">The answer: who the record is of. Never let a resolver see it.</param>
public sealed record SyntheticRecord(
    string RecordId,
    string Source,
    string FirstName,
    string Surname,
    DateOnly? BirthDate,
    string Email,
    string Phone,
    string Street,
    string City,
    string Postcode,
    string TrueId);
