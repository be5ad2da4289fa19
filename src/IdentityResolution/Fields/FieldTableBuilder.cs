using IdentityResolution.Internals;
using IdentityResolution.Records;
using IdentityResolution.Standardization;

namespace IdentityResolution.Fields;

/// <summary>Maps the columns of each input to the model's fields and standardizes each distinct value once.</summary>
/// <remarks>
/// In waves: while the values of one wave are numbered, one thread per dictionary, those of the next get their standard forms on all threads. So only two waves
/// of forms are held at a time, and they are still in the caches when their turn comes.
/// </remarks>
internal static class FieldTableBuilder
{
    private const int StepsPerWave = 4;

    /// <summary>Builds the fields that a model names.</summary>
    /// <param name="records">The records.</param>
    /// <param name="model">The model.</param>
    /// <param name="workers">Threads.</param>
    /// <param name="lenient">May records come later? Then a column that no record has is only missing, and no mistake.</param>
    /// <exception cref="InvalidModelException">A column that the model names is not in the input; every such column is reported.</exception>
    public static FieldTable Build(RecordTable records, IdentityModel model, Workers workers, bool lenient = false)
    {
        FieldInput[][][] inputs = FieldInputs.Find(records, model, lenient);
        // Most values first: the longest dictionary is begun before the others.
        FieldGroup[] groups = [.. GroupBySwap(model)
            .Select(fields => new FieldGroup(records, model, inputs, fields, workers.Memory))
            .OrderByDescending(group => group.Steps.Count)];
        EncodeValues(groups, workers);
        EncodeRecords([.. groups.SelectMany(group => group.Encodings)], workers);
        var columns = new FieldColumn[model.Fields.Count];
        foreach (FieldGroup group in groups)
        {
            group.CopyTo(columns, model, lenient);
        }
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

    private static void EncodeValues(FieldGroup[] groups, Workers workers)
    {
        int waves = groups.Length == 0 ? 0 : (groups[0].Steps.Count + StepsPerWave - 1) / StepsPerWave;
        var idle = new Stack<StandardValueWriters>();
        for (int wave = 0; wave <= waves; wave++)
        {
            int first = wave * StepsPerWave;
            // Longer groups stand first, so that those with steps in a wave are the first ones.
            FieldGroup[] ready = [.. groups.TakeWhile(group => wave > 0 && group.Steps.Count > first - StepsPerWave)];
            IEncodingStep[] next = [.. groups.SelectMany(group => group.Steps.Skip(first).Take(StepsPerWave))];
            workers.Run(ready.Length + next.Length, task =>
            {
                if (task < ready.Length)
                {
                    FieldGroup group = ready[task];
                    group.Encode(first - StepsPerWave, Math.Min(StepsPerWave, group.Steps.Count - first + StepsPerWave));
                }
                else
                {
                    Standardize(next[task - ready.Length], idle);
                }
            });
        }
    }

    private static void Standardize(IEncodingStep step, Stack<StandardValueWriters> idle)
    {
        StandardValueWriters? writers;
        lock (idle)
        {
            idle.TryPop(out writers);
        }
        writers ??= new StandardValueWriters();
        step.Standardize(writers);
        lock (idle)
        {
            idle.Push(writers);
        }
    }

    private static void EncodeRecords(ColumnEncoding[] encodings, Workers workers)
    {
        int pieces = encodings.Length == 0 ? 0 : encodings.Max(encoding => encoding.Pieces);
        workers.Run(encodings.Length * pieces, i =>
        {
            if (i % pieces < encodings[i / pieces].Pieces)
            {
                encodings[i / pieces].EncodeRecords(i % pieces);
            }
        });
        foreach (ColumnEncoding encoding in encodings)
        {
            encoding.Release();
        }
    }
}
