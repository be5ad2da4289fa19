using System.Text;
using IdentityResolution.Internals;
using IdentityResolution.Records;
using IdentityResolution.Standardization;

namespace IdentityResolution.Fields;

/// <summary>Maps the columns of each input to the model's fields and standardizes each distinct value once.</summary>
internal static class FieldTableBuilder
{
    /// <summary>Builds the fields that a model names.</summary>
    /// <param name="records">The records.</param>
    /// <param name="model">The model.</param>
    /// <param name="workers">Threads.</param>
    /// <param name="lenient">Is a column that no record has only missing, and no mistake?</param>
    /// <exception cref="InvalidModelException">A column that the model names is not in the input; every such column is reported.</exception>
    public static FieldTable Build(RecordTable records, IdentityModel model, Workers workers, bool lenient = false)
    {
        var errors = new List<ModelError>();
        var inputs = new FieldInput[model.Fields.Count][];
        for (int field = 0; field < model.Fields.Count; field++)
        {
            inputs[field] = Resolve(records, model.Fields[field], $"fields[{field}]", errors);
        }
        if (errors.Count > 0 && !lenient)
        {
            throw new InvalidModelException(errors);
        }
        // Fields that may be swapped share a dictionary and so are built in one piece.
        List<List<int>> pieces = GroupBySwap(model);
        var columns = new FieldColumn[model.Fields.Count];
        workers.Run(pieces.Count, piece =>
        {
            var values = new ValueDictionary(1024);
            foreach (int field in pieces[piece])
            {
                columns[field] = Standardize(records, model.Fields[field], inputs[field], values, workers.CancellationToken);
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

    private static FieldInput[] Resolve(RecordTable records, Field field, string path, List<ModelError> errors)
    {
        var inputs = new FieldInput[records.Segments.Count];
        bool found = false;
        for (int i = 0; i < inputs.Length; i++)
        {
            RecordSegment segment = records.Segments[i];
            var columns = new List<RawColumn>();
            foreach (string name in field.ColumnsOf(segment.Source))
            {
                if (segment.Find(name) is { } column)
                {
                    columns.Add(column);
                }
                else if (field.Columns.Count > 0 && segment.Count > 0)
                {
                    errors.Add(new($"{path}.columns", $"'{name}' is no column of {segment.Input}; its columns are {string.Join(", ", segment.Columns.Select(c => c.Name))}."));
                }
            }
            found |= columns.Count > 0;
            inputs[i] = new FieldInput(columns, field.PartOf(segment.Source));
        }
        if (!found && field.Columns.Count == 0 && records.Count > 0)
        {
            errors.Add(new(path, $"no input has a column '{field.Name}'; columns are {string.Join(", ", records.Segments.SelectMany(s => s.Columns).Select(c => c.Name).Distinct(StringComparer.Ordinal))}."));
        }
        return inputs;
    }

    private static FieldColumn Standardize(RecordTable records, Field field, FieldInput[] inputs, ValueDictionary values, CancellationToken cancellationToken)
    {
        var writers = new Dictionary<StandardizationOptions, StandardValueWriter>(ReferenceEqualityComparer.Instance);
        var codes = new int[records.Count];
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
            switch (inputs[i].Columns)
            {
                case []:
                    target.Fill(-1);
                    break;
                case [var column]:
                    StandardizeColumn(column, inputs[i].Part, writer, values, target);
                    break;
                default:
                    StandardizeJoined(inputs[i], writer, values, target);
                    break;
            }
        }
        return new FieldColumn(field.Name, values, codes);
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
            buffer.Clear();
            bool any = false;
            for (int i = 0; i < input.Columns.Count; i++)
            {
                RawColumn column = input.Columns[i];
                if (i > 0)
                {
                    buffer.Add((byte)' ');
                }
                if (column.Codes[record] >= 0)
                {
                    any = true;
                    buffer.AddRange(column.Values[column.Codes[record]]);
                }
            }
            if (!any)
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

    private sealed record FieldInput(IReadOnlyList<RawColumn> Columns, NamePart Part);
}
