using System.Text;
using System.Text.Json;
using IdentityResolution.Internals;
using IdentityResolution.Records;

namespace IdentityResolution.Live;

/// <summary>Puts the records of a store into a record table, from the bytes that the store has; without objects made of them.</summary>
/// <remarks>Records come source by source; each source is an input of its own, as columns are named by source. Not thread-safe.</remarks>
/// <param name="store">The store's description, for messages.</param>
internal sealed class RecordContentReader(string store)
{
    private readonly RecordTableBuilder _builder = new();
    private readonly List<Column> _columns = [];
    private RecordSegmentBuilder? _segment;
    private string _source = "";
    private byte[] _text = new byte[256];

    /// <summary>The hash of what each record says, as <see cref="RecordColumns.Hash"/> has it.</summary>
    public List<ulong> Hashes { get; } = [];

    /// <summary>Takes a record.</summary>
    /// <exception cref="LookupFormatException">Its content is no JSON object of texts and nulls.</exception>
    public void Add(string source, ReadOnlySpan<byte> id, ReadOnlySpan<byte> content)
    {
        if (_segment is null || !string.Equals(source, _source, StringComparison.Ordinal))
        {
            _source = source;
            _segment = _builder.AddSegment(store, source);
            _columns.Clear();
        }
        ulong hash = 0;
        int place = 0;
        var json = new Utf8JsonReader(content);
        try
        {
            Require(json.Read() && json.TokenType == JsonTokenType.StartObject);
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                Column column = FindColumn(ref json, place++);
                Require(json.Read() && json.TokenType is JsonTokenType.String or JsonTokenType.Null);
                ReadOnlySpan<byte> value = json.TokenType == JsonTokenType.Null ? [] : Text(ref json);
                if (!value.IsEmpty)
                {
                    _segment.Set(column.Number, value);
                    hash += StableHash.Combine(column.NameHash, StableHash.Of(value));
                }
            }
        }
        catch (JsonException error)
        {
            throw new LookupFormatException(store, "the values of a record are not JSON.", error);
        }
        if (_segment.EndRecord(id, Hashes.Count + 1))
        {
            Hashes.Add(hash);
        }
    }

    /// <summary>The finished table.</summary>
    public RecordTable Build() => _builder.Build();

    // Records of one source mostly have the same columns in the same order.
    private Column FindColumn(ref Utf8JsonReader json, int place)
    {
        ReadOnlySpan<byte> name = Text(ref json);
        if (place < _columns.Count && name.SequenceEqual(_columns[place].Name))
        {
            return _columns[place];
        }
        var column = new Column(_segment!.AddColumn(Encoding.UTF8.GetString(name)), name.ToArray(), StableHash.Of(name));
        if (place < _columns.Count)
        {
            _columns[place] = column;
        }
        else
        {
            _columns.Add(column);
        }
        return column;
    }

    private ReadOnlySpan<byte> Text(ref Utf8JsonReader json)
    {
        if (!json.ValueIsEscaped)
        {
            return json.ValueSpan;
        }
        if (_text.Length < json.ValueSpan.Length)
        {
            _text = new byte[json.ValueSpan.Length * 2];
        }
        return _text.AsSpan(0, json.CopyString(_text));
    }

    private void Require(bool isSo)
    {
        if (!isSo)
        {
            throw new LookupFormatException(store, "the values of a record are not a JSON object of texts.");
        }
    }

    private sealed record Column(int Number, byte[] Name, ulong NameHash);
}
