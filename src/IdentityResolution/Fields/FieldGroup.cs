using IdentityResolution.Internals;
using IdentityResolution.Records;

namespace IdentityResolution.Fields;

/// <summary>Fields that share a dictionary, as they may be swapped; mostly one field alone. Its values are put together step by step.</summary>
/// <remarks>Codes are given in order of fields, inputs and raw values, whoever makes the standard forms.</remarks>
internal sealed class FieldGroup
{
    private readonly List<IEncodingStep> _steps = [];
    private readonly List<ColumnEncoding> _encodings = [];
    private readonly List<FieldColumn> _columns = [];
    private readonly List<int> _fields;
    private readonly ValueDictionary _values;
    private readonly ValueSets _sets;

    /// <summary>Plans the steps.</summary>
    /// <param name="records">The records.</param>
    /// <param name="model">The model.</param>
    /// <param name="inputs">The columns of each field of the model, by input.</param>
    /// <param name="fields">The fields of the group, by position in the model.</param>
    /// <param name="memory">Where room is taken from.</param>
    public FieldGroup(RecordTable records, IdentityModel model, FieldInput[][][] inputs, List<int> fields, MemoryBudget memory)
    {
        _fields = fields;
        _values = new ValueDictionary(1024, memory);
        _sets = new ValueSets(_values);
        foreach (int number in fields)
        {
            Field field = model.Fields[number];
            LargeArray<int> codes = memory.Allocate<int>(records.Count);
            for (int i = 0; i < inputs[number].Length; i++)
            {
                AddSteps(records.Segments[i], field, inputs[number][i], codes);
            }
            _columns.Add(new FieldColumn(field.Name, _values, codes) { IsLabelled = field.IsLabelled });
        }
    }

    /// <summary>What is to do, in this order.</summary>
    public IReadOnlyList<IEncodingStep> Steps => _steps;

    /// <summary>Columns whose records get their codes when all steps are done.</summary>
    public IReadOnlyList<ColumnEncoding> Encodings => _encodings;

    /// <summary>Takes some steps, whose values have standard forms.</summary>
    public void Encode(int first, int count)
    {
        foreach (IEncodingStep step in _steps.Slice(first, count))
        {
            step.Encode(_values);
        }
    }

    /// <summary>Writes the columns to the places of their fields, when all is done.</summary>
    /// <param name="columns">Receives them; one place for each field of the model.</param>
    /// <param name="model">The model.</param>
    /// <param name="lenient">May records come later? What none of them has yet one of them may have.</param>
    public void CopyTo(FieldColumn[] columns, IdentityModel model, bool lenient)
    {
        bool keepsSets = _sets.Any || (lenient && _fields.Exists(field => model.Fields[field].MayHaveSeveral));
        for (int i = 0; i < _fields.Count; i++)
        {
            columns[_fields[i]] = keepsSets ? _columns[i] with { Sets = _sets } : _columns[i];
        }
    }

    private void AddSteps(RecordSegment segment, Field field, FieldInput[] inputs, LargeArray<int> codes)
    {
        bool hasOneValue = inputs.Length == 1 && field.Separators.Count == 0 && !field.IsLabelled;
        if (hasOneValue && inputs[0].Columns is [var column])
        {
            var encoding = new ColumnEncoding(field, segment.Source, inputs[0].Part, column, codes, segment.Start);
            _encodings.Add(encoding);
            _steps.AddRange(encoding.Cut());
        }
        else
        {
            _steps.Add(hasOneValue ? new JoinedColumns(segment, field, inputs[0], codes) : new CollectedColumns(segment, field, inputs, codes, _sets));
        }
    }
}
