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

    // Identifiers in fewer records than this share are learned together.
    private const double SparseShare = 0.25;

    private readonly RecordTable _records;
    private readonly AutomaticModelOptions _options;
    private readonly List<string> _decisions;
    private readonly Workers _workers;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    private FieldProposer(RecordTable records, AutomaticModelOptions options, List<string> decisions, Workers workers)
    {
        _records = records;
        _options = options;
        _decisions = decisions;
        _workers = workers;
    }

    /// <summary>Proposes the fields; each decision is told in a sentence.</summary>
    public static List<Field> Propose(RecordTable records, AutomaticModelOptions options, List<string> decisions, Workers? workers = null) =>
        new FieldProposer(records, options, decisions, workers ?? Workers.One).Propose();

    private List<Field> Propose()
    {
        var columns = new List<ColumnProfile>();
        foreach (RecordSegment segment in InputOrder.Of(_records))
        {
            RawColumn[] looked = [.. segment.Columns.Where(column => !_options.IgnoredColumns.Contains(column.Name, StringComparer.OrdinalIgnoreCase))];
            var profiles = new ColumnProfile[looked.Length];
            _workers.Run(looked.Length, column => profiles[column] = ColumnProfile.Create(segment, looked[column]));
            columns.AddRange(profiles.Where(profile => profile.Present > 0));
        }
        var fields = new List<Field>();
        foreach (ColumnGroup dates in DatePartColumns.Find(columns))
        {
            columns.RemoveAll(dates.Columns.Contains);
            fields.Add(ToField(dates.Name, FieldKind.BirthDate, dates.Columns));
        }
        foreach (ColumnGroup places in LocationColumns.Find(columns))
        {
            columns.RemoveAll(places.Columns.Contains);
            if (StandsInEnoughInputs(places))
            {
                fields.Add(ToField(places.Name, FieldKind.Location, places.Columns));
            }
        }
        List<ColumnGroup> groups = Group(columns);
        List<(ColumnGroup Group, NamePart Part)> namesByPart = SplitFullNames(groups);
        JoinAlternatives(groups);
        groups.RemoveAll(group => !IsUseful(group));
        PoolIdentifiers(groups);
        foreach (ColumnGroup group in groups)
        {
            fields.Add(WithoutFloods(group, ToField(group.Name, group.Kind, group.Columns, namesByPart
                .Where(item => (item.Part == NamePart.Given ? FieldKind.GivenName : FieldKind.Surname) == group.Kind)
                .SelectMany(item => item.Group.Columns.Select(column => (column, item.Part)))) with
            {
                Label = group.Label,
                Separators = Separators(group),
                Alternatives = [.. group.Alternatives.Select(alternative => new FieldAlternative
                {
                    Columns = BySource(alternative.Columns),
                    Parts = alternative.Part == NamePart.Whole
                        ? new Dictionary<string, NamePart>(StringComparer.Ordinal)
                        : alternative.Columns.Select(column => column.Input.Source).Distinct(StringComparer.Ordinal).ToDictionary(source => source, _ => alternative.Part, StringComparer.Ordinal),
                    Label = alternative.Label,
                })],
            }));
        }
        return fields;
    }

    private IReadOnlyList<string> Separators(ColumnGroup group)
    {
        IReadOnlyList<string> separators = PackedColumns.Separators(group.All, group.Kind);
        if (separators.Count > 0)
        {
            _decisions.Add($"Column {Describe(group.Columns)} holds several values in one text, with '{separators[0]}' between them: each is compared for itself.");
        }
        return separators;
    }

    private Field WithoutFloods(ColumnGroup group, Field field)
    {
        long records = _records.Segments.Sum(segment => (long)segment.Count);
        List<(string Value, long Records)> floods = FloodingValues.Applies(group.Kind) ? FloodingValues.Find(group.All, records) : [];
        if (floods.Count == 0)
        {
            return field;
        }
        _decisions.Add(FloodingValues.Describe(field.Name, floods));
        return field with { Standardization = field.Standardization with { IgnoredValues = [.. floods.Select(flood => flood.Value)] } };
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
        DropOtherDates(groups);
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

    // Beside dates that are of birth by name, other dates of the same input are of something else: an order, a visit.
    private void DropOtherDates(List<ColumnGroup> groups)
    {
        ColumnGroup[] births = [.. groups.Where(group => group.Kind == FieldKind.BirthDate && ColumnKind.NamesBirth(group.Columns[0].Column.Name))];
        foreach (ColumnGroup other in groups.Where(group => group.Kind == FieldKind.BirthDate && !births.Contains(group)).ToArray())
        {
            bool isStated = other.Columns.Any(column => _options.ColumnKinds.Keys.Contains(column.Column.Name, StringComparer.OrdinalIgnoreCase));
            if (!isStated && Array.Exists(births, birth => birth.SharesInput(other, other)))
            {
                groups.Remove(other);
                _decisions.Add($"Column {Describe(other.Columns)} holds dates beside dates of birth: of what is not known, so it is left out.");
            }
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

    // Whole names that stand where given name and surname are empty, and columns of one kind that take turns or hold the same values: one field with several values.
    private void JoinAlternatives(List<ColumnGroup> groups)
    {
        foreach (ColumnGroup full in groups.Where(group => group.Kind == FieldKind.FullName).ToArray())
        {
            int given = groups.FindIndex(group => group.Kind == FieldKind.GivenName && ComplementaryColumns.FillGaps(group, full));
            int surname = groups.FindIndex(group => group.Kind == FieldKind.Surname && ComplementaryColumns.FillGaps(group, full));
            if (given >= 0 && surname >= 0)
            {
                groups[given] = groups[given].With(full, NamePart.Given);
                groups[surname] = groups[surname].With(full, NamePart.Surname);
                groups.Remove(full);
                _decisions.Add($"Column {Describe(full.Columns)} holds whole names where given name and surname are empty, and fills these.");
            }
        }
        for (int i = 0; i < groups.Count; i++)
        {
            for (int j = i + 1; j < groups.Count; j++)
            {
                if (groups[i].Kind == groups[j].Kind && ComplementaryColumns.AreOfOneField(groups, groups[i], groups[j]))
                {
                    _decisions.Add($"Column {Describe(groups[j].Columns)} holds values of the same kind as {Describe(groups[i].Columns)}: a record may have several, and the most alike are compared.");
                    groups[i] = groups[i].With(groups[j], NamePart.Whole);
                    groups.RemoveAt(j--);
                }
            }
        }
    }

    // Identifiers that few records have are learned together: a passport is compared with passports only, but what agreement is worth is common to all.
    private void PoolIdentifiers(List<ColumnGroup> groups)
    {
        long records = _records.Segments.Sum(segment => (long)segment.Count);
        ColumnGroup[] sparse = [.. groups.Where(group => group.Kind == FieldKind.Identifier && group.HasRepeats() && PackedColumns.Separators(group.All, group.Kind).Count == 0 && ComplementaryColumns.Present(group) < SparseShare * records)];
        if (sparse.Length < 2)
        {
            return;
        }
        ColumnGroup pooled = sparse[0] with { Label = LabelOf(sparse[0]) };
        foreach (ColumnGroup other in sparse[1..])
        {
            pooled = pooled with { Alternatives = [.. pooled.Alternatives, new AlternativeColumns(other.Columns, NamePart.Whole, LabelOf(other))] };
        }
        groups[groups.IndexOf(sparse[0])] = pooled;
        groups.RemoveAll(group => sparse.Contains(group));
        _decisions.Add($"Identifiers that few records have are compared as one field, each with its like: {string.Join(", ", sparse.Select(group => Describe(group.Columns)))}.");
    }

    private static string LabelOf(ColumnGroup group) =>
        new([.. ColumnName.Parse(group.Name).Normalized.Where(c => char.IsAsciiLetterOrDigit(c) || c == '_').DefaultIfEmpty('x')]);

    private bool StandsInEnoughInputs(ColumnGroup group)
    {
        int inputs = _records.Segments.Count(segment => segment.Count > 0);
        if (_options.LinkOnly && inputs > 1 && group.Columns.Select(column => column.Input).Distinct().Count() < 2)
        {
            _decisions.Add($"Column {Describe(group.Columns)} stands in one source only and can't link sources: left out.");
            return false;
        }
        return true;
    }

    private bool IsUseful(ColumnGroup group)
    {
        if (!StandsInEnoughInputs(group))
        {
            return false;
        }
        long present = group.Columns.Sum(column => (long)column.Present);
        bool repeats = group.HasRepeats();
        if (present > FewRecords && group.Columns.All(column => column.Distinct == 1) && group.Columns.Select(column => column.Column.Values.GetString(0)).Distinct(StringComparer.Ordinal).Count() == 1)
        {
            _decisions.Add($"Column {Describe(group.Columns)} has one value only: left out.");
            return false;
        }
        // Of packed values a part may come again though the whole does not.
        repeats |= PackedColumns.Separators(group.All, group.Kind).Count > 0;
        if (!repeats && present > FewRecords && group.Kind is FieldKind.Identifier or FieldKind.Number or FieldKind.Year or FieldKind.Category)
        {
            _decisions.Add($"Column {Describe(group.Columns)} is different in every record: left out.");
            return false;
        }
        return true;
    }

    private Field ToField(string name, FieldKind kind, IReadOnlyList<ColumnProfile> columns, IEnumerable<(ColumnProfile Column, NamePart Part)>? parts = null)
    {
        Dictionary<string, IReadOnlyList<string>> bySource = BySource(columns);
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

    private static Dictionary<string, IReadOnlyList<string>> BySource(IReadOnlyList<ColumnProfile> columns)
    {
        var bySource = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (IGrouping<string, ColumnProfile> source in columns.GroupBy(column => column.Input.Source, StringComparer.Ordinal))
        {
            bySource[source.Key] = [.. source.Select(column => column.Column.Name).Distinct(StringComparer.OrdinalIgnoreCase)];
        }
        return bySource;
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
