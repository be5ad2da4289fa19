using System.Collections.Concurrent;
using IdentityResolution.Features;
using IdentityResolution.Internals;
using IdentityResolution.Records;
using IdentityResolution.Standardization;

namespace IdentityResolution.Fields;

/// <summary>All fields of all records in standard form, and the features that rules make of them.</summary>
/// <remarks>Features are computed once per distinct value and kept. Safe for concurrent readers once they are prepared.</remarks>
internal sealed class FieldTable
{
    private readonly Dictionary<string, FieldColumn> _columns;
    private readonly Dictionary<string, FeatureMap> _features = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SplitFeature> _splits = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WordTable> _words = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Field, int Rows), BandTable> _bands = [];
    private readonly ConcurrentDictionary<(Type Type, string Name), Lazy<object>> _derived = [];
    private readonly Workers? _workers;
    private List<(FieldColumn Column, int Count)> _marks = [];
    private FieldTable? _whole;

    public FieldTable(RecordKeyIndex keys, IEnumerable<FieldColumn> columns, NicknameTable? nicknames = null, Workers? workers = null)
    {
        Keys = keys;
        _workers = workers;
        Nicknames = nicknames ?? NicknameTable.Default;
        _columns = columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
    }

    /// <summary>The keys of the records.</summary>
    public RecordKeyIndex Keys { get; }

    /// <summary>Which given names stand for each other.</summary>
    public NicknameTable Nicknames { get; }

    /// <summary>How many records there are.</summary>
    public int Count => Keys.Count;

    /// <summary>Where room for what is made of the values is taken from.</summary>
    public MemoryBudget Memory => Workers.Memory;

    /// <summary>Threads that what is made of the values is made with.</summary>
    public Workers Workers => _workers ?? Workers.One;

    /// <summary>A field by name.</summary>
    public FieldColumn this[string field] => _columns[field];

    /// <summary>Computes something that depends on the fields alone once; later calls return the same. From any thread.</summary>
    /// <typeparam name="T">What it is; names are unique within a type.</typeparam>
    /// <param name="name">Which one.</param>
    /// <param name="create">Computes it; kept as long as the table.</param>
    public T Derive<T>(string name, Func<T> create)
        where T : class => (T)_derived.GetOrAdd((typeof(T), name), _ => new Lazy<object>(create)).Value;

    /// <summary>Lets go of what was computed of a type.</summary>
    /// <typeparam name="T">What it is.</typeparam>
    public void Forget<T>()
        where T : class
    {
        foreach ((Type Type, string Name) key in _derived.Keys)
        {
            if (key.Type == typeof(T))
            {
                _derived.TryRemove(key, out _);
            }
        }
    }

    /// <summary>Computes a feature once; later calls return the same.</summary>
    public FeatureMap Prepare(string expression)
    {
        if (!_features.TryGetValue(expression, out FeatureMap? map))
        {
            FeatureExpression parsed = FeatureExpression.Parse(expression, out string error) ?? throw new ArgumentException(error, nameof(expression));
            map = _whole is null
                ? FeatureMap.Create(_columns[parsed.Field], parsed.Steps, Nicknames, _workers)
                : _whole.Prepare(expression) with { Column = _columns[parsed.Field] };
            _features.Add(expression, map);
        }
        return map;
    }

    /// <summary>Makes room for records, and prepares the values that came since for every feature that is in use.</summary>
    public void Extend()
    {
        foreach (FieldColumn column in _columns.Values)
        {
            column.EnsureRecords(Keys.Count);
        }
        foreach (PartTable parts in Parts())
        {
            parts.Extend();
        }
        foreach (FeatureCodes features in Features())
        {
            features.Extend();
        }
    }

    /// <summary>Remembers which values there are.</summary>
    public void Mark()
    {
        _marks = [.. _columns.Values.Select(column => (column, column.Values.Count))];
        foreach (PartTable parts in Parts())
        {
            parts.Mark();
        }
        foreach (FeatureCodes features in Features())
        {
            features.Mark();
        }
    }

    /// <summary>Forgets the values that came since the mark; no record may have one.</summary>
    public void Rollback()
    {
        foreach (FeatureCodes features in Features())
        {
            features.Rollback();
        }
        foreach (PartTable parts in Parts())
        {
            parts.Rollback();
        }
        foreach ((FieldColumn column, int count) in _marks)
        {
            column.Sets?.Truncate(count);
            column.Values.Truncate(count);
        }
    }

    /// <summary>Lets go of all values and of what was made of them: only the keys stay.</summary>
    public void Release()
    {
        long bytes = _columns.Values.Sum(column => column.Values.Bytes + column.Codes.Bytes);
        _columns.Clear();
        _features.Clear();
        _splits.Clear();
        _words.Clear();
        _bands.Clear();
        _derived.Clear();
        Garbage.Collect(bytes);
    }

    /// <summary>A table of a few of the records, with the same values and features.</summary>
    /// <param name="keys">The keys of the few.</param>
    /// <param name="records">Where each of the few stands here.</param>
    public FieldTable Window(RecordKeyIndex keys, ReadOnlySpan<int> records)
    {
        var columns = new List<FieldColumn>(_columns.Count);
        foreach (FieldColumn column in _columns.Values)
        {
            var codes = new int[records.Length];
            for (int i = 0; i < codes.Length; i++)
            {
                codes[i] = column.Codes[records[i]];
            }
            columns.Add(new FieldColumn(column.Name, column.Values, codes) { Sets = column.Sets, IsLabelled = column.IsLabelled });
        }
        return new FieldTable(keys, columns, Nicknames) { _whole = this };
    }

    /// <summary>Computes a key of a blocking rule once, whether values have one or several of it.</summary>
    public void PrepareKey(string expression)
    {
        if (FeatureExpression.Parse(expression, out _) is { IsSplit: true })
        {
            PrepareSplit(expression);
        }
        else
        {
            Prepare(expression);
        }
    }

    /// <summary>Computes a feature that values have several of; later calls return the same.</summary>
    public SplitFeature PrepareSplit(string expression)
    {
        if (!_splits.TryGetValue(expression, out SplitFeature? split))
        {
            FeatureExpression parsed = FeatureExpression.Parse(expression, out string error) ?? throw new ArgumentException(error, nameof(expression));
            FieldColumn column = _columns[parsed.Field];
            split = parsed.Steps[0].Transform == Transform.MinHash
                ? new SplitFeature(column, BandsOf(column, parsed.Steps[0].Argument))
                : new SplitFeature(column, Words(parsed.Field), [.. parsed.Steps.Skip(1)], Nicknames, _workers);
            _splits.Add(expression, split);
        }
        return split;
    }

    /// <summary>The words of a field's values, split once; later calls return the same.</summary>
    public WordTable Words(string field)
    {
        if (!_words.TryGetValue(field, out WordTable? words))
        {
            words = new WordTable(_columns[field].Values);
            _words.Add(field, words);
        }
        return words;
    }

    private BandTable BandsOf(FieldColumn column, int rows)
    {
        if (!_bands.TryGetValue((column.Name, rows), out BandTable? bands))
        {
            bands = new BandTable(column.Values, rows);
            _bands.Add((column.Name, rows), bands);
        }
        return bands;
    }

    private IEnumerable<PartTable> Parts() => [.. _words.Values, .. _bands.Values];

    private IEnumerable<FeatureCodes> Features() => _features.Values.Select(map => map.Features).Concat(_splits.Values.Select(split => split.Features)).OfType<FeatureCodes>();
}
