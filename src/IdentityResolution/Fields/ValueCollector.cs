using System.Runtime.InteropServices;
using System.Text;
using IdentityResolution.Records;

namespace IdentityResolution.Fields;

/// <summary>Collects the values of a field whose records may have several: from further columns, or packed in one.</summary>
internal sealed class ValueCollector
{
    private readonly Field _field;
    private readonly StandardValueWriter _writer;
    private readonly ValueDictionary _values;
    private readonly ValueSets _sets;
    private readonly Dictionary<int, List<int>> _codesOf = [];

    /// <summary>Nothing yet.</summary>
    /// <param name="field">The field.</param>
    /// <param name="writer">Standardizes its values.</param>
    /// <param name="values">Receives them.</param>
    /// <param name="sets">Receives which values stand together in a record.</param>
    public ValueCollector(Field field, StandardValueWriter writer, ValueDictionary values, ValueSets sets)
    {
        _field = field;
        _writer = writer;
        _values = values;
        _sets = sets;
    }

    /// <summary>Adds the values of some columns.</summary>
    /// <param name="input">The columns.</param>
    /// <param name="records">How many records the input has.</param>
    public void Add(FieldInput input, int records)
    {
        var joined = new ValueDictionary(1024);
        var codesOfJoined = new List<int[]>();
        var buffer = new List<byte>(64);
        for (int record = 0; record < records; record++)
        {
            if (!input.Join(record, buffer))
            {
                continue;
            }
            int text = joined.GetOrAdd(CollectionsMarshal.AsSpan(buffer));
            if (text == codesOfJoined.Count)
            {
                codesOfJoined.Add([.. Codes(Encoding.UTF8.GetString(joined[text]), input)]);
            }
            if (codesOfJoined[text].Length > 0)
            {
                ref List<int>? codes = ref CollectionsMarshal.GetValueRefOrAddDefault(_codesOf, record, out _);
                (codes ??= []).AddRange(codesOfJoined[text]);
            }
        }
    }

    /// <summary>Writes the code of each record that has a value.</summary>
    public void CopyTo(Span<int> target)
    {
        for (int record = 0; record < target.Length; record++)
        {
            if (_codesOf.TryGetValue(record, out List<int>? codes))
            {
                target[record] = _sets.GetOrAdd(codes);
            }
        }
    }

    private IEnumerable<int> Codes(string text, FieldInput input)
    {
        foreach (PackedValue value in PackedValue.Split(text, _field))
        {
            string? label = value.Label ?? input.Label;
            int code = _writer.Write(Encoding.UTF8.GetBytes(value.Text), input.Part, _values, label);
            if (code >= 0)
            {
                yield return code;
            }
        }
    }
}
