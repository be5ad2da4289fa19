using System.Text;
using IdentityResolution.Records;
using IdentityResolution.Standardization;

namespace IdentityResolution.Fields;

/// <summary>Standardizes one record at a time, as <see cref="FieldTableBuilder"/> does it for all: a record's columns become the codes of its fields.</summary>
internal sealed class RecordStandardizer(IdentityModel model, FieldTable table)
{
    private readonly Dictionary<string, SourceField[]> _bySource = new(StringComparer.Ordinal);
    private readonly Dictionary<(FieldKind Kind, StandardizationOptions Options), StandardValueWriter> _writers = [];
    private readonly FieldColumn[] _columns = [.. model.Fields.Select(field => table[field.Name])];
    private readonly List<int> _several = [];
    private byte[] _raw = new byte[256];

    /// <summary>How many fields there are.</summary>
    public int FieldCount => _columns.Length;

    /// <summary>The codes of a record's fields; -1 = missing. Values that are new get codes.</summary>
    public void Encode(SourceRecord record, Span<int> codes)
    {
        if (!_bySource.TryGetValue(record.Key.Source, out SourceField[]? fields))
        {
            _bySource.Add(record.Key.Source, fields = [.. model.Fields.Select(field => CreateField(field, record.Key.Source))]);
        }
        for (int i = 0; i < fields.Length; i++)
        {
            codes[i] = Encode(record.Values, fields[i], _columns[i]);
        }
    }

    /// <summary>The codes that a record has.</summary>
    public void Read(int record, Span<int> codes)
    {
        for (int i = 0; i < _columns.Length; i++)
        {
            codes[i] = _columns[i].Codes[record];
        }
    }

    /// <summary>Gives a record its codes.</summary>
    public void Write(int record, ReadOnlySpan<int> codes)
    {
        for (int i = 0; i < _columns.Length; i++)
        {
            _columns[i].EnsureRecords(record + 1);
            _columns[i].Codes[record] = codes[i];
        }
    }

    private SourceField CreateField(Field field, string source)
    {
        StandardizationOptions options = field.StandardizationOf(source);
        if (!_writers.TryGetValue((field.Kind, options), out StandardValueWriter? writer))
        {
            _writers.Add((field.Kind, options), writer = new StandardValueWriter(field.Kind, options));
        }
        FieldColumns[] inputs = [.. FieldInputs.Of(field, source).Select(input => new FieldColumns([.. input.Columns], input.Part, input.Label))];
        return new SourceField(field, inputs, writer);
    }

    private int Encode(IReadOnlyDictionary<string, string?> values, SourceField field, FieldColumn column)
    {
        if (field.HasOneValue)
        {
            return field.Inputs is [var only] && Join(values, only.Columns) is var length and >= 0
                ? field.Writer.Write(_raw.AsSpan(0, length), only.Part, column.Values)
                : -1;
        }
        _several.Clear();
        foreach (FieldColumns input in field.Inputs)
        {
            if (Join(values, input.Columns) is not (var length and >= 0))
            {
                continue;
            }
            foreach (PackedValue value in PackedValue.Split(Encoding.UTF8.GetString(_raw, 0, length), field.Field))
            {
                int code = field.Writer.Write(Encoding.UTF8.GetBytes(value.Text), input.Part, column.Values, value.Label ?? input.Label);
                if (code >= 0)
                {
                    _several.Add(code);
                }
            }
        }
        return _several.Count == 0 ? -1 : column.Sets is { } sets ? sets.GetOrAdd(_several) : _several[0];
    }

    // Several columns are joined with blanks, as in a batch. The length of the text, or -1 when all are empty.
    private int Join(IReadOnlyDictionary<string, string?> values, string[] columns)
    {
        int length = 0;
        bool any = false;
        for (int i = 0; i < columns.Length; i++)
        {
            string? value = RecordColumns.Find(values, columns[i]);
            any |= !string.IsNullOrEmpty(value);
            int needed = length + 1 + (value is null ? 0 : Encoding.UTF8.GetMaxByteCount(value.Length));
            if (needed > _raw.Length)
            {
                Array.Resize(ref _raw, needed * 2);
            }
            if (i > 0)
            {
                _raw[length++] = (byte)' ';
            }
            length += value is null ? 0 : Encoding.UTF8.GetBytes(value, _raw.AsSpan(length));
        }
        return any ? length : -1;
    }

    private sealed record SourceField(Field Field, FieldColumns[] Inputs, StandardValueWriter Writer)
    {
        public bool HasOneValue { get; } = !Field.MayHaveSeveral && !Field.IsLabelled;
    }

    private sealed record FieldColumns(string[] Columns, NamePart Part, string? Label);
}
