using IdentityResolution.Standardization.Text;

namespace IdentityResolution.Standardization;

/// <summary>Controls how raw values of one field become standard forms; what an option has no kind for, it leaves alone.</summary>
/// <remarks>Immutable. Derive a variant: <c>StandardizationOptions.Default with { DefaultRegion = "US" }</c>. The raw values are never changed.</remarks>
public sealed record StandardizationOptions
{
    /// <summary>The options used when none are given.</summary>
    public static StandardizationOptions Default { get; } = new();

    /// <summary>What is done to the raw text first, in this order, before the kind's own rules.</summary>
    /// <value>
    /// Each <c>remove:TEXT</c>, <c>replace:TEXT=>TEXT</c>, <c>before:TEXT</c>, <c>after:TEXT</c>, <c>no_brackets</c>, <c>no_digits</c>,
    /// <c>no_punctuation</c>, <c>digits</c>, <c>letters</c>, <c>no_leading_zeros</c> or <c>pad_zeros:N</c>. Default none.
    /// </value>
    public IReadOnlyList<string> Steps { get; init; } = [];

    /// <summary>Values that mean "nothing" besides the built-in placeholders, in any case and spelling that standardizes alike.</summary>
    /// <value>Raw values or standard forms. Default none.</value>
    public IReadOnlyList<string> IgnoredValues { get; init; } = [];

    /// <summary>Whether letters of other scripts (Cyrillic, Greek, Arabic, Hangul, ...) are spelled in Latin letters.</summary>
    /// <value>For names, places and texts. Default <see langword="true"/>; diacritics of Latin letters are dropped in any case.</value>
    public bool Transliterate { get; init; } = true;

    /// <summary>How dates with an ambiguous order are read; <see cref="DateOrderDetector"/> finds it from a column.</summary>
    /// <value>Default <see cref="DateOrder.YearMonthDay"/>: a year written first is followed by month and day, all others are day first.</value>
    public DateOrder DateOrder { get; init; } = DateOrder.YearMonthDay;

    /// <summary>The latest year that a two-digit year can mean: <c>yy</c> is the year in (pivot - 100, pivot] that ends so.</summary>
    /// <value>A year in [1900, 2199]. Default 2026: <c>26</c> is 2026 and <c>27</c> is 1927. No clock is read.</value>
    public int TwoDigitYearPivot { get; init; } = 2026;

    /// <summary>The country whose rules hold for phones and postal codes that do not name one.</summary>
    /// <value>An ISO 3166-1 alpha-2 code in any case, or <see langword="null"/> for none. Default <see langword="null"/>.</value>
    public string? DefaultRegion { get; init; }

    /// <summary>Whether the part of an e-mail address from <c>+</c> to <c>@</c> is dropped.</summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool DropEmailTags { get; init; } = true;

    /// <summary>Whether dots before the <c>@</c> are dropped at providers that ignore them (gmail.com).</summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool DropEmailDots { get; init; } = true;

    /// <summary>Whether titles and suffixes of people (Dr, Jr, III) are dropped.</summary>
    /// <value>For names of people. Default <see langword="true"/>; a field with the part <c>title</c> or <c>suffix</c> holds them apart.</value>
    public bool DropTitles { get; init; } = true;

    /// <summary>Further titles that stand before a name, such as <c>Pfarrer</c>.</summary>
    /// <value>Words or phrases, in any case and punctuation. Default none.</value>
    public IReadOnlyList<string> Titles { get; init; } = [];

    /// <summary>Further suffixes that stand after a name, such as <c>FRCS</c>.</summary>
    /// <value>Words or phrases, in any case and punctuation. Default none.</value>
    public IReadOnlyList<string> Suffixes { get; init; } = [];

    /// <summary>Whether legal form and article are dropped from names of organisations.</summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool DropLegalForm { get; init; } = true;

    /// <summary>Further legal forms that stand after a name, such as <c>Stiftung</c> or <c>e. Gen.</c></summary>
    /// <value>Words or phrases, in any case and punctuation. Default none.</value>
    public IReadOnlyList<string> LegalForms { get; init; } = [];

    /// <summary>The scheme whose shape and check digits identifiers must have; those that have not are suspect.</summary>
    /// <value>The name of an <see cref="Standardization.IdentifierScheme"/> such as <c>us-ssn</c>, or <see langword="null"/>. Default <see langword="null"/>.</value>
    public string? IdentifierScheme { get; init; }

    /// <summary>What is wrong with the values: option and message; empty when nothing is.</summary>
    internal IEnumerable<(string Option, string Message)> Validate()
    {
        foreach ((string option, IReadOnlyList<string> texts) in Lists())
        {
            if (texts is null)
            {
                yield return (option, "must not be null.");
            }
            for (int i = 0; i < (texts?.Count ?? 0); i++)
            {
                if (string.IsNullOrWhiteSpace(texts![i]))
                {
                    yield return ($"{option}[{i}]", "is blank.");
                }
            }
        }
        for (int i = 0; i < (Steps?.Count ?? 0); i++)
        {
            if (!string.IsNullOrWhiteSpace(Steps![i]) && TextStep.Parse(Steps[i], out string error) is null)
            {
                yield return ($"{nameof(Steps)}[{i}]", error);
            }
        }
        if (DateOrder is < DateOrder.YearMonthDay or > DateOrder.MonthDayYear)
        {
            yield return (nameof(DateOrder), $"must be one of the named orders but is {(int)DateOrder}.");
        }
        if (TwoDigitYearPivot is < 1900 or > 2199)
        {
            yield return (nameof(TwoDigitYearPivot), $"must be in [1900, 2199] but is {TwoDigitYearPivot}.");
        }
        if (DefaultRegion is not null && (DefaultRegion.Length != 2 || !DefaultRegion.All(char.IsAsciiLetter)))
        {
            yield return (nameof(DefaultRegion), $"'{DefaultRegion}' must be two letters, such as GB.");
        }
        if (IdentifierScheme is not null && Standardization.IdentifierScheme.Find(IdentifierScheme) is null)
        {
            yield return (nameof(IdentifierScheme), $"'{IdentifierScheme}' is no scheme; known are {string.Join(", ", Standardization.IdentifierScheme.All)}.");
        }
    }

    /// <summary>Options that are set and do nothing for a kind.</summary>
    internal IEnumerable<string> Idle(FieldKind kind)
    {
        bool person = kind is FieldKind.GivenName or FieldKind.MiddleName or FieldKind.Surname or FieldKind.FullName;
        bool text = person || kind is FieldKind.OrganizationName or FieldKind.Text or FieldKind.Category or FieldKind.StreetAddress or FieldKind.City or FieldKind.Region;
        (string Option, bool Set, bool Works)[] options =
        [
            (nameof(Transliterate), !Transliterate, text),
            (nameof(DateOrder), DateOrder != Default.DateOrder, kind == FieldKind.BirthDate),
            (nameof(TwoDigitYearPivot), TwoDigitYearPivot != Default.TwoDigitYearPivot, kind == FieldKind.BirthDate),
            (nameof(DefaultRegion), DefaultRegion is not null, kind is FieldKind.Phone or FieldKind.PostalCode),
            (nameof(DropEmailTags), !DropEmailTags, kind == FieldKind.Email),
            (nameof(DropEmailDots), !DropEmailDots, kind == FieldKind.Email),
            (nameof(DropTitles), !DropTitles, person),
            (nameof(Titles), Titles is { Count: > 0 }, person),
            (nameof(Suffixes), Suffixes is { Count: > 0 }, person),
            (nameof(DropLegalForm), !DropLegalForm, kind == FieldKind.OrganizationName),
            (nameof(LegalForms), LegalForms is { Count: > 0 }, kind == FieldKind.OrganizationName),
            (nameof(IdentifierScheme), IdentifierScheme is not null, kind == FieldKind.Identifier),
        ];
        return options.Where(option => option.Set && !option.Works).Select(option => option.Option);
    }

    private IEnumerable<(string Option, IReadOnlyList<string> Texts)> Lists() =>
    [
        (nameof(Steps), Steps), (nameof(IgnoredValues), IgnoredValues), (nameof(Titles), Titles), (nameof(Suffixes), Suffixes), (nameof(LegalForms), LegalForms),
    ];
}
