using System.Text;
using IdentityResolution.Internals;
using IdentityResolution.Records;
using IdentityResolution.Standardization;

namespace IdentityResolution.Fields;

/// <summary>Maps the columns of each input to the model's fields and standardizes each distinct value once.</summary>
internal static class FieldTableBuilder
{
    /// <summary>Builds the fields that a model names.</summary>
    /// <exception cref="InvalidModelException">A column that the model names is not in the input; every such column is reported.</exception>
    public static FieldTable Build(RecordTable records, IdentityModel model, Workers workers)
    {
        var errors = new List<ModelError>();
        var inputs = new FieldInput[model.Fields.Count][][];
        for (int field = 0; field < model.Fields.Count; field++)
        {
            inputs[field] = Resolve(records, model.Fields[field], $"fields[{field}]", errors);
        }
        if (errors.Count > 0)
        {
            throw new InvalidModelException(errors);
        }
        // Fields that may be swapped share a dictionary and so are built in one piece.
        List<List<int>> pieces = GroupBySwap(model);
        var columns = new FieldColumn[model.Fields.Count];
        workers.Run(pieces.Count, piece =>
        {
            var values = new ValueDictionary(1024);
            var sets = new ValueSets(values);
            foreach (int field in pieces[piece])
            {
                columns[field] = Standardize(records, model.Fields[field], inputs[field], values, sets, workers.CancellationToken);
            }
            foreach (int field in sets.Any ? pieces[piece] : [])
            {
                columns[field] = columns[field] with { Sets = sets };
            }
        });
        return new FieldTable(records.Keys, columns, model.Nicknames.Count == 0 ? NicknameTable.Default : NicknameTable.Default.With(model.Nicknames));
    }

    private static List<List<int>> GroupBySwap(IdentityModel model)
    {
        var groups = new List<List<int>>();
        for (int field = 0; field < model.Fields.Count; field++)
        {
            string name = model.Fields[field].Name;
            List<int>? group = groups.Find(candidate => candidate.Exists(other => model.Swaps.Any(swap =>
                (swap.First == name && swap.Second == model.Fields[other].Name) || (swap.Second == name && swap.First == model.Fields[other].Name))));
            if (group is null)
            {
                groups.Add([field]);
            }
            else
            {
                group.Add(field);
            }
        }
        return groups;
    }

    // Per input: the field's own columns, then those of each alternative.
    private static FieldInput[][] Resolve(RecordTable records, Field field, string path, List<ModelError> errors)
    {
        var inputs = new FieldInput[records.Segments.Count][];
        bool found = false;
        for (int i = 0; i < inputs.Length; i++)
        {
            RecordSegment segment = records.Segments[i];
            var own = new FieldInput(Find(segment, field.ColumnsOf(segment.Source), $"{path}.columns", field.Columns.Count > 0, errors), field.PartOf(segment.Source), field.Label);
            inputs[i] = [own, .. field.Alternatives.Select((alternative, number) => new FieldInput(
                Find(segment, BySource(alternative.Columns, segment.Source, []), $"{path}.alternatives[{number}].columns", true, errors),
                BySource(alternative.Parts, segment.Source, NamePart.Whole),
                alternative.Label))];
            found |= Array.Exists(inputs[i], input => input.Columns.Count > 0);
        }
        if (!found && field.Columns.Count == 0 && records.Count > 0)
        {
            errors.Add(new(path, $"no input has a column '{field.Name}'; columns are {string.Join(", ", records.Segments.SelectMany(s => s.Columns).Select(c => c.Name).Distinct(StringComparer.Ordinal))}."));
        }
        return inputs;
    }

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

    private static FieldColumn Standardize(
        RecordTable records, Field field, FieldInput[][] inputs, ValueDictionary values, ValueSets sets, CancellationToken cancellationToken)
    {
        var writers = new Dictionary<StandardizationOptions, StandardValueWriter>(ReferenceEqualityComparer.Instance);
        var codes = new int[records.Count];
        codes.AsSpan().Fill(-1);
        for (int i = 0; i < inputs.Length; i++)
        {
            RecordSegment segment = records.Segments[i];
            Span<int> target = codes.AsSpan(segment.Start, segment.Count);
            StandardizationOptions options = field.StandardizationOf(segment.Source);
            if (!writers.TryGetValue(options, out StandardValueWriter? writer))
            {
                writers.Add(options, writer = new StandardValueWriter(field.Kind, options));
            }
            cancellationToken.ThrowIfCancellationRequested();
            FieldInput[] fed = [.. inputs[i].Where(input => input.Columns.Count > 0)];
            if (field.Separators.Count == 0 && !field.IsLabelled && fed is [var only])
            {
                StandardizeOne(only, writer, values, target);
            }
            else if (fed.Length > 0)
            {
                var collector = new ValueCollector(field, writer, values, sets);
                foreach (FieldInput input in fed)
                {
                    collector.Add(input, target.Length);
                }
                collector.CopyTo(target);
            }
        }
        return new FieldColumn(field.Name, values, codes) { IsLabelled = field.IsLabelled };
    }

    private static void StandardizeOne(FieldInput input, StandardValueWriter writer, ValueDictionary values, Span<int> target)
    {
        if (input.Columns is [var column])
        {
            StandardizeColumn(column, input.Part, writer, values, target);
        }
        else
        {
            StandardizeJoined(input, writer, values, target);
        }
    }

    private static void StandardizeColumn(RawColumn column, NamePart part, StandardValueWriter writer, ValueDictionary values, Span<int> target)
    {
        var codeOf = new int[column.Values.Count];
        for (int raw = 0; raw < codeOf.Length; raw++)
        {
            codeOf[raw] = writer.Write(column.Values[raw], part, values);
        }
        for (int record = 0; record < target.Length; record++)
        {
            int raw = column.Codes[record];
            target[record] = raw < 0 ? -1 : codeOf[raw];
        }
    }

    // Several columns: each distinct combination is joined with blanks and standardized once.
    private static void StandardizeJoined(FieldInput input, StandardValueWriter writer, ValueDictionary values, Span<int> target)
    {
        var joined = new ValueDictionary(1024);
        var codeOfJoined = new List<int>();
        var buffer = new List<byte>(64);
        for (int record = 0; record < target.Length; record++)
        {
            if (!input.Join(record, buffer))
            {
                target[record] = -1;
                continue;
            }
            int code = joined.GetOrAdd(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(buffer));
            if (code == codeOfJoined.Count)
            {
                codeOfJoined.Add(writer.Write(joined[code], input.Part, values));
            }
            target[record] = codeOfJoined[code];
        }
    }
}
