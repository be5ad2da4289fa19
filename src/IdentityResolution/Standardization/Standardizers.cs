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
        string errors = string.Join(' ', options.Validate().Select(error => $"{error.Option}: {error.Message}"));
        if (errors.Length > 0)
        {
            throw new ArgumentException(errors, nameof(options));
        }
        IReadOnlyList<string> ignored = options.IgnoredValues.Count == 0 ? [] : StandardForms(kind, options);
        IStandardizer standardizer = Create(kind, Placeholders.For(kind, ignored), options);
        return options.Steps.Count == 0
            ? standardizer
            : new SteppedStandardizer(standardizer, [.. options.Steps.Select(step => TextStep.Parse(step, out _)!)]);
    }

    // Ignored values count by their standard form, whatever their spelling; with steps also by the form of what the steps leave alone.
    private static List<string> StandardForms(FieldKind kind, StandardizationOptions options)
    {
        var forms = new List<string>();
        StandardizationOptions plain = options with { IgnoredValues = [], Steps = [] };
        foreach (StandardizationOptions variant in options.Steps.Count == 0 ? [plain] : new[] { plain, plain with { Steps = options.Steps } })
        {
            IStandardizer standardizer = For(kind, variant);
            foreach (string value in options.IgnoredValues)
            {
                var form = new char[standardizer.MaxLength(value.Length)];
                int length = standardizer.Standardize(value, form).Length;
                if (length > 0)
                {
                    forms.Add(new string(form, 0, length));
                }
            }
        }
        return forms;
    }

    private static IStandardizer Create(FieldKind kind, Placeholders placeholders, StandardizationOptions options) => kind switch
    {
        FieldKind.Text or FieldKind.Category => new PlainTextStandardizer(placeholders, options),
        FieldKind.GivenName or FieldKind.MiddleName or FieldKind.Surname => new NameStandardizer(kind, placeholders, options),
        FieldKind.FullName => new FullNameStandardizer(placeholders, options),
        FieldKind.OrganizationName => new OrganizationStandardizer(placeholders, options),
        FieldKind.BirthDate => new DateStandardizer(placeholders, options),
        FieldKind.Sex => new SexStandardizer(placeholders, options),
        FieldKind.Email => new EmailStandardizer(placeholders, options),
        FieldKind.Phone => new PhoneStandardizer(placeholders, options),
        FieldKind.StreetAddress => new StreetStandardizer(placeholders, options),
        FieldKind.HouseNumber => new HouseNumberStandardizer(placeholders, options),
        FieldKind.City => new CityStandardizer(placeholders, options),
        FieldKind.Region => new RegionStandardizer(placeholders, options),
        FieldKind.PostalCode => new PostalCodeStandardizer(placeholders, options),
        FieldKind.Location => new LocationStandardizer(placeholders, options),
        FieldKind.Country => new CountryStandardizer(placeholders, options),
        FieldKind.Identifier => new IdentifierStandardizer(placeholders, options),
        FieldKind.Number or FieldKind.Year => new NumberStandardizer(placeholders, options),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "This is no field kind."),
    };
}
