namespace IdentityResolution;

/// <summary>A named attribute of a record: which columns feed it, what it holds, which values count as missing.</summary>
/// <remarks>Immutable.</remarks>
public sealed record Field
{
    /// <summary>The source name that stands for every source without columns of its own.</summary>
    public const string AnySource = "*";

    /// <summary>The field's name, unique in a model.</summary>
    /// <value>Letters, digits and underscores; starts with a letter.</value>
    public required string Name { get; init; }

    /// <summary>What the field holds; decides how it is standardized.</summary>
    /// <value>Default <see cref="FieldKind.Text"/>.</value>
    public FieldKind Kind { get; init; } = FieldKind.Text;

    /// <summary>The columns that feed the field, by source; several columns are joined with blanks in this order.</summary>
    /// <value>
    /// Source name (or <c>*</c> for all others) to column names. Empty = in every source the column named like the field.
    /// A source without an entry, and without <c>*</c>, has the field missing.
    /// </value>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Columns { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    /// <summary>Takes one part of a whole name instead of all of it.</summary>
    /// <value>
    /// By source (or <c>*</c>): which part of the joined columns feeds the field. A source without an entry feeds the field whole.
    /// </value>
    public IReadOnlyDictionary<string, NamePart> Parts { get; init; } = new Dictionary<string, NamePart>(StringComparer.Ordinal);

    /// <summary>Values that count as missing, besides the placeholders that standardization knows.</summary>
    /// <value>Compared after standardization. Default none.</value>
    public IReadOnlyList<string> IgnoredValues { get; init; } = [];

    /// <summary>In which order day, month and year stand in a date that leaves it open.</summary>
    /// <value>Only for dates. Default <see cref="DateOrder.YearMonthDay"/>, which reads <c>03/04/1980</c> as day/month/year.</value>
    public DateOrder DateOrder { get; init; } = DateOrder.YearMonthDay;

    /// <summary>The region that phone numbers and postal codes belong to when they do not say.</summary>
    /// <value>An ISO 3166 alpha-2 code such as <c>GB</c>; null = unknown. Default null.</value>
    public string? Region { get; init; }

    /// <summary>The columns of one source.</summary>
    /// <param name="source">The source.</param>
    /// <returns>The column names, joined in this order; empty when the source does not feed the field.</returns>
    public IReadOnlyList<string> ColumnsOf(string source)
    {
        if (Columns.Count == 0)
        {
            return [Name];
        }
        return Columns.TryGetValue(source, out IReadOnlyList<string>? columns) || Columns.TryGetValue(AnySource, out columns) ? columns : [];
    }

    /// <summary>The part of a whole name that one source's columns feed into the field.</summary>
    /// <param name="source">The source.</param>
    /// <returns>The part; <see cref="NamePart.Whole"/> when nothing is said.</returns>
    public NamePart PartOf(string source) =>
        Parts.TryGetValue(source, out NamePart part) || Parts.TryGetValue(AnySource, out part) ? part : NamePart.Whole;
}

/// <summary>A part of a person's whole name.</summary>
public enum NamePart
{
    /// <summary>All of it.</summary>
    Whole = 0,

    /// <summary>The given name or names.</summary>
    Given,

    /// <summary>The surname.</summary>
    Surname,
}
