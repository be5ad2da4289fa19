using IdentityResolution.Internals;

namespace IdentityResolution.Training;

/// <summary>Columns that feed one field.</summary>
/// <param name="Name">A name for the field.</param>
/// <param name="Kind">What they hold.</param>
/// <param name="Columns">The columns, at most one kind of them per input unless they are parts of a date.</param>
internal sealed record ColumnGroup(string Name, FieldKind Kind, IReadOnlyList<ColumnProfile> Columns)
{
    /// <summary>Columns that give records further values.</summary>
    public IReadOnlyList<AlternativeColumns> Alternatives { get; init; } = [];

    /// <summary>The label of the values in <see cref="Columns"/>; null = none.</summary>
    public string? Label { get; init; }

    /// <summary>All columns, those of the alternatives too.</summary>
    public IEnumerable<ColumnProfile> All => Columns.Concat(Alternatives.SelectMany(alternative => alternative.Columns));

    /// <summary>This group with another one's columns as alternatives.</summary>
    public ColumnGroup With(ColumnGroup other, NamePart part) => this with
    {
        Alternatives = [.. Alternatives, new AlternativeColumns(other.Columns, part, null), .. other.Alternatives],
    };

    /// <summary>Has this group a column in an input of either group?</summary>
    public bool SharesInput(ColumnGroup left, ColumnGroup right) =>
        Columns.Any(column => left.Columns.Concat(right.Columns).Any(other => other.Input == column.Input));

    /// <summary>Does a value stand in several records?</summary>
    public bool HasRepeats()
    {
        var seen = new HashSet<ulong>();
        foreach (ColumnProfile column in Columns)
        {
            if (column.Distinct < column.Present)
            {
                return true;
            }
            for (int code = 0; code < column.Column.Values.Count; code++)
            {
                if (!seen.Add(StableHash.Of(column.Column.Values[code])))
                {
                    return true;
                }
            }
        }
        return false;
    }
}

/// <summary>Columns that give the records of a group a further value.</summary>
/// <param name="Columns">The columns, at most one per input.</param>
/// <param name="Part">The part of a whole name that is taken.</param>
/// <param name="Label">The label of the values; null = none.</param>
internal sealed record AlternativeColumns(IReadOnlyList<ColumnProfile> Columns, NamePart Part, string? Label);
