namespace IdentityResolution.Standardization;

/// <summary>What is worth knowing of a value besides its form: for data quality, and for deciding which values may match.</summary>
[Flags]
public enum ValueTraits
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A mailbox of a function and so of many people: info@, noreply@.</summary>
    RoleAddress = 1,

    /// <summary>A throw-away mailbox.</summary>
    DisposableAddress = 2,

    /// <summary>A mailbox at a provider for the public, so that sharing the domain says nothing.</summary>
    PublicProvider = 4,

    /// <summary>A telephone number whose country is not known: neither written nor given by <see cref="StandardizationOptions.DefaultRegion"/>.</summary>
    CountryUnknown = 8,

    /// <summary>A date without its year, month or day.</summary>
    PartialDate = 16,

    /// <summary>A date that the calendar does not have, kept as it was written: 30 February.</summary>
    ImpossibleDate = 32,

    /// <summary>An identifier that breaks its <see cref="StandardizationOptions.IdentifierScheme"/>: shape, range or check digits.</summary>
    BrokenIdentifier = 64,

    /// <summary>A name with digits in it.</summary>
    DigitsInName = 128,
}

/// <summary>A raw value and what became of it.</summary>
/// <param name="Raw">The value as it came.</param>
/// <param name="Form">The standard form; empty when missing.</param>
/// <param name="Quality">Whether the value is missing, well formed or suspect.</param>
/// <param name="Traits">What is worth knowing of it.</param>
public sealed record StandardValue(string Raw, string Form, ValueQuality Quality, ValueTraits Traits)
{
    /// <summary>Standardizes one value and keeps the raw one.</summary>
    /// <param name="kind">What the value is.</param>
    /// <param name="raw">The raw value; any text.</param>
    /// <param name="options">The field's options; <see langword="null"/> for <see cref="StandardizationOptions.Default"/>.</param>
    /// <returns>The value. For many values of one kind, <see cref="Standardizers.For"/> and <see cref="TraitsOf"/> are cheaper.</returns>
    /// <exception cref="ArgumentException">An option is out of range; the message names all that are.</exception>
    public static StandardValue Of(FieldKind kind, string raw, StandardizationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(raw);
        IStandardizer standardizer = Standardizers.For(kind, options);
        var form = new char[standardizer.MaxLength(raw.Length)];
        StandardizedLength written = standardizer.Standardize(raw, form);
        ReadOnlySpan<char> standard = form.AsSpan(0, written.Length);
        return new StandardValue(raw, standard.ToString(), written.Quality, TraitsOf(kind, standard, options));
    }

    /// <summary>What is worth knowing of a standard form. Does not allocate.</summary>
    /// <param name="kind">What the value is.</param>
    /// <param name="standard">A standard form of that kind; empty when missing.</param>
    /// <param name="options">The field's options; <see langword="null"/> for <see cref="StandardizationOptions.Default"/>.</param>
    /// <returns>The traits; <see cref="ValueTraits.None"/> for a missing value.</returns>
    public static ValueTraits TraitsOf(FieldKind kind, ReadOnlySpan<char> standard, StandardizationOptions? options = null) => kind switch
    {
        _ when standard.IsEmpty => ValueTraits.None,
        FieldKind.Email => OfEmail(standard),
        FieldKind.Phone => standard[0] == '+' ? ValueTraits.None : ValueTraits.CountryUnknown,
        FieldKind.BirthDate => OfDate(standard),
        FieldKind.Identifier => options?.IdentifierScheme is { } name && IdentifierScheme.Find(name) is { } scheme && !scheme.IsValid(standard)
            ? ValueTraits.BrokenIdentifier
            : ValueTraits.None,
        FieldKind.GivenName or FieldKind.MiddleName or FieldKind.Surname or FieldKind.FullName =>
            Text.Words.HasDigit(standard) ? ValueTraits.DigitsInName : ValueTraits.None,
        _ => ValueTraits.None,
    };

    private static ValueTraits OfEmail(ReadOnlySpan<char> standard) =>
        (EmailAddress.IsRole(standard) ? ValueTraits.RoleAddress : ValueTraits.None)
        | (EmailAddress.IsDisposable(standard) ? ValueTraits.DisposableAddress : ValueTraits.None)
        | (EmailAddress.IsPublicProvider(standard) ? ValueTraits.PublicProvider : ValueTraits.None);

    // yyyy-MM-dd, yyyy-MM, yyyy or --MM-dd; other text is no date at all.
    private static ValueTraits OfDate(ReadOnlySpan<char> standard)
    {
        bool yearless = standard.StartsWith("--");
        ReadOnlySpan<char> parts = yearless ? standard[2..] : standard;
        int year = yearless ? 2000 : Number(parts, 0, 4);
        int month = yearless ? Number(parts, 0, 2) : parts.Length >= 7 && parts[4] == '-' ? Number(parts, 5, 2) : -1;
        int day = yearless ? (parts.Length == 5 && parts[2] == '-' ? Number(parts, 3, 2) : -1) : parts.Length == 10 && parts[7] == '-' ? Number(parts, 8, 2) : -1;
        bool whole = !yearless && day >= 0;
        if (year < 0 || (standard.Length > 4 && month < 0) || (standard.Length > 7 && !yearless && day < 0) || (yearless && day < 0))
        {
            return ValueTraits.None;
        }
        bool impossible = year == 0 || (month >= 0 && month is < 1 or > 12) || (day >= 0 && (month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)));
        return (whole ? ValueTraits.None : ValueTraits.PartialDate) | (impossible ? ValueTraits.ImpossibleDate : ValueTraits.None);
    }

    private static int Number(ReadOnlySpan<char> text, int start, int length)
    {
        int number = 0;
        for (int i = start; i < start + length; i++)
        {
            if (i >= text.Length || !char.IsAsciiDigit(text[i]))
            {
                return -1;
            }
            number = (number * 10) + (text[i] - '0');
        }
        return number;
    }
}
