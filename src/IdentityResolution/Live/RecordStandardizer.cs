using System.Text;
using IdentityResolution.Fields;
using IdentityResolution.Records;
using IdentityResolution.Standardization;

namespace IdentityResolution.Live;

/// <summary>Standardizes one record at a time, as <see cref="FieldTableBuilder"/> does it for all: a record's columns become the codes of its fields.</summary>
internal sealed class RecordStandardizer(IdentityModel model, FieldTable table)
{
    private readonly Dictionary<string, SourceField[]> _bySource = new(StringComparer.Ordinal);
    private readonly Dictionary<(FieldKind Kind, StandardizationOptions Options), StandardValueWriter> _writers = [];
    private readonly FieldColumn[] _columns = [.. model.Fields.Select(field => table[field.Name])];
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
            codes[i] = Encode(record.Values, fields[i], _columns[i].Values);
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

    /// <summary>The standardized value of a record's field; null = missing.</summary>
    public string? Value(int field, int record) => _columns[field].Codes[record] is var code and >= 0 ? _columns[field].Values.GetString(code) : null;

    private SourceField CreateField(Field field, string source)
    {
        StandardizationOptions options = field.StandardizationOf(source);
        if (!_writers.TryGetValue((field.Kind, options), out StandardValueWriter? writer))
        {
            _writers.Add((field.Kind, options), writer = new StandardValueWriter(field.Kind, options));
        }
        return new SourceField([.. field.ColumnsOf(source)], field.PartOf(source), writer);
    }

    // Several columns are joined with blanks, as in a batch.
    private int Encode(IReadOnlyDictionary<string, string?> values, SourceField field, ValueDictionary dictionary)
    {
        int length = 0;
        bool any = false;
        for (int i = 0; i < field.Columns.Length; i++)
        {
            string? value = RecordColumns.Find(values, field.Columns[i]);
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
        return any ? field.Writer.Write(_raw.AsSpan(0, length), field.Part, dictionary) : -1;
    }

    private sealed record SourceField(string[] Columns, NamePart Part, StandardValueWriter Writer);
}
