using System.Runtime.InteropServices;
using IdentityResolution.Identity;
using IdentityResolution.Records;

namespace IdentityResolution.Live;

/// <summary>The lookup rows and the customer ids of a live index, with the way back from an id to its rows and to the ids retired into it.</summary>
/// <remarks>A record's row stands at the record's place, also when the store has the row and not the record.</remarks>
internal sealed class LiveEntities
{
    private const int None = -1;
    private readonly EntityDirectory _ids = new();
    private readonly List<string> _names = [];
    private readonly Dictionary<string, int> _nameIndex = new(StringComparer.Ordinal);
    private int[] _entityOf = [];
    private int[] _nameOf = [];
    private int[] _probabilityOf = [];

    // Rings of rows by current id: where each starts, and which rows are before and behind each.
    private readonly List<int> _firstRow = [];
    private int[] _nextRow = [];
    private int[] _previousRow = [];
    private readonly Dictionary<int, List<int>> _retiredInto = [];

    /// <summary>Every id ever given.</summary>
    public EntityDirectory Ids => _ids;

    /// <summary>The distinct values of <c>matched_by</c>.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Makes room for records.</summary>
    public void EnsureRecords(int count)
    {
        int before = _entityOf.Length;
        if (before >= count)
        {
            return;
        }
        int length = Math.Max(count, before + (before / 2) + 16);
        Array.Resize(ref _entityOf, length);
        Array.Resize(ref _nameOf, length);
        Array.Resize(ref _probabilityOf, length);
        Array.Resize(ref _nextRow, length);
        Array.Resize(ref _previousRow, length);
        _entityOf.AsSpan(before).Fill(None);
    }

    /// <summary>Has the record a row?</summary>
    public bool HasRow(int record) => _entityOf[record] != None;

    /// <summary>The current id of a record's row; -1 = it has none.</summary>
    public int CurrentOf(int record) => _entityOf[record] == None ? None : _ids.Current(_entityOf[record]);

    /// <summary>The id that stands in a record's row.</summary>
    public int EntityOf(int record) => _entityOf[record];

    /// <summary>The number of a <c>matched_by</c>.</summary>
    public int Name(string name)
    {
        ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(_nameIndex, name, out bool exists);
        if (!exists)
        {
            number = _names.Count;
            _names.Add(name);
        }
        return number;
    }

    /// <summary>The <c>matched_by</c> of a row, as a number.</summary>
    public int NameOf(int record) => _nameOf[record];

    /// <summary>The match probability of a row in millionths, or -1.</summary>
    public int ProbabilityOf(int record) => _probabilityOf[record];

    /// <summary>The number of an id; -1 = never given.</summary>
    public int Find(string id) => _ids.Find(System.Text.Encoding.UTF8.GetBytes(id));

    /// <summary>States an id.</summary>
    public int Declare(ReadOnlySpan<byte> id, long sequence, ReadOnlySpan<byte> successor)
    {
        int entity = _ids.Mention(id);
        int target = successor.IsEmpty ? None : _ids.Mention(successor);
        _ids.Declare(entity, sequence, target);
        while (_firstRow.Count < _ids.Count)
        {
            _firstRow.Add(None);
        }
        return entity;
    }

    /// <summary>Is this number spelt by an id that was given?</summary>
    public bool IsGiven(ulong number)
    {
        Span<byte> id = stackalloc byte[EntityIdCode.Length];
        EntityIdCode.Write(number, id);
        return _ids.Find(id) >= 0;
    }

    /// <summary>Works out who was retired into whom, once all ids are declared.</summary>
    /// <returns>What is wrong, or null.</returns>
    public string? Close()
    {
        if (_ids.Close() is { } fault)
        {
            return fault;
        }
        for (int entity = 0; entity < _ids.Count; entity++)
        {
            if (_ids.Successor(entity) is var successor and not None)
            {
                Predecessors(successor).Add(entity);
            }
        }
        return null;
    }

    /// <summary>Gives a record its row.</summary>
    public void SetRow(int record, int entity, int name, int probability)
    {
        RemoveRow(record);
        _entityOf[record] = entity;
        _nameOf[record] = name;
        _probabilityOf[record] = probability;
        int current = _ids.Current(entity);
        int first = _firstRow[current];
        _previousRow[record] = None;
        _nextRow[record] = first;
        if (first != None)
        {
            _previousRow[first] = record;
        }
        _firstRow[current] = record;
    }

    /// <summary>Takes a record's row away.</summary>
    public void RemoveRow(int record)
    {
        if (_entityOf[record] == None)
        {
            return;
        }
        int current = _ids.Current(_entityOf[record]);
        if (_previousRow[record] == None)
        {
            _firstRow[current] = _nextRow[record];
        }
        else
        {
            _nextRow[_previousRow[record]] = _nextRow[record];
        }
        if (_nextRow[record] != None)
        {
            _previousRow[_nextRow[record]] = _previousRow[record];
        }
        _entityOf[record] = None;
    }

    /// <summary>Adds the records whose rows have a current id to a list.</summary>
    public void AddRows(int entity, List<int> records)
    {
        for (int record = _firstRow[entity]; record != None; record = _nextRow[record])
        {
            records.Add(record);
        }
    }

    /// <summary>Has a current id any row?</summary>
    public bool IsEmpty(int entity) => _firstRow[entity] == None;

    /// <summary>The ids that were retired into a current one.</summary>
    public IReadOnlyList<int> RetiredInto(int entity) => _retiredInto.TryGetValue(entity, out List<int>? retired) ? retired : [];

    /// <summary>Retires an id into another one; its rows have been moved before.</summary>
    public void Retire(int entity, int successor)
    {
        _ids.Declare(entity, _ids.Sequence(entity), successor);
        Predecessors(successor).Add(entity);
        if (_retiredInto.Remove(entity, out List<int>? earlier))
        {
            foreach (int retired in earlier)
            {
                _ids.Declare(retired, _ids.Sequence(retired), successor);
                Predecessors(successor).Add(retired);
            }
        }
    }

    /// <summary>The rows and ids of a few customers, as a state of their own.</summary>
    /// <param name="entities">The customers; current ids.</param>
    /// <param name="keys">The keys of all records.</param>
    /// <param name="runCount">How many runs the store holds.</param>
    public IdentityState Part(IEnumerable<int> entities, RecordKeyIndex keys, long runCount)
    {
        var builder = new IdentityStateBuilder();
        var records = new List<int>();
        foreach (int entity in entities)
        {
            int own = builder.Entity(_ids.Id(entity));
            builder.Declare(own, _ids.Sequence(entity), None);
            foreach (int retired in RetiredInto(entity))
            {
                builder.Declare(builder.Entity(_ids.Id(retired)), _ids.Sequence(retired), own);
            }
            records.Clear();
            AddRows(entity, records);
            foreach (int record in records)
            {
                builder.Set(
                    builder.Source(keys.Sources[keys.SourceOf(record)]), keys.Id(record),
                    builder.Entity(_ids.Id(_entityOf[record])), builder.Name(_names[_nameOf[record]]), _probabilityOf[record]);
            }
        }
        return builder.BuildPart(runCount, _ids.LastSequence, IsGiven, out _);
    }

    private List<int> Predecessors(int entity)
    {
        ref List<int>? retired = ref CollectionsMarshal.GetValueRefOrAddDefault(_retiredInto, entity, out _);
        return retired ??= [];
    }
}
