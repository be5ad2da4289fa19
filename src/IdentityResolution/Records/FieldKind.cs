namespace IdentityResolution;

/// <summary>What a field holds; decides how it is standardized, blocked on and compared when nothing else is said.</summary>
public enum FieldKind
{
    /// <summary>Free text: titles, descriptions, notes. Compared by words and characters.</summary>
    Text = 0,

    /// <summary>A person's first name.</summary>
    GivenName,

    /// <summary>A person's middle name or initial.</summary>
    MiddleName,

    /// <summary>A person's family name.</summary>
    Surname,

    /// <summary>A person's whole name in one value, in any order.</summary>
    FullName,

    /// <summary>The name of a company or another organisation.</summary>
    OrganizationName,

    /// <summary>A date of birth, or another date that stays with a person for life.</summary>
    BirthDate,

    /// <summary>Sex or gender.</summary>
    Sex,

    /// <summary>An e-mail address.</summary>
    Email,

    /// <summary>A telephone number.</summary>
    Phone,

    /// <summary>A street address line: house number, street, unit.</summary>
    StreetAddress,

    /// <summary>A house number alone.</summary>
    HouseNumber,

    /// <summary>A town or suburb.</summary>
    City,

    /// <summary>A state, province, county or region.</summary>
    Region,

    /// <summary>A postal code.</summary>
    PostalCode,

    /// <summary>A country.</summary>
    Country,

    /// <summary>An identifier: national id, passport, tax number, loyalty card, account number.</summary>
    Identifier,

    /// <summary>A number that is compared by its size: price, income, year.</summary>
    Number,

    /// <summary>A year: of birth, of publication.</summary>
    Year,

    /// <summary>One of a few values: type, category, status.</summary>
    Category,

    /// <summary>A place on Earth: latitude and longitude in degrees, in two columns or in one.</summary>
    Location,
}
