using IdentityResolution.Records;

namespace IdentityResolution.Fields;

/// <summary>Finds the columns that feed the fields of a model.</summary>
internal static class FieldInputs
{
    /// <summary>By field, by input: the columns of the field itself, then those of each alternative; only what has columns in the input.</summary>
    /// <param name="records">The records.</param>
    /// <param name="model">The model.</param>
    /// <param name="lenient">Is a column that no record has only missing, and no mistake?</param>
    /// <exception cref="InvalidModelException">A column that the model names is not in the input; every such column is reported.</exception>
    public static FieldInput[][][] Find(RecordTable records, IdentityModel model, bool lenient)
    {
        var errors = new List<ModelError>();
        var inputs = new FieldInput[model.Fields.Count][][];
        for (int field = 0; field < model.Fields.Count; field++)
        {
            inputs[field] = Find(records, model.Fields[field], $"fields[{field}]", errors);
        }
        return errors.Count == 0 || lenient ? inputs : throw new InvalidModelException(errors);
    }

    private static FieldInput[][] Find(RecordTable records, Field field, string path, List<ModelError> errors)
    {
        var inputs = new FieldInput[records.Segments.Count][];
        for (int i = 0; i < inputs.Length; i++)
        {
            RecordSegment segment = records.Segments[i];
            var own = new FieldInput(
                Find(segment, field.ColumnsOf(segment.Source), $"{path}.columns", field.Columns.Count > 0, errors), field.PartOf(segment.Source), field.Label);
            IEnumerable<FieldInput> others = field.Alternatives.Select((alternative, number) => new FieldInput(
                Find(segment, BySource(alternative.Columns, segment.Source, []), $"{path}.alternatives[{number}].columns", true, errors),
                BySource(alternative.Parts, segment.Source, NamePart.Whole),
                alternative.Label));
            inputs[i] = [.. others.Prepend(own).Where(input => input.Columns.Count > 0)];
        }
        if (field.Columns.Count == 0 && records.Count > 0 && Array.TrueForAll(inputs, ofInput => ofInput.Length == 0))
        {
            IEnumerable<string> columns = records.Segments.SelectMany(segment => segment.Columns).Select(column => column.Name).Distinct(StringComparer.Ordinal);
            errors.Add(new(path, $"no input has a column '{field.Name}'; columns are {string.Join(", ", columns)}."));
        }
        return inputs;
    }

    /// <summary>The columns that feed a field in a source, and those of each of its alternatives.</summary>
    public static IEnumerable<IReadOnlyList<string>> ColumnsOf(Field field, string source) =>
        field.Alternatives.Select(alternative => BySource(alternative.Columns, source, [])).Prepend([.. field.ColumnsOf(source)]);

    /// <summary>What feeds a field in a source: its own columns, then those of its alternatives; only what names columns there.</summary>
    public static IEnumerable<(IReadOnlyList<string> Columns, NamePart Part, string? Label)> Of(Field field, string source) => field.Alternatives
        .Select(alternative => (BySource(alternative.Columns, source, []), BySource(alternative.Parts, source, NamePart.Whole), alternative.Label))
        .Prepend((field.ColumnsOf(source), field.PartOf(source), field.Label))
        .Where(input => input.Item1.Count > 0);

    private static T BySource<T>(IReadOnlyDictionary<string, T> bySource, string source, T otherwise) =>
        bySource.TryGetValue(source, out T? value) || bySource.TryGetValue(Field.AnySource, out value) ? value : otherwise;

    private static List<RawColumn> Find(RecordSegment segment, IReadOnlyList<string> names, string path, bool isStated, List<ModelError> errors)
    {
        var columns = new List<RawColumn>();
        foreach (string name in names)
        {
            if (segment.Find(name) is { } column)
            {
                columns.Add(column);
            }
            else if (isStated && segment.Count > 0)
            {
                errors.Add(new(path, $"'{name}' is no column of {segment.Input}; its columns are {string.Join(", ", segment.Columns.Select(c => c.Name))}."));
            }
        }
        return columns;
    }
}
