namespace IdentityResolution.Training;

/// <summary>Guesses what a column holds, by its name first and by its contents where the name says nothing or lies.</summary>
internal static class ColumnKind
{
    private const double Most = 0.7;

    // No more values than this may be a code of something rather than somebody's number.
    private const int FewValues = 20;

    // More letters than grades and classes go by.
    private const int FewLetters = 10;

    /// <summary>The kind of a column; null = it tells nothing about who somebody is.</summary>
    public static FieldKind? Guess(ColumnProfile profile)
    {
        ColumnName name = ColumnName.Parse(profile.Column.Name);
        if (name.Normalized is "source" or "data_source" or "source_system" or "system" or "origin")
        {
            return null;
        }
        return PackedColumns.HoldsLabelledIdentifiers(profile)
            ? FieldKind.Identifier
            : Confirm(ByName(name, profile), profile) ?? ByContent(profile);
    }

    /// <summary>Does a column's name say that it holds given names?</summary>
    public static bool NamesGiven(string column) => IsGiven(ColumnName.Parse(column));

    /// <summary>Does a column's name say that it holds dates of birth?</summary>
    public static bool NamesBirth(string column) => IsBirth(ColumnName.Parse(column));

    private static bool IsBirth(ColumnName name) =>
        name.Has("dob", "born", "birthday", "birthdate", "geburtsdatum", "naissance", "nacimiento") || name.Contains("birthdate", "dateofbirth");

    private static bool IsGiven(ColumnName name) =>
        name.Has("first", "given", "forename", "fname", "vorname", "prenom", "firstname", "givenname", "christian")
        || name.Contains("firstname", "givenname", "forename");

    private static FieldKind? ByName(ColumnName name, ColumnProfile profile)
    {
        // The type of an address is no address: the last word of a name says what the column holds.
        if (name.Last is "type" or "status" or "category" or "role" or "flag")
        {
            return FieldKind.Category;
        }
        if (name.Contains("email") || name.Has("mail"))
        {
            return FieldKind.Email;
        }
        if (name.Has("phone", "tel", "telephone", "mobile", "cell", "landline", "fax", "handy", "msisdn") || name.Contains("phonenumber", "telefon", "mobilenumber"))
        {
            return FieldKind.Phone;
        }
        if (name.Has("yob") || (name.Contains("birth") && name.Has("year")))
        {
            return FieldKind.Year;
        }
        if (IsBirth(name))
        {
            return FieldKind.BirthDate;
        }
        if (name.Has("sex", "gender", "geschlecht"))
        {
            return FieldKind.Sex;
        }
        if (profile.Locations > Most)
        {
            return FieldKind.Location;
        }
        return ByPersonName(name, profile) ?? ByPlace(name, profile) ?? ByIdentifier(name) ?? ByMeasure(name);
    }

    private static FieldKind? ByPersonName(ColumnName name, ColumnProfile profile)
    {
        if (name.Has("company", "organisation", "organization", "org", "business", "firm", "employer", "firma"))
        {
            return FieldKind.OrganizationName;
        }
        if (name.Has("middle", "mname"))
        {
            return FieldKind.MiddleName;
        }
        if (IsGiven(name))
        {
            return FieldKind.GivenName;
        }
        if (name.Has("last", "surname", "family", "lname", "nachname", "lastname", "familyname", "apellido", "apellidos", "maiden", "cognome")
            || name.Contains("lastname", "surname", "familyname"))
        {
            return FieldKind.Surname;
        }
        if (name.Has("username", "login", "filename", "hostname"))
        {
            return FieldKind.Identifier;
        }
        if (name.Contains("fullname", "personname", "wholename") || (name.Has("full") && name.Has("name")))
        {
            return FieldKind.FullName;
        }
        return name.Has("name", "nom", "nombre", "names") || name.Contains("customername", "pername")
            ? NameByContent(profile)
            : null;
    }

    // A bare "name" may be a person's whole name, a company's, or a product's.
    private static FieldKind NameByContent(ColumnProfile profile)
    {
        if (profile.Words <= 1.35 && profile.WithDigits < 0.1)
        {
            return profile.GivenNames >= 0.25 ? FieldKind.GivenName : FieldKind.Surname;
        }
        if (profile.Words > 4.5 || profile.WithDigits > 0.5)
        {
            return FieldKind.Text;
        }
        return profile.GivenNames >= 0.25 && profile.WithDigits < 0.1 ? FieldKind.FullName : FieldKind.OrganizationName;
    }

    private static FieldKind? ByPlace(ColumnName name, ColumnProfile profile)
    {
        if (name.Has("zip", "zipcode", "postcode", "postal", "plz", "pcode") || name.Contains("postcode", "postalcode", "zipcode"))
        {
            return FieldKind.PostalCode;
        }
        if (name.Has("street", "house", "hse", "building", "str") && name.Has("number", "num", "no", "nr", "nbr"))
        {
            return FieldKind.HouseNumber;
        }
        if (name.Has("city", "town", "suburb", "locality", "municipality", "village", "ort", "stadt", "ville", "ciudad"))
        {
            return FieldKind.City;
        }
        if (name.Has("state", "province", "region", "county"))
        {
            return FieldKind.Region;
        }
        if (name.Has("country", "nation", "nationality", "land"))
        {
            return FieldKind.Country;
        }
        // Last: the city of an address is a city.
        return name.Has("address", "addr", "street", "strasse", "line1", "adresse", "road", "direccion") ? FieldKind.StreetAddress : null;
    }

    private static FieldKind? ByIdentifier(ColumnName name) =>
        name.Has("ssn", "passport", "nino", "nhs", "iban", "vat", "tin", "ein", "mrn", "license", "licence", "loyalty", "account", "card", "identifier",
            "identifiers", "taxid", "sin", "bsn", "cpf", "pesel")
        || name.Contains("socsec", "socialsecurity", "nationalid", "taxnumber", "customernumber", "membership")
        || name.Has("id", "number", "no", "code", "key")
            ? FieldKind.Identifier
            : null;

    private static FieldKind? ByMeasure(ColumnName name)
    {
        if (name.Has("price", "amount", "income", "salary", "year", "age", "weight", "height", "revenue", "cost", "total", "quantity"))
        {
            return FieldKind.Number;
        }
        if (name.Has("type", "category", "status", "race", "ethnicity", "class", "segment", "venue", "brand", "genre", "suffix", "prefix", "salutation"))
        {
            return FieldKind.Category;
        }
        return name.Has("title", "description", "notes", "note", "comment", "comments", "authors", "author", "text", "abstract", "summary") ? FieldKind.Text : null;
    }

    // A name promises; the contents must not contradict it plainly.
    private static FieldKind? Confirm(FieldKind? kind, ColumnProfile profile) => kind switch
    {
        FieldKind.Email when profile.Emails < 0.3 => null,
        FieldKind.Phone when profile.WithDigits < 0.5 => null,
        FieldKind.BirthDate or FieldKind.Number when profile.Years > Most => FieldKind.Year,
        FieldKind.BirthDate when profile.WithDigits < 0.5 => null,
        FieldKind.Sex when profile.Distinct > 500 => null,
        FieldKind.GivenName or FieldKind.Surname when profile.Dates > 0.5 || profile.Emails > 0.5 || profile.Numbers > 0.5 => null,
        FieldKind.StreetAddress when profile.Emails > 0.5 => FieldKind.Email,
        FieldKind.Number or FieldKind.Year when profile.Numbers < 0.5 => FieldKind.Category,
        FieldKind.Category when profile.Words > 4 => FieldKind.Text,
        // Few values that many records share sort records; they do not identify them.
        FieldKind.Identifier when profile.Distinct <= FewValues && profile.Present > 3 * profile.Distinct => FieldKind.Category,
        _ => kind,
    };

    private static FieldKind? ByContent(ColumnProfile profile)
    {
        if (profile.Emails > Most)
        {
            return FieldKind.Email;
        }
        if (profile.Locations > Most)
        {
            return FieldKind.Location;
        }
        if (profile.Dates > Most)
        {
            return FieldKind.BirthDate;
        }
        if (profile.Sexes > 0.9 && profile.Distinct <= 20)
        {
            return FieldKind.Sex;
        }
        if (profile.Years > 0.9)
        {
            return FieldKind.Year;
        }
        if (profile.Initials > 0.6 && profile.Distinct > FewLetters)
        {
            return FieldKind.MiddleName;
        }
        if (profile.Numbers > 0.9)
        {
            return profile.Phones > 0.9 && profile.Length >= 9 ? FieldKind.Phone : FieldKind.Number;
        }
        if (profile.Phones > Most)
        {
            return FieldKind.Phone;
        }
        if (profile.WithDigits < 0.2 && profile.Words <= 1.5 && profile.GivenNames >= 0.4)
        {
            return FieldKind.GivenName;
        }
        if (profile.WithDigits < 0.2 && profile.Words is > 1.5 and < 3.5 && profile.GivenNames >= 0.4)
        {
            return FieldKind.FullName;
        }
        if (profile.WithDigits > 0.6 && profile.Words >= 2.5 && profile.Words < 7)
        {
            return FieldKind.StreetAddress;
        }
        if (profile.WithDigits > 0.8 && profile.Words < 2)
        {
            return profile.Length <= 8.5 ? FieldKind.PostalCode : FieldKind.Identifier;
        }
        return profile.Distinct <= Math.Max(20, profile.Present / 20) ? FieldKind.Category : FieldKind.Text;
    }
}
