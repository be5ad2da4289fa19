using System.Globalization;
using IdentityResolution.Standardization;

namespace IdentityResolution.Interchange;

/// <summary>The fields that the columns of Splink settings become.</summary>
internal sealed class SplinkFields(IReadOnlyDictionary<string, FieldKind> kinds)
{
    private readonly List<Field> _fields = [];
    private readonly HashSet<string> _compared = new(StringComparer.Ordinal);

    /// <summary>The fields, in order of first mention.</summary>
    public IReadOnlyList<Field> All => _fields;

    /// <summary>The field of a comparison: one of its own, as a field is compared once.</summary>
    /// <param name="column">The column.</param>
    /// <param name="traits">What the comparison's conditions say about it.</param>
    public Field Compared(string column, SqlTraits traits)
    {
        Field field = Find(column, traits, candidate => !_compared.Contains(candidate.Name)) ?? Add(column, traits);
        _compared.Add(field.Name);
        return field;
    }

    /// <summary>The field of a key.</summary>
    public Field Key(string column, SqlTraits traits) => Find(column, traits, _ => true) ?? Add(column, traits);

    /// <summary>What a field of the column holds.</summary>
    public FieldKind KindOf(string column, SqlTraits traits) => kinds.TryGetValue(column, out FieldKind kind) ? kind : traits.Kind ?? FieldKind.Text;

    private Field? Find(string column, SqlTraits traits, Func<Field, bool> fits) => _fields.Find(field =>
        string.Equals(field.ColumnsOf(Field.AnySource)[0], column, StringComparison.Ordinal)
        && fits(field)
        && (traits.Kind is null || field.Kind == KindOf(column, traits))
        && (traits.DateOrder is null || field.Standardization.DateOrder == traits.DateOrder));

    private Field Add(string column, SqlTraits traits)
    {
        string stem = string.Concat(column.Select(c => char.IsAsciiLetterOrDigit(c) || c == '_' ? c : '_'));
        stem = stem.Length > 0 && char.IsAsciiLetter(stem[0]) ? stem : "f_" + stem;
        string name = stem;
        for (int number = 2; _fields.Exists(field => string.Equals(field.Name, name, StringComparison.Ordinal)); number++)
        {
            name = string.Create(CultureInfo.InvariantCulture, $"{stem}_{number}");
        }
        var field = new Field
        {
            Name = name,
            Kind = KindOf(column, traits),
            Standardization = StandardizationOptions.Default with { DateOrder = traits.DateOrder ?? DateOrder.YearMonthDay },
            Columns = string.Equals(name, column, StringComparison.Ordinal)
                ? new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
                : new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { [Field.AnySource] = [column] },
        };
        _fields.Add(field);
        return field;
    }
}
