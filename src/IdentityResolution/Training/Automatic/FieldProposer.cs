using System.Globalization;
using IdentityResolution.Internals;
using IdentityResolution.Records;
using IdentityResolution.Standardization;

namespace IdentityResolution.Training;

/// <summary>Decides which columns of which inputs feed which fields.</summary>
internal sealed class FieldProposer
{
    // With so few values it can't be told whether a column is always or never the same.
    private const int FewRecords = 20;

    private readonly RecordTable _records;
    private readonly AutomaticModelOptions _options;
    private readonly List<string> _decisions;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    private FieldProposer(RecordTable records, AutomaticModelOptions options, List<string> decisions)
    {
        _records = records;
        _options = options;
        _decisions = decisions;
    }

    /// <summary>Proposes the fields; each decision is told in a sentence.</summary>
    public static List<Field> Propose(RecordTable records, AutomaticModelOptions options, List<string> decisions) =>
        new FieldProposer(records, options, decisions).Propose();

    private List<Field> Propose()
    {
        var columns = new List<ColumnProfile>();
        foreach (RecordSegment segment in _records.Segments)
        {
            columns.AddRange(segment.Columns
                .Where(column => !_options.IgnoredColumns.Contains(column.Name, StringComparer.OrdinalIgnoreCase))
                .Select(column => ColumnProfile.Create(segment, column))
                .Where(profile => profile.Present > 0));
        }
        var fields = new List<Field>();
        foreach (ColumnGroup dates in DatePartColumns.Find(columns))
        {
            columns.RemoveAll(dates.Columns.Contains);
            fields.Add(ToField(dates.Name, FieldKind.BirthDate, dates.Columns));
        }
        List<ColumnGroup> groups = Group(columns);
        List<(ColumnGroup Group, NamePart Part)> namesByPart = SplitFullNames(groups);
        foreach (ColumnGroup group in groups.Where(group => IsUseful(group)))
        {
            fields.Add(ToField(group.Name, group.Kind, group.Columns, namesByPart
                .Where(item => (item.Part == NamePart.Given ? FieldKind.GivenName : FieldKind.Surname) == group.Kind)
                .SelectMany(item => item.Group.Columns.Select(column => (column, item.Part)))));
        }
        return fields;
    }

    // Columns of one name are one field; columns of one kind that never meet in one input are one field too.
    private List<ColumnGroup> Group(List<ColumnProfile> columns)
    {
        var groups = new List<ColumnGroup>();
        foreach (IGrouping<string, ColumnProfile> byName in columns.GroupBy(column => ColumnName.Parse(column.Column.Name).Normalized, StringComparer.Ordinal))
        {
            // Two columns of one input that only differ in a number can't be one field.
            bool clash = byName.GroupBy(column => column.Input).Any(input => input.Count() > 1);
            foreach (IGrouping<string, ColumnProfile> group in byName.GroupBy(column => clash ? column.Column.Name : byName.Key, StringComparer.OrdinalIgnoreCase))
            {
                if (KindOf([.. group]) is { } kind)
                {
                    groups.Add(new ColumnGroup(group.Key, kind, [.. group]));
                }
            }
        }
        TellSurnames(groups);
        for (int i = 0; i < groups.Count; i++)
        {
            for (int j = groups.Count - 1; j > i; j--)
            {
                if (CanJoin(groups, groups[i], groups[j]))
                {
                    groups[i] = groups[i] with { Columns = [.. groups[i].Columns, .. groups[j].Columns] };
                    groups.RemoveAt(j);
                }
            }
        }
        return groups;
    }

    // Many surnames are given names too: of several columns of names that do not say which, the one with fewest known given names holds surnames.
    private static void TellSurnames(List<ColumnGroup> groups)
    {
        if (groups.Exists(group => group.Kind == FieldKind.Surname))
        {
            return;
        }
        ColumnGroup[] vague = [.. groups.Where(group => group.Kind == FieldKind.GivenName && !ColumnKind.NamesGiven(group.Columns[0].Column.Name))];
        if (vague.Length > 0 && groups.Count(group => group.Kind == FieldKind.GivenName) > 1)
        {
            ColumnGroup surname = vague.MinBy(group => group.Columns.Sum(column => column.GivenNames * column.Present) / group.Columns.Sum(column => column.Present))!;
            groups[groups.IndexOf(surname)] = surname with { Kind = FieldKind.Surname };
        }
    }

    private FieldKind? KindOf(ColumnProfile[] columns)
    {
        foreach (ColumnProfile column in columns)
        {
            foreach ((string name, FieldKind kind) in _options.ColumnKinds)
            {
                if (string.Equals(name, column.Column.Name, StringComparison.OrdinalIgnoreCase))
                {
                    return kind;
                }
            }
        }
        return ColumnKind.Guess(columns.OrderByDescending(column => column.Present).First());
    }

    private static bool CanJoin(List<ColumnGroup> groups, ColumnGroup left, ColumnGroup right)
    {
        if (left.Kind != right.Kind || left.Kind is FieldKind.Text or FieldKind.Category or FieldKind.Number or FieldKind.Year or FieldKind.Identifier)
        {
            return false;
        }
        bool meet = left.Columns.Any(column => right.Columns.Any(other => other.Input == column.Input));
        return !meet && !groups.Exists(group => group.Kind == left.Kind && group != left && group != right && group.SharesInput(left, right));
    }

    // An input with whole names only, beside inputs with given names and surnames, is split into the two.
    private List<(ColumnGroup Group, NamePart Part)> SplitFullNames(List<ColumnGroup> groups)
    {
        ColumnGroup[] full = [.. groups.Where(group => group.Kind == FieldKind.FullName)];
        bool hasParts = groups.Exists(group => group.Kind == FieldKind.GivenName) && groups.Exists(group => group.Kind == FieldKind.Surname);
        bool meet = full.Any(group => groups.Exists(other => other.Kind == FieldKind.GivenName && other.SharesInput(group, group)));
        if (full.Length == 0 || !hasParts || meet || full.SelectMany(group => group.Columns).GroupBy(column => column.Input).Any(input => input.Count() > 1))
        {
            return [];
        }
        groups.RemoveAll(full.Contains);
        _decisions.Add($"Column {Describe([.. full.SelectMany(group => group.Columns)])} holds whole names and is split into given name and surname.");
        return [.. full.SelectMany(group => new[] { (group, NamePart.Given), (group, NamePart.Surname) })];
    }

    private bool IsUseful(ColumnGroup group)
    {
        int inputs = _records.Segments.Count(segment => segment.Count > 0);
        if (_options.LinkOnly && inputs > 1 && group.Columns.Select(column => column.Input).Distinct().Count() < 2)
        {
            _decisions.Add($"Column {Describe(group.Columns)} stands in one source only and can't link sources: left out.");
            return false;
        }
        long present = group.Columns.Sum(column => (long)column.Present);
        bool repeats = HasRepeats(group);
        if (present > FewRecords && group.Columns.All(column => column.Distinct == 1) && group.Columns.Select(column => column.Column.Values.GetString(0)).Distinct(StringComparer.Ordinal).Count() == 1)
        {
            _decisions.Add($"Column {Describe(group.Columns)} has one value only: left out.");
            return false;
        }
        if (!repeats && present > FewRecords && group.Kind is FieldKind.Identifier or FieldKind.Number or FieldKind.Year or FieldKind.Category)
        {
            _decisions.Add($"Column {Describe(group.Columns)} is different in every record: left out.");
            return false;
        }
        return true;
    }

    private static bool HasRepeats(ColumnGroup group)
    {
        var seen = new HashSet<ulong>();
        foreach (ColumnProfile column in group.Columns)
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

    private Field ToField(string name, FieldKind kind, IReadOnlyList<ColumnProfile> columns, IEnumerable<(ColumnProfile Column, NamePart Part)>? parts = null)
    {
        var bySource = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (IGrouping<string, ColumnProfile> source in columns.GroupBy(column => column.Input.Source, StringComparer.Ordinal))
        {
            bySource[source.Key] = [.. source.Select(column => column.Column.Name).Distinct(StringComparer.OrdinalIgnoreCase)];
        }
        var partOf = new Dictionary<string, NamePart>(StringComparer.Ordinal);
        foreach ((ColumnProfile column, NamePart part) in parts ?? [])
        {
            bySource[column.Input.Source] = [column.Column.Name];
            partOf[column.Input.Source] = part;
        }
        string unique = Unique(name);
        DateOrder order = kind == FieldKind.BirthDate && bySource.Values.All(names => names.Count == 1) ? DetectOrder(columns) : DateOrder.YearMonthDay;
        _decisions.Add($"Field {unique}: {EnumNames.ToText(kind)}, from {Describe(columns)}{(order == DateOrder.YearMonthDay ? "" : $", dates read as {EnumNames.ToText(order)}")}.");
        return new Field { Name = unique, Kind = kind, Columns = bySource, Parts = partOf, Standardization = StandardizationOptions.Default with { DateOrder = order } };
    }

    private static DateOrder DetectOrder(IReadOnlyList<ColumnProfile> columns) => DateOrderDetector.Detect(
        columns.SelectMany(column => Enumerable.Range(0, column.Column.Values.Count).Select(code => (column.Column.Values.GetString(code), 1))));

    private string Unique(string name)
    {
        string letters = new([.. ColumnName.Parse(name).Normalized.Where(c => char.IsAsciiLetterOrDigit(c) || c == '_')]);
        string stem = letters.Length > 0 && char.IsAsciiLetter(letters[0]) ? letters : $"field_{letters}".TrimEnd('_');
        string unique = stem;
        for (int i = 2; !_names.Add(unique); i++)
        {
            unique = string.Create(CultureInfo.InvariantCulture, $"{stem}_{i}");
        }
        return unique;
    }

    private string Describe(IReadOnlyList<ColumnProfile> columns) => _records.Segments.Count == 1
        ? string.Join(" + ", columns.Select(column => column.Column.Name))
        : string.Join(", ", columns.GroupBy(column => column.Column.Name, StringComparer.OrdinalIgnoreCase)
            .Select(group => $"{group.Key} ({string.Join(", ", group.Select(column => column.Input.Source).Distinct(StringComparer.Ordinal))})"));
}

/// <summary>Columns that feed one field.</summary>
/// <param name="Name">A name for the field.</param>
/// <param name="Kind">What they hold.</param>
/// <param name="Columns">The columns, at most one kind of them per input unless they are parts of a date.</param>
internal sealed record ColumnGroup(string Name, FieldKind Kind, IReadOnlyList<ColumnProfile> Columns)
{
    /// <summary>Has this group a column in an input of either group?</summary>
    public bool SharesInput(ColumnGroup left, ColumnGroup right) =>
        Columns.Any(column => left.Columns.Concat(right.Columns).Any(other => other.Input == column.Input));
}
