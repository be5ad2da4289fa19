using System.Text;
using IdentityResolution.Records;

namespace IdentityResolution.Identity;

/// <summary>Collects an <see cref="IdentityState"/>.</summary>
internal sealed class IdentityStateBuilder
{
    private readonly RecordKeyIndex _keys = new();
    private readonly EntityDirectory _entities = new();
    private readonly List<string> _names = [];
    private readonly PendingMentions _mentions = new();
    private readonly Dictionary<string, int> _nameIndex = new(StringComparer.Ordinal);
    private int[] _entityOf = new int[64];
    private int[] _nameOf = new int[64];
    private int[] _probabilities = new int[64];
    private byte[] _utf8 = new byte[256];
    private string? _lastSource;
    private int _lastSourceNumber;

    /// <summary>The number of an id; mentioned or declared.</summary>
    public int Entity(ReadOnlySpan<byte> id) => _entities.Mention(id);

    /// <summary>The number of an id; mentioned or declared.</summary>
    public int Entity(string id) => _entities.Mention(Utf8(id));

    /// <summary>States an id's age and successor (-1 = current, or retired without one).</summary>
    public void Declare(int entity, long sequence, int successor, bool isRetired = false) => _entities.Declare(entity, sequence, successor, isRetired);

    /// <summary>Has the id been declared?</summary>
    public bool IsDeclared(int entity) => _entities.Sequence(entity) != 0;

    /// <summary>The number of a source.</summary>
    public int Source(string source)
    {
        // Rows come in long runs of one source.
        if (!ReferenceEquals(source, _lastSource))
        {
            _lastSourceNumber = _keys.AddSource(source);
            _lastSource = source;
        }
        return _lastSourceNumber;
    }

    /// <summary>The number of a <c>matched_by</c>.</summary>
    public int Name(string name)
    {
        if (!_nameIndex.TryGetValue(name, out int number))
        {
            number = _names.Count;
            _names.Add(name);
            _nameIndex.Add(name, number);
        }
        return number;
    }

    /// <summary>Adds a row, or replaces the row of the same key. False when it replaced one.</summary>
    public bool Set(int source, ReadOnlySpan<byte> id, int entity, int name, int probability)
    {
        Settle();
        bool added = Set(source, id, name, probability, out int row);
        _entityOf[row] = entity;
        return added;
    }

    /// <summary>The same for an id that is mentioned; those of many rows are looked up together.</summary>
    public bool Set(int source, ReadOnlySpan<byte> id, ReadOnlySpan<byte> entity, int name, int probability)
    {
        bool added = Set(source, id, name, probability, out int row);
        _mentions.Add(row, entity);
        if (_mentions.IsFull)
        {
            Settle();
        }
        return added;
    }

    /// <summary>Adds a row, or replaces the row of the same key. False when it replaced one.</summary>
    public bool Set(int source, string id, int entity, int name, int probability) => Set(source, Utf8(id), entity, name, probability);

    /// <summary>Copies a state into this empty builder; its ids and names keep their numbers.</summary>
    /// <param name="state">The state.</param>
    /// <param name="without">Rows to leave out.</param>
    public void CopyFrom(IdentityState state, HashSet<int> without)
    {
        EntityDirectory entities = state.Entities;
        for (int entity = 0; entity < entities.Count; entity++)
        {
            _entities.Declare(_entities.Mention(entities.Id(entity)), entities.Sequence(entity), entities.Successor(entity), entities.IsRetired(entity));
        }
        foreach (string name in state.Names)
        {
            Name(name);
        }
        foreach (string source in state.Keys.Sources)
        {
            _keys.AddSource(source);
        }
        for (int row = 0; row < state.RowCount; row++)
        {
            if (without.Count == 0 || !without.Contains(row))
            {
                Set(state.Keys.SourceOf(row), state.Keys.Id(row), state.EntityOf(row), state.NameOf(row), state.ProbabilityOf(row));
            }
        }
    }

    /// <summary>The finished state of a few of the rows and ids of a store.</summary>
    /// <param name="runCount">How many runs the store holds.</param>
    /// <param name="lastSequence">The largest count at which any id was given.</param>
    /// <param name="isGivenElsewhere">Does the store have an id of this number?</param>
    /// <param name="fault">What is wrong with the ids, or null.</param>
    public IdentityState BuildPart(long runCount, long lastSequence, Func<ulong, bool> isGivenElsewhere, out string? fault)
    {
        _entities.Advance(lastSequence);
        IdentityState part = Build(runCount, out fault);
        return new IdentityState(part, isGivenElsewhere);
    }

    /// <summary>The finished state.</summary>
    /// <param name="runCount">How many runs the store holds.</param>
    /// <param name="fault">What is wrong with the ids, or null.</param>
    public IdentityState Build(long runCount, out string? fault)
    {
        Settle();
        fault = _entities.Close();
        Array.Resize(ref _entityOf, _keys.Count);
        Array.Resize(ref _nameOf, _keys.Count);
        Array.Resize(ref _probabilities, _keys.Count);
        return new IdentityState(_keys, _entities, _names, _entityOf, _nameOf, _probabilities) { RunCount = runCount };
    }

    private bool Set(int source, ReadOnlySpan<byte> id, int name, int probability, out int row)
    {
        bool added = _keys.TryAdd(source, id, out row);
        if (row == _entityOf.Length)
        {
            Array.Resize(ref _entityOf, row * 2);
            Array.Resize(ref _nameOf, row * 2);
            Array.Resize(ref _probabilities, row * 2);
        }
        _nameOf[row] = name;
        _probabilities[row] = probability;
        return added;
    }

    private void Settle() => _mentions.Settle(_entities, _entityOf);

    private ReadOnlySpan<byte> Utf8(string text)
    {
        int longest = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (longest > _utf8.Length)
        {
            _utf8 = new byte[longest];
        }
        return _utf8.AsSpan(0, Encoding.UTF8.GetBytes(text, _utf8));
    }
}
