using IdentityResolution.Standardization.Identifiers;
using IdentityResolution.Standardization.Text;

namespace IdentityResolution.Standardization;

/// <summary>A kind of identifier with a public shape or check digits.</summary>
/// <remarks>Tells whether a value can be an identifier of the kind, not whether it was given out. Immutable; checks do not allocate.</remarks>
public sealed class IdentifierScheme
{
    private const int MaxLength = 64;
    private readonly Check _check;

    private IdentifierScheme(string name, string? region, bool hasCheckDigits, Check check)
    {
        Name = name;
        Region = region;
        HasCheckDigits = hasCheckDigits;
        _check = check;
    }

    private delegate bool Check(ReadOnlySpan<char> form);

    /// <summary>International bank account number (ISO 13616).</summary>
    public static IdentifierScheme Iban { get; } = new("iban", null, true, InternationalIdentifiers.IsIban);

    /// <summary>Digits with a check digit by Luhn's formula, 8 to 19 of them: payment and loyalty cards, IMEI.</summary>
    public static IdentifierScheme Luhn { get; } = new("luhn", null, true, form => form.Length is >= 8 and <= 19 && CheckDigits.Luhn(form));

    /// <summary>Legal entity identifier (ISO 17442).</summary>
    public static IdentifierScheme Lei { get; } = new("lei", null, true, InternationalIdentifiers.IsLei);

    /// <summary>Value added tax number of a country of the European Union or of the United Kingdom, with its country prefix.</summary>
    /// <remarks>Check digits for AT, BE, DE, DK, FI, FR (numeric keys), GB, IT, LU, NL, PL, PT, SE; shapes for the rest.</remarks>
    public static IdentifierScheme EuropeanVat { get; } = new("eu-vat", null, true, VatNumbers.IsValid);

    /// <summary>Social security number of the United States; numbers that are never given out are refused.</summary>
    public static IdentifierScheme UnitedStatesSsn { get; } = new("us-ssn", "US", false, AmericanIdentifiers.IsSsn);

    /// <summary>Employer identification number of the United States.</summary>
    public static IdentifierScheme UnitedStatesEin { get; } = new("us-ein", "US", false, AmericanIdentifiers.IsEin);

    /// <summary>NHS number of England, Wales and the Isle of Man.</summary>
    public static IdentifierScheme UnitedKingdomNhs { get; } = new("gb-nhs", "GB", true, EuropeanIdentifiers.IsNhs);

    /// <summary>National insurance number of the United Kingdom.</summary>
    public static IdentifierScheme UnitedKingdomNino { get; } = new("gb-nino", "GB", false, EuropeanIdentifiers.IsNino);

    /// <summary>Burgerservicenummer of the Netherlands.</summary>
    public static IdentifierScheme DutchBsn { get; } = new("nl-bsn", "NL", true, EuropeanIdentifiers.IsBsn);

    /// <summary>Steuerliche Identifikationsnummer of Germany.</summary>
    public static IdentifierScheme GermanTaxId { get; } = new("de-idnr", "DE", true, EuropeanIdentifiers.IsGermanTaxId);

    /// <summary>DNI and NIE of Spain.</summary>
    public static IdentifierScheme SpanishDni { get; } = new("es-dni", "ES", true, EuropeanIdentifiers.IsDni);

    /// <summary>Codice fiscale of persons in Italy.</summary>
    public static IdentifierScheme ItalianCodiceFiscale { get; } = new("it-cf", "IT", true, ItalianIdentifiers.IsCodiceFiscale);

    /// <summary>Numéro d'inscription au répertoire of France, with its key.</summary>
    public static IdentifierScheme FrenchNir { get; } = new("fr-nir", "FR", true, EuropeanIdentifiers.IsNir);

    /// <summary>PESEL of Poland.</summary>
    public static IdentifierScheme PolishPesel { get; } = new("pl-pesel", "PL", true, EuropeanIdentifiers.IsPesel);

    /// <summary>Personnummer of Sweden, with or without century.</summary>
    public static IdentifierScheme SwedishPersonnummer { get; } = new("se-personnummer", "SE", true, EuropeanIdentifiers.IsPersonnummer);

    /// <summary>National register number of Belgium.</summary>
    public static IdentifierScheme BelgianNationalNumber { get; } = new("be-nn", "BE", true, EuropeanIdentifiers.IsBelgianNationalNumber);

    /// <summary>CPF of persons in Brazil.</summary>
    public static IdentifierScheme BrazilianCpf { get; } = new("br-cpf", "BR", true, AmericanIdentifiers.IsCpf);

    /// <summary>CNPJ of companies in Brazil.</summary>
    public static IdentifierScheme BrazilianCnpj { get; } = new("br-cnpj", "BR", true, AmericanIdentifiers.IsCnpj);

    /// <summary>Aadhaar of India.</summary>
    public static IdentifierScheme IndianAadhaar { get; } = new(
        "in-aadhaar", "IN", true, form => CheckDigits.AreDigits(form, 12) && form[0] > '1' && CheckDigits.Verhoeff(form));

    /// <summary>All schemes, in a fixed order.</summary>
    public static IReadOnlyList<IdentifierScheme> All { get; } =
    [
        Iban, Lei, EuropeanVat, UnitedStatesSsn, UnitedStatesEin, UnitedKingdomNhs, UnitedKingdomNino, DutchBsn, GermanTaxId, SpanishDni, ItalianCodiceFiscale,
        FrenchNir, PolishPesel, SwedishPersonnummer, BelgianNationalNumber, BrazilianCpf, BrazilianCnpj, IndianAadhaar, Luhn,
    ];

    /// <summary>A short lasting name such as <c>us-ssn</c>.</summary>
    public string Name { get; }

    /// <summary>ISO 3166-1 alpha-2 code of the country that gives it out; <see langword="null"/> for international schemes.</summary>
    public string? Region { get; }

    /// <summary>Whether check digits tell slips of the keyboard; else only shape and ranges are checked.</summary>
    public bool HasCheckDigits { get; }

    /// <summary>The scheme of a name.</summary>
    /// <param name="name">A <see cref="Name"/>, in any case.</param>
    /// <returns>The scheme, or <see langword="null"/> when there is none.</returns>
    public static IdentifierScheme? Find(string name) => All.FirstOrDefault(scheme => string.Equals(scheme.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a value can be an identifier of this kind.</summary>
    /// <param name="value">A raw value or a standard form; case, blanks and punctuation do not count.</param>
    public bool IsValid(ReadOnlySpan<char> value)
    {
        if (value.Length > MaxLength)
        {
            return false;
        }
        Span<char> form = stackalloc char[MaxLength];
        int length = 0;
        foreach (char c in value)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                form[length++] = char.ToLowerInvariant(c);
            }
            else if (Words.IsWordCharacter(c))
            {
                return false;
            }
        }
        return _check(form[..length]);
    }

    /// <inheritdoc />
    public override string ToString() => Name;
}
