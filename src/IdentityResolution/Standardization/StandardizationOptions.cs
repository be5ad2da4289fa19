namespace IdentityResolution.Standardization;

/// <summary>Controls what standardizers cannot know from a value alone.</summary>
/// <remarks>Immutable. Derive a variant: <c>StandardizationOptions.Default with { DefaultRegion = "US" }</c>.</remarks>
public sealed record StandardizationOptions
{
    /// <summary>The options used when none are given.</summary>
    public static StandardizationOptions Default { get; } = new();

    /// <summary>How dates with an ambiguous order are read; <see cref="DateOrderDetector"/> finds it from a column.</summary>
    /// <value>Default <see cref="DateOrder.YearMonthDay"/>: a year written first is followed by month and day, all others are day first.</value>
    public DateOrder DateOrder { get; init; } = DateOrder.YearMonthDay;

    /// <summary>The country whose rules hold for phones and postal codes that do not name one.</summary>
    /// <value>An ISO 3166-1 alpha-2 code in any case, or <see langword="null"/> for none. Default <see langword="null"/>.</value>
    public string? DefaultRegion { get; init; }

    /// <summary>Further values that mean "nothing", in any case and spelling that standardizes alike.</summary>
    /// <value>Default empty: the built-in placeholders alone.</value>
    public IReadOnlyList<string> Placeholders { get; init; } = [];

    /// <summary>The latest year that a two-digit year can mean: <c>yy</c> is the year in (pivot - 100, pivot] that ends so.</summary>
    /// <value>A year in [1900, 2199]. Default 2026: <c>26</c> is 2026 and <c>27</c> is 1927. No clock is read.</value>
    public int TwoDigitYearPivot { get; init; } = 2026;

    /// <summary>Whether the part of an e-mail address from <c>+</c> to <c>@</c> is dropped.</summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool DropEmailTags { get; init; } = true;

    /// <summary>What is wrong with the values, one message each; empty when nothing is.</summary>
    internal IEnumerable<string> Validate()
    {
        if (TwoDigitYearPivot is < 1900 or > 2199)
        {
            yield return $"{nameof(TwoDigitYearPivot)} must be in [1900, 2199] but is {TwoDigitYearPivot}.";
        }
        if (DateOrder is < DateOrder.YearMonthDay or > DateOrder.MonthDayYear)
        {
            yield return $"{nameof(DateOrder)} must be one of the named orders but is {(int)DateOrder}.";
        }
        if (DefaultRegion is not null && (DefaultRegion.Length != 2 || !DefaultRegion.All(char.IsAsciiLetter)))
        {
            yield return $"{nameof(DefaultRegion)} must be a two-letter ISO 3166-1 code or null.";
        }
        if (Placeholders is null || Placeholders.Any(value => value is null))
        {
            yield return $"{nameof(Placeholders)} must be a list without null.";
        }
    }
}
