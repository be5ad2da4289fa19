using IdentityResolution.Standardization.Contact;
using IdentityResolution.Standardization.Dates;
using IdentityResolution.Standardization.Identifiers;
using IdentityResolution.Standardization.Names;
using IdentityResolution.Standardization.Places;
using IdentityResolution.Standardization.Text;

namespace IdentityResolution.Standardization;

/// <summary>Gives the standardizer of a field kind.</summary>
public static class Standardizers
{
    /// <summary>The standardizer of a kind.</summary>
    /// <param name="kind">What the field holds.</param>
    /// <param name="options">What cannot be known from a value alone; <see langword="null"/> for <see cref="StandardizationOptions.Default"/>.</param>
    /// <returns>A standardizer that is safe to call from several threads at once.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="kind"/> is none of the kinds.</exception>
    /// <exception cref="ArgumentException">An option is out of range; the message names all that are.</exception>
    /// <remarks>A standard form is its own standard form. It does not allocate for values under some hundred characters.</remarks>
    public static IStandardizer For(FieldKind kind, StandardizationOptions? options = null)
    {
        options ??= StandardizationOptions.Default;
        string errors = string.Join(' ', options.Validate());
        if (errors.Length > 0)
        {
            throw new ArgumentException(errors, nameof(options));
        }
        IReadOnlyList<string> extra = options.Placeholders.Count == 0 ? [] : StandardForms(kind, options);
        return Create(kind, Placeholders.For(kind, extra), options);
    }

    // The user's placeholders count by their standard form, whatever their spelling.
    private static List<string> StandardForms(FieldKind kind, StandardizationOptions options)
    {
        IStandardizer standardizer = For(kind, options with { Placeholders = [] });
        var forms = new List<string>();
        foreach (string placeholder in options.Placeholders)
        {
            var form = new char[standardizer.MaxLength(placeholder.Length)];
            int length = standardizer.Standardize(placeholder, form).Length;
            if (length > 0)
            {
                forms.Add(new string(form, 0, length));
            }
        }
        return forms;
    }

    private static IStandardizer Create(FieldKind kind, Placeholders placeholders, StandardizationOptions options) => kind switch
    {
        FieldKind.Text or FieldKind.Category => new PlainTextStandardizer(placeholders),
        FieldKind.GivenName or FieldKind.MiddleName or FieldKind.Surname => new NameStandardizer(kind, placeholders),
        FieldKind.FullName => new FullNameStandardizer(placeholders),
        FieldKind.OrganizationName => new OrganizationStandardizer(placeholders),
        FieldKind.BirthDate => new DateStandardizer(placeholders, options),
        FieldKind.Sex => new SexStandardizer(placeholders),
        FieldKind.Email => new EmailStandardizer(placeholders, options),
        FieldKind.Phone => new PhoneStandardizer(placeholders, options),
        FieldKind.StreetAddress => new StreetStandardizer(placeholders),
        FieldKind.HouseNumber => new HouseNumberStandardizer(placeholders),
        FieldKind.City => new CityStandardizer(placeholders),
        FieldKind.Region => new RegionStandardizer(placeholders),
        FieldKind.PostalCode => new PostalCodeStandardizer(placeholders, options),
        FieldKind.Country => new CountryStandardizer(placeholders),
        FieldKind.Identifier => new IdentifierStandardizer(placeholders),
        FieldKind.Number or FieldKind.Year => new NumberStandardizer(placeholders),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "This is no field kind."),
    };
}
