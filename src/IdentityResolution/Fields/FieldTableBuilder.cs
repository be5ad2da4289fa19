using System.Runtime.InteropServices;
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
    /// <param name="lenient">May records come later? Then a column that no record has is only missing, and no mistake.</param>
    /// <exception cref="InvalidModelException">A column that the model names is not in the input; every such column is reported.</exception>
    public static FieldTable Build(RecordTable records, IdentityModel model, Workers workers, bool lenient = false)
    {
        FieldInput[][][] inputs = FieldInputs.Find(records, model, lenient);
        ValueRun[] runs = StandardizeValues(records, model, inputs, workers);
        // Fields that may be swapped share a dictionary and so are built in one piece.
        List<List<int>> pieces = GroupBySwap(model);
        var columns = new FieldColumn[model.Fields.Count];
        workers.Run(pieces.Count, piece =>
        {
            var values = new ValueDictionary(1024, workers.Memory);
            var sets = new ValueSets(values);
            foreach (int field in pieces[piece])
            {
                columns[field] = Encode(
                    records, model.Fields[field], inputs[field], runs.Where(run => run.Field == field), values, sets, workers);
            }
            // Where records come later, what none of them has yet one of them may have.
            bool keeps = sets.Any || (lenient && pieces[piece].Exists(field => model.Fields[field].MayHaveSeveral));
            foreach (int field in keeps ? pieces[piece] : [])
            {
                columns[field] = columns[field] with { Sets = sets };
            }
        });
        return new FieldTable(records.Keys, columns, model.Nicknames.Count == 0 ? NicknameTable.Default : NicknameTable.Default.With(model.Nicknames), workers);
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

    private static bool HasOneValue(Field field, FieldInput[] inputs) => inputs.Length == 1 && field.Separators.Count == 0 && !field.IsLabelled;

    // The costly part, run by run on all threads: the standard forms of the raw values of single columns.
    private static ValueRun[] StandardizeValues(RecordTable records, IdentityModel model, FieldInput[][][] inputs, Workers workers)
    {
        var runs = new List<ValueRun>();
        for (int field = 0; field < inputs.Length; field++)
        {
            for (int input = 0; input < inputs[field].Length; input++)
            {
                if (HasOneValue(model.Fields[field], inputs[field][input]) && inputs[field][input][0].Columns is [var column])
                {
                    runs.AddRange(ValueRun.Cut(field, input, column.Values));
                }
            }
        }
        workers.Run(runs.Count, static () => new StandardValueWriters(), (run, writers) =>
        {
            Field field = model.Fields[runs[run].Field];
            StandardValueWriter writer = writers.Get(field, records.Segments[runs[run].Input].Source);
            runs[run].Standardize(writer, inputs[runs[run].Field][runs[run].Input][0].Part);
        });
        return [.. runs];
    }

    private static FieldColumn Encode(
        RecordTable records, Field field, FieldInput[][] inputs, IEnumerable<ValueRun> runs, ValueDictionary values, ValueSets sets, Workers workers)
    {
        var writers = new StandardValueWriters();
        LargeArray<int> codes = workers.Memory.Allocate<int>(records.Count);
        ILookup<int, ValueRun> runsOf = runs.ToLookup(run => run.Input);
        for (int i = 0; i < inputs.Length; i++)
        {
            workers.CancellationToken.ThrowIfCancellationRequested();
            RecordSegment segment = records.Segments[i];
            Span<int> target = codes.AsSpan(segment.Start, segment.Count);
            if (!HasOneValue(field, inputs[i]))
            {
                EncodeSets(field, inputs[i], writers.Get(field, segment.Source), values, sets, target);
            }
            else if (inputs[i][0].Columns is [var column])
            {
                EncodeColumn(column, runsOf[i], values, target);
            }
            else
            {
                EncodeJoined(inputs[i][0], writers.Get(field, segment.Source), values, target);
            }
        }
        return new FieldColumn(field.Name, values, codes) { IsLabelled = field.IsLabelled };
    }

    private static void EncodeColumn(RawColumn column, IEnumerable<ValueRun> runs, ValueDictionary values, Span<int> target)
    {
        // One place more, before the others, for what is missing: a raw code of -1.
        int[] codeOf = Scratch.Rent<int>(column.Values.Count + 1);
        codeOf[0] = -1;
        foreach (ValueRun run in runs)
        {
            run.Encode(values, codeOf.AsSpan(1, column.Values.Count));
        }
        ReadOnlySpan<int> raw = column.Codes.Span;
        for (int record = 0; record < target.Length; record++)
        {
            target[record] = codeOf[raw[record] + 1];
        }
        Scratch.Return(codeOf);
    }

    // Several columns: each distinct combination is joined with blanks and standardized once.
    private static void EncodeJoined(FieldInput input, StandardValueWriter writer, ValueDictionary values, Span<int> target)
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
            int code = joined.GetOrAdd(CollectionsMarshal.AsSpan(buffer));
            if (code == codeOfJoined.Count)
            {
                codeOfJoined.Add(writer.Write(joined[code], input.Part, values));
            }
            target[record] = codeOfJoined[code];
        }
    }

    private static void EncodeSets(Field field, FieldInput[] inputs, StandardValueWriter writer, ValueDictionary values, ValueSets sets, Span<int> target)
    {
        target.Fill(-1);
        var collector = new ValueCollector(field, writer, values, sets);
        foreach (FieldInput input in inputs)
        {
            collector.Add(input, target.Length);
        }
        collector.CopyTo(target);
    }
}
