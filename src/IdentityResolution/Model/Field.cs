using IdentityResolution.Standardization;

namespace IdentityResolution;

/// <summary>A named attribute of a record: which columns feed it, what it holds, how its values are standardized.</summary>
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

    /// <summary>More columns that give a record further values of this field. Of two records the two values that are most alike are compared.</summary>
    /// <value>Default none: a record has one value.</value>
    public IReadOnlyList<FieldAlternative> Alternatives { get; init; } = [];

    /// <summary>What type of identifier <see cref="Columns"/> hold: only values of one label are compared with each other.</summary>
    /// <value>Letters, digits, <c>_</c> and <c>-</c>; for identifiers only. Default null: none.</value>
    public string? Label { get; init; }

    /// <summary>What separates several values in one column, as in <c>0171 123; 0172 456</c>.</summary>
    /// <value>
    /// Texts such as <c>;</c>. Brackets, braces and quotes around a value are dropped, so lists as JSON writes them can be read with <c>,</c>.
    /// A word before an identifier (<c>SSN 123-45-6789</c>, <c>passport: 4711</c>) becomes its label. Default none: a column holds one value.
    /// </value>
    public IReadOnlyList<string> Separators { get; init; } = [];

    /// <summary>How raw values become the standard forms that are compared; the raw values themselves stay as they are.</summary>
    /// <value>Default <see cref="StandardizationOptions.Default"/>.</value>
    public StandardizationOptions Standardization { get; init; } = StandardizationOptions.Default;

    /// <summary>How the values of single sources become standard forms, where that is not as in the others: dates written month first, another country.</summary>
    /// <value>Source name to options, which take the place of <see cref="Standardization"/> as a whole. Default none.</value>
    public IReadOnlyDictionary<string, StandardizationOptions> SourceStandardization { get; init; } =
        new Dictionary<string, StandardizationOptions>(StringComparer.Ordinal);

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

    /// <summary>Can a record have several values of the field?</summary>
    internal bool MayHaveSeveral => Alternatives.Count > 0 || Separators.Count > 0;

    /// <summary>Can values bear labels, so that only values of one label are compared?</summary>
    internal bool IsLabelled => Kind == FieldKind.Identifier && (Label is not null || Separators.Count > 0 || Alternatives.Any(alternative => alternative.Label is not null));

    /// <summary>The options for the values of one source.</summary>
    /// <param name="source">The source.</param>
    /// <returns>Its own options; <see cref="Standardization"/> when it has none.</returns>
    public StandardizationOptions StandardizationOf(string source) =>
        SourceStandardization.TryGetValue(source, out StandardizationOptions? options) ? options : Standardization;
}

/// <summary>A part of a person's whole name.</summary>
public enum NamePart
{
    /// <summary>All of it.</summary>
    Whole = 0,

    /// <summary>The first given name.</summary>
    Given,

    /// <summary>The surname, with its particles.</summary>
    Surname,

    /// <summary>Middle names and initials.</summary>
    Middle,

    /// <summary>Titles before the name: <c>prof dr</c>.</summary>
    Title,

    /// <summary>What follows the name: <c>jr</c>, <c>iii</c>.</summary>
    Suffix,

    /// <summary>The name in brackets or quotes: Robert "Bob" Smith.</summary>
    Nickname,
}
