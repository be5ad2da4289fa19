using System.Text;

namespace IdentityResolution.Records;

/// <summary>What a flattened JSON property is read as.</summary>
internal enum JsonColumnRole : byte
{
    /// <summary>A column that is kept.</summary>
    Kept = 0,

    /// <summary>A column that nobody asked for.</summary>
    Skipped,

    /// <summary>The record id.</summary>
    Id,

    /// <summary>The source.</summary>
    Source,
}

/// <summary>The columns of an NDJSON input, as they turn up; names that differ in case only are one column.</summary>
internal sealed class JsonColumns(ColumnRoles roles, RecordSegmentBuilder segment)
{
    private readonly ValueDictionary _spellings = new();
    private readonly List<int> _slotOfSpelling = [];
    private readonly Dictionary<string, int> _slotOfName = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _names = [];
    private readonly List<JsonColumnRole> _roles = [];
    private readonly List<int> _columns = [];
    private int _idSlot = -1;
    private int _sourceSlot = -1;
    private bool _isSettled;

    /// <summary>The names met so far.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Is there a property with the record ids?</summary>
    public bool HasId => _idSlot >= 0;

    /// <summary>Is there a property with the sources?</summary>
    public bool HasSource => _sourceSlot >= 0;

    /// <summary>Are the rows numbered, for want of an id? Known after <see cref="Settle"/>.</summary>
    public bool NumbersRows { get; private set; }

    /// <summary>The slot of a flattened name that was met before, or -1.</summary>
    public int Find(ReadOnlySpan<byte> name)
    {
        int spelling = _spellings.Find(name);
        return spelling < 0 ? -1 : _slotOfSpelling[spelling];
    }

    /// <summary>The slot of a flattened name; -1 when it is new and there are too many already.</summary>
    public int GetOrAdd(ReadOnlySpan<byte> name)
    {
        int slot = Find(name);
        if (slot >= 0 || _spellings.Count == TextLimits.MaxDiscoveredColumns)
        {
            return slot;
        }
        string text = Encoding.UTF8.GetString(name);
        if (!_slotOfName.TryGetValue(text, out slot))
        {
            slot = Add(text);
        }
        _spellings.GetOrAdd(name);
        _slotOfSpelling.Add(slot);
        return slot;
    }

    /// <summary>The segment's column of a slot; -1 when the slot is not to be kept.</summary>
    public int KeptColumn(int slot)
    {
        if (_roles[slot] != JsonColumnRole.Kept)
        {
            return -1;
        }
        if (_columns[slot] < 0)
        {
            _columns[slot] = segment.AddColumn(_names[slot]);
        }
        return _columns[slot];
    }

    /// <summary>The row's record id or source; empty when it has none.</summary>
    public ReadOnlySpan<byte> ValueOf(JsonColumnRole role, RowBuffer row) => row.Value(role == JsonColumnRole.Id ? _idSlot : _sourceSlot);

    /// <summary>Decides, at the first readable row, which property holds the record ids.</summary>
    public void Settle(RowBuffer row)
    {
        if (_isSettled)
        {
            return;
        }
        _isSettled = true;
        segment.SourceColumn = roles.SourceColumn;
        if (roles.IdColumn is not null)
        {
            segment.IdOrigin = new RecordIdOrigin(roles.IdColumn, IsRowNumber: false, IsGuessed: false);
            return;
        }
        int[] slots = [.. row.Used.ToArray().Where(slot => _roles[slot] != JsonColumnRole.Source)];
        int found = RecordIdColumn.Find([.. slots.Select(slot => _names[slot])], roles.Source);
        if (found < 0)
        {
            NumbersRows = true;
            segment.IdOrigin = RecordIdOrigin.RowNumbers;
            return;
        }
        _idSlot = slots[found];
        _roles[_idSlot] = JsonColumnRole.Id;
        segment.IdOrigin = new RecordIdOrigin(_names[_idSlot], IsRowNumber: false, IsGuessed: true);
    }

    private int Add(string name)
    {
        int slot = _names.Count;
        bool isId = string.Equals(name, roles.IdColumn, StringComparison.OrdinalIgnoreCase);
        bool isSource = string.Equals(name, roles.SourceColumn, StringComparison.OrdinalIgnoreCase);
        _idSlot = isId ? slot : _idSlot;
        _sourceSlot = isSource ? slot : _sourceSlot;
        _slotOfName.Add(name, slot);
        _names.Add(name);
        _columns.Add(-1);
        _roles.Add(isId ? JsonColumnRole.Id
            : isSource ? JsonColumnRole.Source
            : roles.Keeps(name) ? JsonColumnRole.Kept
            : JsonColumnRole.Skipped);
        return slot;
    }
}
