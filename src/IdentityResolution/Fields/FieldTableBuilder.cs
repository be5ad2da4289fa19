using System.Runtime.CompilerServices;
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
        var inputs = new FieldInput[model.Fields.Count][];
        for (int field = 0; field < model.Fields.Count; field++)
        {
            inputs[field] = Resolve(records, model.Fields[field], $"fields[{field}]", errors);
        }
        if (errors.Count > 0)
        {
            throw new InvalidModelException(errors);
        }
        ValueRun[] runs = StandardizeValues(records, model, inputs, workers);
        // Fields that may be swapped share a dictionary and so are built in one piece.
        List<List<int>> pieces = GroupBySwap(model);
        var columns = new FieldColumn[model.Fields.Count];
        workers.Run(pieces.Count, piece =>
        {
            var values = new ValueDictionary(1024);
            foreach (int field in pieces[piece])
            {
                columns[field] = Encode(records, model.Fields[field], inputs[field], runs.Where(run => run.Field == field), values, workers.CancellationToken);
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

    // The costly part, run by run on all threads: the standard forms of the raw values of single columns.
    private static ValueRun[] StandardizeValues(RecordTable records, IdentityModel model, FieldInput[][] inputs, Workers workers)
    {
        var runs = new List<ValueRun>();
        for (int field = 0; field < inputs.Length; field++)
        {
            for (int input = 0; input < inputs[field].Length; input++)
            {
                if (inputs[field][input].Columns is [var column])
                {
                    runs.AddRange(ValueRun.Cut(field, input, column.Values));
                }
            }
        }
        workers.Run(runs.Count, () => new Writers(), (run, writers) =>
        {
            Field field = model.Fields[runs[run].Field];
            StandardValueWriter writer = writers.Get(field, records.Segments[runs[run].Input].Source);
            runs[run].Standardize(writer, inputs[runs[run].Field][runs[run].Input].Part);
        });
        return [.. runs];
    }

    private static FieldColumn Encode(
        RecordTable records, Field field, FieldInput[] inputs, IEnumerable<ValueRun> runs, ValueDictionary values, CancellationToken cancellationToken)
    {
        var writers = new Writers();
        var codes = GC.AllocateUninitializedArray<int>(records.Count);
        ILookup<int, ValueRun> runsOf = runs.ToLookup(run => run.Input);
        for (int i = 0; i < inputs.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            RecordSegment segment = records.Segments[i];
            Span<int> target = codes.AsSpan(segment.Start, segment.Count);
            switch (inputs[i].Columns)
            {
                case []:
                    target.Fill(-1);
                    break;
                case [var column]:
                    EncodeColumn(column, runsOf[i], values, target);
                    break;
                default:
                    StandardizeJoined(inputs[i], writers.Get(field, segment.Source), values, target);
                    break;
            }
        }
        return new FieldColumn(field.Name, values, codes);
    }

    private static void EncodeColumn(RawColumn column, IEnumerable<ValueRun> runs, ValueDictionary values, Span<int> target)
    {
        // One place more, before the others, for what is missing: a raw code of -1.
        var codeOf = GC.AllocateUninitializedArray<int>(column.Values.Count + 1);
        codeOf[0] = -1;
        foreach (ValueRun run in runs)
        {
            run.Encode(values, codeOf.AsSpan(1));
        }
        ReadOnlySpan<int> raw = column.Codes;
        for (int record = 0; record < target.Length; record++)
        {
            target[record] = codeOf[raw[record] + 1];
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

    /// <summary>The writers of one thread, one per field and its options.</summary>
    private sealed class Writers
    {
        private readonly Dictionary<(Field Field, StandardizationOptions Options), StandardValueWriter> _writers = new(ByReference.Comparer);

        public StandardValueWriter Get(Field field, string source)
        {
            StandardizationOptions options = field.StandardizationOf(source);
            if (!_writers.TryGetValue((field, options), out StandardValueWriter? writer))
            {
                _writers.Add((field, options), writer = new StandardValueWriter(field.Kind, options));
            }
            return writer;
        }
    }

    private sealed class ByReference : IEqualityComparer<(Field Field, StandardizationOptions Options)>
    {
        public static readonly ByReference Comparer = new();

        public bool Equals((Field Field, StandardizationOptions Options) x, (Field Field, StandardizationOptions Options) y) =>
            ReferenceEquals(x.Field, y.Field) && ReferenceEquals(x.Options, y.Options);

        public int GetHashCode((Field Field, StandardizationOptions Options) pair) =>
            HashCode.Combine(RuntimeHelpers.GetHashCode(pair.Field), RuntimeHelpers.GetHashCode(pair.Options));
    }
}
