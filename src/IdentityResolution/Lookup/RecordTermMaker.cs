using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using IdentityResolution.Features;
using IdentityResolution.Fields;
using IdentityResolution.Internals;
using IdentityResolution.Records;

namespace IdentityResolution.Lookup;

/// <summary>Makes the terms of one record after the other, from its raw values and the model alone; for writers of stores. Not thread-safe.</summary>
public sealed class RecordTermMaker
{
    private const char Joint = '\u001f';
    private static readonly JsonWriterOptions JsonOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly IdentityModel _model;
    private readonly RecordTermOptions _options;
    private readonly FieldTable _table;
    private readonly RecordStandardizer _standardizer;
    private readonly FeatureScratch _scratch = new();
    private readonly List<Rule> _rules = [];
    private readonly int[] _codes;

    /// <summary>Prepares a model.</summary>
    /// <param name="model">The model, as JSON.</param>
    /// <param name="options">The form.</param>
    /// <exception cref="InvalidModelException">The model is invalid.</exception>
    public RecordTermMaker(string model, RecordTermOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        _model = IdentityModel.Parse(model);
        _options = options;
        _table = FieldTableBuilder.Build(new RecordTableBuilder().Build(), _model, Workers.One, lenient: true);
        _standardizer = new RecordStandardizer(_model, _table);
        _codes = new int[_standardizer.FieldCount];
        _table.Mark();
        foreach (MatchRule rule in _model.MatchRules)
        {
            if (rule.Effect != MatchRuleEffect.Forbid && rule.Keys.Count > 0)
            {
                Add(RecordTermKind.Match, rule.Name, rule.Keys, rule.Sources);
            }
        }
        foreach (IReadOnlyList<string> keys in _model.BlockingRules.SelectMany(rule => rule.Steps))
        {
            Add(RecordTermKind.Block, string.Join(" + ", keys), keys, []);
        }
    }

    /// <summary>The terms of a record, each once.</summary>
    /// <param name="record">The record with its raw values.</param>
    /// <returns>The terms: standard values in order of fields, then keys in order of rules.</returns>
    public IReadOnlyList<RecordTerm> Make(SourceRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        _standardizer.Encode(record, _codes);
        var terms = new List<RecordTerm>();
        var values = new Dictionary<string, List<byte[]>>(StringComparer.Ordinal);
        for (int field = 0; field < _codes.Length; field++)
        {
            FieldColumn column = _table[_model.Fields[field].Name];
            List<byte[]> texts = _codes[field] < 0 ? [] : [.. column.MembersOf(_codes[field]).Select(code => column.Values[code].ToArray())];
            values[column.Name] = texts;
            terms.AddRange(texts.Select(text => Term(record.Key, RecordTermKind.Value, column.Name, Encoding.UTF8.GetString(text))));
        }
        foreach (Rule rule in _rules)
        {
            if (rule.Sources.Count == 0 || rule.Sources.Contains(record.Key.Source, StringComparer.Ordinal))
            {
                terms.AddRange(Keys(rule, values).Select(key => Term(record.Key, rule.Kind, rule.Name, key)));
            }
        }
        _table.Rollback();
        return terms;
    }

    private void Add(RecordTermKind kind, string name, IReadOnlyList<string> keys, IReadOnlyList<string> sources)
    {
        // Two rules may have the same keys and differ in their limits.
        if (!_rules.Exists(rule => rule.Kind == kind && rule.Name == name))
        {
            _rules.Add(new Rule(kind, name, [.. keys.Select(key => Feature.Of(FeatureExpression.Parse(key, out _)!))], sources));
        }
    }

    private RecordTerm Term(RecordKey record, RecordTermKind kind, string name, string text) => new(record, kind, name, _options.Text(kind, name, text));

    // Every combination of the features' texts; none when one of them is missing.
    private IEnumerable<string> Keys(Rule rule, Dictionary<string, List<byte[]>> values)
    {
        List<string> combined = [""];
        for (int part = 0; part < rule.Features.Length; part++)
        {
            List<string> texts = Texts(rule.Features[part], values[rule.Features[part].Field]);
            combined = [.. combined.SelectMany(before => texts.Select(text => part == 0 ? text : before + Joint + text))];
        }
        return combined.Select(Json);
    }

    private static string Json(string key)
    {
        var json = new ArrayBufferWriter<byte>(64);
        using (var writer = new Utf8JsonWriter(json, JsonOptions))
        {
            writer.WriteStartArray();
            foreach (string text in key.Split(Joint))
            {
                writer.WriteStringValue(text);
            }
            writer.WriteEndArray();
        }
        return Encoding.UTF8.GetString(json.WrittenSpan);
    }

    private List<string> Texts(Feature feature, List<byte[]> values)
    {
        var texts = new List<string>();
        foreach (byte[] value in values)
        {
            if (feature.Hash is { } hash)
            {
                var bands = new List<int>();
                hash.AddBands(value, bands);
                texts.AddRange(bands.Select(band => band.ToString(System.Globalization.CultureInfo.InvariantCulture)));
                continue;
            }
            foreach (Range part in feature.SplitsWords ? Words(value) : [Range.All])
            {
                ReadOnlySpan<byte> text = feature.Steps.Length == 0 ? value.AsSpan(part) : _scratch.Apply(feature.Steps, value.AsSpan(part), _table.Nicknames);
                if (!text.IsEmpty)
                {
                    texts.Add(Encoding.UTF8.GetString(text));
                }
            }
        }
        return [.. texts.Distinct(StringComparer.Ordinal)];
    }

    private static List<Range> Words(byte[] value)
    {
        var words = new List<Range>();
        foreach (Range word in value.AsSpan().Split((byte)' '))
        {
            if (word.End.Value > word.Start.Value)
            {
                words.Add(word);
            }
        }
        return words;
    }

    private sealed record Rule(RecordTermKind Kind, string Name, Feature[] Features, IReadOnlyList<string> Sources);

    private sealed record Feature(string Field, TransformStep[] Steps, bool SplitsWords, MinHash? Hash)
    {
        public static Feature Of(FeatureExpression expression) => expression.IsSplit
            ? expression.Steps[0].Transform == Transform.MinHash
                ? new Feature(expression.Field, [], false, new MinHash(expression.Steps[0].Argument))
                : new Feature(expression.Field, [.. expression.Steps.Skip(1)], true, null)
            : new Feature(expression.Field, [.. expression.Steps], false, null);
    }
}
