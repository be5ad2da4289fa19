using System.Text;
using IdentityResolution.Fields;
using IdentityResolution.Matching;
using IdentityResolution.Records;

namespace IdentityResolution.Live;

/// <summary>All that a live index knows: records in standard form, blocks, pairs, judgements, ids. Each record has a place for good.</summary>
internal sealed class LiveState
{
    private readonly Dictionary<int, PairState> _found = [];
    private int _guest = -1;
    private bool[] _present = [];
    private bool[] _complete = [];
    private ulong[] _hashes = [];

    public LiveState(IdentityModel model, FieldTable table)
    {
        Model = model;
        Table = table;
        Rules = new RuleSet(model, table);
        Compiled = new CompiledModel(model, table, grows: true);
        Standardizer = new RecordStandardizer(model, table);
        Finder = new PairFinder(Rules, Compiled);
        Searcher = new PairFinder(Rules, Compiled, isBrief: true);
        EnsureRecords();
    }

    /// <summary>The model.</summary>
    public IdentityModel Model { get; }

    /// <summary>The fields of all records, those that went among them.</summary>
    public FieldTable Table { get; }

    /// <summary>The keys of all records that ever were, and of rows without a record.</summary>
    public RecordKeyIndex Keys => Table.Keys;

    /// <summary>The blocks and conditions of the rules.</summary>
    public RuleSet Rules { get; }

    /// <summary>The scoring half of the model.</summary>
    public CompiledModel Compiled { get; }

    /// <summary>Turns records into codes.</summary>
    public RecordStandardizer Standardizer { get; }

    /// <summary>Finds pairs on the thread that changes things.</summary>
    public PairFinder Finder { get; }

    /// <summary>Finds pairs for searches.</summary>
    public PairFinder Searcher { get; }

    /// <summary>What links records.</summary>
    public PairGraph Pairs { get; } = new();

    /// <summary>What people decided.</summary>
    public LiveJudgements Judgements { get; } = new();

    /// <summary>Customer ids and lookup rows.</summary>
    public LiveEntities Entities { get; } = new();

    /// <summary>How many runs the store holds.</summary>
    public long RunCount { get; set; }

    /// <summary>How many records there are.</summary>
    public int PresentCount { get; private set; }

    /// <summary>Is the record there?</summary>
    public bool IsPresent(int record) => _present[record];

    /// <summary>Is a record of this key there?</summary>
    public bool IsPresent(RecordKey key) => Find(key) is var record and >= 0 && _present[record];

    /// <summary>The place of a key; -1 = never heard of.</summary>
    public int Find(RecordKey key) => Keys.Find(key.Source, Encoding.UTF8.GetBytes(key.Id));

    /// <summary>The records of a customer, also those of which there is only a row; null = the id was never given.</summary>
    public IReadOnlyList<RecordKey>? KeysOf(string entityId)
    {
        int entity = Entities.Find(entityId);
        if (entity < 0)
        {
            return null;
        }
        var records = new List<int>();
        Entities.AddRows(Entities.Ids.Current(entity), records);
        return [.. records.Select(Keys.Key)];
    }

    /// <summary>The records of a source that are there, or of which there is a row.</summary>
    public IEnumerable<RecordKey> KeysOfSource(string source)
    {
        int number = Keys.FindSource(source);
        for (int record = 0; record < Keys.Count; record++)
        {
            if (Keys.SourceOf(record) == number && (_present[record] || Entities.HasRow(record)))
            {
                yield return Keys.Key(record);
            }
        }
    }

    /// <summary>The place of a record that is never there, for searches: it takes the source that is asked for.</summary>
    public int Guest(string source)
    {
        if (_guest < 0)
        {
            Keys.TryAdd(Keys.AddSource(""), "guest"u8, out _guest);
            EnsureRecords();
        }
        Keys.Disguise(_guest, Keys.AddSource(source));
        return _guest;
    }

    /// <summary>The place of a key, a new one if need be.</summary>
    public int FindOrAdd(RecordKey key)
    {
        Keys.TryAdd(Keys.AddSource(key.Source), Encoding.UTF8.GetBytes(key.Id), out int record);
        EnsureRecords();
        return record;
    }

    /// <summary>Makes room for the records that have keys.</summary>
    public void EnsureRecords()
    {
        int count = Keys.Count;
        if (_present.Length < count)
        {
            int length = Math.Max(count, _present.Length + (_present.Length / 2) + 16);
            Array.Resize(ref _present, length);
            Array.Resize(ref _complete, length);
            Array.Resize(ref _hashes, length);
        }
        Compiled.EnsureRecords(count);
        Pairs.EnsureRecords(count);
        Entities.EnsureRecords(count);
    }

    /// <summary>Gives a record the codes of its fields.</summary>
    public void Write(int record, ReadOnlySpan<int> codes)
    {
        Standardizer.Write(record, codes);
        Compiled.Update(record);
    }

    /// <summary>The hash of what a record says.</summary>
    public ulong HashOf(int record) => _hashes[record];

    /// <summary>States that a record is there, and what it says.</summary>
    public void Appear(int record, ulong hash)
    {
        PresentCount += _present[record] ? 0 : 1;
        _present[record] = true;
        _hashes[record] = hash;
    }

    /// <summary>States that a record is gone.</summary>
    public void Disappear(int record)
    {
        PresentCount -= _present[record] ? 1 : 0;
        _present[record] = false;
        _hashes[record] = 0;
    }

    /// <summary>States whether all pairs of a record are known.</summary>
    public void SetComplete(int record, bool complete) => _complete[record] = complete;

    /// <summary>Finds the pairs of a record that no store tells of: those that were not followed.</summary>
    /// <remarks>A store holds links that hold. What lost against a rival or was refused by a guard matters again when its component changes.</remarks>
    public void Complete(int record)
    {
        if (_complete[record])
        {
            return;
        }
        _complete[record] = true;
        Finder.Find(record, _found);
        foreach ((int other, PairState state) in _found)
        {
            Pairs.Set(record, other, state);
        }
    }
}
